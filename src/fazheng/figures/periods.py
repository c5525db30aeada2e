"""Periods of counting: a year, a half, a quarter, or from one day to another. Both days belong to the period."""

from __future__ import annotations

import re
from datetime import date, timedelta

Period = tuple[date, date]
_MONTHS = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}


class PeriodFault(ValueError):
    """What was typed is no period; the message says in Chinese what to write instead."""


def year(number: int) -> Period:
    """The first and the last day of a calendar year. Raises PeriodFault outside 1949 to 9998."""
    if not 1949 <= number <= 9998:
        raise PeriodFault(f"“{number}”不像一个年度，要写成 2024 的样子")
    return date(number, 1, 1), date(number, 12, 31)


def parse(text: str) -> Period:
    """The period that 2024, 2024H1 (上半年) or 2024Q3 (三季度) spells. Raises PeriodFault."""
    found = re.fullmatch(r"([0-9]{4})年?((?:[Hh][12]|[Qq][1-4])?)", text.strip())
    if found is None:
        raise PeriodFault(f"看不懂期间“{text}”：写 2024（全年）、2024H1（上半年）或 2024Q3（三季度）")
    first, last = year(int(found[1]))
    begins, ends = _MONTHS[found[2].upper()]
    after = date(last.year + 1, 1, 1) if ends == 12 else date(last.year, ends + 1, 1)
    return first.replace(month=begins), after - timedelta(days=1)


def between(first: str, last: str) -> Period:
    """The period from one ISO day to another. Raises PeriodFault for no day, or where it ends before it begins."""
    try:
        period = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        raise PeriodFault(f"看不懂“{first}”至“{last}”：两个日期都要写成 2024-03-05 的样子") from None
    if period[1] < period[0]:
        raise PeriodFault(f"期间的终日{last}早于始日{first}，请核对")
    return period


def up_to(period: Period, today: date) -> Period:
    """The period as far as it is over: a running year is evaluated on `today`, since what is not yet due is not late.

    Raises PeriodFault for a period that has not begun.
    """
    if today < period[0]:
        raise PeriodFault(f"{period[0]}还没有到（今天是{today}），这个期间没有可统计的")
    return period[0], min(period[1], today)
