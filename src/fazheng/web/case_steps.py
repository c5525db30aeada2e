"""A step taken from its form; a case opened; a case chosen to be opened."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.finding.tokens import initials
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.known import Known, NotSuggested, carried, known
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.law import Law
from fazheng.staff.rights import may_take
from fazheng.web.case_drafts import unfinished
from fazheng.web.case_forms import StepForm
from fazheng.web.pages import page
from fazheng.web.readable import has_part, must_have_part, view_of
from fazheng.web.sending import Sending, on_a_page
from fazheng.web.visit import Visit


@page("case", post=True)
def step(visit: Visit, case_id: str, step: str) -> HttpResponse:
    """The form of one step; sent, it is recorded, or comes back with every reason why not."""
    view = view_of(visit, case_id)
    version = view.version
    if step not in version.steps or step == version.opens:
        raise Http404
    must_have_part(visit, version)
    taken, found = version.steps[step], view.found
    get = visit.request.method != "POST"
    filled = known(found.law, found.case, taken, view.looking)
    form = StepForm(visit, found.law, version, taken, f"{case_id}/{step}", filled, view)
    sending, draft = form.started() if get else (None, "")
    answer = sending or form.posted(lambda writing, sent: writing.do(case_id, step, sent.act(visit)))
    if not isinstance(answer, Sending):
        return answer
    against = next((prospect.against for prospect in view.steps if prospect.step.id == step), ())
    told = {
        **form.told(answer, draft),
        "found": found,
        "case_id": case_id,
        "back": reverse("case", args=[case_id]),
        "against": on_a_page(refusal for refusal in against if not refusal.warns) if get else (),
    }
    return visit.render("cases/step.html", told, status=422 if answer.wrong else 200)


@page("case", post=True)
def opening(visit: Visit, procedure: str) -> HttpResponse:
    """The form of the step that opens a case; `from` names the case whose suggestion it takes up."""
    version = visit.book.version(procedure, visit.today) if procedure in visit.book.procedures else None
    if version is None:
        raise Http404
    must_have_part(visit, version)
    filled, origin = _carried(visit, version)
    law = Law(version, visit.book.procedures[procedure])
    place = f"{procedure}/{origin}" if origin else procedure
    form = StepForm(visit, law, version, version.steps[version.opens], place, filled)
    sending, draft = form.started() if visit.request.method != "POST" else (None, "")
    answer = sending or form.posted(lambda writing, sent: writing.open(procedure, sent.act(visit)))
    if not isinstance(answer, Sending):
        return answer
    told = {**form.told(answer, draft), "back": reverse("list", args=[procedure]), "origin": origin}
    return visit.render("cases/step.html", told, status=422 if answer.wrong else 200)


def _carried(visit: Visit, version: Procedure) -> tuple[dict[str, Known], str]:
    """What the suggestion of a case carries, where one is named that this person may read."""
    origin = visit.request.GET.get("from", "")
    if not origin:
        return {}, ""
    try:
        view = view_of(visit, origin)
        return carried(view.looking, origin, version, visit.today), origin
    except (NotSuggested, CaseUnknown, KeyError):
        raise Http404 from None


@page("case")
def choose(visit: Visit) -> HttpResponse:
    """Which procedure a new case is opened in: by its name, or the initials of its pinyin."""
    asked = visit.request.GET.get("q", "").strip().lower()
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for versions in visit.book.procedures.values():
        version = visit.book.version(versions[-1].id, visit.today)
        if version is None or not has_part(visit, version):
            continue
        if asked in version.name.lower() or asked in initials(version.name):
            mine = may_take(visit.viewer, version.steps[version.opens].role, version)
            line = (version.name, reverse("open", args=[version.id]), mine)
            groups.setdefault(version.statute, []).append(line)
    shown = {statute: sorted(lines, key=lambda line: not line[2]) for statute, lines in sorted(groups.items())}
    told = {"groups": shown, "asked": visit.request.GET.get("q", ""), "unfinished": unfinished(visit)}
    return visit.render("cases/choose.html", told)


urls = [
    path("case/<str:case_id>/do/<slug:step>/", step, name="step"),
    path("open/", choose, name="new_case"),
    path("open/<str:procedure>/", opening, name="open"),
]
