"""数据核对表: the sheet that asks a section for the numbers the book does not know, out and back in.

What comes back is taken by the same function as `fazheng ask --import`: all of it or nothing, and what stands declared
already is left, so that a sheet sent twice changes nothing. What another signed comes with the scan of the signed
sheet (代录).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.asked import (
    AskedRow,
    AskedSheet,
    SheetRefused,
    Taken,
    as_workbook,
    read_filled,
    sections_asked,
    sheet_for,
    take_in,
)
from fazheng.casework.workbook import UnusableWorkbook
from fazheng.casework.workbook.faults import Fault
from fazheng.figures import Period, PeriodFault, parse, told, up_to
from fazheng.figures import year as whole_year
from fazheng.lawbook.sections import section_names
from fazheng.staff.rights import may_do
from fazheng.web.asking_form import Typed, boxes
from fazheng.web.asking_scans import scan_of, scan_urls, scans_of
from fazheng.web.forms import read_day
from fazheng.web.pages import page
from fazheng.web.sending import on_a_page
from fazheng.web.serving import READING, UPLOADS
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit

LARGEST = 8 << 20  # bytes of a sheet that came back
CAME = "asked_sheet"  # of the session: what became of the last sheet that came back
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OUT = "请用法正做出的核对表填写"
COLUMNS = (
    Column("name", "统计项", frozen=True), Column("unit", "单位"), Column("before", "上年同期", number=True),
    Column("value", "本期数", number=True), Column("state", "核对"), Column("source", "出处"),
)  # fmt: skip
FAULT_COLUMNS = (Column("at", "哪里", frozen=True), Column("message", "要改什么"))


@page("figures", post=True)
def asked_sheets(visit: Visit) -> HttpResponse:
    """Which section is asked for how many numbers; the sheet of one of them; a post is a sheet that came back."""
    if visit.request.method == "POST":
        return _came_back(visit)
    return _shown(visit, Typed("", visit.today))


@page("figures")
def asked_sheet(visit: Visit) -> HttpResponse:
    """The workbook of a section over a period, to be filled and signed."""
    try:
        sheet = _sheet(visit, _period(visit, _typed(visit)), visit.request.GET.get("section", ""))
    except PeriodFault:
        sheet = None
    if sheet is None:
        raise Http404
    answer = HttpResponse(as_workbook(sheet), content_type=_XLSX)
    name = quote(f"{sheet.title}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''{name}"
    return answer


def _typed(visit: Visit) -> str:
    """The period as typed; the last whole year where none is."""
    return visit.request.GET.get("p", "").strip() or str(visit.today.year - 1)


def _period(visit: Visit, typed: str) -> Period:
    """The period as far as it is over. Raises PeriodFault."""
    return up_to(parse(typed), visit.today)


def _as_typed(period: Period) -> str:
    """As a person types it: a whole year as its number."""
    first, last = period
    return str(first.year) if period == whole_year(first.year) else f"{first}..{last}"


def _sheet(visit: Visit, period: Period, section: str) -> AskedSheet | None:
    """None where the section answers for no number."""
    sheet = sheet_for(visit.bureau, visit.book, period, section) if section else None
    return sheet if sheet is not None and sheet.rows else None


def _shown(visit: Visit, form: Typed, status: int = 200) -> HttpResponse:
    typed, section, fault, sheet = _typed(visit), visit.request.GET.get("section", ""), "", None
    try:
        sheet = _sheet(visit, _period(visit, typed), section)
    except PeriodFault as unread:
        fault, status = str(unread), 422
    if section and sheet is None and not fault:
        raise Http404
    if sheet is not None and not form.scans:
        form = replace(form, scans=scans_of(visit, sheet.section, sheet.period))
    came = visit.request.session.get(CAME) if visit.request.GET.get("came") else None
    told_of: dict[str, Any] = {
        "sections": _sections(visit, typed, section), "p": typed, "fault": fault, "sheet": sheet, "form": form,
        "period": told(sheet.period) if sheet else "", "table": _table(sheet, typed) if sheet else None,
        "boxes": boxes(visit, form), "wrong": _faults(form.wrong) if form.wrong else None, "came": came,
        "named": _named(visit, came), "may": may_do(visit.viewer, "declare"), "largest": LARGEST >> 20,
        "file": f"{reverse('asked_sheet')}?{urlencode({'p': typed, 'section': section})}",
    }  # fmt: skip
    return visit.render("figures/asked.html", told_of, status)


def _sections(visit: Visit, typed: str, chosen: str) -> list[tuple[str, str, int, str, bool]]:
    """Who answers for numbers: role, name, how many, where its sheet is, whether it is the one that is shown."""
    names = section_names(visit.book)
    return [
        (id, names.get(id, id), number, f"?{urlencode({'p': typed, 'section': id})}", id == chosen)
        for id, number in sections_asked(visit.book).items()
        if id
    ]


def _named(visit: Visit, came: Any) -> list[tuple[str, str]]:
    """The numbers that the last sheet put beside another number of the book: what each is called, and where it is."""
    found = [one for one in (came or {}).get("differing", ()) if one in visit.book.figures]
    return [(visit.book.figures[id].name, f"{reverse('figure', args=[id])}?p={came['period']}") for id in found]


def _table(sheet: AskedSheet, typed: str) -> Table:
    rows = [_row(row, f"{reverse('figure', args=[row.value.id])}?{urlencode({'p': typed})}") for row in sheet.rows]
    return Table(f"{sheet.section_name}{told(sheet.period)}核对的数", COLUMNS, rows)


def _row(row: AskedRow, url: str) -> list[Cell]:
    value, before = row.value, row.before
    light, state = _state(row)
    return [
        Cell(value.name, url), Cell(value.unit), Cell(before.shown if before.value is not None else ""),
        Cell(value.shown if value.value is not None else "", url), Cell(state, light=light), Cell(row.source),
    ]  # fmt: skip


def _state(row: AskedRow) -> tuple[str, str]:
    """A light and its words: what the section has to do with the number, or has done."""
    if row.value.against is not None:
        return "red", "申报与账本不同，两数并存"
    if row.rate:
        return "", "不填，由两个数算出"
    if row.value.value is None:
        return "yellow", "空着，待填"
    return ("green", "股室申报") if row.value.source == "declared" else ("green", "账本有数，待核对")


def _faults(wrong: Sequence[Fault]) -> Table:
    rows = [[Cell(f"第{one.row}行“{one.column}”"), Cell(one.message)] for one in wrong]
    return Table("要改的地方", FAULT_COLUMNS, rows)


def _came_back(visit: Visit) -> HttpResponse:
    if not may_do(visit.viewer, "declare"):
        raise PermissionDenied
    post, upload = visit.request.POST, visit.request.FILES.get("file")
    on, unread = read_day(post.get("on", "").strip(), visit.today)
    form = Typed(
        post.get("by", ""), on, post.get("paper", "").strip(), post.get("scan", ""), {"on": unread} if unread else {}
    )
    if visit.roster.on(form.by, on) is None:
        form.faults["by"] = "选核对表上签字的人，那一天要在名册上"
    if not isinstance(upload, UploadedFile) or (upload.size or 0) > LARGEST:
        form.faults["file"] = f"先选填好的核对表，最多{LARGEST >> 20}兆"
    if form.by != visit.viewer.code and not form.scan and "scan_file" not in visit.request.FILES:
        form.faults["scan_file"] = "核对表是别人签的：附上签了字的那份的扫描件"
    if form.faults or upload is None:
        return _shown(visit, form, 422)
    try:
        taken = _taken(visit, upload, form)
    except UnusableWorkbook as fault:
        form.faults["file"] = str(fault).replace(_OUT, "请用这里下载的表填写")
        return _shown(visit, form, 422)
    if isinstance(taken, Typed):
        return _shown(visit, taken, 422)
    period = _as_typed(taken.period)
    visit.request.session[CAME] = {
        "declared": len(taken.declared), "differing": list(taken.differing), "unchanged": taken.unchanged,
        "blank": taken.blank, "period": period,
    }  # fmt: skip
    return redirect(f"{reverse('asked_sheets')}?{urlencode({'p': period, 'section': taken.section, 'came': 1})}")


def _taken(visit: Visit, upload: UploadedFile[Any], form: Typed) -> Taken | Typed:
    """What became of the sheet, or the form as it comes back. It lies in the home while it is read, under no name of
    its own. The scan of another's signed sheet is attached once the sheet can be read.

    Raises UnusableWorkbook.
    """
    with TemporaryDirectory(prefix=READING, dir=visit.serving.home / UPLOADS) as folder:
        held = Path(folder) / "核对表.xlsx"
        with held.open("xb") as file:
            for piece in upload.chunks():
                file.write(piece)
        filled = read_filled(held, visit.bureau, visit.book)
    by = Act(form.on, form.by, {}, entered_by=visit.viewer.code)
    if form.by != visit.viewer.code:
        refused, scan = scan_of(visit, filled.section, filled.period, form.scan)
        if refused:
            return replace(form, refused=on_a_page(refused))
        by = replace(by, signed_on_paper=True, scan=scan)
    try:
        return visit.desk.submit(lambda act: take_in(act, filled, by, form.paper))
    except SheetRefused as fault:
        there = scans_of(visit, filled.section, filled.period)
        return replace(form, scan=by.scan, wrong=fault.taken.faults, scans=there)


urls = [
    path("figures/asked/", asked_sheets, name="asked_sheets"),
    path("figures/asked/sheet.xlsx", asked_sheet, name="asked_sheet"),
    *scan_urls,
]
