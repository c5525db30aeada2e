"""The reader that counts all figures of a procedure at once, and leaves to the SQL reader what rows cannot hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from fazheng.figures.declared import Declared
from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.reader import Found
from fazheng.figures.sql import SqlReader
from fazheng.figures.wide.together import Answers, Together
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
            value, parts = self.counted[id]
            if (again.value, _some(again.parts)) != (value, _some(parts)):
                raise BookMoved("统计以后账本又有新的记录，案件清单与统计数对不上了；请重新统计一次")
            self.known[id] = tuple(again.rows)
        return self.known[id]


def _some(parts: Mapping[str, int]) -> dict[str, int]:
    """Without parts that add nothing."""
    return {part: number for part, number in parts.items() if number}


class Source(Protocol):
    """Where a wide reader finds what was counted for its figures."""

    @property
    def answers(self) -> Answers: ...

    @property
    def declared(self) -> Sequence[Declared]: ...

    @property
    def zeros(self) -> Collection[tuple[str, int]]:
        """The procedures and years for which somebody signed that nothing happened."""


class WideReader(SqlReader):
    """Answers like SqlReader, which it is held equal to; the rows of a number are looked up when they are asked for.

    `figures` are those that will be asked together; `source`: where they were counted, with those of other periods.
    """

    def __init__(
        self, bureau: str, book: LawBook, period: Period, figures: Iterable[Figure], source: Source | None = None
    ) -> None:
        super().__init__(bureau, book, period)
        self._counted = source or Together(bureau, book, {period: figures})
        self.told: dict[str, tuple[int, Mapping[str, int]]] = {}
        self._rows = RowsOf(bureau, book, period, self.told)

    def read(self, figure: Figure) -> Found:
        answers, asked = self._counted.answers, (self._period, figure.id)
        found = answers.found.get(asked)
        if found is None:
            found = answers.found[asked] = super().read(figure)
            self._rows.known[figure.id] = tuple(found.rows)
        self.told[figure.id] = found.value, found.parts
        empty = not found.value and figure.sums is None  # amounts may add up to nothing
        return Found(found.value, () if empty else LazyRows((figure.id,), self._rows), found.parts)

    def was_kept(self, procedure: str) -> bool:
        happened, asked = self._counted.answers.happened, (self._period, procedure)
        if asked not in happened:
            happened[asked] = self.happened(procedure)
        years, zeros = range(self._period[0].year, self._period[1].year + 1), self._counted.zeros
        return happened[asked] or any((procedure, year) in zeros for year in years)

    def had_rows(self, register: str) -> bool:
        there, asked = self._counted.answers.rows, (self._period, register)
        if asked not in there:
            there[asked] = super().had_rows(register)
        return there[asked]

    def declared(self) -> Sequence[Declared]:
        return self._counted.declared
