from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like, rest_of_paragraph
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

BACK = 40  # characters before a figure that say what it counts


@rule(
    title="有来件、有问题，没有结果",
    kinds="missing_outcome",
    severity="info",
    why="收了多少件、查出多少问题、责令多少家整改，读的人接着就要问办了没有、改了没有。",
    source="法治政府建设与责任落实督察工作规定：年度报告应写主要举措和成效",
    example="“检查养老机构9家，发现隐患21处。”后面没有整改的情况。应补“已全部整改”或者“18处已整改，3处正在整改”。",
)
def missing_outcome(report: Report) -> Iterator[Hit]:
    """诉讼、复议、信访、投诉、公开申请有件数，查出问题、责令整改有数字，同一段后面没有一句说结果。"""
    if not report.is_report:
        return
    words = content(report.style)
    asked = [
        (like(words.case_like), like(words.case_told_like), "写了收到的案件，没有写结果（维持、撤销、胜诉、在审）"),
        (like(words.mail_like), like(words.mail_told_like), "写了收到多少件，没有写办得怎样"),
        (like(words.ordered_like), like(words.really_like), "要求整改，没有写改了没有"),
        (like(words.fault_like), like(words.mended_like), "查出问题，没有写怎样处理、改了没有"),
    ]  # fmt: skip
    for figure in report.figures:
        if figure.kind != "count" or figure.scope != "actual" or not figure.number or report.header.holds(figure.start):
            continue
        before = report.plain[max(report.document.line_at(figure.start).start, figure.start - BACK) : figure.start]
        for pattern, told, message in asked:
            found = pattern.search(before)
            if found and not told.search(rest_of_paragraph(report, figure.end)):
                yield Hit(message, figure.start - len(before) + found.start(), figure.end)
                break
