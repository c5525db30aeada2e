"""What is late on a day, and in whose hands: by due day, never summed by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from fazheng.casework.folding import case_file
from fazheng.casework.handing import in_hand
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Limit
from fazheng.ledger.models import CaseRow, ClockRow
from fazheng.ledger.read import cases_entries
from fazheng.procedure.refusals import source

LOOKED_AT = 2000  # clocks, the longest late first


@dataclass(frozen=True, slots=True)
class Late:
    """A clock that binds an act, past its day and not met. `hands`: staff codes; empty where nobody was named."""

    case_id: str
    procedure: str
    limit: str
    article: str
    due: date
    days: int
    hands: tuple[str, ...] = ()


def late_now(bureau: str, book: LawBook, today: date, at_most: int = LOOKED_AT) -> list[Late]:
    """Open cases' clocks that bind an act and ran out before today, the longest late first: as many as `at_most`.

    One statement; nobody is named. What ends a right of the party's is nobody's being late.
    """
    binding = {limit.id for versions in book.procedures.values() for v in versions for limit in v.limits if limit.binds}
    open_case = CaseRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), closed_on=None)
    rows = ClockRow.objects.filter(
        Exists(open_case), bureau=bureau, limit__in=sorted(binding),
        done=None, superseded_on=None, estimate=False, due__lt=today.isoformat(),
    ).order_by("due", "case_id", "limit")  # fmt: skip
    found: list[Late] = []
    for row in rows.iterator():
        if len(found) >= at_most:
            break
        limit = _limit(book, row)
        if limit is not None and limit.binds:  # a limit of that name may bind in one procedure only
            due = date.fromisoformat(str(row.due))
            name = book.procedures[row.case_id.rsplit("-", 2)[0]][-1].name
            found.append(Late(row.case_id, name, limit.name, source(limit), due, (today - due).days))
    return found


def in_whose_hands(bureau: str, book: LawBook, cases: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Who has each case in hand now, by code. One statement for some hundred cases."""
    found: dict[str, tuple[str, ...]] = {}
    for case_id, entries in cases_entries(bureau, list(dict.fromkeys(cases))):
        file = case_file(case_id, entries, book)
        found[case_id] = tuple(sorted(in_hand(file.law, file.case, book))) if file else ()
    return found


def _limit(book: LawBook, row: ClockRow) -> Limit | None:
    versions = book.procedures.get(row.case_id.rsplit("-", 2)[0], ())
    return next((v.limit_of[row.limit] for v in reversed(versions) if row.limit in v.limit_of), None)
