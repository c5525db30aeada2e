"""Why a clock's last day is that day: from when, which length, what did not count, each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazheng.procedure.clocks import Clock
from fazheng.workdays import Calendar, CountedDay, Length, Span, explain


@dataclass(frozen=True, slots=True)
class ExplainedClock:
    """`head`: sentences on where it began and what moved it; `days`: every day, counted or not, empty for a fixed day.

    `due` None: the clock stands.
    """

    head: tuple[str, ...]
    days: tuple[CountedDay, ...]
    due: date | None
    estimate: bool


def explain_clock(clock: Clock, calendar: Calendar) -> ExplainedClock:
    """The explanation, in Chinese."""
    head = [f"{clock.limit.name}（{clock.limit.cited}）：自{clock.begun}起算，{clock.limit.length or '固定日期'}"]
    head += [f"延长：{length}" for length in clock.lengths[1:]]
    head += [f"{_span(span)}不计入" for span in clock.spans]
    if clock.due is None:
        return ExplainedClock((*head, "现在中止，没有末日"), (), None, clock.estimate)
    if not clock.lengths:
        return ExplainedClock((*head, f"末日：{clock.due}"), (), clock.due, clock.estimate)
    whole = Length(sum(length.number for length in clock.lengths), clock.lengths[0].unit)
    told = explain(clock.begun, whole, calendar, rolls=clock.limit.rolls, spans=clock.spans)
    return ExplainedClock(tuple(head), told.days, clock.due, clock.estimate)


def _span(span: Span) -> str:
    return f"{span.from_day}至{span.to_day or '今'}中止，"
