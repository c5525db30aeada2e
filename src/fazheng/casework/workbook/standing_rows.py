"""What an export says of a matter that is in the book already, held against what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.workbook.lines import Line
from fazheng.casework.workbook.mapped import Part
from fazheng.lawbook.procedure import Kind
from fazheng.ledger.read import private_values

APART = "（另存，不显示）"
EMPTY = "（空）"
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs from what stands: row and head of their sheet, the number, the field, both values as shown.

    `case_id`, `entry` and `step`, or `register` and `key`, say what a correction amends; `field` is empty for the day.
    """

    row: int
    column: str
    number: str
    label: str
    old: str
    new: str
    case_id: str = ""
    entry: int = 0
    register: str = ""
    key: str = ""
    field: str = ""
    step: str = ""  # the step of the amended entry
    value: Any = None
    stood: str = ""  # digests of what stands and is held apart: another value has others

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”（{self.number}）{self.label}：账本里是“{self.old}”，导出里是“{self.new}”"


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in the book of a row: its data with values held apart as digests, its day where that is compared."""

    data: Mapping[str, Any]
    on: date | None
    where: Mapping[str, Any]  # case_id and entry, or register and key


def held_apart(stands: Iterable[Stands]) -> Iterator[str]:
    """The digests of what is held apart."""
    for one in stands:
        for value in one.data.values():
            yield from _digests(value)


def changes(
    part: Part,
    line: Line,
    stands: Stands,
    number: str,
    kinds: Mapping[str, Kind],
    labels: Mapping[str, str],
    choices: Choices,
    secrets: Mapping[str, str],
) -> Iterator[Change]:
    """Each column of the row that says something else than what stands. A secret that was erased is not compared."""
    compared = {name: kinds[name] for name, one in part.by_field.items() if one.column and name in kinds}
    said = line.fields(compared, lambda name: labels.get(name, name), choices)
    if not line.sound:
        return
    for name, kind in compared.items():
        erased, old = _plain(stands.data.get(name), secrets)
        new = said.get(name)
        if erased or old == new or (old in (None, []) and new in (None, [])):
            continue
        shown = (APART, APART) if kind.apart else (_shown(old, kind, choices), _shown(new, kind, choices))
        yield Change(
            line.number, part.by_field[name].column, number, labels.get(name, name), *shown, **stands.where,
            field=name, value=new, stood=" ".join(_digests(stands.data.get(name))),
        )  # fmt: skip


def secrets_of(bureau: str, stands: Iterable[Stands]) -> dict[str, str]:
    """What is held apart of all of them, read at once."""
    return private_values(bureau, sorted(set(held_apart(stands))))


def _digests(value: Any) -> Iterator[str]:
    yield from (part["apart"] for part in (value if isinstance(value, list) else [value]) if _is_apart(part))


def _is_apart(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"apart"}


def _plain(value: Any, secrets: Mapping[str, str]) -> tuple[bool, Any]:
    if isinstance(value, list):
        parts = [_plain(one, secrets) for one in value]
        return any(erased for erased, _ in parts), [one for _, one in parts]
    if _is_apart(value):
        return value["apart"] not in secrets, secrets.get(value["apart"])
    return False, value


def _shown(value: Any, kind: Kind, choices: Choices) -> str:
    if value in (None, [], ""):
        return EMPTY
    if isinstance(value, list):
        return "、".join(_shown(one, kind, choices) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind.name == "choice":
        return choices.get(kind.of, {}).get(str(value), str(value))
    return f"{value / 100:.2f}" if kind.name == "yuan" else str(value)
