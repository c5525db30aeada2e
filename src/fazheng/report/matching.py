"""Every figure of a text beside the book's: 对得上, 对不上, 账本没有. Nothing is said to match without an argument.

A figure of the text and one of the book speak of the same where the words around the number are those of the figure's
name or of a report's sentence, clearly more than of any other figure in that unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.report import Report
from fazheng.figures import FigureValue
from fazheng.lawbook.load import LawBook
from fazheng.report.agreeing import agrees, written_base
from fazheng.report.described import Described, described, nothing
from fazheng.report.likeness import Around, Wording, around, clause, likeness, wording

LEAST, SURE, MARGIN, REACH = 0.45, 0.62, 0.05, 0.15  # likeness from 0 to 1
TELLING = 10  # a number from which equality is an argument of its own
State = Literal["agrees", "differs", "absent"]
STATES: Mapping[State, str] = {"agrees": "对得上", "differs": "对不上", "absent": "账本没有"}
COMPARED = ("actual", "zero")
_DIGIT = re.compile(r"[\d一二两三四五六七八九十百千万零]")


@dataclass(frozen=True, slots=True)
class Match:
    """One figure of the text. `value` is the book's; None where none is meant or it cannot be told which."""

    figure: Figure
    state: State
    value: FigureValue | None
    why: str


@dataclass(frozen=True, slots=True)
class _Like:
    score: float
    value: FigureValue


def match(report: Report, book: LawBook, values: Sequence[FigureValue], bureau_name: str) -> list[Match]:
    """Each counted figure of the text that tells what was done, in its order; plans, targets and dates are left out.

    `values` are the bureau's figures of the report's year. Raises LawFault where the word lists cannot be read.
    """
    by = wording(report.style, [bureau_name])
    ways = described(book, values, by)
    wanted = [figure for figure in report.figures if figure.kind in ("count", "rate", "amount")
              and figure.scope in COMPARED]  # fmt: skip
    return [_match(report, figure, values, ways, by) for figure in wanted]


def _match(report: Report, figure: Figure, values: Sequence[FigureValue], ways: Described, by: Wording) -> Match:
    none = _DIGIT.search(figure.raw) is None
    section = report.section_at(figure.start)
    title = section.title if section else ""
    make = nothing if none else around
    words = make(report.plain, figure.start, figure.end, title, by)
    likes = _likes(words, figure, values, ways, by, any_unit=none)
    if not likes:
        return Match(figure, "absent", None, "没有说这件事的统计项")
    best = likes[0]
    said = clause(report.plain, figure.start, figure.end)
    if best.score < 0.95 and by.elsewhere.search(said):
        return Match(figure, "absent", None, "说的不是本年度全年")
    return _decided(report, figure, likes)


def _likes(
    words: Around, figure: Figure, values: Sequence[FigureValue], ways: Described, by: Wording, *, any_unit: bool
) -> list[_Like]:
    """The figures that may be meant, the likeliest first."""
    found = []
    for value in values:
        if any_unit or _same_kind(figure, value, by):
            score = max(likeness(words, way) for way in ways[value.id])
            if score >= LEAST:
                found.append(_Like(score, value))
    return sorted(found, key=lambda like: -like.score)


def _same_kind(figure: Figure, value: FigureValue, by: Wording) -> bool:
    if figure.kind == "rate":
        return value.counts == "rate"
    unit = figure.unit.lstrip("百千万亿") or figure.unit
    return value.counts != "rate" and by.same_unit(unit, value.unit)


def _decided(report: Report, figure: Figure, likes: Sequence[_Like]) -> Match:
    best = likes[0]
    near = [like for like in likes if like.score > best.score - MARGIN]
    equal = [like for like in near if agrees(figure, like.value)]
    if len(equal) == 1 and (equal[0] is best or abs(figure.number) >= TELLING):
        return _agreed(report, figure, equal[0])
    if len(near) > 1:
        return Match(figure, "absent", None, f"分不清是{_named(near)}")
    further = [like for like in likes if like.score > best.score - REACH and agrees(figure, like.value)]
    if len(further) == 1 and further[0].score >= SURE and abs(figure.number) >= TELLING:
        return _agreed(report, figure, further[0])
    if best.value.value is None:
        return Match(figure, "absent", best.value, f"账本里“{best.value.name}”{best.value.note or '没有数据'}")
    if best.score >= SURE:
        return Match(figure, "differs", best.value, f"文中{figure.raw}，账本“{best.value.name}”{best.value.shown}")
    return Match(figure, "absent", None, f"像是{_named(near)}，不能断定")


def _agreed(report: Report, figure: Figure, like: _Like) -> Match:
    """A match by words and number; a rate's base in brackets behind it must be the book's, too."""
    value, base = like.value, written_base(report.plain, figure.end)
    if base and value.denominator is not None and base != (value.numerator, value.denominator):
        why = (
            f"文中{figure.raw}的分子分母是{base[0]}/{base[1]}，账本“{value.name}”{value.numerator}/{value.denominator}"
        )
        return Match(figure, "differs", value, why)
    return Match(figure, "agrees", value, f"词句和数都与“{value.name}”相合")


def _named(likes: Sequence[_Like]) -> str:
    return "还是".join(f"“{like.value.name}”" for like in likes[:3])
