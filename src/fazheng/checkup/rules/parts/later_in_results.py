from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import PLANS, RESULTS, content, like
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="下一步写在了已做的一节里",
    kinds="misplaced_content",
    severity="info",
    why="另有安排一节的，打算都放到那里；混在已做的工作里，看不清哪些已经做了。",
    source="党政机关公文处理工作条例：公文起草应当结构严谨",
    example="“推进政务公开”一节末尾写“下一步，我局将继续扩大公开范围”，而报告另有“2032年工作安排”。",
)
def later_in_results(report: Report) -> Iterator[Hit]:
    """举措成效一节里有“下一步，……将……”的话，而报告另有单列的安排部分。"""
    if not report.owes_parts or report.parts[PLANS].status != "present":
        return
    for found in like(content(report.style).later_like).finditer(report.plain, report.header.head, report.header.foot):
        section = report.section_at(found.end())
        if section is not None and section.part == RESULTS:
            start = found.start() + (report.plain[found.start()] in "。；\n ")
            yield Hit("这是下一步的打算，宜移到安排部分", start, found.end())
