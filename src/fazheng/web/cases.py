"""案件: one case as it stands, what can be done now, what cannot and why; and a step taken from its form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.able import able, candidates
from fazheng.casework.folding import CaseFile
from fazheng.casework.sent import Sent
from fazheng.casework.writing import Writing
from fazheng.ledger.models import Task
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import Prospect, duties, prospects, suggestions
from fazheng.report.stories import story
from fazheng.staff.rights import may_take
from fazheng.web.clocks import of_duty
from fazheng.web.forms import Candidates, boxes
from fazheng.web.names import procedure_name
from fazheng.web.pages import page
from fazheng.web.readable import case_for
from fazheng.web.sending import Sending, refusals_told, said_of, stepped
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Open:
    """A step that can be taken now: by whom, and whether by the one who looks."""

    prospect: Prospect
    people: tuple[str, ...]
    mine: bool
    url: str


@page("case")
def case(visit: Visit, case_id: str) -> HttpResponse:
    """Head, clocks, what can be done now, what cannot, and the time line as sentences."""
    found = case_for(visit, case_id)
    looking = visit.looking
    around = looking.around(case_id, found.law)
    steps = prospects(found.law, found.case, visit.today, around)
    version = found.law.on(visit.today) or found.law.first
    may = [_open(visit, found, prospect, looking) for prospect in steps if prospect.open]
    told = {
        "found": found,
        "name": found.law.first.name,
        "story": story(case_id, found.entries, visit.book, {}, calendar=looking.calendar),
        "lamps": [of_duty(duty, looking.calendar) for duty in duties(found.law, found.case, visit.today, around)],
        "may": sorted(may, key=lambda one: not one.mine),
        "barred": [prospect for prospect in steps if not prospect.open],
        "suggests": [(s, procedure_name(visit.book, s.opens))
                     for s in suggestions(found.law, found.case, visit.today, around)],
        "tasks": Task.objects.filter(bureau=visit.bureau.code, case_id=case_id, settled_on=None).order_by("task_id"),
        "closed": any(event.event in version.closing_events for event in found.case.standing),
        "said": said_of(visit.request, found),
    }  # fmt: skip
    return visit.render("cases/case.html", told)


def _open(visit: Visit, found: CaseFile, prospect: Prospect, looking: Writing) -> Open:
    version = found.law.on(visit.today) or found.law.first
    people = tuple(able(prospect.step, found.law, found.case, looking))
    mine = visit.viewer.code in people and may_take(visit.viewer, prospect.step.role, version)
    return Open(prospect, people, mine, reverse("step", args=[found.case_id, prospect.step.id]))


@page("case", post=True)
def step(visit: Visit, case_id: str, step: str) -> HttpResponse:
    """The form of one step; sent, it is recorded, or comes back with every reason why not."""
    found = case_for(visit, case_id)
    version = found.law.on(visit.today) or found.law.first
    if step not in version.steps or step == version.opens:
        raise Http404
    taken = version.steps[step]
    sending = Sending.of(visit, taken.kinds, version.choices)
    about: dict[str, Any] = {"found": found, "case_id": case_id, "name": version.name, "step": taken}
    about |= {"back": reverse("case", args=[case_id]), "seen": found.entries[-1].version}
    if visit.request.method == "POST" and not sending.faults:
        act = sending.act(visit)
        done = visit.record(sending.key, lambda writing: writing.do(case_id, step, act))
        if isinstance(done, Sent) or not done.refused:
            return stepped(done)
        sending = replace(sending, refused=refusals_told(done))
    chosen = _candidates(visit, found.law)
    shown = boxes(taken.kinds, version.labels, version.choices, chosen, typed=sending.typed, faults=sending.faults)
    told = {**about, "boxes": shown, "sending": sending}
    return visit.render("cases/step.html", told, status=422 if sending.wrong else 200)


@page("case", post=True)
def opening(visit: Visit, procedure: str) -> HttpResponse:
    """The form of the step that opens a case."""
    version = visit.book.version(procedure, visit.today) if procedure in visit.book.procedures else None
    if version is None:
        raise Http404
    taken = version.steps[version.opens]
    sending = Sending.of(visit, taken.kinds, version.choices)
    if visit.request.method == "POST" and not sending.faults:
        act = sending.act(visit)
        done = visit.record(sending.key, lambda writing: writing.open(procedure, act))
        if isinstance(done, Sent) or not done.refused:
            return stepped(done)
        sending = replace(sending, refused=refusals_told(done))
    law = Law(version, visit.book.procedures[procedure])
    chosen = _candidates(visit, law)
    shown = boxes(taken.kinds, version.labels, version.choices, chosen, typed=sending.typed, faults=sending.faults)
    back = reverse("list", args=[procedure])
    told = {"name": version.name, "step": taken, "boxes": shown, "sending": sending, "back": back}
    return visit.render("cases/step.html", told, status=422 if sending.wrong else 200)


def _candidates(visit: Visit, law: Law) -> Candidates:
    """Who may be named in a field of people: those the law lets serve in that role today."""
    looking = visit.looking

    def named(role: str) -> list[tuple[str, str]]:
        everybody = candidates(role, law, looking) if role else [one.code for one in visit.roster.here(visit.today)]
        return [(code, code) for code in everybody]

    return named


urls = [
    path("case/<str:case_id>/", case, name="case"),
    path("case/<str:case_id>/do/<slug:step>/", step, name="step"),
    path("open/<str:procedure>/", opening, name="open"),
]
