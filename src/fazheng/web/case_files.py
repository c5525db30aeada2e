"""Attachments of a case: chosen, dropped or photographed; given out with a reason, and never shown in place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.attaching import ATTACHED, attach, looked_out
from fazheng.casework.folding import CaseFile, read_case
from fazheng.casework.in_view import InView
from fazheng.casework.sent import new_key, sent, source_of
from fazheng.ledger.attachments import AttachmentFault
from fazheng.procedure.refusals import SCAN, own
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web.pages import page
from fazheng.web.readable import view_of
from fazheng.web.sending import Sending, on_a_page
from fazheng.web.visit import Visit

LARGEST = 60 << 20  # bytes of one file, a scan of some hundred pages: less than a request may hold, UPLOAD_MOST
MOST = 20  # files in one sending
_UNSHOWN = "application/octet-stream"
_ENDINGS = {
    "application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/tiff": "tif",
    "image/bmp": "bmp", "image/webp": "webp", "audio/wav": "wav", "audio/mpeg": "mp3", "video/mp4": "mp4",
    "video/x-msvideo": "avi", "application/zip": "zip", "application/ofd": "ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attachment as its entry tells it: no name, which is held apart."""

    version: int
    on: str
    by: str
    digest: str
    size: int
    media: str

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return _ENDINGS.get(self.media, "文件").upper()

    @property
    def short(self) -> str:
        return self.digest[:12]

    @property
    def large(self) -> str:
        """Its size for a reader."""
        return f"{self.size / 1024 / 1024:.1f} MB" if self.size >= 1 << 20 else f"{max(1, round(self.size / 1024))} KB"


def files_of(found: CaseFile) -> list[FileRow]:
    """The attachments of the case in the order in which they came. No statement: its entries tell them."""
    return list(_files(found))


def _files(found: CaseFile) -> Iterator[FileRow]:
    for entry in found.entries:
        if entry.event == ATTACHED:
            data = json.loads(entry.data)
            by = entry.entered_by or entry.by
            yield FileRow(entry.version, entry.happened_on, by, data["digest"], data["size"], data["media"])


def take(visit: Visit, case_id: str, uploaded: UploadedFile[Any], key: str) -> tuple[tuple[Refusal, ...], str]:
    """Attaches what was uploaded: refusals, or its digest. Sent twice by the form of that key, it is attached once."""
    if not may_do(visit.viewer, "attach"):
        raise PermissionDenied
    size = uploaded.size or 0
    if size > LARGEST:
        says = f"这个文件有{size >> 20} MB，一个文件最多{LARGEST >> 20} MB"
        return (own("file", says, "请分成几个文件，或者降低扫描的精度", hard=True),), ""
    key = _key_of(key, case_id, uploaded)
    by = Act(visit.today, visit.viewer.code, {}, source=source_of(key))
    try:
        if (before := sent(visit.bureau.code, key)) is not None:  # nothing is sealed for what is there
            entries = read_case(visit.bureau.code, before.case_id, visit.book).entries
            return (), next(json.loads(e.data)["digest"] for e in entries if e.version == before.version)
        opened = uploaded.open()
        refused, taken, _ = attach(
            visit.bureau, case_id, cast(BinaryIO, opened), by, name=uploaded.name or "无名", today=visit.today
        )
    except AttachmentFault as fault:
        return (own("file", f"{fault}", "请核对文件再试", hard=True),), ""
    return refused, taken.digest if taken else ""


def take_scan(visit: Visit, view: InView, sending: Sending) -> Sending:
    """The sending with the scan that came along attached, so that the step can name it; or why it was not taken."""
    uploaded = visit.request.FILES.get("scan_file")
    if not sending.signed or uploaded is None:
        return sending
    refused, digest = take(visit, view.found.case_id, uploaded, sending.key)
    if refused:
        return replace(sending, refused=tuple(replace(one, at=SCAN) for one in on_a_page(refused)))
    last = read_case(visit.bureau.code, view.found.case_id, visit.book).entries[-1]
    ours = last.event == ATTACHED and last.by == visit.viewer.code and last.version == view.last + 1
    seen = last.version if ours and sending.seen == view.last else sending.seen
    return replace(sending, scan=digest, seen=seen)


