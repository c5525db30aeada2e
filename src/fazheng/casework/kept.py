"""What a process keeps of a bureau's book from one transaction to the next.

All of it follows from the entries and the law files alone, so it holds exactly as long as the chain ends where it ended
when it was kept: the head is read under the lock before anything of it is used, and a head that another writer moved
drops it. A transaction that is undone keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from fazheng.casework.folding import CaseFile
from fazheng.frozen import record
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import Head
from fazheng.ledger.whole import opened
from fazheng.procedure.case import Case
from fazheng.procedure.law import Law
from fazheng.procedure.standing import RowSpan
from fazheng.register.powers import Lists
from fazheng.staff import Roster

_MOST_SPANS = 2000  # rows of registers kept; beyond, all are asked for again
_MOST_BOOKS = 50
MOST_CASES = 200  # those touched last
_Place = tuple[str, str, str, str]  # which database, and which bureau


@record(frozen=True, slots=True)
class Kept:
    """`recorded_at` is that of the last entry; `numbers` the last number of each procedure and year that was asked;
    `cases` those that were touched last.
    """

    head: Head
    book: LawBook
    recorded_at: str
    roster: Roster | None = None
    opened_on: date | None = None
    spans: Mapping[tuple[str, str], list[RowSpan]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, tuple[Law, Case]] = field(default_factory=dict)
    powers: Lists | None = None
    signed: Mapping[int, bool] = field(default_factory=dict)  # of the years that were asked: is their report signed?


_KEPT: dict[_Place, Kept] = {}
Spans = tuple[RowSpan, ...]


@record(frozen=True, slots=True)
class Outlook:
    """Something worked out of a case, and the rows of registers that were asked for it: (register, key) with spans."""

    made: Any
    rows: tuple[tuple[tuple[str, str], Spans], ...]


# Of cases, for who looks at many: see casework/outlooks.py and handing.py. They are right in any book, as they name the
# digest of the last entry.
MOST_OUTLOOKS, MOST_FILES, MOST_HANDS = 2000, 1000, 20_000
OUTLOOKS: dict[tuple[str, ...], Outlook] = {}
FILES: dict[str, CaseFile] = {}
HANDS: dict[str, tuple[str, Mapping[str, frozenset[str]]]] = {}  # who has a case in hand


def recalled(bureau: str, head: Head, book: LawBook) -> Kept | None:
    """What was kept of the bureau's book, if it still ends at `head` and the law files are the same; else None."""
    found = _KEPT.get(_place(bureau))
    return found if found is not None and found.head == head and found.book is book else None


def keep(bureau: str, kept: Kept) -> None:
    """Keeps it for the next transaction. To be called once what it tells is committed."""
    if len(_KEPT) >= _MOST_BOOKS or len(kept.spans) > _MOST_SPANS:
        _KEPT.clear()
    if len(kept.spans) <= _MOST_SPANS:
        _KEPT[_place(bureau)] = kept


def forget() -> None:
    """Drops everything, as after a rebuild."""
    _KEPT.clear()
    OUTLOOKS.clear()
    FILES.clear()
    HANDS.clear()


def _place(bureau: str) -> _Place:
    named = opened().settings_dict
    return str(named["NAME"]), str(named["HOST"]), str(named["PORT"]), bureau
