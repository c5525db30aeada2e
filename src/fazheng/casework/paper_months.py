"""纸上签字的月度确认: the head confirms which signatures of a month were entered for those who signed on paper.

A confirmation names its entries one by one, by number and digest, so that what is entered for the month afterwards
stands unconfirmed. An entry belongs to the month in which it was recorded: a confirmed list does not grow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fazheng.casework.act import Act
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import STAFF
from fazheng.ledger.models import Entry
from fazheng.procedure.on_paper import MARK
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.roster import HEAD

CASE, CONFIRMED = "paper_signed", "paper_signed_confirmed"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class MonthFault(ValueError):
    """What was typed is no month; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class PaperSigned:
    """An entry of a signature on paper: who signed, on which day, who entered it when, the scan, whether confirmed."""

    seq: int
    digest: str
    case_id: str
    event: str
    on: str
    by: str
    entered_by: str
    recorded_at: str
    scan: str
    confirmed: bool = False


def paper_signed(bureau: str, month: str = "") -> list[PaperSigned]:
    """The signatures on paper recorded in the month (2026-03), or ever, by number. Raises MonthFault."""
    rows = Entry.objects.filter(bureau=bureau, data__contains=f'"{MARK}":').order_by("seq")
    if month:
        if not _MONTH.fullmatch(month):
            raise MonthFault(f"“{month}”不是月份，要写成 2026-03 的样子")
        rows = rows.filter(recorded_at__startswith=f"{month}-")
    confirmed = dict(_confirmed(bureau))
    found = list[PaperSigned]()
    for row in rows:
        mark = json.loads(row.data).get(MARK)
        if isinstance(mark, dict):
            found.append(
                PaperSigned(
                    row.seq, row.digest, row.case_id, row.event, row.happened_on, row.by, row.entered_by,
                    row.recorded_at, str(mark["scan"]), confirmed.get(row.seq) == row.digest,
                )
            )  # fmt: skip
    return found


def unconfirmed_months(bureau: str, today: date) -> dict[str, int]:
    """Months that are over, with how many of their signatures on paper no head confirmed. Empty where none waits."""
    waiting: dict[str, int] = {}
    for one in paper_signed(bureau):
        month = one.recorded_at[:7]
        if not one.confirmed and month < today.isoformat()[:7]:
            waiting[month] = waiting.get(month, 0) + 1
    return waiting


def confirm(act: Writing, month: str, by: Act) -> tuple[tuple[Refusal, ...], int]:
    """Enters that the head has seen exactly these signatures; how many. Refused before the month is over, for who is
    not the head that day, and where nothing waits. Raises MonthFault.
    """
    act.flush()
    waiting = [one for one in paper_signed(act.bureau.code, month) if not one.confirmed]
    found = [*unknown(act.roster, by.by), *not_yet(by.on, act.today)]
    if not found and HEAD not in act.roster.roles(by.by, by.on):
        role = act.book.registers[STAFF].choices["role"][HEAD]
        found.append(own("role", f"纸上签字由{role}按月确认，{by.by}在{by.on}不是", f"请由{role}确认", hard=True))
    if by.on <= _last_day(month):
        found.append(own("future", f"{month}还没有过完", "月度终了以后再确认", hard=True))
    if not waiting:
        found.append(own("order", f"{month}没有待确认的纸上签字", "不用确认", hard=True))
    if not found:
        entries = [[one.seq, one.digest] for one in waiting]
        act.record(f"{CASE}:{month}", CONFIRMED, by, {"month": month, "entries": entries}, HEAD)
    return tuple(found), 0 if found else len(waiting)


def confirmed_entries(bureau: str) -> dict[int, str]:
    """Number and digest of every signature on paper that a head has confirmed. One statement."""
    return dict(_confirmed(bureau))


def _last_day(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _confirmed(bureau: str) -> Iterator[tuple[int, str]]:
    for data in Entry.objects.filter(bureau=bureau, event=CONFIRMED).values_list("data", flat=True):
        yield from ((seq, digest) for seq, digest in json.loads(data)["entries"])
