"""Which steps of a case came after their limit, and which limits ran out with nothing done: asked of the clocks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from fazheng.ledger.chain import SealedEntry
from fazheng.procedure.case import LIMIT_MISSED, Case
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.law import Law
from fazheng.procedure.words import limit_name
from fazheng.report.composed import Mark
from fazheng.workdays import Calendar


def late_steps(law: Law, case: Case, entries: Iterable[SealedEntry], calendar: Calendar) -> Iterator[tuple[int, Mark]]:
    """The number of each step that came late, with what to say of it.

    A late step was sealed with a `limit_missed` beside it; where a correction has since mended the day, that is said.
    """
    late = set()
    for clock in clocks(law, case, calendar):
        if clock.done is not None and clock.due is not None and clock.limit.binds and clock.expired(clock.done):
            late.add(clock.limit.id)
            days = (clock.done - clock.due).days
            yield _done_by(law, case, clock), Mark("late", f"“{clock.limit.name}”于{clock.due}届满，逾期{days}日")
    sealed = 0
    for entry in entries:
        if entry.event != LIMIT_MISSED:
            sealed = entry.version
        elif (limit := str(json.loads(entry.data)["limit"])) not in late:
            yield sealed, Mark("amended", f"入账时曾记“{limit_name(limit, law.first)}”逾期，更正以后没有逾期")


def overdue(law: Law, case: Case, last: date, calendar: Calendar) -> Iterator[str]:
    """Duties that had run out on `last` with nothing done by then. A right that nobody used is not late."""
    for clock in clocks(law, case.until(last), calendar):
        if clock.limit.missed == "overdue" and clock.done is None and clock.runs(last) and clock.expired(last):
            yield f"“{clock.limit.name}”于{clock.due}届满，到{last}没有办"


def _done_by(law: Law, case: Case, clock: Clock) -> int:
    """The number of the standing event that met the limit."""
    steps = {version.steps[id].records for version in law.known() for id in clock.limit.binds if id in version.steps}
    met = [event for event in case.standing[clock.root + 1 :] if event.event in steps and event.on == clock.done]
    return met[0].version if met else 0
