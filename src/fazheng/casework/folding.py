"""Cases as the engine knows them, out of the rows of the book."""

from __future__ import annotations

from collections.abc import Iterable

from fazheng.frozen import record
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries
from fazheng.procedure.case import Case, fold
from fazheng.procedure.law import Law, law_of


@record(frozen=True, slots=True)
class CaseFile:
    """A case with the law it is pinned to and its rows."""

    case_id: str
    procedure: str
    law: Law
    case: Case
    entries: tuple[SealedEntry, ...]


class CaseUnknown(LookupError):
    """No such case in this bureau's book."""


def case_file(case_id: str, rows: Iterable[SealedEntry], book: LawBook) -> CaseFile | None:
    """The case of these rows; None where they are no case of a procedure the law files know."""
    held = tuple(rows)
    procedure = case_id.rsplit("-", 2)[0]
    if not held or procedure not in book.procedures:
        return None
    case = fold(held)
    law = law_of(book.procedures[procedure], case, case.entries[0].on)
    return CaseFile(case_id, procedure, law, case, held) if law else None


def read_case(bureau: str, case_id: str, book: LawBook) -> CaseFile:
    """The case as the book holds it now. Raises CaseUnknown."""
    found = case_file(case_id, entries(bureau, case_id=case_id), book)
    if found is None:
        raise CaseUnknown(f"账本里没有案件“{case_id}”；请核对案件号")
    return found
