"""年报: a file of the report that came back, and the proof file of a signed one."""

from __future__ import annotations

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fazheng.issuing.coming_back import came_back
from fazheng.issuing.fault import Unusable
from fazheng.issuing.papers import there
from fazheng.issuing.proof import proof_of
from fazheng.issuing.prose import PROSE
from fazheng.issuing.signing import Asked
from fazheng.report.reading_back import KINDS
from fazheng.staff.rights import may_do
from fazheng.web.pages import page
from fazheng.web.report_acts import FAULTS
from fazheng.web.visit import Visit

LARGEST = 30 << 20  # bytes of a file that came back


@page("report", post=True)
def back(visit: Visit, year: int) -> HttpResponse:
    """A file of the report that came back: which numbers are not the book's, and which words were changed."""
    found, fault = None, ""
    sent = visit.request.FILES.get("file")
    names = {id: figure.name for id, figure in visit.book.figures.items()}
    if visit.request.method == "POST":
        name = (sent.name or "" if sent else "").replace("\\", "/").rsplit("/", 1)[-1][:120]
        try:
            if sent is None or (sent.size or 0) > LARGEST:
                raise Unusable(f"没有选文件，或者超过 {LARGEST >> 20} MB")
            asked = Asked(year, there(visit.serving.home / PROSE))
            found = came_back(visit.bureau, visit.serving.home, asked, visit.today, sent.read(), name)
        except FAULTS as broken:
            fault = str(broken)
    numbers = [(one, names.get(one.figure, one.figure)) for one in found.numbers] if found else []
    edits = [(one, KINDS[one.kind]) for one in found.edits] if found else []
    told = {"year": year, "found": found, "numbers": numbers, "edits": edits, "fault": fault}
    return visit.render("report/back.html", told, 422 if fault else 200)


@page("report", post=True)
def proof(visit: Visit, year: int) -> HttpResponse:
    """The proof file of a signed report; making it makes a checkpoint."""
    if visit.request.method != "POST":
        return redirect("report_year", year)
    if not may_do(visit.viewer, "checkpoint"):
        raise PermissionDenied
    try:
        made = proof_of(visit.bureau, year, visit.serving.home)
    except Unusable as fault:
        return visit.render("report/fault.html", {"fault": str(fault), "year": year}, 409)
    sent = HttpResponse(made.content, content_type="application/zip")
    name = quote(f"{visit.bureau.name}{year}年度报告证明.zip")
    sent["Content-Disposition"] = f"attachment; filename=\"proof-{year}.zip\"; filename*=UTF-8''{name}"
    return sent


urls = [
    path("report/<int:year>/back/", back, name="report_back"),
    path("report/<int:year>/proof/", proof, name="report_proof"),
]
