"""The reader that counts all figures of a procedure at once, and leaves to the SQL reader what rows cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.db import DatabaseError, connection, transaction

from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.sql import SqlReader
from fazheng.figures.wide.making import brought_up
from fazheng.figures.wide.planning import plan
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
        planned = plan(self._bureau, self._book, self._period, tuple(self._figures.values()))
        found = {}
        shapes = {procedure: of.shape for procedure, of in planned.items()}
        for procedure in sorted(brought_up(self._bureau, self._last, shapes)):
            statement = planned[procedure].statement
            numbers, kept = statement.found()
            self._kept[procedure] = kept
            for figure, told in zip(statement.figures, numbers, strict=True):
                found[figure.id] = Found(sum(told.values()), (), dict(told) if figure.splits else {})
        return found
