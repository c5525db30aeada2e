"""What is asked of the wide forms for some figures: worked out once from the law files, and kept for the next time.

A plan follows from the law, the period, the bureau and the figures alone; nothing of the book is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from fazheng.figures.dialects import dialect_of
from fazheng.figures.facts_in_sql import Asked
from fazheng.figures.fragments import Sql, sql
from fazheng.figures.periods import Period
from fazheng.figures.sql import events_of
from fazheng.figures.wide.columns import Column, Columns, NotWide
from fazheng.figures.wide.conditions import Wide
from fazheng.figures.wide.counting import Statement, Written
from fazheng.figures.wide.tables import wide_table
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


@dataclass(frozen=True)
class Planned:
    """Of one procedure: the columns that its wide form needs, and the statement that counts what was asked; `halves`:
    figures of cases of which rows tell only which cases may count, with what yields those.
    """

    shape: tuple[Column, ...]
    statement: Written
    halves: tuple[tuple[Figure, Sql], ...] = ()


_Key = tuple[str, str, Period, int, tuple[int, ...]]
_MOST_PLANS = 32  # the years of a report, of some bureaux
_MOST_MOVED = 64  # procedures that went on, and their years
_MOST_BOOKS, _MOST_SHAPES = 8, 500
ANY_YEAR = date(2000, 1, 1), date(2000, 12, 31)  # for what does not hang on the period
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


_moved: dict[tuple[str, str, Period, int, str, tuple[str, ...]], tuple[LawBook, Written]] = {}
_shapes: dict[tuple[int, str, str], tuple[LawBook, tuple[Column, ...]]] = {}
_wide: dict[int, tuple[LawBook, frozenset[str]]] = {}


def of_moved(bureau: str, book: LawBook, period: Period, procedure: str, ids: tuple[str, ...]) -> Written:
    """What counts these figures of the procedure over the cases that went on."""
    key = bureau, connection.vendor, period, id(book), procedure, ids
    known = _moved.get(key)
    if known is None:
        if len(_moved) >= _MOST_MOVED:
            _moved.clear()
        figures = [book.figures[id] for id in ids]
        made = _Planning(bureau, book, period, connection.vendor).statement(procedure, figures, moved=True)
        known = _moved[key] = book, made.written(events_of(book, procedure))
    return known[1]


def shape_of(book: LawBook, procedure: str) -> tuple[Column, ...]:
    """The columns that the wide form of the procedure needs for all figures of the law."""
    key = id(book), connection.vendor, procedure
    shape = _shapes.get(key)
    if shape is None:
        if len(_shapes) >= _MOST_SHAPES:
            _shapes.clear()
        ids, columns = wide_ids(book), Columns(dialect_of(connection.vendor))
        known = [one for one in book.figures.values() if one.of == procedure]
        figures, planning = [one for one in known if one.id in ids], _Planning("", book, ANY_YEAR, connection.vendor)
        planning.statement(procedure, figures, columns)
        shape = _shapes[key] = book, columns.shape
    return shape[1]


def wide_ids(book: LawBook) -> frozenset[str]:
    """The figures that rows of a wide form can hold: it follows from how they are written."""
    known = _wide.get(id(book))
    if known is None:
        if len(_wide) >= _MOST_BOOKS:
            _wide.clear()
        held = _Planning("", book, ANY_YEAR, connection.vendor).by_procedure(
            one for one in book.figures.values() if one.rate is None and not one.adds
        )
        known = _wide[id(book)] = book, frozenset(one.id for some in held.values() for one in some)
    return known[1]


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
        for procedure, held in self.by_procedure([*known, *figures]).items():
            columns = Columns(dialect_of(self.vendor))
            self.statement(procedure, held, columns)
            halves = self.halves(procedure, known, held, columns)
            asked = [figure for figure in held if figure.id in ids]
            mine = tuple((figure, among) for figure, among in halves if figure.id in ids)
            if asked or mine:
                statement = self.statement(procedure, asked).written(events_of(self.book, procedure))
                yield procedure, Planned(columns.shape, statement, mine)

    def halves(
        self, procedure: str, known: Iterable[Figure], held: Sequence[Figure], columns: Columns
    ) -> Iterator[tuple[Figure, Sql]]:
        """Figures of cases that rows cannot hold, with the cases that they may count as far as the columns tell. They
        get no columns of their own: an event that cases have in several years would let rows hold for one alone.
        """
        asked = Asked(dialect_of(self.vendor), self.book, self.period, procedure, None)
        wide, table = Wide(replace(columns, whole=True), asked), wide_table(self.bureau, procedure)
        whole = {figure.id for figure in held}
        for figure in known:
            if figure.of == procedure and figure.counts == "cases" and figure.where and figure.id not in whole:
                born = sql("w.born <= {}", asked.day)
                # DISTINCT: what is asked of each of them is asked of no other case
                among = sql(f"SELECT DISTINCT {{}} AS bureau, w.case_id FROM {table} w WHERE {{}} AND {{}}",
                            self.bureau, born, wide.perhaps(figure.where))  # fmt: skip
                yield figure, among

    def by_procedure(self, figures: Iterable[Figure]) -> dict[str, list[Figure]]:
        """Those that rows can hold."""
        held: dict[str, list[Figure]] = {}
        for figure in {figure.id: figure for figure in figures}.values():
            if figure.of in self.book.procedures and self._fits(figure):
                held.setdefault(figure.of, []).append(figure)
        return held

    def _fits(self, figure: Figure) -> bool:
        try:
            self.statement(figure.of, [figure])
        except NotWide:
            return False
        return True

    def statement(
        self, procedure: str, figures: Sequence[Figure], columns: Columns | None = None, *, moved: bool = False
    ) -> Statement:
        dialect = dialect_of(self.vendor)
        asked = Asked(dialect, self.book, self.period, procedure, None)
        return Statement(self.bureau, figures, Wide(columns or Columns(dialect), asked), moved)
