"""Periods of counting: a year, a half, a quarter, a month, or from one day to another. Both days belong to it."""

from __future__ import annotations

import re
from datetime import date, timedelta

Period = tuple[date, date]
_MONTHS = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_NAMES = {
    "": "",
    "H1": "上半年",
    "H2": "下半年",
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
}
_HOW = "写 2024（全年）、2024H1（上半年）、2024Q3（三季度）、2024-03（三月）或 2024-01-01..2024-11-30"


class PeriodFault(ValueError):
    """What was typed is no period; the message says in Chinese what to write instead."""


def year(number: int) -> Period:
    """The first and the last day of a calendar year. Raises PeriodFault outside 1949 to 9998."""
    if not 1949 <= number <= 9998:
        raise PeriodFault(f"“{number}”不像一个年度，要写成 2024 的样子")
    return date(number, 1, 1), date(number, 12, 31)


def parse(text: str) -> Period:
    """The period that 2024, 2024H1 (上半年), 2024Q3 (三季度), 2024-03 or 2024-01-01..2024-11-30 spells.

    Raises PeriodFault.
    """
    text = text.strip()
    if found := re.fullmatch(r"([0-9]{4})年?((?:[Hh][12]|[Qq][1-4])?)", text):
        return _months(int(found[1]), *_MONTHS[found[2].upper()])
    if (found := re.fullmatch(r"([0-9]{4})[-年]([0-9]{1,2})月?", text)) and 1 <= int(found[2]) <= 12:
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if ".." in text:
        return between(*text.split("..", 1))
    raise PeriodFault(f"看不懂期间“{text}”：{_HOW}")


def _months(number: int, begins: int, ends: int) -> Period:
    """From the first day of a month to the last day of another of that year."""
    first, last = year(number)
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


def told(period: Period) -> str:
    """The period as a sentence names it: 2024年, 2024年第三季度, 2024年3月; anything else by its cut-off day:
    2024年（截至2024年11月30日） where it begins with the year, else from day to day.
    """
    first, last = period
    if first.year == last.year:
        number = first.year
        for key, (begins, ends) in _MONTHS.items():
            if period == _months(number, begins, ends):
                return f"{number}年{_NAMES[key]}"
        if period == _months(number, first.month, first.month):
            return f"{number}年{first.month}月"
        if (first.month, first.day) == (1, 1):
            return f"{number}年（截至{chinese(last)}）"
    return f"{chinese(first)}至{chinese(last)}"


def cut_off(period: Period) -> str:
    """截至2024年11月30日, for a period whose last day is not the last of its year; empty for one that is."""
    last = period[1]
    return "" if (last.month, last.day) == (12, 31) else f"截至{chinese(last)}"


def chinese(day: date) -> str:
    """2024年11月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
