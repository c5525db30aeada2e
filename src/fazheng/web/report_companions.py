"""What is drawn up beside the yearly report, as files: 行政执法统计年报, and the 述法 of whoever headed the bureau.

Who composes the yearly report takes all of them. Who only reads it (the reviewer) takes the statistics, and no list of
another person's acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.documents import FactsFault, FontFault, PrintFault, docx, facts_of, pdf, read_facts
from fazheng.figures import PeriodFault, up_to
from fazheng.figures import year as whole_year
from fazheng.issuing.fault import Unusable
from fazheng.issuing.papers import FACTS, own_fonts
from fazheng.lawbook.figure import Report
from fazheng.report import Composed, PersonUnknown, compose, render, workbook
from fazheng.report.paper import paper as as_paper
from fazheng.staff.rights import HEAD, may_do
from fazheng.web.pages import page
from fazheng.web.visit import Visit

KINDS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    "pdf": ("application/pdf", "PDF"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "表格"),
    "html": ("text/html; charset=utf-8", "离线网页"),
}


@dataclass(frozen=True, slots=True)
class Companion:
    """A report beside the yearly one: what it is called, of whom ("" for the bureau's), and its files by name."""

    name: str
    person: str
    files: tuple[tuple[str, str], ...]


def companions_of(visit: Visit, year: int) -> list[Companion]:
    """Those that this person may take; empty before the year begins. No statement beside those of the visit."""
    found = []
    for one in (known for known in visit.book.reports.values() if known.companion):
        found += [_companion(one, year, person) for person in _people(visit, one, year) if _may(visit, one, person)]
    return found


def _companion(one: Report, year: int, person: str) -> Companion:
    asked = f"?{urlencode({'person': person})}" if person else ""
    files = [
        (called, reverse("report_companion", args=[year, one.id, kind]) + asked)
        for kind, (_, called) in KINDS.items()
        if _made(one, kind)
    ]
    return Companion(one.name, person, tuple(files))


def _made(one: Report, kind: str) -> bool:
    """Tables for what has forms; no page of a list of acts: it could not say on itself that it is a draft."""
    return bool(one.forms) if kind == "xlsx" else kind != "html" or not one.acts


def _people(visit: Visit, one: Report, year: int) -> list[str]:
    """Whose it may be: who heads the bureau by the register on the year's last day; "" where it is nobody's own."""
    if not one.acts:
        return [""]
    try:
        _, last = up_to(whole_year(year), visit.today)
    except PeriodFault:
        return []
    return [row.code for row in visit.roster.here(last) if HEAD in (row.data.get("roles") or ())]


def _may(visit: Visit, one: Report, person: str) -> bool:
    """Who answers for the report's words, and the person whose acts are listed."""
    return not one.acts or may_do(visit.viewer, "promise") or person == visit.viewer.code


@page("report")
def companion(visit: Visit, year: int, name: str, kind: str) -> HttpResponse:
    """A companion as a file. A list of acts is for its person to check, and is a draft on every page."""
    one = visit.book.reports.get(name)
    if one is None or not one.companion or kind not in KINDS or not _made(one, kind):
        raise Http404
    people = _people(visit, one, year)
    person = visit.request.GET.get("person", "") or next(iter(people), "")
    if person not in people:
        raise Http404
    if not _may(visit, one, person):
        raise PermissionDenied
    try:
        composed = compose(
            visit.bureau.code, visit.bureau.name, visit.book, year, {}, report=name, person=person, today=visit.today
        )
        content = _file(visit, composed, kind, draft=bool(one.acts))
    except (PeriodFault, PersonUnknown) as fault:
        raise Http404 from fault
    except (FactsFault, FontFault, PrintFault, Unusable) as fault:
        return visit.render("report/fault.html", {"fault": str(fault), "year": year}, 409)
    answer = HttpResponse(content, content_type=KINDS[kind][0])
    called = quote(f"{composed.title}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename=\"{name}-{year}.{kind}\"; filename*=UTF-8''{called}"
    return answer


def _file(visit: Visit, composed: Composed, kind: str, *, draft: bool) -> bytes:
    if kind == "html":
        return render(composed, None).encode()
    if kind == "xlsx":
        return workbook(composed)
    facts = visit.serving.home / FACTS
    made = as_paper(composed, facts_of(read_facts(facts) if facts.exists() else {}, composed.year), draft=draft)
    return docx(made) if kind == "docx" else pdf(made, own_fonts(visit.serving.home))


urls = [path("report/<int:year>/beside/<slug:name>.<str:kind>", companion, name="report_companion")]
