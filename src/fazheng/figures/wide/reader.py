"""The reader that counts all figures of a procedure at once, and leaves to the SQL reader what rows cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fazheng.figures.declared import Declared
from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.sql import SqlReader
from fazheng.figures.wide.together import Together
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

    `figures` are those that will be asked together; `together`: with those of other periods, too.
    """

    def __init__(
        self, bureau: str, book: LawBook, period: Period, figures: Iterable[Figure], together: Together | None = None
    ) -> None:
        super().__init__(bureau, book, period)
        self._together = together or Together(bureau, book, [period], figures)
        self.told: dict[str, tuple[int, Mapping[str, int]]] = {}
        self._rows = RowsOf(bureau, book, period, self.told)

    def read(self, figure: Figure) -> Found:
        found = self._together.answers.found.get((self._period, figure.id))
        if found is None:
            found = super().read(figure)
            self._rows.known[figure.id] = tuple(found.rows)
        self.told[figure.id] = found.value, found.parts
        empty = not found.value and figure.sums is None  # amounts may add up to nothing
        return Found(found.value, () if empty else LazyRows((figure.id,), self._rows), found.parts)

    def was_kept(self, procedure: str) -> bool:
        kept, asked = self._together.answers.kept, (self._period, procedure)
        if asked not in kept:
            kept[asked] = super().was_kept(procedure)
        return kept[asked]

    def had_rows(self, register: str) -> bool:
        there, asked = self._together.answers.rows, (self._period, register)
        if asked not in there:
            there[asked] = super().had_rows(register)
        return there[asked]

    def declared(self) -> Sequence[Declared]:
        return self._together.declared
