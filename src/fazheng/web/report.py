"""年报: the studio. What the report says now, every number leading to its cases; what stands between it and its
signature; a person's words, edited section by section; the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.signing import since_signed
from fazheng.casework.telling import HOWS, tellings
from fazheng.documents import FactsFault, FontFault, Paper, PrintFault, docx, facts_of, kept_facts, pdf, read_facts
from fazheng.issuing.fault import Unusable
from fazheng.issuing.files import finish, restated_lines, standing
from fazheng.issuing.papers import FACTS, own_fonts
from fazheng.issuing.prose import PROSE, save_prose
from fazheng.lawbook.outline import Outline
from fazheng.ledger.signed import CASE, Signature, signature, signatures_under
from fazheng.ledger.spoken import RESULTS, promises
from fazheng.report import Composed, render
from fazheng.report.composed import PartText, Piece
from fazheng.report.composing import OPENING, main_of
from fazheng.report.paper import paper as as_paper
from fazheng.report.paper import signed_paper
from fazheng.staff.rights import may_do
from fazheng.web.pages import page
from fazheng.web.report_acts import urls as act_urls
from fazheng.web.report_back import urls as back_urls
from fazheng.web.report_companions import companions_of
from fazheng.web.report_companions import urls as companion_urls
from fazheng.web.report_making import composed_now, prose_of
from fazheng.web.report_on_paper import urls as on_paper_urls
from fazheng.web.visit import Visit

YEARS = 5  # years that the first page lists
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


@page("report")
def report(visit: Visit) -> HttpResponse:
    """The years whose report is signed or may be composed, and what was told to whom. Two statements, none while the
    book stands.
    """
    this, bureau = visit.today.year, visit.bureau.code
    of_year = visit.kept("report_signed", lambda: {one.year: one for one in signatures_under(bureau, f"{CASE}:")
                                                    if not one.changed})  # fmt: skip
    years = [(year, of_year.get(year)) for year in range(this, this - YEARS, -1)]
    told = [(one, HOWS[one.how]) for one in reversed(visit.kept("report_told", lambda: tellings(bureau)))]
    return visit.render("report/years.html", {"years": years, "this": this, "told": told[:30], "more": len(told) > 30})


@dataclass(frozen=True, slots=True)
class Said:
    """A section of the outline as the studio shows it: its sentences, and what a person wrote beside them."""

    id: str
    title: str
    state: str
    paragraphs: Sequence[Sequence[tuple[Piece, str]]]
    prose: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its sections; `level` from 1."""

    name: str
    level: int
    sections: Sequence[Said]


@page("report")
def studio(visit: Visit, year: int) -> HttpResponse:
    """The report of a year as it reads now, with what the check-up says; of a signed year what was signed."""
    done = visit.kept("report_signature", lambda: signature(visit.bureau.code, year), f"{year}")
    if done is not None and visit.request.GET.get("now") != "1":
        return _signed(visit, done)
    outline = visit.request.GET.get("outline", "")
    composed, examined = composed_now(visit, year, outline)
    prose = prose_of(visit)
    due = [one for one in visit.kept("promises", lambda: promises(visit.bureau.code)) if one.due(year)]
    told = {
        "composed": composed, "examined": examined, "year": year, "done": done, "over": year < visit.today.year,
        "headings": list(_headings(visit, composed, prose)), "opening": prose.get(OPENING, ""),
        "opening_said": [[(piece, _link(composed, piece)) for piece in text] for text in composed.opening],
        "outlines": _outlines(visit, composed), "due": [(one, one.answer(year), RESULTS) for one in due],
        "may": {what: may_do(visit.viewer, what) for what in ("sign_report", "promise", "sign_on_paper")},
        "period": f"{composed.period[0]}..{composed.period[1]}", "companions": companions_of(visit, year),
    }  # fmt: skip
    return visit.render("report/studio.html", told)


def _outlines(visit: Visit, composed: Composed) -> list[tuple[Outline, bool]]:
    known = main_of(visit.book)
    return [(one, one.id == composed.outline) for one in known.outlines.values()] if known else []


def _headings(visit: Visit, composed: Composed, prose: dict[str, str]) -> Iterator[Heading]:
    for part in composed.headings:
        yield Heading(part.name, part.level, list(_sections(visit, composed, part, prose)))


def _sections(visit: Visit, composed: Composed, part: PartText, prose: dict[str, str]) -> Iterator[Said]:
    for section in part.sections:
        texts = [section.sentence or section.none, *section.prose, *section.entries]
        paragraphs = [[(piece, _link(composed, piece)) for piece in text] for text in texts if text]
        yield Said(section.id, section.title or section.id, section.state, paragraphs, prose.get(section.id, ""))


