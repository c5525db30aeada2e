"""Clauses: words between two marks of punctuation, with the sentence each stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from fazheng.checkup.report import Report
from fazheng.checkup.text import Span

_CLAUSE = re.compile(r"[^，。；：！？\n\r]+")
_SKIPPED = re.compile(r"[《》“”〔〕\d]")


class Clause(NamedTuple):
    words: str
    start: int
    end: int
    sentence: int
    part: int  # of the sentence, between two semicolons


def clauses(report: Report) -> tuple[Clause, ...]:
    """The clauses, in order, of the body's sentences that say one twice or the end of one again.

    Those with titles, quotations or figures are left out: they are repeated rightly.
    """
    return tuple(_clauses(report))


def _clauses(report: Report) -> Iterator[Clause]:
    plain, header = report.plain, report.header
    headings = {section.start: section.title_end for section in report.sections}
    for number, sentence in enumerate(report.document.sentences):
        if header.holds(sentence.start):
            continue
        begin = headings.get(sentence.start, sentence.start)
        said = [words.strip() for words in _CLAUSE.findall(plain, begin, max(begin, sentence.end))]
        if len(set(said)) == len(said) and not any(map(_echoes, said, said[1:])):
            continue
        part, counted = 0, sentence.start
        for found in _CLAUSE.finditer(plain, begin, max(begin, sentence.end)):
            words = found[0].strip()
            if words and not _SKIPPED.search(words):
                start = found.start() + found[0].index(words)
                part, counted = part + plain.count("；", counted, start), start
                yield Clause(words, start, start + len(words), number, part)


def _echoes(clause: str, following: str) -> bool:
    """Whether the following clause says the end of this one again."""
    return len(following) > 1 and clause.endswith(following)


def body_sentences(report: Report) -> Iterator[Span]:
    """Sentences of the body, headings left out."""
    headings = {section.start for section in report.sections if section.alone}
    for sentence in report.document.sentences:
        if sentence.start not in headings and not report.header.holds(sentence.start):
            yield sentence
