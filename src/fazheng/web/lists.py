"""台账: each procedure as a wide table, a page at a time at any size."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.ledger.models import CaseRow, ClockRow
from fazheng.web.clocks import Lamp, of_row
from fazheng.web.forms import Option
from fazheng.web.pages import page
from fazheng.web.readable import lists_all
from fazheng.web.tables import Cell, Column, Filter, Table, keyset, query
from fazheng.web.visit import Visit

COLUMNS = (
    Column("case", "案件号", frozen=True),
    Column("opened", "开案", sort="opened"),
    Column("last", "最近一步"),
    Column("state", "状态"),
    Column("clock", "最近的期限"),
    Column("due", "到期"),
    Column("ref", "本单位编号"),
)
_ORDERS = {"-opened": ("-opened_on", "-case_id"), "opened": ("opened_on", "case_id")}
_STATES = (("", "全部"), ("open", "未结"), ("closed", "已结"))


@page("lists")
def lists(visit: Visit) -> HttpResponse:
    """Every procedure whose cases this person may list."""
    latest = [versions[-1] for versions in visit.book.procedures.values()]
    mine = sorted((v for v in latest if lists_all(visit, v)), key=lambda version: version.id)
    groups: dict[str, list[tuple[str, str]]] = {}
    for version in mine:
        groups.setdefault(version.statute, []).append((version.name, reverse("list", args=[version.id])))
    return visit.render("lists/lists.html", {"groups": groups})


@page("lists")
def cases(visit: Visit, procedure: str) -> HttpResponse:
    """One procedure's cases. Two statements: the rows, their clocks."""
    if procedure not in visit.book.procedures:
        raise Http404
    version = visit.book.procedures[procedure][-1]
    if not lists_all(visit, version):
        raise PermissionDenied
    asked = visit.request.GET
    way = asked.get("sort", "") if asked.get("sort", "") in _ORDERS else "-opened"
    rows, newer, older = keyset(_rows(visit, procedure), _ORDERS[way], asked, lambda row: (row.opened_on, row.case_id))
    lamps = _lamps(visit, [row.case_id for row in rows])
    table = Table(
        f"{version.name}台账", COLUMNS, [_row(row, lamps.get(row.case_id)) for row in rows],
        "没有这样的案件。", _filters(visit), (), newer, older, way,
        {"opened": query(asked, sort="opened" if way == "-opened" else "-opened")},
    )  # fmt: skip
    return visit.render("lists/cases.html", {"table": table, "version": version})


def _rows(visit: Visit, procedure: str) -> QuerySet[CaseRow]:
    asked = visit.request.GET
    rows = CaseRow.objects.filter(bureau=visit.bureau.code, procedure=procedure)
    if state := asked.get("state", ""):
        rows = rows.filter(closed_on__isnull=state == "open")
    if since := asked.get("since", ""):
        rows = rows.filter(opened_on__gte=since)
    if until := asked.get("until", ""):
        rows = rows.filter(opened_on__lte=until)
    return rows


def _filters(visit: Visit) -> Sequence[Filter]:
    asked = visit.request.GET
    state = asked.get("state", "")
    return (
        Filter("state", "状态", state, [Option(value, name, value == state) for value, name in _STATES], "select"),
        Filter("since", "开案自", asked.get("since", ""), kind="date"),
        Filter("until", "至", asked.get("until", ""), kind="date"),
    )


def _lamps(visit: Visit, case_ids: Sequence[str]) -> dict[str, Lamp]:
    """The clock of each case that is due first. One statement."""
    rows = ClockRow.objects.filter(
        bureau=visit.bureau.code, case_id__in=case_ids, done=None, superseded_on=None, due__isnull=False
    ).order_by("-due")
    return {row.case_id: of_row(row, visit.book, visit.today) for row in rows}


def _row(row: CaseRow, lamp: Lamp | None) -> list[Cell]:
    shown = lamp if lamp and not row.closed_on else None
    return [
        Cell(row.case_id, reverse("case", args=[row.case_id])),
        Cell(row.opened_on),
        Cell(row.last_on),
        Cell(f"{row.closed_on}结案" if row.closed_on else "未结"),
        Cell(f"{shown.name}，{shown.words}" if shown else "", light=shown.light if shown else ""),
        Cell(shown.due + ("（预计）" if shown.estimate else "") if shown else ""),
        Cell(row.ref),
    ]


urls = [path("lists/", lists, name="lists"), path("lists/<str:procedure>/", cases, name="list")]
