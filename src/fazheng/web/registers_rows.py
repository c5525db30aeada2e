"""One row of a register: as it stands on a day, what it held before, what moved it, what else knows its key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from fazheng.casework.lists.cases import Asked
from fazheng.casework.lists.columns import called, register_columns
from fazheng.casework.lists.held import NearClock, held_of
from fazheng.casework.lists.rights import parts_of, whos_of
from fazheng.casework.parts import ORGANISATION
from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import CasePart, CaseRow, RegisterRow
from fazheng.ledger.rows import rows as rows_of
from fazheng.web.names import case_url, procedure_name, procedure_of
from fazheng.web.visit import Visit

MOST = 200  # cases of one organisation that are shown; the lists show them all
_KINDS = {"enter": "登记", "change": "变更", "strike": "注销"}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the day before the second ("" : still): what the row held, and what differs from before."""

    since: str
    until: str
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved the row: on which day, how, and the case behind it, where there is one."""

    on: str
    how: str
    by: str
    case: str = ""
    url: str = ""


def register_of(visit: Visit, register: str) -> Register:
    """Raises Http404 for a register that the law files do not know."""
    if register not in visit.book.registers:
        raise Http404
    return visit.book.registers[register]


def name_of(book: LawBook, row: RegisterRow) -> str:
    """What the row is called: its first field in words, else its key."""
    register, data = book.registers[row.register], json.loads(row.data)
    words = next((f for f, kind in register.kinds.items() if kind.name == "words" and data.get(f)), "")
    return str(data[words]) if words else row.key


def spans(visit: Visit, register: str, key: str) -> list[RegisterRow]:
    """Every row the key ever had, and the rows of other registers under it, oldest first. One statement.

    Raises Http404 where this register never held it.
    """
    known = visit.book.registers[register].kinds
    kind = known[visit.book.registers[register].key].name
    alike = [
        id for id, other in visit.book.registers.items() if kind == "org_code" and other.kinds[other.key].name == kind
    ]
    rows = RegisterRow.objects.filter(bureau=visit.bureau.code, register__in={register, *alike}, key=key)
    found = list(rows.order_by("register", "nth"))
    if not any(row.register == register for row in found):
        raise Http404
    return found


def standing(rows: Sequence[RegisterRow], on: str) -> RegisterRow | None:
    """The row that stands on the day."""
    return next((r for r in reversed(rows) if r.from_day <= on and (r.to_day is None or r.to_day > on)), None)


def periods(register: Register, rows: Sequence[RegisterRow]) -> list[Period]:
    """The row's history, newest first: each period with what changed."""
    columns, before, found = register_columns(register), dict[str, Any](), list[Period]()
    for row in rows:
        data = json.loads(row.data)
        changed = [column for column in columns if data.get(column.field) != before.get(column.field)]
        found.append(Period(row.from_day, row.to_day or "", [(c.label, c.text(data) or "（空）") for c in changed]))
        before = data
    return found[::-1]


def moves(visit: Visit, register: str, key: str) -> list[Moved]:
    """What moved the row, newest first; a case that does not open to the reader is named and not led to. Two
    statements.
    """
    found = rows_of(
        "SELECT m.on_day, m.kind, e.by, e.case_id FROM ledger_register_move m"
        " JOIN ledger_entry e ON e.bureau = m.bureau AND e.seq = m.seq"
        " WHERE m.bureau = %s AND m.register = %s AND m.key = %s ORDER BY m.seq DESC",
        [visit.bureau.code, register, key],
    )
    opens = _readable(visit, {case_id for *_, case_id in found if ":" not in case_id})
    return [_moved(visit, *one, opens=opens) for one in found]


def _readable(visit: Visit, case_ids: set[str]) -> set[str]:
    """Those of the cases that open to the reader. One statement; none for none."""
    mine: Q = Q(pk__in=[])
    for id in {procedure_of(case_id) for case_id in case_ids} & visit.book.procedures.keys():
        whos = whos_of(visit.viewer, visit.book.procedures[id], visit.sections_of(id))
        parts = None if whos is None else parts_of(visit.bureau.code, whos).filter(procedure=id).values("case_id")
        mine |= Q(procedure=id) if parts is None else Q(procedure=id, case_id__in=parts)
    rows = CaseRow.objects.filter(mine, bureau=visit.bureau.code, case_id__in=sorted(case_ids))
    return set(rows.values_list("case_id", flat=True)) if case_ids else set()


def cases_of(visit: Visit, code: str) -> list[tuple[str, list[tuple[CaseRow, str, NearClock | None]]]]:
    """The organisation's cases that this person may read, by procedure, newest first. Two statements."""
    readable: Q = Q(pk__in=[])
    for id, versions in visit.book.procedures.items():
        own = CasePart.objects.filter(bureau=visit.bureau.code, procedure=id, who=f"{ORGANISATION}{code}")
        mine = Q(procedure=id, case_id__in=own.values("case_id"))
        if (whos := whos_of(visit.viewer, versions, visit.sections_of(versions[-1].id))) is not None:
            parts = parts_of(visit.bureau.code, whos).filter(procedure=id)
            mine &= Q(case_id__in=parts.values("case_id"))
        readable |= mine
    found: dict[str, list[tuple[CaseRow, str, NearClock | None]]] = {}
    versions = tuple(version for some in visit.book.procedures.values() for version in some)
    rows = list(CaseRow.objects.filter(readable, bureau=visit.bureau.code).order_by("-opened_on", "-case_id")[:MOST])
    held = held_of(rows, Asked(visit.bureau.code, versions, visit.today), ())
    for row in rows:
        found.setdefault(procedure_name(visit.book, row.procedure), []).append(
            (row, called(visit.book, row.case_id), held[row.case_id].clock)
        )
    return sorted(found.items())


def _moved(visit: Visit, on: str, kind: str, by: str, case_id: str, *, opens: set[str]) -> Moved:
    how = _KINDS.get(kind, kind)
    if case_id.partition(":")[1]:
        return Moved(on, how, by)
    return Moved(on, how, by, called(visit.book, case_id), case_url(case_id) if case_id in opens else "")
