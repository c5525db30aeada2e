"""The rows that plain steps change, and no others: what a case gained since it was read, and not the case anew.

A plain step adds events at the end of a case. It corrects nothing, broke nothing that somebody must look at, and moves
no row of a register; for everything else the case is projected anew from its entries (`project`). Both make the same
rows: a test rebuilds the book after random acts and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from operator import is_
from typing import Any

from fazheng.casework.linking import named_cases
from fazheng.casework.parts import parts_added
from fazheng.frozen import record
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.rows import execute_in_turn, listed
from fazheng.procedure.case import AMENDING, Case
from fazheng.procedure.clocks import Clock, clocks, clocks_after
from fazheng.procedure.law import Law
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

_IN_TURN = (_INSERT_CASE, _UPDATE_CASE, _INSERT_EVENT, _DROP_CLOCK, _PUT_CLOCK, _LINK, _PART)
Row = tuple[str | int | None, ...]


@record(frozen=True, slots=True)
class Advance:
    """A case as the tables show it, and as it is now. `before` without entries: the case was opened since.

    `texts`: the canonical data of entries made since, by version, where they are at hand.
    """

    case_id: str
    law: Law
    before: Case
    after: Case
    texts: Mapping[int, str] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Whether what came since can be added to the rows that stand."""
        was, now = self.before.standing, self.after.standing
        if not AMENDING.isdisjoint([entry.event for entry in self.after.entries]):
            return False
        for event in self.after.entries[len(self.before.entries) :]:
            if event.defects:
                return False
        return len(was) <= len(now) and all(map(is_, was, now))


def project_advances(bureau: str, advances: Iterable[Advance], book: LawBook, calendar: Calendar) -> None:
    """Brings the tables of these cases from `before` to `after`: only what differs is written."""
    made: dict[str, list[Row]] = {sql: [] for sql in _IN_TURN}
    for advance in advances:
        _case_changed(made, bureau, advance)
        _events_added(made, bureau, advance)
        for who in sorted(parts_added(advance.law, advance.before, advance.after)):
            made[_PART].append((bureau, advance.law.first.id, who, advance.case_id))
        _clocks_changed(made, bureau, advance, book, calendar)
    execute_in_turn(made)


def _case_changed(made: dict[str, list[Row]], bureau: str, advance: Advance) -> None:
    law, case = advance.law, advance.after
    closing = law.first.closing_events
    closed_on = next((event.on.isoformat() for event in case.standing if event.event in closing), None)
    end = closed_on, case.standing[-1].on.isoformat(), case.entries[-1].version
    if advance.before.entries:
        made[_UPDATE_CASE].append((*end, bureau, advance.case_id))
        return
    ref = str(case.entries[0].data.get("ref", ""))
    days = law.first.in_force.isoformat(), case.standing[0].on.isoformat()
    made[_INSERT_CASE].append((bureau, advance.case_id, law.first.id, *days, *end, ref))


def _events_added(made: dict[str, list[Row]], bureau: str, advance: Advance) -> None:
    law, case_id = advance.law, advance.case_id
    for event in advance.after.standing[len(advance.before.standing) :]:
        data = advance.texts.get(event.version) or canonical_json(dict(event.data))
        what = event.event, event.on.isoformat(), event.by, data
        made[_INSERT_EVENT].append((bureau, case_id, event.version, law.first.id, *what))
        if (step := law.step_of(event.event)) is not None and step.kinds:
            made[_LINK] += [(bureau, case_id, other) for other in named_cases(step.kinds, event.data)]


def _clocks_changed(
    made: dict[str, list[Row]], bureau: str, advance: Advance, book: LawBook, calendar: Calendar
) -> None:
    """Clocks that came, changed or went; one that is the very same as before is not looked at."""
    law, case_id = advance.law, advance.case_id
    before = clocks(law, advance.before, calendar, book.parameter)
    after = clocks_after(law, advance.before, advance.after, calendar, book.parameter)
    if after is before:
        return
    stay = {id(clock) for clock in before}.intersection(map(id, after))
    gone = {(clock.limit.id, clock.nth): clock for clock in before if id(clock) not in stay}
    for clock in after:
        if id(clock) in stay:
            continue
        key = clock.limit.id, clock.nth
        stood = gone.pop(key, None)
        if stood is None or _held(stood) != _held(clock):
            held = clock.begun, clock.superseded_on, clock.due, clock.done
            days = [day.isoformat() if day is not None else None for day in held]
            made[_PUT_CLOCK].append((bureau, case_id, *key, *days, clock.estimate))
    made[_DROP_CLOCK] += [(bureau, case_id, *key) for key in gone]


def _held(clock: Clock) -> tuple[Any, ...]:
    return clock.begun, clock.superseded_on, clock.due, clock.done, clock.estimate
