"""The cases or rows behind a number, a page at a time: what this person may list; of the rest only how many."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from fazheng.figures import FigureValue
from fazheng.ledger.models import CaseRow
from fazheng.web.names import procedure_of
from fazheng.web.paging import PAGE_ROWS, query
from fazheng.web.readable import lists_all
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.templatetags.desk import url_or_none
from fazheng.web.visit import Visit

_CASES = (
    Column("case", "案件号", frozen=True),
    Column("what", "事项"),
    Column("opened", "开案"),
    Column("state", "状态"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands behind a number. `closed`: how many of the rows do not open to this person."""

    total: int
    table: Table | None = None
    closed: int = 0


def rows_of(visit: Visit, value: FigureValue) -> Rows:
    """One page of the rows, by key. One statement for the cases of it, beside the looking up of the rows themselves."""
    every = value.rows
    if not every:
        return Rows(0)
    asked = visit.request.GET
    open_rows = _open(visit, value, every)
    after = _read(asked.get("after", ""))
    start = bisect_right(open_rows, after) if after else 0
    page = open_rows[start : start + PAGE_ROWS]
    older = query(asked, after=_text(page[-1])) if start + PAGE_ROWS < len(open_rows) else ""
    newer = query(asked) if start else ""
    make = _register if value.counts == "register" else _cases
    return Rows(len(every), make(visit, value, page, newer, older), len(every) - len(open_rows))


def _open(visit: Visit, value: FigureValue, every: Sequence[str]) -> Sequence[str]:
    """The rows whose procedure this person may list whole; rows of a register stand in 名录, which opens to all."""
    if value.counts == "register":
        return every
    book, may = visit.book, dict[str, bool]()
    for row in every:
        name = procedure_of(row)
        if name not in may:
            may[name] = name not in book.procedures or lists_all(visit, book.procedures[name][-1])
    return every if all(may.values()) else [row for row in every if may[procedure_of(row)]]


def _cases(visit: Visit, value: FigureValue, page: Sequence[str], newer: str, older: str) -> Table:
    known = {row.case_id: row for row in CaseRow.objects.filter(bureau=visit.bureau.code, case_id__in=page)}
    rows = []
    for id in page:
        row, law = known.get(id), visit.book.procedures.get(procedure_of(id), ())
        name = law[-1].name if law else _register_name(visit, id)
        link = reverse("case", args=[id]) if row else ""
        state = (f"{row.closed_on}结案" if row.closed_on else "未结") if row else ""
        rows.append([Cell(id, link), Cell(name), Cell(row.opened_on if row else ""), Cell(state)])
    return Table(f"{value.name}数的案件", _CASES, rows, "这些案件不对您的岗位开放。", newer=newer, older=older)


def _register_name(visit: Visit, id: str) -> str:
    register = visit.book.registers.get(id.partition(":")[0])
    return register.name if register else ""


def _register(visit: Visit, value: FigureValue, page: Sequence[str], newer: str, older: str) -> Table:
    register = visit.book.registers[value.of]
    label = register.labels.get(register.key, "编号")
    rows = [[Cell(key, url_or_none("register_row", value.of, key))] for key in page]
    return Table(f"“{register.name}”的行", (Column("key", label, frozen=True),), rows, newer=newer, older=older)


def _text(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def _read(text: str) -> str:
    """The key of an address; "" where it says none."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
