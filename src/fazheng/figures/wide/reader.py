"""The reader that counts all figures of a procedure at once, and leaves to the SQL reader what rows cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from django.db import DatabaseError, connection, transaction

from fazheng.figures.dialects import dialect_of
from fazheng.figures.facts_in_sql import Asked
from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.sql import SqlReader, events_of
from fazheng.figures.wide.columns import Column, Columns
from fazheng.figures.wide.conditions import NotWide, Wide
from fazheng.figures.wide.counting import Statement
from fazheng.figures.wide.making import brought_up
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


class BookMoved(RuntimeError):
    """Rows were asked for after the book had changed: they are no longer those that were counted."""


Numbers = Mapping[str, tuple[int, Mapping[str, int]]]  # of each figure its number and its parts


class RowsOf:
    """Looks up the rows of figures that were counted. Raises BookMoved where one no longer counts what was told."""

    def __init__(self, bureau: str, book: LawBook, period: Period, counted: Numbers) -> None:
        self._bureau, self._book, self._period = bureau, book, period
        self.counted = counted
        self.known: dict[str, tuple[str, ...]] = {}

    def __call__(self, id: str) -> tuple[str, ...]:
        if id not in self.known:
            again = SqlReader(self._bureau, self._book, self._period).read(self._book.figures[id])
            if (again.value, again.parts) != self.counted[id]:
                raise BookMoved("统计以后账本又有新的记录，案件清单与统计数对不上了；请重新统计一次")
            self.known[id] = tuple(again.rows)
        return self.known[id]


class WideReader(SqlReader):
    """Answers like SqlReader, which it is held equal to; the rows of a number are looked up when they are asked for.

    `figures` are those that will be asked together. Where the database refuses to make tables, each is asked alone.
    """

    def __init__(self, bureau: str, book: LawBook, period: Period, figures: Iterable[Figure]) -> None:
        super().__init__(bureau, book, period)
        self._figures = {figure.id: figure for figure in figures if figure.rate is None and not figure.adds}
        self._kept: dict[str, bool] = {}
        self.told: dict[str, tuple[int, Mapping[str, int]]] = {}
        self._rows = RowsOf(bureau, book, period, self.told)

    def read(self, figure: Figure) -> Found:
        found = self._counted.get(figure.id)
        if found is None:
            found = super().read(figure)
            self._rows.known[figure.id] = tuple(found.rows)
        self.told[figure.id] = found.value, found.parts
        empty = not found.value and figure.sums is None  # amounts may add up to nothing
        return Found(found.value, () if empty else LazyRows((figure.id,), self._rows), found.parts)

    def was_kept(self, procedure: str) -> bool:
        self._counted  # noqa: B018 - told beside the numbers
        if procedure not in self._kept:
            self._kept[procedure] = super().was_kept(procedure)
        return self._kept[procedure]

    @cached_property
    def _counted(self) -> dict[str, Found]:
        """What could be counted at once, by figure; the rest is counted alone."""
        try:
            if not connection.in_atomic_block:
                return self._count()
            with transaction.atomic():  # what fails may not take the transaction around it along
                return self._count()
        except DatabaseError:  # a database that is only read, or whose owner lets nobody make tables
            return {}

    def _count(self) -> dict[str, Found]:
        procedures = {figure.of for figure in self._figures.values()}
        known = [figure for figure in self._book.figures.values() if figure.of in procedures]
        whole = self._by_procedure([*known, *self._figures.values()])  # a shape is that of the law, whatever is asked
        asked = {of: [figure for figure in figures if figure.id in self._figures] for of, figures in whole.items()}
        asked = {of: figures for of, figures in asked.items() if figures}
        shapes = {procedure: self._shape(procedure, whole[procedure]) for procedure in asked}
        found = {}
        for procedure in sorted(brought_up(self._bureau, self._last, shapes)):
            figures = asked[procedure]
            numbers, kept = self._statement(procedure, figures).found(events_of(self._book, procedure))
            self._kept[procedure] = kept
            for figure, told in zip(figures, numbers, strict=True):
                found[figure.id] = Found(sum(told.values()), (), dict(told) if figure.splits else {})
        return found

    def _by_procedure(self, figures: Iterable[Figure]) -> dict[str, list[Figure]]:
        """Those that rows can hold."""
        held: dict[str, list[Figure]] = {}
        for figure in {figure.id: figure for figure in figures}.values():
            if figure.of in self._book.procedures and self._fits(figure):
                held.setdefault(figure.of, []).append(figure)
        return held

    def _fits(self, figure: Figure) -> bool:
        try:
            self._statement(figure.of, [figure])
        except NotWide:
            return False
        return True

    def _statement(self, procedure: str, figures: Sequence[Figure], columns: Columns | None = None) -> Statement:
        dialect = dialect_of(connection.vendor)
        asked = Asked(dialect, self._book, self._period, procedure, None)
        return Statement(self._bureau, figures, Wide(columns or Columns(dialect), asked))

    def _shape(self, procedure: str, figures: Sequence[Figure]) -> tuple[Column, ...]:
        columns = Columns(dialect_of(connection.vendor))
        self._statement(procedure, figures, columns)
        return columns.shape
