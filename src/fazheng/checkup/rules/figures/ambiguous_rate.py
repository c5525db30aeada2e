from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like, sentence_of
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

BACK = 20
_APART = "、|和|与|及|以及"


@rule(
    title="比率说不清",
    kinds="ambiguous_rate",
    severity="info",
    why="增长百分之几，要说比哪一年；“分别为”后面有几个率，前面就要有几件事，不然不知道哪个是哪个。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“受理量增长12%。”没有说比哪一年。“办结率、答复率、满意率分别为100%、98%。”三件事只有两个率。",
)
def ambiguous_rate(report: Report) -> Iterator[Hit]:
    """增长、下降了百分之几而整句没有说和什么比；“分别为”前面列的率和后面的数个数不同。"""
    if not report.is_report:
        return
    words = content(report.style)
    for figure in report.figures:
        if figure.kind != "rate" or figure.scope != "actual" or figure.unit != "%":
            continue
        sentence = sentence_of(report, figure.start)
        found = like(words.growth_like).search(report.plain, max(sentence.start, figure.start - BACK), figure.start)
        if found and not like(words.growth_told_like).search(report.plain, sentence.start, figure.end):
            yield Hit("没有说和哪一年、哪个数比", found.start(), figure.end)
    for match in like(r"率分别(?:达到?|为|是)?(?P<values>\d[\d.]*%(?:[、和]\d[\d.]*%)+)").finditer(report.plain):
        begin = max(report.plain.rfind(stop, 0, match.start()) for stop in "，。；：\n") + 1
        names = like(_APART).split(report.plain[begin : match.start() + 1])
        values = like("[、和]").split(match["values"])
        if len(names) >= 2 and all(name.endswith("率") for name in names) and len(names) != len(values):
            yield Hit(f"前面{len(names)}个率，后面{len(values)}个数", begin, match.end())
