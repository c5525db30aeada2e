from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.context import sentence, titles
from fazheng.checkup.facts.times import coming_year, times, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_BEGINS = re.compile(
    r"(?:(?<=[。；\n])|^) *(?P<day>(?P<year>20\d\d) ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?)[，](?=[^。；\n]{0,40})",
    re.MULTILINE,
)


@rule(
    title="写了别的年份办的事",
    kinds="out_of_period",
    severity="info",
    why="年度报告只写这一年的事；前一年、后一年办的事算在这一年里，成绩就重复了。",
    source="法治政府建设与责任落实督察：报告写上一年度的情况",
    example="2031年度的报告写“2030年5月，举办法治培训一期”。讲文件来历、作对比的不提示。",
)
def out_of_period(report: Report) -> Iterator[Hit]:
    """以别的年份某月开头、说当时开展了什么活动的句子，同一句里没有再提报告的年份。"""
    year = report.year
    if year is None or not whole_year(report):
        return
    made, ahead, inside = report.style.made(times), report.made(coming_year), report.made(titles)
    for found in _BEGINS.finditer(report.plain):
        start, end = found.span("day")
        if int(found["year"]) not in (year - 1, year + 1) or start in ahead or start in inside:
            continue
        said = sentence(report.plain, start, end)
        if report.header.holds(start) or str(year) in said or made.other_year.search(said) or not made.did.search(said):
            continue
        yield Hit(f"报告写的是{year}年", start, end)
