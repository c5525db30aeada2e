from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.doubles import doubles
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="一个分句里同一个状语用两次",
    kinds="duplicated_word_in_phrase",
    severity="info",
    why="改稿时加了状语，忘了后面已经有了。",
    source="公文校对的一般要求",
    example="“进一步规范执法进一步公开”里，后一个“进一步”可以去掉。",
)
def repeated_adverb(report: Report) -> Iterator[Hit]:
    """“进一步”“不断”“切实”一类的状语在一个分句里出现两次，中间没有“并”“和”隔开。"""
    for found in report.style.made(doubles).adverbs.finditer(report.plain):
        yield Hit(f"“{found[1]}”在一个分句里用了两次，可去掉一个", *found.span())
