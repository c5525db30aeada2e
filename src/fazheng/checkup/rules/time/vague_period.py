from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.context import places, sentence, titles
from fazheng.checkup.facts.times import times, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="年度报告里写“近年来”",
    kinds="vague_period relative_year",
    severity="info",
    why="年度报告写的是一整年；“近年来”办的事，看不出哪些是这一年的。",
    source="法治政府建设与责任落实督察：报告写上一年度的情况",
    example="“近年来，我局办理……”。应写报告的那一年。讲形势、讲问题由来的不提示。",
)
def vague_period(report: Report) -> Iterator[Hit]:
    """写成绩的部分用“近年来”“近几年”一类说不清期间的话。"""
    if report.year is None or not whole_year(report):
        return
    made, inside = report.style.made(times), report.made(titles)
    taken: set[int] = set()
    for word in sorted(made.words.vague_words, key=len, reverse=True):
        for at in places(report.plain, word):
            if at in taken or at in inside:
                continue
            taken.add(at)
            section = report.section_at(at)
            if section and section.part == made.words.reasons_part:
                continue
            if not made.vague_unless.search(sentence(report.plain, at, at + len(word))):
                yield Hit(f"“{word}”说不清是哪几年，请写{report.year}年", at, at + len(word))
