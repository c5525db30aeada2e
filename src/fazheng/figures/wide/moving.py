"""Kept numbers that go along with the book: what cases with new entries gave before goes out, what they give comes in.

A number over a wide form is a sum over its rows, one a case. Only the rows of cases that went on are counted, before
and after they are made anew; a row that says nothing of a period's last day leaves its numbers to be counted whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fazheng.figures.fragments import Sql
from fazheng.figures.periods import Period
from fazheng.figures.wide.asking import Answer, united
from fazheng.figures.wide.counting import Written, not_valid
from fazheng.figures.wide.numbers import Counted, decoded, put, read
from fazheng.figures.wide.planning import of_moved
from fazheng.figures.wide.tables import NUMBERS
from fazheng.lawbook.load import LawBook
from fazheng.ledger.rows import rows

_AT_ONCE = 400  # questions in a statement


@dataclass(frozen=True)
class Held:
    """The numbers of a procedure that were true of its form, by period, and what the cases that went on gave then."""

    procedure: str
    kept: dict[Period, Counted]
    gave: dict[Period, tuple[list[Counter[str]], bool] | None]


@dataclass(frozen=True)
class Moving:
    """The kept numbers of a bureau under one state of the law."""

    bureau: str
    book: LawBook
    law: str

    def before(self, procedure: str, seq: int) -> Held | None:
        """To be asked before the rows are made anew; `seq`: the entry that the form is up to. Two statements; None,
        and one, where nothing is kept that was true of it.
        """
        found = rows(
            f"SELECT period, told FROM {NUMBERS} WHERE bureau = %s AND law = %s AND part = %s AND seq >= %s"
            " ORDER BY period",
            [self.bureau, self.law, procedure, seq],
        )
        kept = {read(period): decoded(told) for period, told in found}
        return Held(procedure, kept, self._given(procedure, kept)) if kept else None

    def after(self, held: Held, seq: int) -> None:
        """To be asked once they are made anew, up to the entry `seq`: puts the numbers right. Two statements."""
        gives = self._given(held.procedure, held.kept)
        made: dict[tuple[Period, str], tuple[int, Counted]] = {}
        for period, counted in held.kept.items():
            gave, give = held.gave[period], gives[period]
            if gave is not None and give is not None:
                numbers = {
                    id: _moved(counted.numbers[id], out, into)
                    for id, out, into in zip(_ids(counted), gave[0], give[0], strict=True)
                }
                made[period, held.procedure] = seq, Counted(give[1], numbers)
        if made:
            put(self.bureau, self.law, made)

    def _given(
        self, procedure: str, kept: dict[Period, Counted]
    ) -> dict[Period, tuple[list[Counter[str]], bool] | None]:
        """What the cases that went on give in each period; None where a row of theirs says nothing of its last day."""
        written: dict[Period, Written] = {}
        questions: list[Sql] = []
        for period, counted in kept.items():
            written[period] = of_moved(self.bureau, self.book, period, procedure, _ids(counted))
            day = period[1].isoformat()
            questions += [not_valid(self.bureau, procedure, day), *written[period].questions]
        told: list[Answer] = []
        for start in range(0, len(questions), _AT_ONCE):
            told += united(questions[start : start + _AT_ONCE])
        found, at = dict[Period, tuple[list[Counter[str]], bool] | None](), 0
        for period, one in written.items():
            end = at + 1 + len(one.questions)
            found[period] = one.found(told[at + 1 : end]) if told[at] == [(None, "0")] else None
            at = end
        return found


def _ids(counted: Counted) -> tuple[str, ...]:
    return tuple(sorted(counted.numbers))


def _moved(number: dict[str, int], out: Counter[str], into: Counter[str]) -> dict[str, int]:
    """The number by part without what goes out, with what comes in."""
    parts = {part: number.get(part, 0) - out[part] + into[part] for part in {*number, *out, *into}}
    return {part: value for part, value in sorted(parts.items()) if value}
