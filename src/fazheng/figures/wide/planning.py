"""What is asked of the wide forms for some figures: worked out once from the law files, and kept for the next time.

A plan follows from the law, the period, the bureau and the figures alone; nothing of the book is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection

from fazheng.figures.dialects import dialect_of
from fazheng.figures.facts_in_sql import Asked
from fazheng.figures.periods import Period
from fazheng.figures.sql import events_of
from fazheng.figures.wide.columns import Column, Columns
from fazheng.figures.wide.conditions import NotWide, Wide
from fazheng.figures.wide.counting import Statement, Written
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


@dataclass(frozen=True)
class Planned:
    """Of one procedure: the columns that its wide form needs, and the statement that counts what was asked."""

    shape: tuple[Column, ...]
    statement: Written


_Key = tuple[str, str, Period, int, tuple[int, ...]]
_MOST_PLANS = 32  # the years of a report, of some bureaux
_plans: dict[_Key, tuple[LawBook, Sequence[Figure], Mapping[str, Planned]]] = {}


def plan(bureau: str, book: LawBook, period: Period, figures: tuple[Figure, ...]) -> Mapping[str, Planned]:
    """The plan of each procedure, those figures left out that rows cannot hold."""
    vendor = connection.vendor
    key = bureau, vendor, period, id(book), tuple(map(id, figures))
    known = _plans.get(key)
    if known is None:
        while len(_plans) >= _MOST_PLANS:
            with suppress(KeyError, StopIteration, RuntimeError):  # another thread may be at it
                del _plans[next(iter(_plans))]
        made = dict(_Planning(bureau, book, period, vendor).planned(figures))
        known = _plans[key] = book, figures, made  # holds both, so that their numbers are not reused
    return known[2]


@dataclass(frozen=True)
class _Planning:
    bureau: str
    book: LawBook
    period: Period
    vendor: str

    def planned(self, figures: tuple[Figure, ...]) -> Iterable[tuple[str, Planned]]:
        procedures, ids = {figure.of for figure in figures}, {figure.id for figure in figures}
        known = [figure for figure in self.book.figures.values() if figure.of in procedures]
        # a shape is that of the law, whatever is asked
        for procedure, held in self._by_procedure([*known, *figures]).items():
            if asked := [figure for figure in held if figure.id in ids]:
                columns = Columns(dialect_of(self.vendor))
                self._statement(procedure, held, columns)
                statement = self._statement(procedure, asked).written(events_of(self.book, procedure))
                yield procedure, Planned(columns.shape, statement)

    def _by_procedure(self, figures: Iterable[Figure]) -> dict[str, list[Figure]]:
        """Those that rows can hold."""
        held: dict[str, list[Figure]] = {}
        for figure in {figure.id: figure for figure in figures}.values():
            if figure.of in self.book.procedures and self._fits(figure):
                held.setdefault(figure.of, []).append(figure)
        return held

    def _fits(self, figure: Figure) -> bool:
        try:
            self._statement(figure.of, [figure])
        except NotWide:
            return False
        return True

    def _statement(self, procedure: str, figures: Sequence[Figure], columns: Columns | None = None) -> Statement:
        dialect = dialect_of(self.vendor)
        asked = Asked(dialect, self.book, self.period, procedure, None)
        return Statement(self.bureau, figures, Wide(columns or Columns(dialect), asked))
