"""What fills the holes of a year's sentences: its figures, what may be said of their change, causes, and 素材."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fazheng.figures import FigureValue, Period, count_each, rests_on, year
from fazheng.lawbook.figure import Report
from fazheng.lawbook.load import LawBook
from fazheng.ledger.spoken import Material
from fazheng.report.causes import articles, limits
from fazheng.report.comparing import EARLIER, change, last, split, trend
from fazheng.report.composed import Paragraph, Piece
from fazheng.report.sentences import holes, words


@dataclass(frozen=True)
class Years:
    """The figures of the year, by id, and of the two years before, the last one first."""

    bureau: str
    book: LawBook
    number: int
    period: Period
    values: Mapping[str, FigureValue]
    before: tuple[Mapping[str, FigureValue], ...]

    def earlier(self, id: str) -> tuple[tuple[int, FigureValue], ...]:
        """What is known of the figure in the years before, the last one first."""
        return tuple(
            (self.number - n, year[id])
            for n, year in enumerate(self.before, 1)
            if id in year and year[id].value is not None
        )


def asked(report: Report, prose: Iterable[str], book: LawBook, more: Iterable[str] = ()) -> list[str]:
    """The figures the report rests on, names, or has in a person's text; and those that its rates and sums rest on."""
    named = {section.rests_on for section in report.sections} | set(more)
    named |= {hole.partition("@")[0] for hole in all_holes(report, prose)}
    for _ in range(2):  # a rate may rest on a sum
        named |= {under for id in named if id in book.figures for under in rests_on(book.figures[id])}
    return [id for id in book.figures if id in named]


def all_holes(report: Report, prose: Iterable[str]) -> set[str]:
    """Everything that stands in a hole of the report's sentences and of a person's text."""
    texts = [text for section in report.sections for text in section.texts.values()]
    return {hole for text in (*texts, *prose) for hole in holes(text)}


def years(bureau: str, book: LawBook, number: int, period: Period, ids: list[str], wanted: set[str]) -> Years:
    """The figures counted, those of the years before together with them; not while the year still runs."""
    sides = ((1, EARLIER), (2, ("trend",))) if period[1] == date(number, 12, 31) else ()
    now, *counted = count_each(bureau, book, [period, *(year(number - back) for back, _ in sides)], ids)
    before: list[dict[str, FigureValue]] = []
    for (_, aspects), then in zip(sides, counted, strict=True):
        compared = {id for hole in wanted for id, _, what in [hole.partition("@")] if what in aspects}
        before.append({one.id: one for one in then if one.id in compared})
    values = {value.id: value for value in now}
    return Years(bureau, book, number, period, values, tuple(before))


def ready(found: Years, wanted: Iterable[str], given: Iterable[tuple[Material, str]]) -> dict[str, Paragraph]:
    """The pieces of every hole with @, empty where nothing may be said; and 素材 by key, with its case's anchor."""
    said = {hole: tuple(_aspect(hole, found)) for hole in wanted if "@" in hole}
    return said | {one.key: material_pieces(one, anchor) for one, anchor in given}


def material_pieces(material: Material, anchor: str) -> Paragraph:
    """The sentence as somebody gave it, its numbers marked like any person's, each word opening its case."""
    return tuple(
        Piece(piece.text, marked=piece.marked, source=material.id, anchor=anchor)
        for piece in words(material.text, material.id, mark=True)
    )


def _aspect(hole: str, found: Years) -> Iterator[Piece]:
    id, _, what = hole.partition("@")
    value = found.values.get(id)
    if value is None or value.value is None:
        return
    before = [year.get(id) for year in found.before] or [None, None]
    match what:
        case "last":
            text = last(before[0])
        case "change":
            text = change(value, before[0])
        case "trend":
            text = trend([before[1], before[0], value], found.number)
        case "split":
            text = split(value)
        case "limits":
            text = limits(value, found.bureau, found.book, found.period)
        case "articles":
            text = articles(value, found.bureau, found.book, found.period)
        case _:
            text = ""
    if text:
        yield Piece(text, figure=id, source=id)
