"""One condition asked of one case: the Python reader of the vocabulary. `figures` has the SQL one; a test compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import Any, Protocol

from fazheng.frozen import record
from fazheng.lawbook.conditions import (
    ActorNotIn,
    AllOf,
    AnyOf,
    Condition,
    Expired,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    HappenedSince,
    HasDefect,
    Linked,
    Missed,
    Not,
    OtherFact,
    ParameterRef,
    ProposalsKept,
    Registered,
)
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.standing import Rows, no_rows, stood_for, until
from fazheng.workdays import Calendar, Length, estimate


class ClockLike(Protocol):
    @property
    def limit(self) -> Any: ...
    def runs(self, day: date) -> bool: ...
    def expired(self, day: date) -> bool: ...
    def missed(self, day: date) -> bool: ...


@record(frozen=True, slots=True)
class Pending:
    """The entry just being made: its event, who makes it, and its data (None: not yet entered)."""

    event: str
    on: date
    by: str
    data: Mapping[str, Any] | None


@record(frozen=True, slots=True)
class Question:
    """Everything an answer may rest on. `case` holds the standing events up to `day` and no later ones."""

    law: Law
    case: Case
    day: date
    calendar: Calendar
    clocks: Callable[[], tuple[ClockLike, ...]] = tuple
    pending: Pending | None = None
    period: tuple[date, date] | None = None
    parameter: Callable[[str, date], int | None] = lambda id, day: None
    linked: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)
    registered: Rows = no_rows

    def last(self, event: str) -> Event | None:
        return self.case.last(event)


def ask(condition: Condition, q: Question) -> bool | None:
    """Whether the condition holds on the question's day; None where it hangs on what is not yet entered."""
    match condition:
        case AnyOf(parts):
            return _any(ask(part, q) for part in parts)
        case AllOf(parts):
            return _all(ask(part, q) for part in parts)
        case Not(part):
            answer = ask(part, q)
            return None if answer is None else not answer
        case Happened(event, at_least):
            return len(q.case.all(event)) >= at_least
        case HappenedSince(event, since):
            return _since(event, since, q)
        case HappenedInPeriod(event):
            assert q.period is not None, "in_period 只用于统计"
            return any(q.period[0] <= found.on <= q.period[1] for found in q.case.all(event))
        case Expired(limit):
            return any(c.expired(q.day) for c in q.clocks() if c.limit.id == limit and c.runs(q.day))
        case Missed(limit):
            return any(c.missed(q.day) for c in q.clocks() if c.limit.id == limit and c.runs(q.day))
        case FieldTest():
            return _field(condition, q)
        case ActorNotIn(fact):
            return _actor_not_in(fact, q)
        case Linked(procedure, where):
            return _any(ask(where, other) for other in q.linked.get(procedure, ()))
        case Registered():
            return _registered(condition, q)
        case HasDefect(gate):
            return any(gate in found.defects for found in q.case.standing)
        case ProposalsKept():
            version = q.law.on(q.day) or q.law.first
            bands = [band for band in version.suggestions if band.proposes is not None and ask(band.when, q) is True]
            return _all(ask(band.proposes, q) for band in bands if band.proposes is not None)
    raise TypeError(f"没有这种条件：{condition!r}")


def _any(answers: Iterable[bool | None]) -> bool | None:
    found: bool | None = False
    for answer in answers:
        if answer:
            return True
        found = None if answer is None else found
    return found


def _all(answers: Iterable[bool | None]) -> bool | None:
    found: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        found = None if answer is None else found
    return found


def _since(event: str, since: str, q: Question) -> bool:
    for found in reversed(q.case.standing):  # whichever of the two comes last decides
        if found.event == event:
            return True
        if found.event == since:
            return False
    return False


def _value(fact: Fact, q: Question) -> tuple[bool, Any]:
    """Whether the value is known by now, and the value: of what is just entered, else of the latest standing event."""
    if q.pending is not None and fact.event == q.pending.event:
        if fact.field in ("on", "by"):
            return True, q.pending.on if fact.field == "on" else q.pending.by
        return (True, q.pending.data.get(fact.field)) if q.pending.data is not None else (False, None)
    found = q.last(fact.event)
    return True, found.fact(fact.field) if found else None


