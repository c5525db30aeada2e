from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.context import titles
from fazheng.checkup.facts.near_phrases import near, phrases
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="固定说法差一个字",
    kinds="wrong_term",
    severity="warning",
    why="重要提法一个字也不能改；写错、漏掉或者多出一个字，读的人一眼就看见。",
    source="党章、宪法和中央文件的提法；民政业务的通行名称（law/style/near-phrases.toml）",
    example="“严格规范公平文明执法”应为“严格规范公正文明执法”。",
)
def near_phrase(report: Report) -> Iterator[Hit]:
    """与固定说法只差中间一个字：写错、漏掉或者多出。两头不同的不算，那多半是另一个词。"""
    taken: set[int] = set()
    for found in sorted(
        near(report.document.signs, report.style.made(phrases)), key=lambda f: (f.start - f.end, f.start)
    ):
        if found.start in report.made(titles):
            continue
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            words = report.plain[found.start : found.end]
            said = f"“{words}”与固定说法“{found.phrase}”差一个字"
            yield Hit(said, found.start, found.end, suggestion=found.phrase)
