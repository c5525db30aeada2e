"""红黄绿灯: how a clock stands, in colour and in words; and day by day why its last day is that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import ClockRow
from fazheng.procedure.explaining import ExplainedClock, explain_clock
from fazheng.procedure.outlook import Duty, light
from fazheng.web.names import procedure_name, procedure_of
from fazheng.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Lamp:
    """A running clock as `parts/light.html` shows it. `due` "": the clock stands still."""

    name: str
    article: str
    light: str
    words: str
    due: str
    estimate: bool = False
    why: ExplainedClock | None = None


def of_duty(duty: Duty, calendar: Calendar) -> Lamp:
    """The lamp of a case's clock, with why its day is that day."""
    clock = duty.clock
    due = clock.due.isoformat() if clock.due else ""
    said = words(duty.days_left, duty.light)
    return Lamp(
        clock.limit.name, clock.limit.cited, duty.light, said, due, clock.estimate, explain_clock(clock, calendar)
    )


def of_row(row: ClockRow, book: LawBook, today: date) -> Lamp:
    """The lamp of a clock as the projection holds it: for lists, where no case is read."""
    return of_clock(procedure_of(row.case_id), (row.limit, row.begun, row.due, row.estimate), book, today)


def of_clock(procedure: str, clock: tuple[str, str, str | None, bool], book: LawBook, today: date) -> Lamp:
    """The lamp of a clock of that procedure: its limit, its first and its last day, whether the last is an estimate."""
    named, begun, last, estimate = clock
    versions = book.procedures.get(procedure, ())
    limit = next((v.limit_of[named] for v in reversed(versions) if named in v.limit_of), None)
    name = limit.name if limit else procedure_name(book, procedure)
    article = limit.cited if limit else ""
    if last is None:
        return Lamp(name, article, "green", "中止，不计时", "", estimate)
    due = date.fromisoformat(last)
    left = (due - today).days
    shown = light(left, (due - date.fromisoformat(begun)).days)
    return Lamp(name, article, shown, words(left, shown), last, estimate)


def words(left: int | None, shown: str) -> str:
    """How the clock stands, said: for who does not see colours, and for paper."""
    if left is None:
        return "中止，不计时"
    if left < 0:
        return f"红灯：已超{-left}天"
    if left == 0:
        return "红灯：今天到期"
    return f"{'绿灯' if shown == 'green' else '黄灯'}：还有{left}天"
