"""Due days by working days: the table of `fazheng.workdays`, one or many at a time, against the loop over days."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from fazheng.lawbook.load import load
from fazheng.procedure.examples import calendar_of
from fazheng.workdays import Length, due

T = TypeVar("T")


def loop(day: date, number: int) -> date:
    """What one would write first: day by day, each asked whether it is in a set of working days."""
    while number:
        day += timedelta(days=1)
        number -= day in WORKED
    return day


WORKED: set[date] = set()


def best(work: Callable[[], T], runs: int = 5) -> tuple[float, T]:
    """Seconds of the fastest run, and what it gave."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        given = work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), given


def compared(number: int) -> list[tuple[str, float, float]]:
    """Each way by name, with answers a second and its ratio to the loop. Raises AssertionError where two disagree."""
    calendar = calendar_of(load())
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    WORKED.update(d for n in range((last - first).days + 1)
                  if calendar.is_working_day(d := first + timedelta(days=n)))  # fmt: skip
    drawn = random.Random(2)
    asked = [(first + timedelta(days=drawn.randrange(300)), drawn.randrange(1, 31)) for _ in range(number)]
    slow, answers = best(lambda: [loop(day, n) for day, n in asked], 3)
    lengths = {n: Length(n, "working days") for n in range(1, 31)}
    days, numbers = [day for day, _ in asked], [n for _, n in asked]
    ways: dict[str, Callable[[], list[date]]] = {
        "day loop over a set of working days": lambda: [loop(day, n) for day, n in asked],
        "due(), one at a time, with its estimate and its refusals": lambda: [
            due(d, lengths[n], calendar) for d, n in asked
        ],
        "Calendar.nth, one at a time": lambda: [calendar.nth(day, n) for day, n in asked],
        "Calendar.nth_many, a list at once": lambda: calendar.nth_many(days, numbers),
    }
    found = []
    for name, way in ways.items():
        seconds, given = best(way)
        assert given == answers, name
        found.append((name, number / seconds, slow / seconds))
    return found
