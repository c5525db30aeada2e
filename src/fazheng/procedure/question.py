"""A question put to a case: the case cut to the day, its clocks worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fazheng.procedure.ask import Pending, Question
from fazheng.procedure.case import Case
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import LinkedCase, Surroundings


def question(
    law: Law,
    case: Case,
    day: date,
    around: Surroundings,
    pending: Pending | None = None,
    period: tuple[date, date] | None = None,
) -> Question:
    """What may be asked of the case on `day`: standing events up to and including it, linked cases likewise."""
    seen = case.until(day)

    def running() -> tuple[Clock, ...]:  # worked out once for the case, see `clocks`
        return clocks(law, seen, around.calendar, around.parameter)

    return Question(
        law,
        seen,
        day,
        around.calendar,
        running,
        pending,
        period,
        around.parameter,
        _linked(around.linked, day, around, period),
        around.registered,
    )


def _linked(
    linked: Mapping[str, tuple[LinkedCase, ...]], day: date, around: Surroundings, period: tuple[date, date] | None
) -> dict[str, tuple[Question, ...]]:
    if not linked:
        return {}
    alone = replace(around, linked={})
    return {
        procedure: tuple(question(other.law, other.case, day, alone, None, period) for other in cases)
        for procedure, cases in linked.items()
    }
