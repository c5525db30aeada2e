"""导入: upload → faults by row → dry run → confirm → progress → undo; and the list of imports, and empty templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.workbook import UnusableWorkbook, imports, write_template
from fazheng.procedure.surroundings import NO_PERSON, Refusal
from fazheng.staff.rights import may_do
from fazheng.web import second_factor
from fazheng.web.importing_changes import changes_table, taking
from fazheng.web.importing_jobs import (
    BROKEN,
    DONE,
    READY,
    UNDONE,
    UNMAPPED,
    WORKING,
    check,
    check_matched,
    confirm,
    drop,
    looked_after,
    take_in,
    undo,
)
from fazheng.web.importing_matching import keep_beside, mark_of, match
from fazheng.web.importing_place import Place
from fazheng.web.models import ImportJob
from fazheng.web.pages import page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BY_A_COMMAND = "命令导入"  # by nobody whose code the book knows
COLUMNS = (
    Column("number", "编号", frozen=True), Column("at", "时间"), Column("by", "录入"),
    Column("rows", "行", number=True), Column("cases", "新案件", number=True), Column("steps", "步骤", number=True),
    Column("entered", "名册、零申报", number=True), Column("skipped", "原已在账", number=True),
    Column("undone", "撤销"),
)  # fmt: skip
FAULT_COLUMNS = (Column("at", "哪里", frozen=True), Column("message", "要改什么"))


def place_of(visit: Visit) -> Place:
    return Place(visit.serving.home, visit.bureau, visit.serving.today)


@page("importing", post=True)
def importing(visit: Visit) -> HttpResponse:
    """Upload, templates, and the imports there were. A post is an upload."""
    if visit.request.method != "POST":
        return _front(visit)
    _allowed(visit, "import")
    upload = visit.request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return _front(visit, "请先选一个表格文件。")
    try:
        job = take_in(place_of(visit), upload, visit.viewer.code)
    except UnusableWorkbook as fault:
        return _front(visit, f"{fault}。")
    return redirect("import", job.key)


def _allowed(visit: Visit, command: str) -> None:
    if not may_do(visit.viewer, command):
        raise PermissionDenied


def _front(visit: Visit, said: str = "") -> HttpResponse:
    undoes = may_do(visit.viewer, "undo_import")
    rows = []
    for one in reversed(imports(visit.bureau.code)):
        undone = f"{one.undone_on}撤销" if one.undone_on else "撤销…" if undoes else ""
        url = reverse("import_undo", args=[one.number]) if undoes and not one.undone_on else ""
        rows.append([
            Cell(str(one.number)), Cell(one.recorded_at[:16].replace("T", " ")),
            Cell(_BY_A_COMMAND if one.by in NO_PERSON else one.by), Cell(str(one.rows)),
            Cell(str(one.cases)), Cell(str(one.steps)), Cell(str(one.entered)), Cell(str(one.skipped)),
            Cell(undone, url),
        ])  # fmt: skip
    mine = ImportJob.objects.filter(by=visit.viewer.code).exclude(state__in=(DONE, UNDONE))
    waiting = list(mine.order_by("-made_at")[:5])
    procedures = [(id, versions[-1].name) for id, versions in visit.book.procedures.items()]
    table = Table("历次导入", COLUMNS, rows, "还没有导入过。")
    told = {"table": table, "said": said, "waiting": waiting, "procedures": procedures}
    return visit.render("importing/importing.html", told, status=422 if said else 200)


def _job(visit: Visit, key: str) -> ImportJob:
    """One's own job, or anybody's for who may undo imports. Raises Http404."""
    job = ImportJob.objects.filter(key=key).first()
    if job is None or not (job.by == visit.viewer.code or may_do(visit.viewer, "undo_import")):
        raise Http404
    return looked_after(place_of(visit), job)


@page("importing", post=True)
def one(visit: Visit, key: str) -> HttpResponse:
    """An import as it stands; a post confirms it, checks it again, or throws it away."""
    job, place = _job(visit, key), place_of(visit)
    if visit.request.method == "POST":
        _allowed(visit, "import")
        what = visit.request.POST.get("what", "")
        if what != "drop" and job.by != visit.viewer.code:
            raise PermissionDenied  # what is entered is entered in the uploader's name
        if what == "confirm" and (lacking := _unproven(visit, job)):
            return _shown(visit, job, refused=lacking)
        if what == "confirm" and visit.request.POST.get("seen", seen := mark_of(place.folder(key))) != seen:
            return _shown(visit, job, stale=True)
        if what == "confirm" and visit.request.POST.get("changes"):
            if not (reason := visit.request.POST.get("reason", "").strip()):
                return _shown(visit, job, reasonless=True)
            confirm(place, job, taking(json.loads(job.told), reason))
        elif what == "confirm":
            confirm(place, job)
        elif what == "again" and job.state in (BROKEN, UNMAPPED) and job.kind == "import":
            check(place, job)
        elif what == "drop" and job.state not in (*WORKING, DONE):
            drop(place, key)
            job.delete()
            return redirect("importing")
        return redirect("import", key)
    return _shown(visit, job)


def _signs_own(job: ImportJob, told: Mapping[str, Any]) -> bool:
    """Whether to confirm it is to sign: it holds signatures of who uploaded it. One that was tried before this was
    told may hold them.
    """
    return job.kind == "import" and job.state == READY and bool(told.get("signs_own", True))


def _unproven(visit: Visit, job: ImportJob) -> tuple[Refusal, ...]:
    """Why the person's own signatures are not imported yet: on screen they ask for the code, as every other."""
    if not _signs_own(job, json.loads(job.told)):
        return ()
    return second_factor.lacking_for(visit, "导入本人的签字")


