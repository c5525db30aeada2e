from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="应有的部分夹在别处",
    kinds="embedded_part",
    severity="info",
    why="应有的部分单列标题，看报告的人一眼能找到，考核的人不会当作没有写。",
    source="法治政府建设与责任落实督察工作规定：年度报告的内容",
    example="第一责任人履职只在“规范行政执法”一节里有一句，没有单列标题。",
)
def embedded_part(report: Report) -> Iterator[Hit]:
    """法治政府建设年度报告应有的部分没有单列标题，只在别的部分里写到。"""
    if report.owes_parts:
        for name, part in report.parts.items():
            if part.status == "embedded":
                yield Hit(f"“{name}”没有单列标题，只在这里提到", part.start, part.end)
