from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.copies import copies
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

FEW = 0.5


@rule(
    title="新写的文字占多少",
    kinds="duplicated_passage",
    severity="info",
    why="一份报告大半是旧文，读的人看不到这一年做了什么。",
    source="法治政府建设与责任落实督察工作规定：年度报告应写上一年度的情况",
    example="全文18段，12段与去年的报告几乎相同，新写的文字占31%。",
)
def share_of_new_text(report: Report) -> Iterator[Hit]:
    """给了别的文本，而且有几乎相同的段落时，告诉全文新写的文字占多少；不到一半的，列为建议。"""
    found = report.made(copies)
    if found.found:
        said = f"有{len(found.found)}段与所给的文本几乎相同，新写的文字占{found.new_share:.0%}"
        yield Hit(said, severity="warning" if found.new_share < FEW else "info")
