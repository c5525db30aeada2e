"""How the law files speak of each figure: its name, and the words around its hole in the sentences of the reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from fazheng.figures import FigureValue
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.load import LawBook
from fazheng.report.likeness import Around, Wording, around, clause, of_words
from fazheng.report.outlining import outline_of
from fazheng.report.sentences import WORDS, whole

_HOLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
Described = Mapping[str, tuple[Around, ...]]


def described(book: LawBook, values: Iterable[FigureValue], by: Wording) -> Described:
    """Figure id → every way in which the law files speak of it."""
    found = {value.id: [of_words(value.name, [value.name], by)] for value in values}
    for report in (one for one in book.reports.values() if not one.companion):
        headings = _headings(report)
        for section in report.sections:
            for title in dict.fromkeys((section.title, headings.get(section.id, section.title))):
                for id, words in _section(section, title, by):
                    if id in found:
                        found[id].append(words)
    return {id: tuple(dict.fromkeys(ways)) for id, ways in found.items()}


def nothing(text: str, start: int, end: int, title: str, by: Wording) -> Around:
    """What a clause without a number says there was none of: 没有超过期限的热线工单."""
    said = by.negation.sub("", text[start:end])
    return of_words(said + by.negation.sub("", clause(text, start, end)), [title], by)


def _headings(report: Report) -> dict[str, str]:
    """Section id → the heading it stands under in the outline that is used here."""
    outline = outline_of(report, "")
    return {id: heading.title for _, heading, _ in outline.walk() for id in heading.sections} if outline else {}


def _section(section: Section, title: str, by: Wording) -> Iterator[tuple[str, Around]]:
    for sentence in (section.some, section.zero):
        yield from _holes(sentence, title, by)
    if section.zero and _HOLE.sub("", section.zero).strip("。"):
        first = re.split("[，；。]", _HOLE.sub("", whole(section.zero)))[0]
        yield section.rests_on, of_words(by.negation.sub("", first), [title], by)


def _holes(sentence: str, title: str, by: Wording) -> Iterator[tuple[str, Around]]:
    """Each figure of a sentence with the words around it. Holes of words, such as the year, are left out."""
    text, at, places = "", 0, []
    sentence = whole(sentence)
    for hole in _HOLE.finditer(sentence):
        text += sentence[at : hole.start()]
        if hole[1] not in WORDS:
            places.append((hole[1], len(text)))
            text += "7"
        at = hole.end()
    text += sentence[at:]
    for id, where in places:
        unit = re.match(r"(?:人次|学时|[家件次份场元人部项个])?", text[where + 1 :])
        yield id, around(text, where, where + 1 + (unit.end() if unit else 0), title, by)
