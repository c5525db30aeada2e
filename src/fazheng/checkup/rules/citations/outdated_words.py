from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from fazheng.checkup.facts.context import places, sentence, titles
from fazheng.checkup.facts.sieve import Sieve, codes, of_words
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class Entry(Table, frozen=True, kw_only=True):
    """Words that are past from the reports of a year on, and what they are called now."""

    words: list[str]
    kind: Literal["outdated_institution", "outdated_term", "repealed_matter"]
    since: int
    now: str
    after_like: str = ""
    before_like: str = ""
    severity: Severity = "warning"


class Outdated(Table, frozen=True, kw_only=True):
    """`law/style/outdated.toml`."""

    history_like: str
    entries: list[Entry]


class _Patterns(NamedTuple):
    history: re.Pattern[str]
    words: tuple[tuple[str, Entry], ...]
    sieve: Sieve
    longest: re.Pattern[str]


def _patterns(style: Style) -> _Patterns:
    read = style.read("outdated", Outdated)
    by_word = {word: entry for entry in read.entries for word in entry.words}
    return _Patterns(
        re.compile(read.history_like), tuple(by_word.items()), Sieve(codes(of_words([word])) for word in by_word),
        re.compile("|".join(sorted(by_word, key=len, reverse=True))),
    )  # fmt: skip


@rule(
    title="已经改名的机构、过时的名称、取消的事项",
    kinds="outdated_institution outdated_term repealed_matter",
    severity="warning",
    why="机构改革以后仍写旧机构，事项取消以后仍写在办，说明文字是从旧报告抄来的。",
    source="2018年、2023年党和国家机构改革；名称和年份见 law/style/outdated.toml",
    example="2031年的报告写“报县政府法制办备案”“与县卫计局联合检查”“走访五保户”。讲机构沿革的不提示。",
)
def outdated_words(report: Report) -> Iterator[Hit]:
    """报告年度已经不用的机构名称、说法，或者已经取消的事项。书名号里的名称不看。"""
    last = 0
    for hit in sorted(_found(report), key=lambda hit: (hit.start or 0, -(hit.end or 0))):
        if (hit.start or 0) >= last:  # 政府法制办公室 holds two names, and is told once
            last = hit.end or 0
            yield hit


def _found(report: Report) -> Iterator[Hit]:
    if report.year is None:
        return
    history, words, sieve, longest = report.style.made(_patterns)
    inside = report.made(titles)
    for word, entry in (words[index] for index in sieve.kept(report.document.signs)):
        for at in places(report.plain, word) if entry.since <= report.year else ():
            end = at + len(word)
            whole = longest.match(report.plain, at)
            if at in inside or (whole and whole.end() > end) or _excused(report, entry, at, end):
                continue
            if not history.search(sentence(report.plain, at, end)):
                yield Hit(f"“{word}”现在是{entry.now}", at, end, kind=entry.kind, severity=entry.severity)


def _excused(report: Report, entry: Entry, at: int, end: int) -> bool:
    after = entry.after_like and re.match(entry.after_like, report.plain[end : end + 12])
    before = entry.before_like and re.search(f"(?:{entry.before_like})$", report.plain[max(0, at - 6) : at])
    return bool(after or before)
