"""Values that were put together before from the same numbers: only their rows are looked up anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from fazheng.figures.declared import Declared
from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.value import FigureValue
from fazheng.figures.wide.reader import Numbers, RowsOf, Source
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook

_MOST = 64  # years of a report, of some bureaux


@dataclass(frozen=True)
class Told:
    """All that values over a period are made of beside the law files."""

    found: Sequence[Found]
    data: Sequence[bool]
    declared: Sequence[Declared]
    zeros: Collection[tuple[str, int]]


@dataclass(frozen=True)
class _Made:
    book: LawBook
    told: Told
    values: Sequence[FigureValue]
    numbers: Numbers


_Key = tuple[str, int, Period, tuple[str, ...] | None]
_made: dict[_Key, _Made] = {}


def told(source: Source, period: Period, figures: Sequence[Figure]) -> Told | None:
    """What the source tells of these figures; None where something of it is to be asked of the book yet."""
    answers, found, data = source.answers, list[Found](), list[bool]()
    for figure in figures:
        one = answers.found.get((period, figure.id))
        there = (answers.rows if figure.counts == "register" else answers.happened).get((period, figure.of))
        if one is None or there is None:
            return None
        found.append(one)
        data.append(there)
    if any(one.opening for one in source.declared):  # then the book is asked of the day of that number
        return None
    return Told(found, data, source.declared, source.zeros)


def values_again(
    bureau: str, book: LawBook, period: Period, ids: tuple[str, ...] | None, now: Told
) -> list[FigureValue] | None:
    """The values as they were put together from the same numbers; None where they were others."""
    made = _made.get((bureau, id(book), period, ids))
    if made is None or made.book is not book or made.told != now:
        return None
    look_up = RowsOf(bureau, book, period, made.numbers)
    return [
        replace(value, rows=LazyRows(value.rows.figures, look_up)) if isinstance(value.rows, LazyRows) else value
        for value in made.values
    ]


def remember(
    bureau: str, book: LawBook, period: Period, ids: tuple[str, ...] | None, now: Told,
    values: Sequence[FigureValue], numbers: Mapping[str, tuple[int, Mapping[str, int]]],
) -> None:  # fmt: skip
    """Keeps them for the next time, in this process."""
    if len(_made) >= _MOST:
        _made.clear()
    _made[bureau, id(book), period, ids] = _Made(book, now, values, numbers)
