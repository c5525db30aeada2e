"""What a transaction has decided and not yet sealed: the entries, and the cases, rows and links that they touch."""

from __future__ import annotations

from collections.abc import Iterable

from fazheng.casework.linking import named_cases
from fazheng.casework.moves import moved_by
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import DraftEntry
from fazheng.procedure.case import Case
from fazheng.procedure.law import Law


class Drafted:
    """Entries of one transaction, and who must not read the book before they are sealed.

    Whoever asks about a case, a row or a link that stands here has to have them sealed first; nobody else pays.
    """

    def __init__(self, book: LawBook) -> None:
        self._book = book
        self._moving = {change.of for register in book.registers.values() for change in register.changes}
        self.entries: list[DraftEntry] = []
        self.cases: set[str] = set()  # cases, and rows of registers by their entries' name
        self.rows: set[tuple[str, str]] = set()  # rows that they move, by register and key
        self.linking: set[str] = set()  # cases that name others or are named by them
        self.staff = False  # whether a row of the staff register is among the rows

    def add(self, entry: DraftEntry) -> None:
        """Takes an entry, and the row it moves where it is one of a register."""
        self.entries.append(entry)
        self.cases.add(entry.case_id)
        if entry.event.startswith("row_"):
            register, _, key = entry.case_id.partition(":")
            self._move([(register, key)])

    def touched(self, case_id: str, law: Law, before: Case, after: Case) -> None:
        """Notes which rows a case moves and which cases it names, and those that an amendment took from it."""
        procedure = law.first.id
        if procedure in self._moving:
            for seen in (before, after):
                self._move((moved.register, moved.key) for moved in moved_by(seen, procedure, self._book))
        was, now = ({id(event): event for event in seen.standing} for seen in (before, after))
        for one in was.keys() ^ now.keys():  # what came, what went, and both forms of what was corrected
            event = was.get(one) or now[one]
            step = law.step_of(event.event)
            names = named_cases(step.kinds, event.data) if step else []
            self.linking |= {case_id, *names} if names else set()

    def _move(self, rows: Iterable[tuple[str, str]]) -> None:
        moved = set(rows)
        self.rows |= moved
        self.staff |= any(register == STAFF for register, _ in moved)