def _shown(
    visit: Visit, job: ImportJob, *, reasonless: bool = False, stale: bool = False, refused: tuple[Refusal, ...] = ()
) -> HttpResponse:
    told: Mapping[str, Any] = json.loads(job.told)
    factor = second_factor.of(visit) if _signs_own(job, told) else None
    return visit.render("importing/job.html", {
        "job": job, "told": told, "working": job.state in WORKING, "faults": _faults(told),
        "part": round(100 * job.done / job.total) if job.total else 0,
        "changes": changes_table(told), "reasonless": reasonless, "factor": factor,
        "refused": refused, "stale": stale, "seen": mark_of(place_of(visit).folder(job.key)),
    }, 409 if stale else 422 if reasonless or refused else 200)  # fmt: skip


def _faults(told: Mapping[str, Any]) -> Table:
    rows = [[Cell(_where(fault)), Cell(fault["message"])] for fault in told.get("faults", ())]
    return Table("要改的地方", FAULT_COLUMNS, rows)


def _where(fault: Mapping[str, Any]) -> str:
    sheet = f"“{fault['sheet']}”表" if fault["sheet"] else ""
    row = f"第{fault['row']}行" if fault["row"] else ""
    return f"{sheet}{row}" + (f"“{fault['column']}”" if fault["column"] else "") or "整个文件"


@page("importing", post=True)
def matching(visit: Visit, key: str) -> HttpResponse:
    """Columns of a workbook of the bureau's own against what a procedure asks for."""
    job, place = _job(visit, key), place_of(visit)
    matched = visit.request.POST.get("what") == "match"
    if job.kind != "import" or (job.state in (*WORKING, DONE) and not matched):
        return redirect("import", key)
    _allowed(visit, "import")
    if job.by != visit.viewer.code:
        raise PermissionDenied
    if job.state in (*WORKING, DONE):
        return visit.render("importing/matching.html", {"job": job, "late": True}, status=409)
    seen = visit.request.POST.get("seen", "" if matched else mark_of(place.folder(key)))
    try:
        made = match(visit, place.file(key))
    except UnusableWorkbook as fault:
        return _front(visit, f"{fault}。")
    if (found := made.found) is not None:
        if check_matched(place, job, lambda: keep_beside(place.folder(key), found, seen)):
            return redirect("import", key)
        return visit.render("importing/matching.html", {"job": job, "late": True}, status=409)
    told = {"job": job, "made": made, "seen": seen}
    return visit.render("importing/matching.html", told, status=422 if made.faults else 200)


@page("importing", post=True)
def import_undo(visit: Visit, number: int) -> HttpResponse:
    """Asks why, and undoes an import."""
    _allowed(visit, "undo_import")
    found = next((one for one in imports(visit.bureau.code) if one.number == number), None)
    if found is None:
        raise Http404
    said, post = "", visit.request.POST
    if visit.request.method == "POST":
        if reason := post.get("reason", "").strip():
            job = undo(place_of(visit), number, visit.viewer.code, reason, keep=bool(post.get("keep")))
            return redirect("import", job.key)
        said = "请写明为什么撤销。"
    return visit.render("importing/undo.html", {"one": found, "said": said}, status=422 if said else 200)


@page("importing")
def template(visit: Visit) -> HttpResponse:
    """The empty workbook of one procedure; of all of them where none is named."""
    of = visit.request.GET.get("of", "")
    if of and of not in visit.book.procedures:
        raise Http404
    with TemporaryDirectory() as folder:
        target = Path(folder) / "模板.xlsx"
        write_template(target, visit.book, [of] if of else [])
        answer = HttpResponse(target.read_bytes(), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="template{"-" + of if of else ""}.xlsx"'
    return answer


urls = [
    path("importing/", importing, name="importing"),
    path("importing/template/", template, name="import_template"),
    path("importing/undo/<int:number>/", import_undo, name="import_undo"),
    path("importing/<slug:key>/", one, name="import"),
    path("importing/<slug:key>/columns/", matching, name="import_columns"),
]
