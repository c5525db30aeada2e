"""The last day of a period: exact where the calendars are known, estimated where they are not."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from fazheng.workdays.calendars import ONE_DAY, Calendar
from fazheng.workdays.lengths import BadLength, Length
from fazheng.workdays.tables import CalendarMissing

_LAST_START = 9800  # with a century's length the answer stays within Python's years


@dataclass(frozen=True, slots=True)
class Due:
    """A last day. `is_estimate`: it rests on a year without a notice, counted by plain weekdays (预计)."""

    day: date
    is_estimate: bool


def due(start: date, length: Length, calendar: Calendar, *, rolls: bool = True) -> date:
    """Last day on which an act is in time.

    The day of `start` is not counted. Working days are Monday to Friday less days off plus make-up days. Months and
    years end on the same day number, else on the month's last day. Days, months and years that end on a day off run on
    to the next working day, unless `rolls` is False.
    Raises CalendarMissing where the answer needs a year without a table, BadLength where `start` is beyond all use.
    Law: 民事诉讼法第八十五条 (counting); 行政处罚法第八十五条 (working days); 国务院办公厅's yearly notices.
    """
    unit = length.unit
    if unit == "working days":  # read from the table where every day in question stands in it, and no year is missing
        place = calendar.placed.get(start)
        if place is not None and (n := place + length.number) <= len(calendar.days_worked):
            return calendar.days_worked[n - 1]
    elif unit == "days" and rolls and start.year <= _LAST_START:
        day = calendar.rolled.get(start + timedelta(length.number))
        if day is not None:
            return day
    day, unknown = _reckoned(start, length, calendar, rolls)
    if unknown is not None:
        raise CalendarMissing(unknown)
    return day


def estimate(start: date, length: Length, calendar: Calendar, *, rolls: bool = True) -> Due:
    """As `due`, but a year without a table counts plain weekdays, and the answer is then marked an estimate.

    Law: as `due`. Nobody loses a right by an estimate: a limit that rests on one is never expired.
    """
    day, unknown = _reckoned(start, length, calendar, rolls)
    return Due(day, unknown is not None)


def after(start: date, length: Length, calendar: Calendar) -> date:
    """Last day of `length` after `start`, not rolled on: the end of a span that may last `at_most` so long.

    Raises CalendarMissing for working days in a year without a table; `estimate(…, rolls=False)` answers there.
    Law: 民事诉讼法第八十五条; 行政处罚法第八十五条.
    """
    return due(start, length, calendar, rolls=False)


def fixed(start: date, *, month_day: str, years: int = 0, before: bool = False) -> date:
    """The day `month_day` ("03-31") of the year of `start` plus `years`; with `before` the day before it. Never rolls.

    Raises BadLength for a day that is not in every year; the last of February is `before` "03-01".
    Law: days that a rule itself names, as 社会团体登记管理条例第二十八条; no article moves them.
    """
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", month_day)
    try:
        month, day = (int(found[1]), int(found[2])) if found else (0, 0)
        date(2001, month, day)  # a year without February 29
    except ValueError:
        raise BadLength(
            f"日期写法不对：“{month_day}”。写法是“月-日”各两位，如“03-31”；二月最后一天写作 before = “03-01”。"
        ) from None
    end = date(checked_start(start).year + years, month, day)
    return end - ONE_DAY if before else end


def last_of(start: date, length: Length, calendar: Calendar) -> date:
    """Last day of `length` after `start`, not rolled, with plain weekdays for unknown years."""
    checked_start(start)
    if length.unit == "working days":
        return calendar.nth(start, length.number)
    if length.unit == "days":
        return start + timedelta(days=length.number)
    months = start.month - 1 + length.number * (12 if length.unit == "years" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def checked_start(start: date) -> date:
    """`start`, or BadLength where counting from it could leave the years that a date can hold."""
    if start.year > _LAST_START:
        raise BadLength(f"起始日{start}太远，算不出期限；请核对年份。")
    return start


def _reckoned(start: date, length: Length, calendar: Calendar, rolls: bool) -> tuple[date, int | None]:
    """The last day, and the first year without a table that it rests on."""
    end = last_of(start, length, calendar)
    if length.unit == "working days":
        return end, calendar.first_unknown(start, end)
    if not rolls:
        return end, None
    day = calendar.on_or_after(end)
    return day, calendar.first_unknown(end - ONE_DAY, day)
