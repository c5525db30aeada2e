"""Statutes as the text tells of them: in 《》, and by names that stand without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.checkup.facts.context import sentence, titles
from fazheng.checkup.facts.named import CitationWords, names_of
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.statute import Statute

# where the name of a law ends: not 法律, 法规, 法治
_END = re.compile("法(?![律规治制院官务定学人庭案典援纪理条审核检])|条例|通则|总则")
_PLACE = re.compile("[省市县区旗州]$")


@dataclass(frozen=True)
class Mention:
    """A statute named in the text, as written without signs."""

    statute: Statute
    written: str
    start: int
    end: int
    wrong: bool = False


@dataclass(frozen=True)
class _Past:
    told: re.Pattern[str]
    before: re.Pattern[str]


def _past(style: Style) -> _Past:
    words = style.read("citations", CitationWords)
    return _Past(re.compile(words.past_like), re.compile(words.past_before_like))


def mentions(report: Report) -> tuple[Mention, ...]:
    """Every statute with 《》 and without, those with first."""
    marked = [
        Mention(citation.named.statute, citation.as_written, citation.start, citation.end, citation.named.wrong)
        for citation in report.citations
        if citation.named.statute
    ]
    return (*marked, *(one for one in report.made(unmarked) if not one.wrong))


def unmarked(report: Report) -> tuple[Mention, ...]:
    """Laws named in running text without 《》, by full, short or wrong name."""
    return tuple(_unmarked(report))


def _unmarked(report: Report) -> Iterator[Mention]:
    names, plain = names_of(report.statutes, report.style), report.plain
    known, lengths = names.in_text, names.lengths
    inside = report.made(titles)
    for found in _END.finditer(plain):
        end = found.end()
        if found.start() in inside:
            continue
        name = next((plain[end - n : end] for n in lengths if n <= end and plain[end - n : end] in known), "")
        start = end - len(name)
        if name and (meant := known[name]) is not None and not _PLACE.search(plain, max(0, start - 1), start):
            yield Mention(meant[0], name, start, end, meant[1])


def of_the_past(report: Report, start: int, end: int) -> bool:
    """Whether the sentence tells of what a statute was."""
    past = report.style.made(_past)
    return bool(
        past.told.search(sentence(report.plain, start, end))
        or past.before.search(report.plain[max(0, start - 6) : start])
    )
