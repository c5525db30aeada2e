"""A second calendar, written to be read and not to be fast: one day after the other, over chinesecalendar's data."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
YEARS = range(2004, 2027)  # the years that law/calendars and chinesecalendar 1.11 both know
# chinesecalendar leaves out what the notice for 2006 says of the December before: 12月31日（星期六）上班.
FORGOTTEN = date(2005, 12, 31)


@cache  # chinesecalendar searches all its years for the first and last at each question
def works(day: date) -> bool:
    """Raises NotImplementedError outside the years that chinesecalendar knows."""
    return day == FORGOTTEN or bool(chinese_calendar.is_workday(day))


def due(start: date, number: int, unit: str, rolls: bool = True) -> date:
    """The last day, by counting it out."""
    day = start
    if unit == "working days":
        while number:
            day += ONE_DAY
            number -= works(day)
        return day
    if unit == "days":
        for _ in range(number):
            day += ONE_DAY
    else:
        for _ in range(number * (12 if unit == "years" else 1)):
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        day = day.replace(day=min(start.day, monthrange(day.year, day.month)[1]))
    while rolls and not works(day):
        day += ONE_DAY
    return day


def due_past(start: date, number: int, in_working_days: bool, spans: list[tuple[date, date]], rolls: bool) -> date:
    """The last day past closed spans, by walking: what is left is ticked off on days that no span holds.

    A span that begins only after the day where the walk ends is never met, and so changes nothing.
    """
    day = start
    while number or any(first <= day < last for first, last in spans) or (rolls and not works(day)):
        day += ONE_DAY
        if number and not any(first < day <= last for first, last in spans):
            number -= works(day) if in_working_days else 1
    return day
