from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import SHORTCOMINGS, content, like, tops
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="不足没有写原因",
    kinds="missing_reason",
    severity="warning",
    why="督察工作规定要求写存在的不足和原因。只列现象、不说原因，下一年的安排就没有针对性。",
    source="法治政府建设与责任落实督察工作规定：年度报告的内容",
    example="“一是执法力量不足。二是普法形式单一。”没有一句说为什么。应写“主要原因是……”。",
)
def missing_reason(report: Report) -> Iterator[Hit]:
    """“不足和原因”部分从头到尾没有一句说原因（原因、由于、因……、导致、受……影响）。标题里的“原因”不算。"""
    if not report.owes_parts:
        return
    words = content(report.style)
    parts = [*tops(report, SHORTCOMINGS)]
    told = any(like(words.cause_like).search(report.plain, *body) for _, body in parts)
    none = any(like(words.none_like).search(report.plain, *body) for _, body in parts)
    if parts and not told and not none:
        section, body = next(((s, b) for s, b in parts if b.end - b.start > 20), parts[0])
        if body.end - body.start > 20:
            yield Hit("这一部分只列了不足，没有说原因", section.start, section.title_end)
