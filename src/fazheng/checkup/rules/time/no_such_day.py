from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from fazheng.checkup.facts.times import coming_year, times
from fazheng.checkup.facts.written_days import Written, written_days
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_PART = re.compile(r"[\dA-Za-z.—-]")
_YEAR = re.compile(
    r"20[0-3][0-9]{2}年(?!前|历史)|2(?:0[12]|[1-9][0-9]{2}|[OoＯ][0-9]{2})年(?=度|[，、全]| ?\d{1,2} ?月)"
)
_LEAP = 2024


@rule(
    title="没有这一天",
    kinds="odd_date",
    severity="error",
    why="日期写错，别人就不知道事情是哪天办的。",
    source="公历；出版物上数字用法：日期的写法",
    example="“2031年2月30日”“13月5日”“202年”“2031年1月1日（星期五）”（那天是星期三）。",
)
def no_such_day(report: Report) -> Iterator[Hit]:
    """没有的月、日、年份，或者星期几与日期对不上。没有写年份的，星期按报告年度算。"""
    for told in report.made(written_days):
        year = _LEAP if told.year is None else told.year
        if not 1 <= told.month <= 12 or not 1 <= (told.day or 1) <= monthrange(year, told.month)[1]:
            yield Hit(f"没有{report.text[told.start : told.end]}", told.start, told.end)
        elif told.weekday and told.day:
            yield from _weekday(report, told, told.day)
    for found in _YEAR.finditer(report.plain):
        if not _PART.match(report.plain, max(0, found.start() - 1)):
            yield Hit("年份写错了", found.start(), found.end())


def _weekday(report: Report, told: Written, day: int) -> Iterator[Hit]:
    year = told.year or report.year
    if year is None or (told.year is None and told.start in report.made(coming_year)):
        return
    if day > monthrange(year, told.month)[1]:
        return
    names = report.style.made(times).words.weekdays
    right = names[date(year, told.month, day).weekday()]
    if told.weekday.replace("天", names[6]) != right:
        said = f"{year}年{told.month}月{day}日是星期{right}"
        yield Hit(said, told.start, told.end, severity="warning")
