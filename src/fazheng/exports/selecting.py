"""Rows of the book for an export, in one order on every machine and a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazheng.ledger.rows import PAGE, paged, rows

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases: of some procedures, and with something in a year; empty: all of the bureau."""

    bureau: str
    procedures: tuple[str, ...] = ()
    year: int = 0
    told: Told = field(default=lambda done: None)  # how many rows were read, from time to time

    @property
    def whole(self) -> bool:
        """Whether nothing of the book is left out."""
        return not (self.procedures or self.year)

    @property
    def said(self) -> str:
        """That in Chinese."""
        if self.whole:
            return "全部"
        some = f"程序：{'、'.join(self.procedures)}" if self.procedures else ""
        return "；".join(part for part in (f"{self.year}年有事的案件" if self.year else "", some) if part)

    def cases(self) -> Iterator[tuple[Any, ...]]:
        """case_id, procedure, in_force, opened_on, closed_on, last_on, last_version."""
        columns = "case_id", "procedure", "in_force", "opened_on", "closed_on", "last_on", "last_version"
        yield from self._pages("ledger_case c", [f"c.{name}" for name in columns], ["c.case_id"], "c")

    def events(self) -> Iterator[tuple[Any, ...]]:
        """What stands, case by case: case_id, version, procedure, event, on_day, by, data, acting_as, recorded_at."""
        source = (
            "ledger_standing_event c JOIN ledger_entry e"
            " ON e.bureau = c.bureau AND e.case_id = c.case_id AND e.version = c.version"
        )
        columns = ["c.case_id", "c.version", "c.procedure", "c.event", "c.on_day", 'c."by"', "c.data", "e.acting_as",
                   "e.recorded_at"]  # fmt: skip
        yield from self._pages(source, columns, ["c.case_id", "c.version"], "c")

    def clocks(self) -> Iterator[tuple[Any, ...]]:
        """case_id, limit, nth, begun, superseded_on, due, done, estimate."""
        columns = "case_id", "limit", "nth", "begun", "superseded_on", "due", "done", "estimate"
        keys = ['c."case_id"', 'c."limit"', 'c."nth"']
        yield from self._pages("ledger_clock c", [f'c."{name}"' for name in columns], keys, "c", by_case=True)

    def defects(self) -> Iterator[tuple[Any, ...]]:
        """case_id, version, gate, article, on_day."""
        columns = "case_id", "version", "gate", "article", "on_day"
        keys = ["c.case_id", "c.version", "c.gate"]
        yield from self._pages("ledger_defect c", [f"c.{name}" for name in columns], keys, "c", by_case=True)

    def registers(self) -> Iterator[tuple[Any, ...]]:
        """register, key, nth, from_day, to_day, data: whole registers, or none where cases were selected."""
        columns = "register", "key", "nth", "from_day", "to_day", "data"
        if self.whole:
            yield from self._counting(
                paged("ledger_register_row", columns, self.bureau, ["register", "key", "nth"], None)
            )

    def case_ids(self) -> set[str]:
        """The ids of the selected cases."""
        return {row[0] for row in self.cases()}

    def _pages(
        self, source: str, columns: Sequence[str], keys: Sequence[str], alias: str, *, by_case: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        asked, held = [f"{alias}.bureau = %s"], [self.bureau, *self._held]
        asked += self._asked("k" if by_case else alias)
        joined = f" JOIN ledger_case k ON k.bureau = {alias}.bureau AND k.case_id = {alias}.case_id" if by_case else ""
        select = f"SELECT {', '.join(columns)} FROM {source}{joined} WHERE {' AND '.join(asked)}"
        beyond = f" AND ({', '.join(keys)}) > ({', '.join(['%s'] * len(keys))})"
        places = [list(columns).index(key) for key in keys]
        yield from self._counting(_keyset(select, beyond, f" ORDER BY {', '.join(keys)} LIMIT {PAGE}", held, places))

    def _asked(self, alias: str) -> list[str]:
        found = []
        if self.procedures:
            found.append(f"{alias}.procedure IN ({', '.join(['%s'] * len(self.procedures))})")
        if self.year:
            found.append(
                f"EXISTS (SELECT 1 FROM ledger_standing_event y WHERE y.bureau = {alias}.bureau"
                f" AND y.case_id = {alias}.case_id AND y.on_day BETWEEN %s AND %s)"
            )
        return found

    @property
    def _held(self) -> list[str]:
        return [*self.procedures, *([f"{self.year}-01-01", f"{self.year}-12-31"] if self.year else [])]

    def _counting(self, found: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(found, 1):
            yield row
            if number % PAGE == 0:
                self.told(number)


def _keyset(
    select: str, beyond: str, order: str, held: Sequence[str], places: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """A page is a statement of its own: a long export holds no lock and no snapshot."""
    after: list[Any] = []
    while True:
        page = rows(select + (beyond if after else "") + order, [*held, *after])
        yield from page
        if len(page) < PAGE:
            return
        after = [page[-1][place] for place in places]
