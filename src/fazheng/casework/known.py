"""What the bureau knows already of what a step asks for: so that nobody types it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.refusals import step_name

# what stays the same from step to step; what a step finds out for itself (yes or no, a day, a number of its own) is
# never filled in for it
_STAYS = frozenset("org_code people case words yuan choice".split())
_TOLD = "proposed_"  # a field of a notice, before the field of the decision that it announces


@dataclass(frozen=True, slots=True)
class Known:
    """A value and where it was found, for the person to check."""

    value: Any
    where: str


class NotSuggested(LookupError):
    """The case suggests no such case; the message says what to do."""


def known(law: Law, case: Case, step: Step, looking: Writing) -> dict[str, Known]:
    """The fields of the step that the case, or a register by the case's organisation, answers. Never what is held
    apart.
    """
    version = law.on(looking.today) or law.first
    found: dict[str, Known] = {}
    for field, kind in step.kinds.items():
        if kind.name in _STAYS and (known := _of_case(law, version, case, step, field, kind)):
            found[field] = known
    return _of_registers(case, step, looking) | found


def _of_case(law: Law, version: Procedure, case: Case, step: Step, field: str, kind: Kind) -> Known | None:
    for event in reversed(case.standing):
        of = law.step_of(event.event)
        if of is None or (kind.name in ("choice", "words") and of.id == step.id):
            continue
        for name in (field, _TOLD + field):
            other = of.kinds.get(name)
            if other and (other.name, other.of, other.many) == (kind.name, kind.of, kind.many) and event.data.get(name):
                return Known(event.data[name], _where(version, event))
    return None


def _where(version: Procedure, event: Event) -> str:
    return f"本案{event.on}“{step_name(version, event.event)}”"


def _of_registers(case: Case, step: Step, looking: Writing) -> dict[str, Known]:
    """Fields that a register of organisations holds under the same name, by the code that the case names."""
    codes = [value for event in case.standing for value in event.data.values() if isinstance(value, str)]
    found: dict[str, Known] = {}
    for register in looking.book.registers.values():
        if register.kinds[register.key].name != "org_code":
            continue
        same = [f for f, kind in step.kinds.items() if f != register.key and register.kinds.get(f) == kind]
        if not same:
            continue
        rows = (looking.row(register.id, code, looking.today) for code in dict.fromkeys(codes) if _is_org(code))
        for row in (row for row in rows if row is not None):
            found |= {f: Known(row.data[f], f"“{register.name}”名册") for f in same if row.data.get(f)}
    return found


def _is_org(text: str) -> bool:
    from fazheng.procedure.identifiers import is_org_code

    return is_org_code(text)


def carried(looking: Writing, case_id: str, version: Procedure, on: date) -> dict[str, Known]:
    """What a suggestion of the case that is open on the day carries into the opening step, and the link to the case.

    Raises NotSuggested, CaseUnknown.
    """
    law, found = looking.case(case_id)
    suggested = [s for s in suggestions(law, found, on, looking.around(case_id, law)) if s.opens == version.id]
    if not suggested:
        raise NotSuggested(f"{case_id}在{on}没有建议开“{version.name}”；请核对日期，或者不依建议直接开案")
    data = dict(_carried(suggested[0].carries, found, f"案件{case_id}"))
    links = [field for field, kind in version.steps[version.opens].kinds.items() if kind.name == "case"]
    return data | ({links[0]: Known(case_id, "由这个案件的建议开案")} if links else {})


def _carried(carries: Mapping[str, str], found: Case, where: str) -> Iterator[tuple[str, Known]]:
    for field, fact in carries.items():
        event, _, name = fact.partition(".")
        source = found.last(event)
        value = source.fact(name) if source is not None else None
        if value is not None:
            yield field, Known(value.isoformat() if isinstance(value, date) else value, where)
