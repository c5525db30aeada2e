"""代录 of a section's sheet: the scan of what another signed, attached to the sheet of that section and period."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.asked import SCAN_NAME
from fazheng.casework.attaching import attach, attachments
from fazheng.casework.on_paper import SHEET, sheet_of
from fazheng.figures import Period
from fazheng.ledger.attachments import AttachmentFault
from fazheng.ledger.models import Attachment
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web.case_files import LARGEST, FileRow, taken_out
from fazheng.web.pages import page
from fazheng.web.visit import Visit


def scans_of(visit: Visit, section: str, period: Period) -> list[FileRow]:
    """The scans of that sheet, in the order in which they came; none whose content was erased."""
    return [
        FileRow(0, str(one["on"]), "", str(one["digest"]), int(str(one["size"])), str(one["media"]))
        for one in attachments(visit.bureau.code, _of(section, period))
        if not one["erased"]
    ]


def scan_of(visit: Visit, section: str, period: Period, chosen: str) -> tuple[tuple[Refusal, ...], str]:
    """The digest of the scan that was sent with the form, attached now unless it stands already, or of the chosen one;
    refusals: there is none.
    """
    upload, there = visit.request.FILES.get("scan_file"), {one.digest for one in scans_of(visit, section, period)}
    if not isinstance(upload, UploadedFile):
        missing = own("on_paper", "这份核对表没有附上那份扫描件", "请附上签了字的核对表的扫描件", hard=True)
        return ((), chosen) if chosen in there else ((missing,), "")
    if (upload.size or 0) > LARGEST:
        says = f"扫描件有{(upload.size or 0) >> 20} MB，最多{LARGEST >> 20} MB"
        return (own("file", says, "请降低扫描的精度", hard=True),), ""
    digest = _digest(upload)
    return ((), digest) if digest in there else _attached(visit, _of(section, period), upload)


def _of(section: str, period: Period) -> str:
    return sheet_of(section, period[0].isoformat(), period[1].isoformat())


def _digest(upload: UploadedFile[Any]) -> str:
    found = hashlib.sha256()
    for piece in upload.chunks():
        found.update(piece)
    return found.hexdigest()


def _attached(visit: Visit, sheet: str, upload: UploadedFile[Any]) -> tuple[tuple[Refusal, ...], str]:
    by = Act(visit.today, visit.viewer.code, {})
    try:
        opened = cast(BinaryIO, upload.open())
        refused, taken, _ = attach(visit.bureau, sheet, opened, by, name=SCAN_NAME, today=visit.today)
    except AttachmentFault as fault:
        return (own("file", f"{fault}", "请核对文件再试", hard=True),), ""
    return refused, taken.digest if taken else ""


@page("figures", post=True)
def scan(visit: Visit, digest: str) -> HttpResponse:
    """The scan of a signed sheet, once its look was entered with a reason: a file to keep."""
    rows = Attachment.objects.filter(bureau=visit.bureau.code, digest=digest, case_id__startswith=f"{SHEET}:")
    sheet = rows.order_by("seq").values_list("case_id", flat=True).last()
    found = attachments(visit.bureau.code, sheet) if sheet else []
    one = next((one for one in found if one["digest"] == digest and not one["erased"]), None)
    if sheet is None or one is None:
        raise Http404
    if not may_do(visit.viewer, "declare"):
        raise PermissionDenied
    row = FileRow(0, str(one["on"]), "", digest, int(str(one["size"])), str(one["media"]))
    _, section, period = sheet.split(":", 2)
    back = f"{reverse('asked_sheets')}?p={period}&section={section}"
    about = {"title": f"取出扫描件 {row.short}…", "back": back, "case_id": "", "name": "数据核对表"}
    return taken_out(visit, sheet, row, about)


scan_urls = [path("figures/asked/scan/<str:digest>/", scan, name="asked_scan")]
