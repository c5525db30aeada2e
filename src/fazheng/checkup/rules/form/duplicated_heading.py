from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

SHORTEST = 4


@rule(
    title="标题重复",
    kinds="duplicated_heading",
    severity="warning",
    why="两个部分用同一个标题，不是内容放错了，就是标题没有改。",
    source="公文校对的一般要求",
    example="“（二）规范行政执法”和“（四）规范行政执法”。",
)
def duplicated_heading(report: Report) -> Iterator[Hit]:
    """同一级、同一个上级标题下面，两个标题一字不差；一级标题全文相比。"""
    seen: dict[tuple[int, int, str], int] = {}
    above = {}  # type: dict[int, int]
    for section in report.sections:
        above = {level: at for level, at in above.items() if level < section.level} | {section.level: section.start}
        words = re.sub(r"[\s，。：；、]", "", section.title)
        if len(words) < SHORTEST:
            continue
        parent = max((at for level, at in above.items() if level < section.level), default=-1)
        first = seen.setdefault((section.level, parent, words), section.start)
        if first != section.start:
            line, _ = report.document.place(first)
            yield Hit(f"标题“{section.title}”与第{line}行的标题相同", section.title_start, section.title_end)
