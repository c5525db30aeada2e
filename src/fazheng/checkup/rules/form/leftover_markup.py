from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.residue import residue
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="软件留下的标记",
    kinds="leftover_markup",
    severity="error",
    why="书签、域代码、网页标签不是正文，公开以后说明没有人看过最后一稿。",
    source="公文校对的一般要求",
    example="“[bookmark: _Toc1]一、主要举措”“&nbsp;”“错误！未找到引用源”。",
)
def leftover_markup(report: Report) -> Iterator[Hit]:
    """书签、域代码、网页实体和标签、没有替换的占位。"""
    for found in report.style.made(residue).markup.finditer(report.document.raw_signs):
        yield Hit("文字处理软件或者网页留下的标记，应当删去", *found.span())
