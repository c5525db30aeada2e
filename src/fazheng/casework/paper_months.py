"""纸上签字的月度确认: the head confirms which signatures of a month were entered for those who signed on paper.

A confirmation names its entries one by one, by number and digest, so that what is entered for the month afterwards
stands unconfirmed. An entry belongs to the month in which it was recorded: a confirmed list does not grow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fazheng.casework.act import Act
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import STAFF
from fazheng.ledger.read import entries_under
from fazheng.ledger.rows import rows
from fazheng.procedure.on_paper import MARK
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.roster import HEAD

CASE, CONFIRMED = "paper_signed", "paper_signed_confirmed"
_READ: dict[str, tuple[int, str, tuple[PaperSigned, ...]]] = {}  # of a bureau: up to which entry, and what was found
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
    _sound(month)
    confirmed = dict(_confirmed(bureau))
    every = (replace(one, confirmed=confirmed.get(one.seq) == one.digest) for one in _marked(bureau))
    return of_month(every, month)


def of_month(every: Iterable[PaperSigned], month: str) -> list[PaperSigned]:
    """Those of them that were recorded in the month; all where none is named. Raises MonthFault."""
    _sound(month)
    return [one for one in every if one.recorded_at.startswith(f"{month}-" if month else "")]


def _sound(month: str) -> None:
    if month and not _MONTH.fullmatch(month):
        raise MonthFault(f"“{month}”不是月份，要写成 2026-03 的样子")


def unconfirmed_months(bureau: str, today: date) -> dict[str, int]:
    """Months that are over, with how many of their signatures on paper no head confirmed. Empty where none waits."""
    return unconfirmed_of(paper_signed(bureau), today)


def unconfirmed_of(every: Iterable[PaperSigned], today: date) -> dict[str, int]:
    """The same of what `paper_signed` told, without asking again."""
    waiting: dict[str, int] = {}
    for one in every:
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
    for entry in entries_under(bureau, f"{CASE}:"):
        if entry.event == CONFIRMED:
            yield from ((seq, digest) for seq, digest in json.loads(entry.data)["entries"])


def _marked(bureau: str) -> tuple[PaperSigned, ...]:
    """Every signature on paper, by number. One statement, over what was entered since this process asked last: no
    entry ever changes, and the digest of one tells whether all before it are the same.
    """
    seq, digest, known = _READ.get(bureau, (0, "", ()))
    found = rows(
        'SELECT seq, digest, case_id, event, happened_on, "by", entered_by, recorded_at, data FROM ledger_entry'
        " WHERE bureau = %s AND seq >= %s AND (seq = %s OR data LIKE %s OR seq = (SELECT MAX(h.seq) FROM"
        " ledger_chain_head h WHERE h.bureau = %s)) ORDER BY seq",
        [bureau, seq, seq, f'%"{MARK}":%', bureau],
    )
    if seq and (not found or found[0][:2] != (seq, digest)):  # another book
        _READ.pop(bureau, None)  # by another thread already, perhaps
        return _marked(bureau)
    signed = [one for row in found if row[0] > seq and (one := _signed(*row)) is not None]
    known = (*known, *signed)
    if found:
        _READ[bureau] = (*found[-1][:2], known)
    return known


def _signed(seq: int, digest: str, case_id: str, event: str, on: str, by: str, entered_by: str, recorded_at: str,
            data: str) -> PaperSigned | None:  # fmt: skip
    mark = json.loads(data).get(MARK)
    if not isinstance(mark, dict):
        return None
    return PaperSigned(seq, digest, case_id, event, on, by, entered_by, recorded_at, str(mark["scan"]))
