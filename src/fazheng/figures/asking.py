"""Where the numbers of figures come from: those that still stand are read, those of cases that went on go along, and
what is missing is counted together and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import DatabaseError

from fazheng.figures.declared import Declared
from fazheng.figures.kept import Key, Standing, end_of, keep, law_key, part_of, rests_on_parts, standing
from fazheng.figures.periods import Period
from fazheng.figures.wide import Together
from fazheng.figures.wide.making import brought_up
from fazheng.figures.wide.marks import Marks, note
from fazheng.figures.wide.moving import Moving
from fazheng.figures.wide.numbers import Counted, as_parts
from fazheng.figures.wide.planning import shape_of
from fazheng.figures.wide.reader import Source
from fazheng.figures.wide.tables import with_tables
from fazheng.figures.wide.together import Answers
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook

_TRIES = 3  # a book that is written all the while is counted as it stands, and nothing of it is kept
_MOST_BOOKS = 8
_PARTS: dict[int, tuple[LawBook, dict[str, tuple[str, set[str]]]]] = {}  # of each figure: see Asking._part


@dataclass(frozen=True)
class Known:
    """Numbers that were read back or counted, with what was declared beside them."""

    answers: Answers
    declared: Sequence[Declared]
    zeros: Collection[tuple[str, int]]


@dataclass
class Asking:
    """Some figures that are counted themselves, over some periods."""

    bureau: str
    book: LawBook
    periods: tuple[Period, ...]
    figures: Sequence[Figure]
    _new: tuple[Standing, Answers, Mapping[Period, Sequence[Figure]]] | None = None
    _parts: dict[str, tuple[str, set[str]]] = field(init=False)

    def __post_init__(self) -> None:
        known = _PARTS.get(id(self.book))
        if known is None or known[0] is not self.book:
            if len(_PARTS) >= _MOST_BOOKS:
                _PARTS.clear()
            known = _PARTS[id(self.book)] = self.book, {}
        self._parts = known[1]

    @cached_property
    def _law(self) -> str:
        return law_key(self.book)

    @cached_property
    def _moving(self) -> Moving:
        return Moving(self.bureau, self.book, self._law)

    def source(self) -> Source:
        """The numbers, where they are to be had together; what is not there is to be counted alone.

        One statement where all of them stand.
        """
        for _ in range(_TRIES if self.periods else 0):
            try:
                now = with_tables(self._standing)
            except DatabaseError:  # a database that is only read, or whose owner lets nobody make tables
                break
            if now is None:
                break
            answers, missing = self._known(now)
            if not missing:
                return Known(answers, now.declared, now.zeros)
            counted = Together(self.bureau, self.book, missing, self._moving).answers
            if counted.ends <= {now.marks.now}:
                self._new = now, counted, missing
                counted.take_in(answers)
                return Known(counted, now.declared, now.zeros)
        return Together(self.bureau, self.book, dict.fromkeys(self.periods, self.figures))

    def keep(self) -> None:
        """Keeps what was counted, that which was counted alone among it. To be called once all was asked."""
        if self._new is None:
            return
        now, counted, missing = self._new
        if not counted.ends or end_of(self.bureau) != now.marks.now:
            return
        made: dict[Key, tuple[int, Counted]] = {}
        for period, figures in missing.items():
            for figure in figures:
                if (found := counted.found.get((period, figure.id))) is None:
                    continue
                part, rests_on = self._part(figure)
                before = made[period, part][1] if (period, part) in made else now.good((period, part), rests_on)
                numbers = {**(before.numbers if before else {}), figure.id: as_parts(found)}
                there = counted.rows if figure.counts == "register" else counted.happened
                made[period, part] = now.marks.now.seq, Counted(there.get((period, figure.of), False), numbers)
        keep(self.bureau, self._law, self.periods, made)

    def _standing(self) -> Standing | None:
        """What stands, once the numbers of procedures with new entries went along with them."""
        now = standing(self.bureau, self._law, self.periods)
        if now is None:
            return None
        marks, moved = now.marks, not now.marks.current
        if moved and (noted := note(self.bureau)) is not None:
            marks = marks.joined(noted)
        if behind := self._behind(now, marks):
            day = max(last for _, last in self.periods).isoformat()
            brought_up(self.bureau, day, {of: shape_of(self.book, of) for of in behind}, self._moving)
        return standing(self.bureau, self._law, self.periods) if moved or behind else now

    def _behind(self, now: Standing, marks: Marks) -> list[str]:
        """Procedures with kept numbers that are asked for, and that went on since."""
        asked = {self._part(figure)[0] for figure in self.figures} & set(self.book.procedures)
        return sorted({part for (_, part), (seq, _) in now.kept.items() if part in asked and seq < marks.last([part])})

    def _part(self, figure: Figure) -> tuple[str, set[str]]:
        if figure.id not in self._parts:
            self._parts[figure.id] = part_of(figure, self.book), rests_on_parts(figure, self.book)
        return self._parts[figure.id]

    def _known(self, now: Standing) -> tuple[Answers, dict[Period, list[Figure]]]:
        """What is kept and still true, and what is not."""
        answers, missing = Answers(), dict[Period, list[Figure]]()
        for period in self.periods:
            for figure in self.figures:
                part, rests_on = self._part(figure)
                counted = now.good((period, part), rests_on)
                if counted is None or figure.id not in counted.numbers:
                    missing.setdefault(period, []).append(figure)
                    continue
                answers.found[period, figure.id] = counted.found(figure)
                there = answers.rows if figure.counts == "register" else answers.happened
                there[period, figure.of] = counted.data
        return answers, missing
