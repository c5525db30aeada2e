"""动态口令: enrolment with a phone, recovery codes, its end; 纸上签字: the month's list that the head confirms."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.safestring import mark_safe

from fazheng.casework.act import Act
from fazheng.casework.lists.columns import called
from fazheng.casework.paper_months import MonthFault, PaperSigned, confirm, of_month, unconfirmed_of
from fazheng.casework.paper_months import paper_signed as listed
from fazheng.figures.declared import DECLARED
from fazheng.ledger.signed import CASE as REPORT
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web import second_factor
from fazheng.web.names import procedure_of
from fazheng.web.pages import page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit


@page("account", post=True)
def enrolment(visit: Visit) -> HttpResponse:
    """One's own authenticator: the square code to read in, the first code that proves it, the recovery codes once."""
    account, post = visit.account, visit.request.POST
    if visit.request.method == "POST" and post.get("end"):
        return _ended(visit)
    if device := second_factor.device_of(account):
        return visit.render("signing/factor.html", {"device": device, "left": second_factor.left(device)})
    seed, said = second_factor.begun(account), ""
    if visit.request.method == "POST":
        codes = second_factor.confirmed(account, post.get(second_factor.BOX, "").strip().replace(" ", ""))
        if codes is not None:
            return visit.render("signing/factor.html", {"codes": codes})
        said = "这个数不对，或者已经用过。看一看手机的时间对不对，换一个数再填。"
    return visit.render("signing/factor.html", _asked(visit, seed, said), status=422 if said else 200)


def _asked(visit: Visit, seed: bytes, said: str) -> dict[str, object]:
    address = second_factor.address_of(visit.account, visit.bureau.code, seed)
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=True, svgclass="qr", lineclass=None)
    typed = second_factor.typed_seed(seed)
    return {"qr": mark_safe(drawn), "typed": typed, "said": said}  # drawn by segno from our own text


def _ended(visit: Visit) -> HttpResponse:
    """The authenticator taken away by who shows a right code of it; a new phone then enrols anew."""
    device = second_factor.device_of(visit.account)
    typed = visit.request.POST.get(second_factor.BOX, "").strip().replace(" ", "")
    if device is None or second_factor.used(device, typed, visit.account):
        second_factor.forget(visit.account)
        visit.request.session.pop(second_factor.BOX, None)
        return redirect("second_factor")
    told = {"device": device, "left": second_factor.left(device), "said": "动态口令不对，没有解除。"}
    return visit.render("signing/factor.html", told, status=422)


@page("paper_signed", post=True)
def paper_signed(visit: Visit) -> HttpResponse:
    """The month's signatures on paper, each with its scan and both persons; the head confirms the month once over.
    Three statements.
    """
    month = visit.request.POST.get("month", "") or visit.request.GET.get("month", "") or visit.today.isoformat()[:7]
    refused: tuple[Refusal, ...] = ()
    try:
        if visit.request.method == "POST":
            refused = _confirmed(visit, month)
            if not refused:
                return redirect(f"{reverse('paper_signed')}?month={month}")
        every = listed(visit.bureau.code)
        rows = of_month(every, month)
    except MonthFault:
        raise Http404 from None
    columns = [Column("case", "案件、文件", frozen=True), Column("step", "签的是"), Column("on", "签字日"),
               Column("by", "谁签的"), Column("entered", "谁录的"), Column("scan", "扫描件"),
               Column("state", "确认")]  # fmt: skip
    table = Table(f"{month}纸上签字", columns, _rows(visit, rows), empty="这个月没有纸上签字。")
    over, waits = month < visit.today.isoformat()[:7], sum(not one.confirmed for one in rows)
    told = {
        "month": month, "table": table, "waits": waits, "refused": refused, "over": over,
        "may": over and waits and may_do(visit.viewer, "confirm_paper"),
        "others": unconfirmed_of(every, visit.today), "factor": second_factor.of(visit),
    }  # fmt: skip
    return visit.render("signing/paper.html", told, status=422 if refused else 200)


def _confirmed(visit: Visit, month: str) -> tuple[Refusal, ...]:
    """Confirms the month. A confirmation on screen is a signature, and asks for a second factor as every other."""
    if not may_do(visit.viewer, "confirm_paper"):
        raise PermissionDenied
    if lacking := second_factor.lacking_for(visit, "确认纸上签字"):
        return lacking
    by = Act(visit.today, visit.viewer.code, {})
    return visit.desk.submit(lambda act: confirm(act, month, by))[0]


def _rows(visit: Visit, found: Sequence[PaperSigned]) -> list[list[Cell]]:
    """A row a signature; the numbers of one signed sheet, an entry each, are one."""
    sheets: dict[tuple[object, ...], list[PaperSigned]] = {}
    for one in found:
        alone = one.seq if one.event != DECLARED else 0
        sheets.setdefault((alone, one.scan, one.on, one.by, one.entered_by, one.confirmed), []).append(one)
    return [_sheet(visit, some) if some[0].event == DECLARED else _row(visit, some[0]) for some in sheets.values()]


def _sheet(visit: Visit, some: Sequence[PaperSigned]) -> list[Cell]:
    figure = visit.book.figures.get(some[0].case_id.partition(":")[2])
    named = f"申报“{figure.name if figure else some[0].case_id}”" + (f"等{len(some)}个数" if len(some) > 1 else "")
    return [Cell("数据核对表", reverse("asked_scan", args=[some[0].scan])), Cell(named), *_signed(some[0])]


def _row(visit: Visit, one: PaperSigned) -> list[Cell]:
    versions = visit.book.procedures.get(procedure_of(one.case_id), ())
    step = next((v.step_of[one.event] for v in reversed(versions) if one.event in v.step_of), None)
    kind, _, year = one.case_id.partition(":")
    at = reverse("report_year", args=[year]) if kind == REPORT else reverse("case", args=[one.case_id])
    if kind == REPORT:
        return [Cell(f"{year}年度报告", at), Cell("签发年度报告"), *_signed(one)]
    return [Cell(called(visit.book, one.case_id), at), Cell(step.name if step else "补记"), *_signed(one)]


def _signed(one: PaperSigned) -> list[Cell]:
    return [
        Cell(one.on), Cell(one.by), Cell(f"{one.entered_by}，{one.recorded_at[:10]}"), Cell(one.scan[:12]),
        Cell("已确认" if one.confirmed else "待确认"),
    ]  # fmt: skip


urls = [
    path("account/second-factor/", enrolment, name="second_factor"),
    path("paper-signed/", paper_signed, name="paper_signed"),
]