def _link(composed: Composed, piece: Piece) -> str:
    """Where a number leads: to its figure over the report's period."""
    if not piece.figure:
        return ""
    return f"{reverse('figure', args=[piece.figure])}?p={composed.period[0]}..{composed.period[1]}"


def _signed(visit: Visit, done: Signature) -> HttpResponse:
    good, lost = finish(done, visit.serving.home)
    names = {path.suffix.lstrip("."): path.name for path in good}
    lines = [
        (line.level, [(text, f"{reverse('figure', args=[id])}?p={done.year}" if id in visit.book.figures else "")
                      for text, id in line.runs])
        for line in done.lines
    ]  # fmt: skip
    told = {
        "done": done, "standing": standing(done), "files": names, "lost": [path.name for path in lost],
        "lines": lines, "restated": restated_lines(visit.bureau.code, done.year), "year": done.year,
        "differing": since_signed(visit.bureau.code, visit.book, done.year),
        "companions": companions_of(visit, done.year),
        "may": {what: may_do(visit.viewer, what) for what in ("restate", "sign_on_paper")},
    }  # fmt: skip
    return visit.render("report/signed.html", told)


@page("report", post=True)
def prose(visit: Visit, year: int, section: str) -> HttpResponse:
    """The words a person writes beside a section's sentences; saved in the home's prose file, whole or not at all."""
    if not may_do(visit.viewer, "promise"):  # who answers for the report's promises writes its words
        raise PermissionDenied
    known = main_of(visit.book)
    titles = {one.id: one.title or one.id for one in known.sections} if known else {}
    titles[OPENING] = "开头的话"
    if section not in titles:
        raise Http404
    words, fault = prose_of(visit), ""
    before = visit.request.POST.get("before", "")
    text = visit.request.POST.get("text", words.get(section, "")).replace("\r\n", "\n").strip()
    if visit.request.method == "POST":
        if before.replace("\r\n", "\n") != words.get(section, ""):
            fault = "这一节刚才被别人改过，下面是您写的，没有保存；请与现在的文字合在一起再保存"
        else:
            save_prose(visit.serving.home / PROSE, {**words, section: text})
            return redirect(f"{reverse('report_year', args=[year])}#s-{section}")
    told = {"year": year, "section": section, "title": titles[section], "text": text, "fault": fault,
            "now": words.get(section, "")}  # fmt: skip
    return visit.render("report/prose.html", told, 409 if fault else 200)


@page("report")
def paper(visit: Visit, year: int, kind: str) -> HttpResponse:
    """The report as a file: as signed, else a draft that says so on every page."""
    if kind not in KINDS:
        raise Http404
    done = signature(visit.bureau.code, year)
    try:
        if kind == "html":
            content = _page_of(visit, year, done)
        else:
            made = _paper_of(visit, year, done)
            content = docx(made) if kind == "docx" else pdf(made, own_fonts(visit.serving.home))
    except (FactsFault, FontFault, PrintFault, Unusable) as fault:
        return visit.render("report/fault.html", {"fault": str(fault), "year": year}, 409)
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = f"{visit.bureau.name}{year}年度报告{'' if done else '（草稿）'}.{kind}"
    answer["Content-Disposition"] = f"attachment; filename=\"report-{year}.{kind}\"; filename*=UTF-8''{quote(name)}"
    return answer


def _page_of(visit: Visit, year: int, done: Signature | None) -> bytes:
    if done is not None:
        good, _ = finish(done, visit.serving.home)
        page = next((path for path in good if path.suffix == ".html"), None)
        if page is None:
            raise Unusable(
                "签发时的网页不在账本文件夹里了，或者不是签发时的那一份；正文在账本里，.docx 和 PDF 照样能下载"
            )
        return page.read_bytes()
    composed, examined = composed_now(visit, year, with_cases=True)
    return render(composed, examined).encode()


def _paper_of(visit: Visit, year: int, done: Signature | None) -> Paper:
    if done is not None:
        return signed_paper(done, visit.bureau.name, kept_facts(done.facts))
    facts: Path = visit.serving.home / FACTS
    composed, _ = composed_now(visit, year)
    return as_paper(composed, facts_of(read_facts(facts) if facts.exists() else {}, year), draft=True)


urls = [
    path("report/", report, name="report"),
    path("report/<int:year>/", studio, name="report_year"),
    path("report/<int:year>/words/<str:section>/", prose, name="report_prose"),
    path("report/<int:year>/paper.<str:kind>", paper, name="report_paper"),
    *companion_urls,
    *on_paper_urls,
    *act_urls,
    *back_urls,
]