def _field(test: FieldTest, q: Question) -> bool | None:
    known, value = _value(test.fact, q)
    if not known:
        return None
    if test.test == "present":
        return (value is not None) is test.value
    wanted: Any = test.value
    if isinstance(wanted, ParameterRef):
        wanted = q.parameter(wanted.id, q.day)
    if isinstance(wanted, OtherFact):
        known, other = _value(wanted.fact, q)
        if not known or (wanted.times and not _value(wanted.times, q)[0]):
            return None
        return held_against(test.test, value, _measured(other, wanted, q), wanted.plus, q.calendar)
    if value is None or wanted is None:
        return False
    return compare(test.test, value, wanted)


def held_by(wanted: OtherFact, q: Question) -> Any:
    """What the right side of a test comes to in the case as it stands; None where something of it is missing."""
    return _measured(_value(wanted.fact, q)[1], wanted, q)


def _measured(other: Any, wanted: OtherFact, q: Question) -> Any:
    """So many per cent of an amount, so many times; down to whole fen. None where one of them is missing."""
    if wanted.percent == 100 and wanted.times is None:
        return other
    percent = q.parameter(wanted.percent.id, q.day) if isinstance(wanted.percent, ParameterRef) else wanted.percent
    times = _value(wanted.times, q)[1] if wanted.times else 1
    if any(isinstance(one, bool) or not isinstance(one, int) for one in (other, percent, times)):
        return None
    return other * percent * times // 100


def held_against(test: str, value: Any, other: Any, plus: str = "", calendar: Calendar | None = None) -> bool:
    """A value of one entry against that of another: two of a kind, neither missing, a list or held apart.

    False where working days are counted into a year whose days off are not known: nobody is refused by a guess.
    """
    if plus and (day := _day(other)) is not None:
        if calendar is not None and plus.endswith("working days"):
            last = estimate(day, Length.parse(plus), calendar, rolls=False)
            other = None if last.is_estimate else last.day
        else:
            other = until(day, plus)
    value, other = _plain(value), _plain(other)
    if type(value) is not type(other) or not isinstance(value, bool | int | str):
        return False
    if test == "is":
        return bool(value == other)
    if isinstance(value, bool):
        return False  # neither is more than the other
    return bool(value >= other if test == "at_least" else value <= other)


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def compare(test: str, value: Any, wanted: Any) -> bool:
    """A value of an entry against the value of a law file. Lists are measured by length; days are ISO text or dates."""
    if isinstance(value, date):
        value = value.isoformat()
    wanted = _plain(wanted)
    if isinstance(value, list | tuple) and test in ("at_least", "at_most"):
        value = len(value)
    if isinstance(value, list | tuple):  # a list is what it contains: one of them is enough
        return any(compare(test, one, wanted) for one in value)
    match test:
        case "is":
            return type(value) is type(wanted) and value == wanted
        case "in":
            return any(type(value) is type(one) and value == one for one in wanted)
        case "at_least" | "at_most":
            if type(value) is not type(wanted):
                return False
            return bool(value >= wanted if test == "at_least" else value <= wanted)
    raise TypeError(test)


def _plain(wanted: Any) -> Any:
    if isinstance(wanted, tuple):
        return tuple(_plain(one) for one in wanted)
    return wanted.isoformat() if isinstance(wanted, date) else wanted


def _registered(asked: Registered, q: Question) -> bool | None:
    known, key = _value(asked.key, q)
    if not known:
        return None
    row = q.registered(asked.register, key, q.day) if isinstance(key, str) else None
    if row is None or (asked.for_ and not stood_for(row.since, asked.for_, q.day)):
        return False
    held = [(row.data.get(field), wanted) for field, wanted in asked.with_]
    return all(value is not None and compare("is", value, wanted) for value, wanted in held)


def _actor_not_in(fact: Fact, q: Question) -> bool | None:
    if q.pending is None:
        return True
    known, value = _value(fact, q)
    if not known:
        return None
    people = value if isinstance(value, list | tuple) else [value]
    return q.pending.by not in people
