"""Duties of a year, each against the cases of the book: done, still to come, or late. They refuse nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from django.db.models import Min

from fazheng.figures.adopted import why_not
from fazheng.figures.periods import Period
from fazheng.figures.periods import year as whole_year
from fazheng.figures.reader import Found, Reader
from fazheng.figures.sql import SqlReader
from fazheng.lawbook.conditions import AllOf, Condition, FieldTest
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import CaseRow, RegisterRow
from fazheng.procedure.outlook import Light, light
from fazheng.workdays import fixed

UNTOLD = "账本里没有那时的记录"
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
State = Literal["met", "met_late", "open", "soon", "today", "overdue"]
_OPEN: dict[Light, State] = {"green": "open", "yellow": "soon"}


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty in one of its periods (of one row, where the duty is for each of a register).

    `done` cases meet it on the last day looked at; `state` is met only where enough did on or before `due`. `light`
    is None once it was met, also late. `note` says why nothing could be asked: a local rule that nobody adopted, or a
    day before the book began.
    """

    duty: Duty
    period: Period
    due: date
    row: str
    done: int
    cases: tuple[str, ...]
    state: State
    light: Light | None
    days_left: int
    note: str = ""


def duties(
    bureau: str,
    book: LawBook,
    year: int,
    today: date,
    reader: Callable[[str, LawBook, Period], Reader] = SqlReader,
    began: date = date.min,
) -> list[Owed]:
    """What the year asks of the bureau, by due day. Empty where no duty has effect there.

    `began`: the first day of which the book tells anything; what was due before it and is not there is not late, the
    book does not know. Counted by SQL; another reader of figures may be given, and must say the same. Raises
    PeriodFault for no year.
    """
    owed: list[Owed] = []
    for duty in book.duties.values():
        for period in periods(duty, year) if duty.has_effect else ():
            due = due_day(duty, period)
            if _stands(duty, period, due, book):
                rows = _rows(bureau, duty, min(due, today)) if duty.for_each else [""]
                owed += [_owed(bureau, book, duty, period, row, today, reader) for row in rows]
    owed = [replace(one, light=None, note=UNTOLD) if _untold(one, began) else one for one in owed]
    return sorted(owed, key=lambda one: (one.due, one.duty.id, one.row))


def began(bureau: str, today: date) -> date:
    """The first day of which the book tells: that of its first case; today where it has none. One statement."""
    return began_of(CaseRow.objects.filter(bureau=bureau).aggregate(first=Min("opened_on"))["first"], today)


def began_of(first: str | None, today: date) -> date:
    """The same, where the day of the first case was asked along with something else."""
    return date.fromisoformat(first) if first else today


def _untold(one: Owed, began: date) -> bool:
    return one.state == "overdue" and not one.done and not one.note and one.due < began


def periods(duty: Duty, year: int) -> Iterator[Period]:
    """The periods of the duty in a year, in order. Raises PeriodFault for no year."""
    first, last = whole_year(year)
    months = MONTHS[duty.each]
    starts = [first.replace(month=month) for month in range(1, 13, months)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    yield from zip(starts, ends, strict=True)


def due_day(duty: Duty, period: Period) -> date:
    """The last day on which the duty is met in time."""
    named = duty.until or duty.before
    return fixed(period[0], month_day=named, years=0, before=bool(duty.before)) if named else period[1]


def _stands(duty: Duty, period: Period, due: date, book: LawBook) -> bool:
    """Whether the duty was law on its due day: adopted by then, its statute in force, its procedure known."""
    statute = book.statutes.get(duty.statute)
    versions = statute.versions if statute and not duty.since else ()
    if versions and not any(v.from_ <= due and (v.until is None or due <= v.until) for v in versions):
        return False
    known = any(v.in_force <= period[1] and (v.until is None or v.until >= period[0]) for v in book.procedures[duty.of])
    return known and (duty.since is None or duty.since <= due)


def _rows(bureau: str, duty: Duty, day: date) -> list[str]:
    """The rows that owe it: those in the register on the due day, or by today where that has not come."""
    text = day.isoformat()
    found = RegisterRow.objects.filter(bureau=bureau, register=duty.for_each, from_day__lte=text)
    return sorted({row.key for row in found if row.to_day is None or row.to_day > text})


def _owed(
    bureau: str,
    book: LawBook,
    duty: Duty,
    period: Period,
    row: str,
    today: date,
    reader: Callable[[str, LawBook, Period], Reader],
) -> Owed:
    due, figure = due_day(duty, period), _figure(duty, period, row)
    # a case that says which year it is about may come after that year; any other is met within its period or never
    last = today if duty.about and duty.key and not duty.for_each else min(today, period[1])
    whole = (period[0], last)
    note = why_not(duty.where, duty.of, book, whole)

    def found(day: date) -> Found:
        return Found(0, ()) if note or day < period[0] else reader(bureau, book, (period[0], day)).read(figure)

    now = found(last)
    in_time = now if last <= due else found(due)
    left = (due - today).days
    colour = light(left, (due - period[0]).days)
    state: State = "overdue" if left < 0 else "today" if left == 0 else _OPEN[colour]
    if in_time.value >= duty.at_least or now.value >= duty.at_least:
        state = "met" if in_time.value >= duty.at_least else "met_late"
    shown = max(now, in_time, key=lambda one: one.value)
    lit = None if note or state in ("met", "met_late") else colour
    return Owed(duty, period, due, row, shown.value, tuple(shown.rows), state, lit, left, note)


def _figure(duty: Duty, period: Period, row: str) -> Figure:
    """The duty as a figure: cases that meet it, of that row, or about that year."""
    where: Condition = duty.where
    if duty.key is not None:
        value = row if duty.for_each else period[0].year + duty.about
        where = AllOf((where, FieldTest(duty.key, "is", value)))
    return Figure(id=duty.id, name=duty.name, unit="件", counts="cases", of=duty.of, where=where)
