from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from fazheng.checkup.facts.times import coming_year, times
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_DAY = re.compile(
    r"(?<![\d.])(?:(?P<y>(?:19|20)\d\d) ?年 ?)?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?日"
    r"(?: ?[（，]? ?(?:星期|周)(?P<w>[一二三四五六日天]))?"
)
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d ?年 ?(?P<m>\d{1,2}) ?月(?!龄|\d| ?\d)")
_YEAR = re.compile(r"(?<![\dA-Za-z.—-])(?:20\d|20\d{3}|2[1-9]\d\d|2[OoＯ]\d\d)年(?=度|[，、全的]| ?\d{1,2} ?月)")
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
    plain = report.plain
    for found in _DAY.finditer(plain):
        month, day = int(found["m"]), int(found["d"])
        year = int(found["y"]) if found["y"] else _LEAP
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            yield Hit(f"没有{found[0].strip()}这一天", found.start(), found.end())
        elif found["w"]:
            yield from _weekday(report, found, month, day)
    for found in _MONTH.finditer(plain):
        if not 1 <= int(found["m"]) <= 12:
            yield Hit(f"没有{found['m']}月", found.start(), found.end())
    for found in _YEAR.finditer(plain):
        yield Hit("年份写错了", found.start(), found.end())


def _weekday(report: Report, found: re.Match[str], month: int, day: int) -> Iterator[Hit]:
    year = int(found["y"]) if found["y"] else report.year
    if year is None or (not found["y"] and found.start() in report.made(coming_year)):
        return
    if (month, day, monthrange(year, 2)[1]) == (2, 29, 28):
        return
    names = report.style.made(times).words.weekdays
    right = names[date(year, month, day).weekday()]
    if found["w"].replace("天", names[6]) != right:
        yield Hit(f"{year}年{month}月{day}日是星期{right}", found.start(), found.end(), severity="warning")
