"""Whether what a figure asks for has effect in this place: a count over a rule nobody adopted would be a false zero."""

from __future__ import annotations

from fazheng.figures.periods import Period
from fazheng.figures.value import NOT_ADOPTED, UNREAD
from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Expired,
    FieldTest,
    HasDefect,
    Linked,
    Missed,
    Not,
    ParameterRef,
)
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure


def why_not(condition: Condition, procedure: str, book: LawBook, period: Period) -> str:
    """Why the condition cannot be counted over the period; empty where it can.

    A limit or gate that waits, or a parameter without a value on the period's last day. Among several defects of an
    `any`, one of a gate that waits is left aside: nobody can have broken it, and the others still count.
    """
    match condition:
        case AnyOf(parts):
            told = [(part, why_not(part, procedure, book, period)) for part in parts]
            spared = any(not why for _, why in told)
            return next((why for part, why in told if why and not (spared and isinstance(part, HasDefect))), "")
        case AllOf(parts):
            return next((why for part in parts if (why := why_not(part, procedure, book, period))), "")
        case Not(part):
            return why_not(part, procedure, book, period)
        case Expired(rule) | Missed(rule) | HasDefect(rule):
            return _waits(rule, procedure, book, period)
        case FieldTest(_, _, ParameterRef(id)) if book.parameter(id, period[1]) is None:
            return NOT_ADOPTED
        case Linked(other, where):
            return why_not(where, other, book, period)
    return ""


def _waits(rule: str, procedure: str, book: LawBook, period: Period) -> str:
    marks = [found.mark for v in _in_force(procedure, book, period) for found in v.waiting if found.id == rule]
    return "" if not marks else UNREAD if marks[0] == "unverified" else NOT_ADOPTED


def _in_force(procedure: str, book: LawBook, period: Period) -> tuple[Procedure, ...]:
    """The versions in force on a day of the period; every version where none is."""
    first, last = period
    versions = book.procedures.get(procedure, ())
    inside = tuple(v for v in versions if v.in_force <= last and (v.until is None or v.until >= first))
    return inside or versions
