"""体检: a text that is pasted or dropped is read as a careful official would; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import path
from django.utils.safestring import mark_safe

from fazheng.checkup.muted import NAME, Mute, MuteFault, read_muted, without_muted
from fazheng.checkup.reading import Unreadable
from fazheng.checkup.reading.read import read_bytes
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document
from fazheng.checkup.told.as_html import article
from fazheng.checkup.told.sheet import as_sheet
from fazheng.checkup.told.summary import Checked
from fazheng.web.forms import whole
from fazheng.web.pages import page
from fazheng.web.visit import Visit

LARGEST, MOST_OTHERS = 30 << 20, 5  # bytes of one file; files to compare with
LONGEST_SHEET = 100_000  # characters: a 体检单 is a page
PASTED = "粘贴的文字.txt"
_PICTURES = (b"<svg", b"<?xml")


@dataclass(frozen=True, slots=True)
class Result:
    """What was found: `page` the whole text with its marks, `sheet` the 体检单, `note` what the reader must know."""

    checked: Checked
    page: str
    sheet: str
    note: str = ""


@page("checkup", post=True)
def checkup(visit: Visit) -> HttpResponse:
    """The form; with a text or a file, what was found in it. The file is gone when the answer is given."""
    result, fault = None, ""
    post = visit.request.POST
    year = post.get("year", "").strip()
    if visit.request.method == "POST":
        try:
            result = _checked(visit, year)
        except Unreadable as unreadable:
            fault = str(unreadable)
    told = {"result": result, "fault": fault, "text": post.get("text", "") if fault else "", "year": year}
    return visit.render("checkup/checkup.html", told, 422 if fault else 200)


def _checked(visit: Visit, year: str) -> Result:
    document = _document(visit)
    others = [_read(one) for one in visit.request.FILES.getlist("against")[:MOST_OTHERS]]
    if year and not 1990 <= (whole(year) or 0) <= 2100:
        raise Unreadable("年度要写成 2025 的样子，或者不写")
    report = Report(document, year=int(year) if year else None, others=others)
    muted: tuple[Mute, ...] = ()
    note = ""
    try:
        path = visit.serving.home / NAME
        muted = read_muted(path) if path.is_file() else ()
    except MuteFault as broken:
        note = f"不再提示的名单没有用上：{broken}"
    checked = Checked(report, *without_muted(run(report), muted))
    return Result(checked, mark_safe(article(checked, "r")), as_sheet(checked), note)  # every word in it is escaped


def _document(visit: Visit) -> Document:
    sent = visit.request.FILES.get("file")
    text = visit.request.POST.get("text", "")
    if sent:
        return _read(sent)
    if not text.strip():
        raise Unreadable("没有文字也没有文件：把报告粘贴进来，或者选一个文件")
    return read_bytes(text.encode(), PASTED)


def _read(sent: UploadedFile[Any]) -> Document:
    """The document in an uploaded file. Raises Unreadable: too large, a program, a picture, a broken package."""
    name = (sent.name or "").replace("\\", "/").rsplit("/", 1)[-1][:120]
    if (sent.size or 0) > LARGEST:
        raise Unreadable(f"{name} 太大：最多 {LARGEST >> 20} MB，请去掉图片再试")
    raw = sent.read()
    if raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PICTURES):
        raise Unreadable(f"{name}：这是图形或者数据文件（SVG、XML），不是报告，没有读")
    try:
        return read_bytes(raw, name)
    except Unreadable as fault:
        raise Unreadable(f"{name}：{fault}") from None


@page("checkup", post=True)
def sheet(visit: Visit) -> HttpResponse:
    """The 体检单 of the result that stood on the page, as a file: it comes back from there, since nothing was kept."""
    text = visit.request.POST.get("sheet", "")[:LONGEST_SHEET]
    lines: Sequence[str] = text.splitlines() or ["没有体检单：请先做体检。"]
    answer = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = (
        "attachment; filename=\"tijiandan.txt\"; filename*=UTF-8''%E4%BD%93%E6%A3%80%E5%8D%95.txt"
    )
    return answer


urls = [path("checkup/", checkup, name="checkup"), path("checkup/sheet/", sheet, name="checkup_sheet")]
