"""The rows that plain steps change, and no others: what a case gained since it was read, and not the case anew.

A plain step adds events at the end of a case. It corrects nothing, broke nothing that somebody must look at, and moves
no row of a register; for everything else the case is projected anew from its entries (`project`). Both make the same
rows: a test rebuilds the book after random acts and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import is_
from typing import Any

from fazheng.casework.linking import named_cases
from fazheng.casework.parts import parts_added
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.rows import execute_each, listed
from fazheng.procedure.case import AMENDING, Case, Event
from fazheng.procedure.clocks import Clock, clocks, clocks_after
from fazheng.procedure.law import Law
from fazheng.records import record
from fazheng.workdays import Calendar

_CASE = ("procedure", "in_force", "opened_on", "closed_on", "last_on", "last_version", "ref")
_CLOCK = ("begun", "superseded_on", "due", "done", "estimate")
_INSERT_CASE = (
    f"INSERT INTO ledger_case (bureau, case_id, {', '.join(_CASE)}) VALUES ({listed(len(_CASE) + 2)})"
)  # fmt: skip
_UPDATE_CASE = (
    "UPDATE ledger_case SET closed_on = %s, last_on = %s, last_version = %s WHERE bureau = %s AND case_id = %s"
)
_INSERT_EVENT = (
    'INSERT INTO ledger_standing_event (bureau, case_id, version, procedure, event, on_day, "by", data)'
    f" VALUES ({listed(8)})"
)
_PUT_CLOCK = (
    f'INSERT INTO ledger_clock (bureau, case_id, "limit", nth, {", ".join(_CLOCK)}) VALUES ({listed(9)})'
    ' ON CONFLICT (bureau, case_id, "limit", nth) DO UPDATE SET '
    + ", ".join(f"{column} = excluded.{column}" for column in _CLOCK)
)
_DROP_CLOCK = 'DELETE FROM ledger_clock WHERE bureau = %s AND case_id = %s AND "limit" = %s AND nth = %s'
_PART = (  # a build that told parts otherwise may have left one
    "INSERT INTO ledger_case_part (bureau, procedure, who, case_id) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_LINK = (
    "INSERT INTO ledger_case_link (bureau, from_case, to_case) VALUES (%s, %s, %s)"
    " ON CONFLICT (bureau, from_case, to_case) DO NOTHING"
)


@record(frozen=True, slots=True)
class Advance:
    """A case as the tables show it, and as it is now. `before` without entries: the case was opened since."""

    case_id: str
    law: Law
    before: Case
    after: Case

    @property
    def plain(self) -> bool:
        """Whether what came since can be added to the rows that stand."""
        was, now = self.before.standing, self.after.standing
        if not AMENDING.isdisjoint([entry.event for entry in self.after.entries]):
            return False
        if any(event.defects for event in self.after.entries[len(self.before.entries) :]):
            return False
        return len(was) <= len(now) and all(map(is_, was, now))


def project_advances(bureau: str, advances: Iterable[Advance], book: LawBook, calendar: Calendar) -> None:
    """Brings the tables of these cases from `before` to `after`: only what differs is written."""
    made: dict[str, list[tuple[Any, ...]]] = {
        sql: [] for sql in (_INSERT_CASE, _UPDATE_CASE, _INSERT_EVENT, _DROP_CLOCK, _PUT_CLOCK, _LINK, _PART)
    }
    for advance in advances:
        for sql, row in _changed(bureau, advance, book, calendar):
            made[sql].append(row)
    for sql, rows in made.items():
        if rows:
            execute_each(sql, rows)


def _changed(bureau: str, advance: Advance, book: LawBook, calendar: Calendar) -> Iterator[tuple[str, tuple[Any, ...]]]:
    case_id, law, case = advance.case_id, advance.law, advance.after
    if not advance.before.entries:
        ref = str(case.entries[0].data.get("ref", ""))
        procedure, in_force = law.first.id, law.first.in_force.isoformat()
        opened_on = case.standing[0].on.isoformat()
        yield _INSERT_CASE, (bureau, case_id, procedure, in_force, opened_on, *_end(law, case), ref)
    else:
        yield _UPDATE_CASE, (*_end(law, case), bureau, case_id)
    for event in case.standing[len(advance.before.standing) :]:
        data = canonical_json(dict(event.data))
        day = event.on.isoformat()
        yield _INSERT_EVENT, (bureau, case_id, event.version, law.first.id, event.event, day, event.by, data)
        yield from ((_LINK, (bureau, case_id, other)) for other in _named(law, event))
    added = parts_added(law, advance.before, case)
    yield from ((_PART, (bureau, law.first.id, who, case_id)) for who in sorted(added))
    yield from _clocks_changed(bureau, advance, book, calendar)


def _clocks_changed(
    bureau: str, advance: Advance, book: LawBook, calendar: Calendar
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    law, case_id = advance.law, advance.case_id
    before = clocks(law, advance.before, calendar, book.parameter)
    after = clocks_after(law, advance.before, advance.after, calendar, book.parameter)
    if after is before:
        return
    was = {(clock.limit.id, clock.nth): clock for clock in before}
    for clock in after:
        key = clock.limit.id, clock.nth
        stood = was.pop(key, None)
        if stood is not clock and (stood is None or _held(stood) != _held(clock)):
            days = (day.isoformat() if day is not None else None for day in _held(clock)[:-1])
            yield _PUT_CLOCK, (bureau, case_id, *key, *days, clock.estimate)
    yield from ((_DROP_CLOCK, (bureau, case_id, *key)) for key in was)


def _end(law: Law, case: Case) -> tuple[str | None, str, int]:
    """The day it was closed, the day of its last event, its last version."""
    closing = law.first.closing_events
    closed_on = next((event.on.isoformat() for event in case.standing if event.event in closing), None)
    return closed_on, case.standing[-1].on.isoformat(), case.entries[-1].version


def _named(law: Law, event: Event) -> list[str]:
    step = law.step_of(event.event)
    return named_cases(step.kinds, event.data) if step else []


def _held(clock: Clock) -> tuple[Any, ...]:
    return clock.begun, clock.superseded_on, clock.due, clock.done, clock.estimate
