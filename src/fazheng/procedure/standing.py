"""Rows of registers as a condition asks them: whether one stands on a day, and since which day without a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from fazheng.workdays import Calendar, Length, after

_NO_CALENDAR = Calendar.of(())  # days, months and years need none


@dataclass(frozen=True, slots=True)
class Stood:
    """A row on a day: what it holds, and the first day of the unbroken time it has stood."""

    since: date
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowSpan:
    """What a key held from the first day to the day before the second, days as ISO text (None: still)."""

    from_day: str
    to_day: str | None
    data: Mapping[str, Any]


Rows = Callable[[str, str, date], Stood | None]  # register, key, day


def no_rows(register: str, key: str, day: date) -> Stood | None:
    """Registers in which nothing stands."""
    return None


def standing_on(spans: Iterable[RowSpan], day: date) -> Stood | None:
    """The row of a key that stands on `day`, out of all the spans of that key; None where none does."""
    text = day.isoformat()
    since, found = "", None
    ended: str | None = ""
    for span in sorted(spans, key=lambda span: span.from_day):
        if span.from_day > text:
            break
        since = since if span.from_day == ended else span.from_day
        ended, found = span.to_day, span
    if found is None or (found.to_day is not None and found.to_day <= text):
        return None
    return Stood(date.fromisoformat(since), found.data)


def stood_for(since: date, length: str, day: date) -> bool:
    """Whether on `day` the length that began on `since` is over: from the day after its last, which never rolls."""
    return until(since, length) < day


def until(since: date, length: str) -> date:
    """The last day of the length that began on `since`. Raises BadLength for a day beyond all use."""
    return after(since, _length(length), _NO_CALENDAR)


def latest_begin(length: str, day: date) -> date | None:
    """The latest day since which a row must stand for the length to be over on `day`; None before the calendar begins.

    `stood_for(since, length, day)` holds exactly for the days up to it.
    """
    parsed = _length(length)
    months = parsed.number * {"years": 12, "months": 1}.get(parsed.unit, 0)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1 or (parsed.unit == "days" and day.toordinal() <= parsed.number):
        return None
    begin = date(year, month + 1, 1) + timedelta(days=day.day - 1) if months else day - timedelta(days=parsed.number)
    while until(begin, length) >= day:
        if begin == date.min:
            return None
        begin -= timedelta(days=1)
    return begin


@cache
def _length(text: str) -> Length:
    return Length.parse(text)
