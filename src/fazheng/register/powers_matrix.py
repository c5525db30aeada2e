"""Item × post × officer on a day: what nobody answers for, who answers for much, whose certificate has run out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fazheng.ledger.models import CaseRow, StandingEvent
from fazheng.register.powers import POSTS, Item, items_on
from fazheng.register.rows import Row, rows_on

STAFF, HANDOVER = "staff", "handover"


@dataclass(frozen=True, slots=True)
class Duty:
    """A post that answers for an item, with its people that day and the last day of its term (None: no term)."""

    code: str
    item: str
    post: str
    officers: tuple[str, ...]
    until: str | None


@dataclass(frozen=True, slots=True)
class Load:
    """What one person answers for: items, and cases that the person opened and nobody has closed.

    `certificate`: the last day of it where it has run out or was stopped; empty where it is valid or none is needed.
    """

    officer: str
    items: int
    open_cases: int
    certificate: str = ""
    on_staff: bool = True


@dataclass(frozen=True, slots=True)
class Matrix:
    """The split of duties on a day. `unowned`: items that nobody answers for."""

    items: tuple[Item, ...]
    duties: tuple[Duty, ...]
    unowned: tuple[str, ...]
    loads: tuple[Load, ...]

    def of(self, item: str) -> list[Duty]:
        """The posts that answer for an item; empty where none does."""
        return [duty for duty in self.duties if duty.item == item]


def matrix(bureau: str, day: date) -> Matrix:
    """The split on `day`: posts whose term is over, and people who left the staff, answer for nothing."""
    items = items_on(bureau, day)
    duties = [_duty(row) for row in rows_on(bureau, POSTS, day) if _runs(row, day)]
    staff = {row.key: row for row in rows_on(bureau, STAFF, day)}
    owned = {duty.item for duty in duties if any(who in staff for who in duty.officers)}
    unowned = tuple(item.code for item in items if item.code not in owned)
    return Matrix(tuple(items), tuple(duties), unowned, tuple(_loads(bureau, duties, staff, day)))


def _runs(row: Row, day: date) -> bool:
    text = day.isoformat()
    return str(row.data.get("valid_from") or "") <= text <= str(row.data.get("valid_until") or "9999")


def _duty(row: Row) -> Duty:
    people = row.data.get("officer") or ()
    return Duty(row.key, str(row.data["item"]), str(row.data["post"]), tuple(people), row.data.get("valid_until"))


def _loads(bureau: str, duties: Iterable[Duty], staff: dict[str, Row], day: date) -> list[Load]:
    items = Counter(who for item, who in {(duty.item, who) for duty in duties for who in duty.officers})
    unclosed = CaseRow.objects.filter(bureau=bureau, closed_on__isnull=True, opened_on__lte=day.isoformat())
    opened = StandingEvent.objects.filter(
        bureau=bureau, by__in=list(items), version=1, case_id__in=unclosed.values("case_id")
    )
    cases = Counter(opened.values_list("by", flat=True))
    found = [Load(who, n, cases[who], _expired(staff.get(who), day), who in staff) for who, n in items.items()]
    return sorted(found, key=lambda load: (-load.items, -load.open_cases, load.officer))


def _expired(row: Row | None, day: date) -> str:
    if row is None or not row.data.get("certificate_no"):
        return ""
    until = str(row.data.get("certificate_until") or "")
    if row.data.get("certificate_stopped"):
        return "已暂扣、收回"
    return until if until and until < day.isoformat() else ""
