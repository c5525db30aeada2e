"""年报: signing with a second factor, 更正说明, promises and their answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.promising import answer as answer_promise
from fazheng.casework.promising import promise as make_promise
from fazheng.casework.signing import since_signed
from fazheng.casework.writing import Writing
from fazheng.documents import FactsFault, FontFault, PrintFault
from fazheng.figures import PeriodFault
from fazheng.issuing.fault import Unusable
from fazheng.issuing.files import finish
from fazheng.issuing.papers import FACTS, there
from fazheng.issuing.prose import PROSE
from fazheng.issuing.restating import Restated, restate_in, write_note
from fazheng.issuing.signing import Asked, sign_in
from fazheng.ledger.signed import Signature, signature
from fazheng.ledger.spoken import RESULTS, promises
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.report import OutlineUnknown, ReportUnknown
from fazheng.staff.rights import may_do
from fazheng.web import second_factor
from fazheng.web.figures_signed import Posted, once, posted
from fazheng.web.pages import page
from fazheng.web.visit import Visit

FAULTS = (FactsFault, FontFault, PrintFault, PeriodFault, ReportUnknown, OutlineUnknown, Unusable)
UNSAID = own("field", "账本文件夹里有人写的文字，没有选印不印", "选“印上”或者“不印”：签了就不能改", hard=True)


@page("report", post=True)
def sign(visit: Visit, year: int) -> HttpResponse:
    """The signature that locks the year; sent, it is signed, or every reason why not."""
    if not may_do(visit.viewer, "sign_report"):
        raise PermissionDenied
    form = posted(visit, "reason", "prose")
    written = (visit.serving.home / PROSE).exists()
    if visit.request.method == "POST":
        form = _signed(visit, year, form, written)
        if not form.wrong:
            return redirect(f"{reverse('report_year', args=[year])}?signed=1")
    told = {"form": form, "year": year, "written": written, "factor": second_factor.of(visit), "boxes": []}
    return visit.render("report/sign.html", told, 422 if form.wrong else 200)


def _signed(visit: Visit, year: int, form: Posted, written: bool) -> Posted:
    if written and form.typed["prose"] not in ("yes", "no"):
        return replace(form, refused=(UNSAID,))
    if form.faults or (missing := second_factor.lacking_for(visit, "签发报告")):
        return form if form.faults else replace(form, refused=missing)
    return signed_by(visit, year, form, lambda act: act)


def signed_by(visit: Visit, year: int, form: Posted, who: Callable[[Act], Act]) -> Posted:
    """The form once the report is composed, entered as signed and written; `who` makes the form's act the signer's."""
    home = visit.serving.home
    words = str(home / PROSE) if form.typed["prose"] == "yes" else ""
    asked = Asked(year, words, facts=there(home / FACTS))
    try:
        refused = once(visit, form, lambda act, by: sign_in(act, home, asked, form.typed["reason"], who(by)))
    except FAULTS as fault:
        refused = (own("field", str(fault), "改好以后再签发", hard=True),)
    done = signature(visit.bureau.code, year)
    if not refused and done is not None:
        with suppress(OSError):  # it is signed: the page of the signed report tells which file is not there
            finish(done, home)
    return replace(form, refused=refused)


@page("report", post=True)
def restate(visit: Visit, year: int) -> HttpResponse:
    """What the book says otherwise than the signed report, case by case; signed, it becomes the 更正说明."""
    done = signature(visit.bureau.code, year)
    if done is None:
        raise Http404
    if not may_do(visit.viewer, "restate"):
        raise PermissionDenied
    form = posted(visit, "reason", "prose")
    if visit.request.method == "POST":
        form, unwritten = _restated(visit, year, form, done)
        if unwritten:
            return visit.render("report/unwritten.html", {"year": year, "said": unwritten})
        if not form.wrong:
            return redirect(f"{reverse('report_year', args=[year])}?restated=1")
    told = {"form": form, "year": year, "done": done, "factor": second_factor.of(visit), "boxes": [],
            "written": (visit.serving.home / PROSE).exists(),
            "found": since_signed(visit.bureau.code, visit.book, year)}  # fmt: skip
    return visit.render("report/restate.html", told, 422 if form.wrong else 200)


def _restated(visit: Visit, year: int, form: Posted, done: Signature) -> tuple[Posted, str]:
    """The form as it comes back; and why its note is not among the reports though it is entered, "" where it is."""
    if (visit.serving.home / PROSE).exists() and form.typed["prose"] not in ("yes", "no"):
        return replace(form, refused=(UNSAID,)), ""
    if form.faults or (missing := second_factor.lacking_for(visit, "签发更正说明")):
        return form if form.faults else replace(form, refused=missing), ""
    home, made = visit.serving.home, list[Restated]()
    prose = there(home / PROSE) if form.typed["prose"] == "yes" else ""

    def work(act: Writing, by: Act) -> tuple[Refusal, ...]:
        made[:] = [restate_in(act, home, Asked(year, prose, done.outline), form.typed["reason"], by, done)]
        return made[0].refused

    try:
        refused = once(visit, form, work)
    except FAULTS as fault:
        return replace(form, refused=(own("field", str(fault), "改好以后再签发", hard=True),)), ""
    if refused or not made:
        return replace(form, refused=refused), ""
    try:
        write_note(home, made[0])
    except (Unusable, OSError) as fault:  # what is entered stays entered: this is no refusal
        why = str(fault) if isinstance(fault, Unusable) else fault.strerror or "磁盘或者文件夹不能写"
        return form, f"更正说明已经记入账本，文件没有写出：{why}"
    return form, ""


@page("report", post=True)
def promise(visit: Visit, year: int) -> HttpResponse:
    """A task for next year, written or taken up from those that a shortcoming proposes."""
    if not may_do(visit.viewer, "promise"):
        raise PermissionDenied
    form = posted(visit, "text", "section")
    if visit.request.method == "POST" and not form.faults:
        typed = form.typed
        form = _spoken(visit, form, lambda act, by: make_promise(act, year, typed["text"], typed["section"], by)[1])
        if not form.wrong:
            return redirect(f"{reverse('report_year', args=[year])}#tasks")
    made = [one for one in promises(visit.bureau.code) if one.year == year]
    told = {"form": form, "year": year, "made": made, "boxes": []}
    return visit.render("report/promise.html", told, 422 if form.wrong else 200)


@page("report", post=True)
def answer(visit: Visit, year: int, number: int) -> HttpResponse:
    """What became of a promise of an earlier report: done with its case or figure, open or dropped with the reason."""
    if not may_do(visit.viewer, "promise"):
        raise PermissionDenied
    one = next((one for one in promises(visit.bureau.code) if one.id == f"promise:{number}" and one.due(year)), None)
    if one is None:
        raise Http404
    form = posted(visit, "result", "text", "evidence")
    if visit.request.method == "POST" and not form.faults:
        form = _answered(visit, year, str(number), form)
        if not form.wrong:
            return redirect(f"{reverse('report_year', args=[year])}#promised")
    told = {"form": form, "year": year, "one": one, "results": RESULTS, "boxes": []}
    return visit.render("report/answer.html", told, 422 if form.wrong else 200)


def _answered(visit: Visit, year: int, number: str, form: Posted) -> Posted:
    typed = form.typed
    result = next((result for result in RESULTS if result == typed["result"]), None)
    if result is None:
        return replace(form, refused=(own("field", "没有选结果", "选已完成、未完成或者不再实施", hard=True),))
    return _spoken(
        visit, form, lambda act, by: answer_promise(act, number, result, typed["text"], typed["evidence"], by, year)
    )


def _spoken(visit: Visit, form: Posted, work: Callable[[Writing, Act], tuple[Refusal, ...]]) -> Posted:
    return replace(form, refused=once(visit, form, work))


urls = [
    path("report/<int:year>/sign/", sign, name="report_sign"),
    path("report/<int:year>/restate/", restate, name="report_restate"),
    path("report/<int:year>/promise/", promise, name="report_promise"),
    path("report/<int:year>/promise/<int:number>/", answer, name="report_answer"),
]
