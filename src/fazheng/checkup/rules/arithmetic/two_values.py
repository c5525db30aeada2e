from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.arithmetic_words import words
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.sentence import shown
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="同一个总数前后两个值",
    kinds="internal_inconsistency",
    severity="warning",
    why="同一份报告里，同一时点的总数只能有一个。",
    source="统计法：统计资料应当真实、准确、完整",
    example="前面写“全县现有养老机构12家”，后面写“全县现有养老机构14家”。写了时间、口径不同的不提示。",
)
def two_values(report: Report) -> Iterator[Hit]:
    """“现有”“共有”“登记在册”的总数在两处写得不同，名称、单位都一样，也没有说明时点或口径不同。"""
    made = report.style.made(words)
    seen: dict[tuple[str, str], Figure] = {}
    for figure in report.figures:
        if figure.scope != "actual" or figure.kind != "count" or figure.vague or len(figure.label) < 4:
            continue
        begin = max(report.plain.rfind(stop, 0, figure.start) for stop in "。\n") + 1
        lead = report.plain[max(begin, figure.start - 30) : figure.start]
        if not made.state.search(lead) or made.other_base.search(lead):
            continue
        first = seen.setdefault((figure.label, figure.unit), figure)
        if first.number != figure.number:
            line, _ = report.document.place(first.start)
            said = f"{shown(first.number)}{first.unit}，这里写{shown(figure.number)}{figure.unit}"
            yield Hit(f"“{figure.label}”在第{line}行写{said}", figure.start, figure.end)
