"""The sum row: kept by blocks of a thousand case numbers, and after an entry asked again of its case's block alone.

What a case adds follows from its own entries, as `held` has it, and its id never changes: a block in which no case has
a newer entry stands as it was. Nothing is added to or taken from a kept sum: a block is asked for whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazheng.casework.lists.at_once import Question, gathered
from fazheng.casework.lists.cases import Asked, case_rows, number_in
from fazheng.casework.lists.columns import FieldColumn
from fazheng.ledger.rows import Value, listed

_DIGITS = 3  # of a case's number that tell the cases of a block apart
_MOST_BLOCKS = 12  # that are asked by themselves: where more have changed, all are
_MOST_CASES = 4000
_BLOCK = f"substr(case_id, 1, length(case_id) - {_DIGITS})"
_LOW, _HIGH, _OF = "\0low", "\0high", "\0block"  # no value holds a NUL

Totals = tuple[int, dict[str, int | None]]


@dataclass(frozen=True, slots=True)
class _Added:
    """What the cases of a block add: how many they are, and the sum of each number column that any of them holds."""

    many: int
    sums: Mapping[str, int]


@dataclass(slots=True)
class Kept:
    """The blocks of one question as of an entry of the book; -1: none was asked yet."""

    seq: int = -1
    blocks: Mapping[str, _Added] = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """How many cases the filters leave, and the sum of each number column over all of them.

    Two statements at most, which may ask other things as well: `changed`, then `question`, whose answers `told` takes.
    """

    asked: Asked
    columns: Sequence[FieldColumn]
    kept: Kept

    @property
    def _summed(self) -> list[FieldColumn]:
        return [column for column in self.columns if column.summed]

    @property
    def changed(self) -> Question:
        """Which cases have entries newer than what is kept."""
        if self.kept.seq < 0:
            return Question()
        newer = "SELECT DISTINCT case_id FROM ledger_entry WHERE bureau = %s AND seq > %s"
        return gathered(f"{newer} LIMIT {_MOST_CASES + 1}", [self.asked.bureau, self.kept.seq], ["case_id"])

    def blocks(self, changed: Sequence[Sequence[str]]) -> list[str] | None:
        """The blocks to be asked again; None: all of them."""
        found = sorted({case[:-_DIGITS] for (case,) in changed if case.startswith(f"{self.asked.versions[-1].id}-")})
        whole = self.kept.seq < 0 or len(changed) > _MOST_CASES or len(found) > _MOST_BLOCKS
        return None if whole else found

    def questions(self, blocks: Sequence[str] | None) -> tuple[Question, Question]:
        """The cases by block, and the numbers of their events by block; nothing where no block is to be asked."""
        if blocks is not None and not blocks:
            return Question(), Question()
        rows = case_rows(self.asked, self.columns, None if blocks is None else (_LOW, _HIGH))
        text, values = rows.order_by().values("case_id").query.sql_with_params()
        if blocks is not None:
            part = f"SELECT case_id FROM ({text}) AS cases WHERE {_BLOCK} = %s"
            text = " UNION ALL ".join([part] * len(blocks))
            values = tuple(one for block in blocks for one in _meant((*values, _OF), block))
        counted = f"SELECT {_BLOCK} AS block, COUNT(*) AS many FROM ({text}) AS meant GROUP BY 1"
        return gathered(counted, values, ["block", "many"]), self._numbers(text, values, whole=blocks is None)

    def _numbers(self, text: str, values: Sequence[Value | None], *, whole: bool) -> Question:
        events = sorted({column.event for column in self._summed})
        if not events:
            return Question()
        one = self.asked
        bare = whole and one.whos is None and not (
            one.state or one.since or one.until or one.light or one.ref or one.chosen
        )  # fmt: skip
        told = [number_in(column) for column in self._summed]
        sums = ", ".join(f"CAST(SUM({number.text}) AS BIGINT) AS n{n}" for n, number in enumerate(told))
        params = [param for number in told for param in number.params]
        # the cases say which events, but where every case is meant: with the procedure named beside them, SQLite walks
        # through every case's events
        of, more = ("procedure = %s", [one.versions[-1].id]) if bare else (f"case_id IN ({text})", list(values))
        select = f"SELECT {_BLOCK} AS block, event, {sums} FROM ledger_standing_event"
        where = f"WHERE bureau = %s AND event IN ({listed(len(events))}) AND {of} GROUP BY 1, 2"
        names = ["block", "event", *(f"n{n}" for n in range(len(told)))]
        return gathered(f"{select} {where}", [*params, one.bureau, *events, *more], names)

    def told(self, blocks: Sequence[str] | None, answer: Sequence[Any], seq: int) -> Totals:
        """The count and the sums, None where nothing was there to be summed; kept as of the entry `seq`, which was the
        last one before the questions were asked.
        """
        counted, numbers = answer
        sums: dict[str, dict[str, int]] = {}
        for block, event, *told in numbers:
            for column, value in zip(self._summed, told, strict=True):
                if column.event == event and value is not None:
                    sums.setdefault(block, {})[column.id] = int(value)
        added = {block: _Added(many, sums.get(block, {})) for block, many in counted}
        every = self.kept.blocks
        known = {} if blocks is None else {name: one for name, one in every.items() if name not in set(blocks)}
        found = {**known, **added}
        if seq >= self.kept.seq:
            self.kept.blocks, self.kept.seq = found, seq
        return sum(one.many for one in found.values()), _together(self._summed, found.values())


def _meant(values: Iterable[Value | None], block: str) -> tuple[Value | None, ...]:
    marks: dict[Any, Value] = {_LOW: f"{block}{'0' * _DIGITS}", _HIGH: f"{block}{'9' * _DIGITS}", _OF: block}
    return tuple(marks.get(value, value) for value in values)


def _together(columns: Iterable[FieldColumn], added: Iterable[_Added]) -> dict[str, int | None]:
    some = list(added)
    found = {column.id: [one.sums[column.id] for one in some if column.id in one.sums] for column in columns}
    return {id: sum(numbers) if numbers else None for id, numbers in found.items()}
