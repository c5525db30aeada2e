"""The columns of a list come from the law file: what the opening step asks, and what the decision says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.publication.values import shown

COVERED = "（另存）"  # stands where something is held apart: it is shown only on the case's page, with a reason
_SUMMED = frozenset({"number", "yuan"})
_CHOSEN = frozenset({"choice", "yes_no"})


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One field of one event, or of a register's row (`event` ""). `id` is its name in an address."""

    event: str
    field: str
    label: str
    kind: Kind
    choices: Mapping[str, str]
    once: bool = True  # the event comes once in a case: its numbers can be summed as they are shown

    @property
    def id(self) -> str:
        return f"{self.event}.{self.field}" if self.event else self.field

    @property
    def number(self) -> bool:
        return self.kind.name in _SUMMED and not self.kind.many

    @property
    def summed(self) -> bool:
        return self.number and self.once

    @property
    def options(self) -> Mapping[str, str]:
        """What it can be filtered by; empty where it is no choice."""
        if self.kind.name == "yes_no":
            return {"yes": "是", "no": "否"}
        return self.choices if self.kind.name in _CHOSEN else {}

    def wanted(self, text: str) -> bool | str:
        """The value that stands for a choice of `options`."""
        return text == "yes" if self.kind.name == "yes_no" else text

    def text(self, data: Mapping[str, Any]) -> str:
        """The value as the list shows it; what is held apart stays covered."""
        value = data.get(self.field)
        if value is None or value == []:
            return ""
        return COVERED if self.kind.apart else shown(value, self.kind, self.choices)

    def total(self, summed: int | None) -> str:
        """A sum as the list shows it; "" where nothing was there to be summed."""
        return "" if summed is None else shown(int(summed), self.kind, {})


def columns_of(version: Procedure) -> tuple[FieldColumn, ...]:
    """The fields of the opening step, then those of the steps that decide: free texts and files left out, and of a
    decision what it is asked by yes and no, which would fill the sheet with ticks.
    """
    opening = version.steps[version.opens]
    return tuple(column for step in (opening, *deciding(version)) for column in _of_step(version, step))


def deciding(version: Procedure) -> tuple[Step, ...]:
    """The steps that make a numbered paper within a limit of the law; where none does, those that make a numbered
    paper; else those that close the case. The opening one left out.
    """
    later = [step for step in version.steps.values() if step.id != version.opens]
    numbered = [step for step in later if any(kind.name == "document_no" for kind in step.kinds.values())]
    timely = [step for step in numbered if step.id in version.bound_steps]
    return tuple(timely or numbered or [step for step in later if step.id in version.closes])


def register_columns(register: Register) -> tuple[FieldColumn, ...]:
    """The fields of a register, its key first."""
    names = sorted(register.kinds, key=lambda field: field != register.key)
    return tuple(
        _column(register, "", field, register.kinds[field], "") for field in names if _listed(register.kinds[field])
    )


def called(book: LawBook, case_id: str) -> str:
    """What staff call a case: the procedure's name, the year and the number. The id itself for what is no case."""
    parts = case_id.rsplit("-", 2)
    versions = book.procedures.get(parts[0], ())
    if len(parts) != 3 or not versions or not parts[2].isdecimal():
        return case_id
    return f"{versions[-1].name}{parts[1]}年第{int(parts[2])}号"


def _of_step(version: Procedure, step: Step) -> Sequence[FieldColumn]:
    return [
        _column(
            version, step.records, field, kind, "" if step.id == version.opens else step.name, once=not step.repeats
        )
        for field, kind in step.kinds.items()
        if _listed(kind) and (step.id == version.opens or kind.name != "yes_no")
    ]


def _listed(kind: Kind) -> bool:
    return kind.name not in ("text", "file", "address", "bank_account", "phone", "id_number")


def _column(
    of: Procedure | Register, event: str, field: str, kind: Kind, step: str, *, once: bool = True
) -> FieldColumn:
    label = of.labels.get(field, field)
    unit = "（元）" if kind.name == "yuan" and "元" not in label else ""
    choices = of.choices.get(kind.of, {}) if kind.name == "choice" else {}
    return FieldColumn(event, field, (f"{step}：" if step else "") + label + unit, kind, choices, once)
