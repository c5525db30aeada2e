from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import like
from fazheng.checkup.facts.parts import Parts
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

LONGEST_HEADING = 60  # signs; a longer one is a paragraph that begins like a heading


@rule(
    title="应有的部分夹在别处",
    kinds="embedded_part",
    severity="info",
    why="应有的部分单列标题，看报告的人一眼能找到，考核的人不会当作没有写。",
    source="法治政府建设与责任落实督察工作规定：年度报告的内容",
    example="第一责任人履职只在“规范行政执法”一节里有一句，没有单列标题。",
)
def embedded_part(report: Report) -> Iterator[Hit]:
    """法治政府建设年度报告应有的部分没有单列标题，只在别的部分里写到。一个标题写明两部分的（“存在问题及下一步打算”）不提示。"""
    if not report.owes_parts:
        return
    titles = "\n".join(section.title for section in report.sections if section.level == 1)
    words = {one.name: one for one in report.style.read("parts", Parts).parts}
    for name, part in report.parts.items():
        if part.status == "embedded" and not like(f"(?m:{'|'.join(words[name].headings)})").search(titles):
            told = like("|".join(words[name].inside)).search(
                report.plain, part.start or 0, part.end or len(report.plain)
            )
            start, end = told.span() if told and words[name].inside else (part.start, part.end)
            section = report.section_at(start) if start is not None else None
            if section and section.title_end - section.title_start < LONGEST_HEADING:  # mark the heading it hides under
                start, end = section.start, section.title_end
            yield Hit(f"“{name}”没有单列标题，只在这里提到", start, end)
