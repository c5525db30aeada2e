"""What a transaction has decided and not yet sealed: the entries, and the cases, rows and links that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import is_

from fazheng.casework.advance import Advance
from fazheng.casework.linking import named_cases
from fazheng.casework.moves import moved_by
from fazheng.lawbook.figure import STAFFING
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import DraftEntry
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.register.powers import ASKED


class Drafted:
    """Entries of one transaction, and who must not read the book before they are sealed.

    Whoever asks about a case, a row or a link that stands here has to have them sealed first; nobody else pays.
    """

    def __init__(self, book: LawBook) -> None:
        self._book = book
        self._moving = _moving(book)
        self.entries: list[DraftEntry] = []
        self.cases: set[str] = set()  # cases, and rows of registers by their entries' name
        self.opened: set[str] = set()  # those of the cases that no projection knows yet
        self.rows: set[tuple[str, str]] = set()  # rows that they move, by register and key
        self.linking: set[str] = set()  # cases that name others or are named by them
        self.advanced: dict[str, tuple[Law, Case]] = {}  # cases that steps moved on, as they stood before
        self._texts: dict[str, dict[int, str]] = {}  # the data of their new entries, by case and version
        self.otherwise: set[str] = set()  # cases that something else than a step touched, or that move rows
        self._some_sealed = False  # then what stood before is no longer the last that is sealed
        self.staff = False  # whether a row that the roster is made of is among the rows
        self.powers = False  # whether one of the registers that the list of powers is made of

    def add(self, entry: DraftEntry) -> None:
        """Takes an entry, and the row it moves where it is one of a register."""
        self.entries.append(entry)
        self.cases.add(entry.case_id)
        if entry.event.startswith("row_"):
            register, _, key = entry.case_id.partition(":")
            self._move([(register, key)])

    def touched(self, case_id: str, law: Law, before: Case, after: Case, texts: Mapping[int, str]) -> None:
        """Notes which rows a case moves and which cases it names, and those that an amendment took from it. `texts`:
        the data of its new entries, by version.
        """
        procedure = law.first.id
        self._texts.setdefault(case_id, {}).update(texts)
        self.advanced.setdefault(case_id, (law, before))
        if procedure in self._moving:
            self.otherwise.add(case_id)
            for seen in (before, after):
                self._move((moved.register, moved.key) for moved in moved_by(seen, procedure, self._book))
        for event in _differing(before.standing, after.standing):
            step = law.step_of(event.event)
            if step and step.kinds and (names := named_cases(step.kinds, event.data)):
                self.linking |= {case_id, *names}

    def versions(self) -> dict[str, int]:
        """The last sealed version of the cases that were read before their steps; 0 for one just opened."""
        if self._some_sealed:
            return {}
        read = {id: before for id, (_, before) in self.advanced.items() if id not in self.otherwise}
        return {id: before.entries[-1].version if before.entries else 0 for id, before in read.items()}

    def sealed(self) -> None:
        """Notes that the entries are in the book, though not yet projected."""
        self.entries, self._some_sealed = [], True

    def let_go(self, case_id: str) -> None:
        """Holds no longer how the case stood: it will be read again from the book."""
        self._texts.pop(case_id, None)
        if self.advanced.pop(case_id, None):
            self.otherwise.add(case_id)

    def advances(self, now: Mapping[str, tuple[Law, Case]]) -> list[Advance]:
        """What steps alone have added to each case, from what stood before to what stands `now`."""
        return [
            Advance(id, law, before, now[id][1], self._texts[id])
            for id, (law, before) in self.advanced.items()
            if id not in self.otherwise and id in now
        ]

    def _move(self, rows: Iterable[tuple[str, str]]) -> None:
        moved = set(rows)
        self.rows |= moved
        self.staff |= any(register in STAFFING for register, _ in moved)
        self.powers |= any(register in ASKED for register, _ in moved)


def _differing(before: Sequence[Event], after: Sequence[Event]) -> Sequence[Event]:
    """What came, what went, and both forms of what was corrected."""
    if len(before) <= len(after) and all(map(is_, before, after)):
        return after[len(before) :]
    was, now = ({id(event): event for event in seen} for seen in (before, after))
    return [was.get(one) or now[one] for one in was.keys() ^ now.keys()]


@lru_cache(maxsize=8)
def _moving(book: LawBook) -> frozenset[str]:
    """The procedures that move rows of registers."""
    return frozenset(change.of for register in book.registers.values() for change in register.changes)
