from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import RESULTS
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

LONG = 400  # signs before the first heading: measures told without a heading


@rule(
    title="缺少应有的部分",
    kinds="missing_part",
    severity="error",
    why="法治政府建设年度报告要写哪几项，督察工作规定已经列明；缺一项，报上去会被退回，公开以后也看得出没有做。",
    source="法治政府建设与责任落实督察工作规定：年度报告的内容",
    example="全文只有举措、不足和下一年安排，没有一处写党政主要负责人怎样履行第一责任人职责。",
)
def missing_part(report: Report) -> Iterator[Hit]:
    """法治政府建设年度报告应有的部分，既没有单列标题，也没有在别的部分里写到。不是这种报告的不查；正文很长而没有标题的，不说缺举措。"""
    if report.owes_parts:
        begin = next((section.start for section in report.sections), report.header.foot)
        for name, part in report.parts.items():
            told_first = name == RESULTS and begin - report.header.head > LONG
            if part.status == "missing" and not told_first:
                yield Hit(f"缺少“{name}”部分：没有这样的标题，别处也没有写到")
