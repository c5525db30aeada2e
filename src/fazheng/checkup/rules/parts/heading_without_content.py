from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.outline import Section
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

LONGEST = 30  # a longer line with a number is a sentence of its own
NEEDED = 2  # siblings with content, from which a heading's being empty is odd


@rule(
    title="标题下面没有内容",
    kinds="heading_without_content",
    severity="warning",
    why="有标题没有内容，是删了正文忘了删标题，或者留着没有写。",
    source="党政机关公文处理工作条例：公文起草应当内容简洁、结构严谨、表述准确",
    example="“（三）加强执法监督”下一行就是“（四）推进政务公开”。",
)
def heading_without_content(report: Report) -> Iterator[Hit]:
    """独占一行的短标题下面一个字也没有，接着就是同级或者更高一级的标题，或者落款。同级的都只有一行的是列举，不提示。"""
    if not report.is_report:
        return
    sections = report.sections
    empty = [_empty(report, index) for index in range(len(sections))]
    for index, section in enumerate(sections):
        if not empty[index] or not section.alone or not section.number or len(section.title) > LONGEST:
            continue
        if report.plain[section.title_end - 1 : section.title_end] in "。；，、：":
            continue
        siblings = [empty[i] for i in _siblings(sections, index)]
        if section.level == 1 or siblings.count(False) >= max(NEEDED, len(siblings) - 1):
            yield Hit("标题下面没有内容", section.start, section.title_end)


def _empty(report: Report, index: int) -> bool:
    section = report.sections[index]
    following = report.sections[index + 1] if index + 1 < len(report.sections) else None
    if following is not None and following.level > section.level:
        return False
    end = min(section.end, max(report.header.foot, section.title_end))
    return not report.plain[section.title_end : end].strip(" \r\n。；：，、")


def _siblings(sections: tuple[Section, ...], index: int) -> Iterator[int]:
    """The other headings of the same level under the same heading above."""
    level = sections[index].level
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(sections) and sections[at].level >= level:
            if sections[at].level == level:
                yield at
            at += step
