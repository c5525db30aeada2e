"""代录 of the yearly report's signature: signed on paper, entered by another with who signed, the day and the scan."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.attaching import attach, attachments
from fazheng.casework.sent import source_of
from fazheng.figures import PeriodFault, up_to
from fazheng.figures import year as whole_year
from fazheng.issuing.prose import PROSE
from fazheng.ledger.attachments import AttachmentFault
from fazheng.ledger.signed import CASE, signature
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import HEAD, may_do
from fazheng.web import second_factor
from fazheng.web.case_files import FileRow, taken_out
from fazheng.web.figures_signed import Posted, posted
from fazheng.web.pages import page
from fazheng.web.report_acts import UNSAID, signed_by
from fazheng.web.sending import on_a_page
from fazheng.web.visit import Visit

LARGEST = 60 << 20  # bytes of a scan
SCAN = "签发件扫描"  # what a scan is called: its own name may name a person


@page("report", post=True)
def signed_on_paper(visit: Visit, year: int) -> HttpResponse:
    """Who signed the report on paper, on which day, with its scan; entered, it is signed as on screen."""
    if not may_do(visit.viewer, "sign_on_paper"):
        raise PermissionDenied
    if signature(visit.bureau.code, year) is not None:
        return redirect("report_year", year)
    try:
        up_to(whole_year(year), visit.today)
    except PeriodFault as fault:
        raise Http404 from fault
    form = posted(visit, "reason", "prose", "signer", "scan", "same")
    if visit.request.method == "POST":
        form = _entered(visit, year, form)
        if not form.wrong:
            return redirect(f"{reverse('report_year', args=[year])}?signed=1")
    told = {
        "form": form, "year": year, "written": (visit.serving.home / PROSE).exists(), "boxes": [],
        "signers": visit.roster.holding(HEAD, visit.today), "scans": scans_of(visit, year),
        "largest": LARGEST >> 20, "factor": second_factor.of(visit) if visit.viewer.heads else None,
    }  # fmt: skip
    return visit.render("report/on_paper.html", told, 422 if form.wrong else 200)


def scans_of(visit: Visit, year: int) -> list[FileRow]:
    """The scans attached to the year's report, in the order in which they came. None is called by its name."""
    return [
        FileRow(0, str(one["on"]), "", str(one["digest"]), int(str(one["size"])), str(one["media"]))
        for one in attachments(visit.bureau.code, f"{CASE}:{year}")
        if not one["erased"]
    ]


def _entered(visit: Visit, year: int, form: Posted) -> Posted:
    typed, upload = form.typed, visit.request.FILES.get("scan_file")
    if not typed["signer"]:
        form.faults["signer"] = "选在纸上签字的人"
    if not upload and typed["scan"] not in {one.digest for one in scans_of(visit, year)}:
        form.faults["scan_file"] = "附上纸上签字的扫描件"
    if not typed["same"]:
        form.faults["same"] = "先核对纸上签的正文和现在编出的一致；不一致的不能代录，在屏幕上签发"
    if (visit.serving.home / PROSE).exists() and typed["prose"] not in ("yes", "no"):
        form = replace(form, refused=(UNSAID,))
    if not form.wrong and typed["signer"] == visit.viewer.code:  # one's own hand, on paper or not
        form = replace(form, refused=second_factor.lacking_for(visit, "签发报告"))
    if form.wrong:
        return form
    refused, scan = _attached(visit, year, form, upload) if upload else ((), typed["scan"])
    if refused:
        return replace(form, refused=on_a_page(refused))
    typed["scan"] = scan  # taken once: the form that comes back offers it
    signer = typed["signer"]

    def on_paper(act: Act) -> Act:
        return replace(act, by=signer, entered_by=visit.viewer.code, signed_on_paper=True, scan=scan)

    return signed_by(visit, year, form, on_paper)


def _attached(
    visit: Visit, year: int, form: Posted, upload: UploadedFile[Any]
) -> tuple[tuple[Refusal, ...], str]:  # fmt: skip
    """The scan taken in: refusals, or its digest."""
    if (upload.size or 0) > LARGEST:
        says = f"这个文件有{(upload.size or 0) >> 20} MB，最多{LARGEST >> 20} MB"
        return (own("file", says, "请降低扫描的精度", hard=True),), ""
    bound = hashlib.sha256(f"{form.key} {CASE}:{year}\0".encode())  # to the content: another file is another scan
    for piece in upload.chunks():
        bound.update(piece)
    by = Act(visit.today, visit.viewer.code, {}, source=source_of(bound.hexdigest()[:32]))
    try:
        opened = cast(BinaryIO, upload.open())
        refused, taken, _ = attach(visit.bureau, f"{CASE}:{year}", opened, by, name=SCAN, today=visit.today)
    except AttachmentFault as fault:
        return (own("file", f"{fault}", "请核对文件再试", hard=True),), ""
    return refused, taken.digest if taken else ""


@page("report", post=True)
def scan(visit: Visit, year: int, digest: str) -> HttpResponse:
    """The scan of a signature on paper, once its look was entered with a reason: a file to keep."""
    row = next((one for one in scans_of(visit, year) if one.digest == digest), None)
    if row is None:
        raise Http404
    if not may_do(visit.viewer, "sign_on_paper"):
        raise PermissionDenied
    about = {
        "title": f"取出扫描件 {row.short}…", "back": reverse("report_year", args=[year]), "case_id": "",
        "name": f"{year}年报",
    }  # fmt: skip
    return taken_out(visit, f"{CASE}:{year}", row, about)


urls = [
    path("report/<int:year>/on-paper/", signed_on_paper, name="report_on_paper"),
    path("report/<int:year>/scan/<str:digest>/", scan, name="report_scan"),
]
