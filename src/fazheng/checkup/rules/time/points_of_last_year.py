from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.context import sentence
from fazheng.checkup.facts.periods import Periods, history
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style

_YEAR = re.compile(r"(?<![\d—–-])(20\d\d) ?年")


def _yearly(style: Style) -> re.Pattern[str]:
    return re.compile(style.read("periods", Periods).yearly_like)


@rule(
    title="落实的是上一年的工作要点",
    kinds="stale_plan",
    severity="info",
    why="工作要点、计划一年一份；这一年落实的却是上一年的，多半是文件名称的年份没有改。",
    source="法治政府建设与责任落实督察：报告写本年度任务的落实",
    example="2031年度的报告写“落实《示例县2030年法治政府建设工作要点》”。讲总结、整改的不提示。",
)
def points_of_last_year(report: Report) -> Iterator[Hit]:
    """书名号里的工作要点、计划写着报告年度以前的年份，句子里没有说是总结、回顾、整改。"""
    if report.year is None or not report.is_report:
        return
    yearly = report.style.made(_yearly)
    for citation in report.citations:
        found = _YEAR.search(citation.as_written)
        if found is None or not report.year - 3 < int(found[1]) < report.year or citation.named.statute:
            continue
        said = sentence(report.plain, citation.start, citation.end)
        past = report.style.made(history).search(said) or str(report.year) in said
        if yearly.search(citation.as_written) and not past:
            start = citation.start + found.start()
            yield Hit(f"报告写的是{report.year}年，文件却是{found[1]}年的", start, start + len(found[0]))
