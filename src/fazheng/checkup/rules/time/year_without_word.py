from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.context import titles
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_BARE = re.compile(
    r"(?<![\d.〔（\[—–-])(20\d\d) ?(?=全面依法|法治(?:政府|建设|工作)|依法行政|度法治|[上下]半年|全年|民政"
    r"|第[一二三四]季度|重点工作|工作(?:要点|计划|安排|打算))"
)


@rule(
    title="年份后面缺“年”字",
    kinds="missing_word",
    severity="warning",
    why="年份后面没有“年”字，读不成句。",
    source="出版物上数字用法：年份的写法",
    example="“按照2031法治建设工作安排”，应为“2031年法治建设工作安排”。",
)
def year_without_word(report: Report) -> Iterator[Hit]:
    """四位年份后面直接写工作的名称，没有“年”字。"""
    for found in _BARE.finditer(report.plain):
        if found.start() not in report.made(titles):
            yield Hit("年份后面缺“年”字", found.start(1), found.end(1), f"{found[1]}年")
