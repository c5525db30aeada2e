"""Who looked at what is held apart, and why. The reason is held apart too: reading it is a look of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.urls import reverse

from fazheng.casework.act import Act
from fazheng.casework.looking import LOOKED, look_at
from fazheng.ledger.models import Entry
from fazheng.ledger.read import head, private_values
from fazheng.web.figures_signed import Posted
from fazheng.web.forms import whole
from fazheng.web.names import procedure_name, procedure_of
from fazheng.web.pages import page
from fazheng.web.paging import PAGE_ROWS, query
from fazheng.web.sending import on_a_page
from fazheng.web.tables import Cell, Column, Filter, Table
from fazheng.web.visit import Visit

SPAN = 200_000  # entries looked through for a page: no index knows the kind of an entry
_COLUMNS = (
    Column("at", "时间", frozen=True), Column("by", "谁（人员编号）"), Column("case", "案件或者名册的行"),
    Column("what", "事项"), Column("fields", "看了什么"), Column("why", "为什么"),
)  # fmt: skip


@page("audit")
def looks(visit: Visit) -> HttpResponse:
    """The looks, newest first, by number of entry. Two statements."""
    asked = visit.request.GET
    last = head(visit.bureau.code).seq
    after = asked.get("after", "")
    top = last if (before := whole(after)) is None else min(before - 1, last)
    floor = max(top - SPAN, 0)
    rows = Entry.objects.filter(bureau=visit.bureau.code, event=LOOKED, seq__lte=top, seq__gt=floor)
    if by := asked.get("by", "").strip():
        rows = rows.filter(by=by)
    if case := asked.get("case", "").strip():
        rows = rows.filter(case_id=case)
    if since := asked.get("since", ""):
        rows = rows.filter(recorded_at__gte=since)
    if until := asked.get("until", ""):
        rows = rows.filter(recorded_at__lt=f"{until}T99")
    found = list(rows.order_by("-seq")[: PAGE_ROWS + 1])
    more, found = len(found) > PAGE_ROWS, found[:PAGE_ROWS]
    older = str(found[-1].seq) if more else str(floor + 1) if floor else ""
    table = Table(
        "看过另存内容的记录", _COLUMNS, [_row(visit, row) for row in found], _empty(floor), _filters(visit),
        newer=query(asked) if after else "", older=query(asked, after=older) if older else "",
    )  # fmt: skip
    return visit.render("audit/looks.html", {"table": table})


def _empty(floor: int) -> str:
    return f"这{SPAN // 10_000}万条里没有，再往前看。" if floor else "没有这样的记录。"


def _filters(visit: Visit) -> list[Filter]:
    asked = visit.request.GET
    return [
        Filter("by", "谁（人员编号）", asked.get("by", "")),
        Filter("case", "案件号", asked.get("case", "")),
        Filter("since", "自", asked.get("since", ""), kind="date"),
        Filter("until", "至", asked.get("until", ""), kind="date"),
    ]


def _row(visit: Visit, row: Entry) -> list[Cell]:
    data = json.loads(row.data)
    procedure = procedure_of(row.case_id)
    register = visit.book.registers.get(row.case_id.partition(":")[0])
    what = register.name if register else procedure_name(visit.book, procedure)
    why = Cell("看理由", reverse("look", args=[row.seq])) if "reason" in data else Cell("")
    at = row.recorded_at[:16].replace("T", " ")
    return [Cell(at), Cell(row.by), Cell(row.case_id), Cell(what), Cell("、".join(data["fields"])), why]


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of a look, once it was asked for; None before, or where it was erased."""

    text: str | None = None
    asked: bool = False


@page("audit", post=True)
def one_look(visit: Visit, seq: int) -> HttpResponse:
    """One look; its reason is shown to who says why they ask, and that is entered before it is shown."""
    row = Entry.objects.filter(bureau=visit.bureau.code, seq=seq, event=LOOKED).first()
    if row is None:
        raise Http404
    form, why = Posted("", {"reason": visit.request.POST.get("reason", "").strip()}, visit.today), Why()
    if visit.request.method == "POST":
        form, why = _asked(visit, row, form)
    told = {"form": form, "cells": list(zip(_COLUMNS, _row(visit, row), strict=True))[:5], "why": why, "boxes": []}
    return visit.render("audit/look.html", told, 422 if form.wrong else 200)


def _asked(visit: Visit, row: Entry, form: Posted) -> tuple[Posted, Why]:
    """Every sending is a look of its own, of today: no key of a form stands for one that was entered elsewhere."""
    digest, by = json.loads(row.data)["reason"]["apart"], Act(visit.today, visit.viewer.code, {})
    reason = form.typed["reason"]
    if refused := visit.desk.submit(lambda act: look_at(act, row.case_id, ["查看的理由"], [digest], by, reason)):
        return replace(form, refused=on_a_page(refused)), Why()
    return form, Why(private_values(visit.bureau.code, [digest]).get(digest), True)
