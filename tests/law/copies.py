"""Copies of the whole law whose gates' marks and adoptions are rewritten, and examples told step by step."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.lawbook.load import LawBook, law_root
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.decide import decide
from fazheng.procedure.examples import LAST_DAY, Example, ExampleStaff, calendar_of
from fazheng.procedure.fields import read
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import Command, Decision, Surroundings

PLACE = "示例县"
_GATE = re.compile(r"^\[\[gate\]\]\n(?:(?!\[\[).*\n?)*", re.M)
_MARK = re.compile(r"^mark\s*=.*\n", re.M)


def copied(folder: Path) -> Path:
    """A copy of the law as it is published."""
    return Path(shutil.copytree(law_root(), folder / "law"))


def mark_every_gate(root: Path, mark: str) -> None:
    """Writes the mark into every gate of every procedure."""
    for path in (root / "procedures").glob("*/*.toml"):
        text = path.read_text("utf-8")
        path.write_text(
            _GATE.sub(lambda gate: _MARK.sub("", gate[0]).replace("\n", f'\nmark = "{mark}"\n', 1), text), "utf-8"
        )


def adopt_in_place(root: Path, rules: list[str], wanted: bool) -> None:
    """Makes the example county adopt just these rules besides what it adopts of other kinds, or none of them."""
    for path in (root / "local" / PLACE).glob("*.toml"):
        head, *blocks = path.read_text("utf-8").split("[[adopt]]")
        kept = [block for block in blocks if not any(f'"{rule}"' in block for rule in rules)]
        path.write_text("[[adopt]]".join([head, *kept]), "utf-8")
    if wanted:
        read_by = 'read_by = "示例甲"\nread_on = 2024-05-06\npaper = "示例县档案室 7"\n'
        text = "\n".join(f'[[adopt]]\nadopts = "{rule}"\n{read_by}' for rule in rules)
        (root / "local" / PLACE / "adopt-gates.toml").write_text(text, "utf-8")


def last_decision(example: Example, version: Procedure, book: LawBook) -> Decision | None:
    """What the example's `when` is answered; what was given is entered as it happened. None where it has no `when`,
    or rests on other cases or registers, which are not told here.
    """
    if example.when is None or getattr(example, "linked", ()) or getattr(example, "registered", ()):
        return None
    staff = ExampleStaff(example.defaults.get("people", {}), frozenset(version.roles))
    around = Surroundings(calendar_of(book), staff, LAST_DAY, book.parameter)
    law, case = Law(version, book.procedures[version.id]), Case()
    for row in example.given:
        command = _command(_row(row), example, version, happened=True)
        decision = decide(law, case, command, around)
        broken = tuple(refusal.gate for refusal in decision.defects)
        for new in decision.events:
            number = case.next_version
            case = evolve(case, Event(new.event, new.on, command.by, new.data, number, command.by, broken))
    return decide(law, case, _command(dict(example.when), example, version), around)


def _row(row: Any) -> dict[str, Any]:
    if not isinstance(row, str):
        return dict(row)
    step, day, *by = row.split()
    return {"step": step, "on": date.fromisoformat(day)} | ({"by": by[0]} if by else {})


def _command(row: dict[str, Any], example: Example, version: Procedure, *, happened: bool = False) -> Command:
    step, on, by = row.pop("step"), row.pop("on"), row.pop("by", example.defaults.get("by", "甲"))
    row.pop("happened", None)
    data = {**example.defaults.get(step, {}), **row}
    return Command(step, on, by, _entered(data, version.steps[step].kinds, version), by, happened)


def _entered(data: Mapping[str, Any], kinds: Mapping[str, Kind], version: Procedure) -> dict[str, Any]:
    return {field: _value(value, kinds.get(field), version) for field, value in data.items()}


def _value(value: Any, kind: Kind | None, version: Procedure) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind is None:
        return value
    if kind.apart:
        return {"apart": str(value)}
    if isinstance(value, str) and kind.name in ("yuan", "number", "date"):
        return read(kind, value, version.choices)
    return [value] if kind.many and isinstance(value, str) else value
