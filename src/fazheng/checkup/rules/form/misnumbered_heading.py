from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.outline import Section
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_CHINESE = "零一二三四五六七八九十"


@rule(
    title="标题序号缺号、重号",
    kinds="misnumbered_heading",
    severity="warning",
    why="序号跳了，读的人会以为丢了一部分；重了，就没法说“第几点”。",
    source="党政机关公文格式（GB/T 9704）：结构层次序数依次标注",
    example="“（二）”后面接着是“（四）”；“一是”“二是”后面又是“二是”。",
)
def misnumbered_heading(report: Report) -> Iterator[Hit]:
    """同一级标题的序号不连续或者重复；一段里“一是、二是”的序号不连续。"""
    if not report.is_report:
        return
    for gap in report.outline.gaps:
        section = gap.section
        if section.ordinal == 0 or not _sure(section, gap.wanted) or _inside(report, section, gap.wanted):
            continue
        said = "重复了" if section.ordinal < gap.wanted else f"前面缺第{gap.wanted}个"
        yield Hit(
            f"序号“{section.number}”{said}，按顺序应为第{gap.wanted}",
            section.start,
            section.start + len(section.number),
        )
    yield from _points(report)


def _sure(section: Section, wanted: int) -> bool:
    """A list that begins anew (1. after 3.) is no fault; neither is one that begins after its first in running text."""
    return section.ordinal != 1 and (wanted > 1 or section.level <= 2)


def _inside(report: Report, section: Section, wanted: int) -> bool:
    """Whether the number that was due stands inside a line before: 。（二）…… run on by a paragraph."""
    digits = re.search(r"\d+", section.number)
    due = str(wanted) if digits else _CHINESE[min(wanted, len(_CHINESE) - 1)]
    number = re.sub(rf"\d+|[{_CHINESE}]+", due, section.number, count=1)
    return section.ordinal > wanted and report.plain.rfind(number, 0, section.start) > _before(report, section)


def _before(report: Report, section: Section) -> int:
    """Where the sibling before this heading begins; -1 where there is none."""
    return max((s.start for s in report.sections if s.level == section.level and s.start < section.start), default=-1)


def _points(report: Report) -> Iterator[Hit]:
    last, line = 0, None
    for point in report.outline.points:
        here = report.document.line_at(point.start).number
        if here != line or not point.word.endswith("是") or point.ordinal in (0, 1):
            last, line = point.ordinal if point.word.endswith("是") else 0, here
            continue
        if last and point.ordinal != last + 1:
            said = f"“{point.word}”接在第{last}点后面，按顺序应为第{last + 1}点"
            yield Hit(said, point.start, point.start + len(point.word))
        last = point.ordinal