def _key_of(key: str, case_id: str, uploaded: UploadedFile[Any]) -> str:
    """The key of this content in the form of `key`: the same each time that it is sent, another for another file."""
    bound = hashlib.sha256(f"{key} {case_id}\0".encode())
    for piece in uploaded.chunks():
        bound.update(piece)
    return bound.hexdigest()[:32]


@page("case", post=True)
def files(visit: Visit, case_id: str) -> HttpResponse:
    """Files for a case: chosen, dropped or photographed. Some refused: the form keeps its key, so none comes twice."""
    view = view_of(visit, case_id)
    refused: list[Refusal] = []
    told: dict[str, Any] = {
        "case_id": case_id, "name": view.version.name, "most": MOST, "largest": LARGEST >> 20, "key": new_key(),
    }  # fmt: skip
    if visit.request.method == "POST":
        told["key"], came = _form_key(visit), visit.request.FILES.getlist("file")
        if not came:
            refused.append(own("file", "没有选文件", "请选文件，或者拍照", hard=True))
        elif len(came) > MOST:
            refused.append(own("file", f"一次最多{MOST}个文件", "请分几次附", hard=True))
        each = [take(visit, case_id, uploaded, told["key"]) for uploaded in came] if not refused else []
        refused += [_of(one, n, len(each)) for n, (why, _) in enumerate(each, 1) for one in why]
        told["attached"] = sum(not why for why, _ in each)
        if not refused:
            return redirect(f"{reverse('case', args=[case_id])}?attached={len(came)}#files")
    return visit.render("cases/files.html", told | {"refused": on_a_page(refused)}, status=422 if refused else 200)


def _of(refusal: Refusal, nth: int, of: int) -> Refusal:
    """The refusal with which file of several it is about: by its place, since a name may name a person."""
    return replace(refusal, says=f"第{nth}个文件：{refusal.says}") if of > 1 else refusal


def _form_key(visit: Visit) -> str:
    """The key of the form that was sent; a new one where it came without."""
    key = visit.request.POST.get("form_key", "") or new_key()
    try:
        source_of(key)
    except ValueError:
        raise SuspiciousOperation("form_key") from None
    return key


@page("case", post=True)
def file(visit: Visit, case_id: str, digest: str) -> HttpResponse:
    """An attachment, once its look was entered with a reason: always as a file to keep, never shown in place."""
    view = view_of(visit, case_id)
    row = next((row for row in files_of(view.found) if row.digest == digest), None)
    if row is None or not may_do(visit.viewer, "look_private"):
        raise PermissionDenied
    about = {
        "title": f"取出附件 {row.short}…", "back": reverse("case", args=[case_id]), "case_id": case_id,
        "name": view.version.name,
    }  # fmt: skip
    return taken_out(visit, case_id, row, about)


def taken_out(visit: Visit, case_id: str, row: FileRow, about: Mapping[str, str]) -> HttpResponse:
    """The file, once its look was entered with the reason sent; else the page that asks for it, with refusals.

    `case_id` is what the file is attached to; `about` names it on that page, with the way back.
    """
    refused: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        by, reason = Act(visit.today, visit.viewer.code, {}), visit.request.POST.get("reason", "")
        try:
            refused, pieces, media = looked_out(visit.bureau, case_id, row.digest, by, reason, today=visit.today)
        except AttachmentFault as fault:
            refused = (own("file", f"{fault}", "请告诉系统管理员", hard=True),)
        else:
            if not refused:
                return _given(pieces, media, row)
    told = {
        **about, "button": "取出", "refused": on_a_page(refused),
        "what": f"{row.on}附上，{row.kind}，{row.large}。取出以前先记下是谁、为什么看。",
    }  # fmt: skip
    return visit.render("cases/reason.html", told, status=422 if refused else 200)


def _given(pieces: Iterator[bytes], media: str, row: FileRow) -> HttpResponse:
    """The content under a name that says nothing. Only types that cannot act in a page keep their own."""
    known = media in _ENDINGS
    answer = StreamingHttpResponse(pieces, content_type=media if known else _UNSHOWN)
    ending = _ENDINGS.get(media, "txt" if media == "text/plain" else "bin")
    answer["Content-Disposition"] = f'attachment; filename="{row.short}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Length"] = str(row.size)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return cast(HttpResponse, answer)


urls = [
    path("case/<str:case_id>/files/", files, name="case_files"),
    path("case/<str:case_id>/files/<str:digest>/", file, name="case_file"),
]
