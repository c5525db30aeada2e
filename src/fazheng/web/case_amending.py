"""更正、撤回、补记: the record put right, each with a reason; what was written stays in the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.in_view import InView
from fazheng.casework.known import known
from fazheng.casework.on_paper import may_sign, signs
from fazheng.casework.sent import Sent
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.amend import OF_EVENT, OWN_WORDS
from fazheng.procedure.case import ADD_LATE, CORRECT, WITHDRAW, Event
from fazheng.web import second_factor
from fazheng.web.case_drafts import KEEP, answered, keep, wipe
from fazheng.web.case_files import files_of, take_scan
from fazheng.web.case_forms import DROP, StepForm, candidates_of
from fazheng.web.forms import as_typed, boxes, read_day
from fazheng.web.pages import page
from fazheng.web.readable import must_have_part, view_of
from fazheng.web.sending import Sending, refusals_told, stepped
from fazheng.web.visit import Visit


@page("case", post=True)
def correct(visit: Visit, case_id: str, entry: int) -> HttpResponse:
    """An entry with what it holds: what is changed in the form is corrected, and the rest stays."""
    view, event, step = _entry(visit, case_id, entry)
    version = view.found.law.on(event.on) or view.found.law.first
    stands = {field: as_typed(kind, event.data.get(field)) for field, kind in step.kinds.items()}
    if visit.request.method == "POST":
        sending = Sending.of(visit, step.kinds, version.choices)
        sending = _proven(visit, view, step, sending)
        answer = _amended(visit, view, sending, CORRECT, lambda: _changes(event, step, sending))
        if not isinstance(answer, Sending):
            return answer
    else:
        answer = Sending.new(visit, stands, on=event.on.isoformat())
    shown = boxes(
        step.kinds, version.labels, version.choices, candidates_of(visit, view.found.law),
        typed=answer.typed, faults=answer.marked, stands=True,
    )  # fmt: skip
    shown = [replace(box, help="；".join(filter(None, [box.help, _APART]))) if box.apart else box for box in shown]
    told = {"title": f"更正“{step.name}”", "boxes": shown, "sending": answer, "correcting": True, "entry": entry}
    return _shown(visit, view, told | _signing(visit, view, step, event.on), answer)


_APART = "原来填的不在这里显示；留空就不改"


def _changes(event: Event, step: Step, sending: Sending) -> dict[str, Any]:
    """What differs from what stands: an emptied field is an empty list; one held apart is left as it is while empty."""
    changed: dict[str, Any] = {}
    for field, kind in step.kinds.items():
        value, stands = sending.data.get(field), event.data.get(field)
        if value is None and (kind.apart or stands is None):
            continue
        if value != stands:
            changed[OF_EVENT + field if field in OWN_WORDS else field] = [] if value is None else value
    return changed | ({"on": sending.on} if sending.on != event.on.isoformat() else {}) | {"entry": event.version}


@page("case", post=True)
def withdraw(visit: Visit, case_id: str, entry: int) -> HttpResponse:
    """An entry that should never have been made: it stays in the book, struck through."""
    view, event, step = _entry(visit, case_id, entry)
    answer: HttpResponse | Sending = Sending.new(visit)
    if visit.request.method == "POST":
        sending = _proven(visit, view, step, Sending.of(visit, {}, {}))
        answer = _amended(visit, view, sending, WITHDRAW, lambda: {"entry": event.version})
    if not isinstance(answer, Sending):
        return answer
    told = {"title": f"撤回“{step.name}”", "boxes": [], "sending": answer, "withdrawing": True, "entry": entry}
    told |= {"opens": step.id == view.version.opens, "later": len(view.found.case.standing) - 1}
    return _shown(visit, view, told | {"event": event} | _signing(visit, view, step, event.on), answer)


@page("case")
def late_steps(visit: Visit, case_id: str) -> HttpResponse:
    """Which step was left out of the record."""
    view = view_of(visit, case_id)
    must_have_part(visit, view.version)
    steps = [step for step in view.version.steps.values() if step.id != view.version.opens]
    told = {"steps": steps, "case_id": case_id, "name": view.version.name, "as_of": visit.today}
    return visit.render("cases/late.html", told)


@page("case", post=True)
def add_late(visit: Visit, case_id: str, step: str) -> HttpResponse:
    """A step that was taken earlier than the last one recorded, and left out."""
    view = view_of(visit, case_id)
    version, taken = view.version, view.version.steps.get(step)
    if taken is None or taken.id == version.opens:
        raise Http404
    must_have_part(visit, version)
    law, place = view.found.law, f"{case_id}/late/{step}"
    form = StepForm(visit, law, version, taken, place, known(law, view.found.case, taken, view.looking), view)
    if visit.request.method != "POST":
        answer, draft = form.started()
        return _late_shown(form, view, answer, draft)
    sending = Sending.of(visit, taken.kinds, version.choices)
    if KEEP in visit.request.POST:
        return answered(visit, keep(visit, place, sending.typed, sending.beside))
    if DROP in visit.request.POST:
        wipe(visit, place)
        return _late_shown(form, view, form.fresh())
    sent = _late_sent(visit, view, taken, sending)
    if isinstance(sent, Sending):
        return _late_shown(form, view, sent)
    wipe(visit, place)
    return sent


def _late_sent(visit: Visit, view: InView, taken: Step, sending: Sending) -> HttpResponse | Sending:
    """The late step recorded, or the form as it comes back."""
    sending = sending if sending.faults else take_scan(visit, view, sending)
    paper = sending.signed and sending.signer != visit.viewer.code  # nobody enters their own paper without a code
    lacking = () if sending.wrong else second_factor.lacking(visit, taken, on_paper=paper)
    late = replace(sending, happened=True, refused=lacking or sending.refused)
    return late if late.wrong else _amended(visit, view, late, ADD_LATE, lambda: _late(sending, taken))


def _late_shown(form: StepForm, view: InView, answer: Sending, draft: str = "") -> HttpResponse:
    told = {**form.told(answer, draft), "title": f"补记“{form.step.name}”", "late": True}
    return _shown(form.visit, view, told | _signing(form.visit, view, form.step), answer)


def _signing(visit: Visit, view: InView, step: Step, since: date | None = None) -> dict[str, Any]:
    """What a form asks of a signature; a signature is put right as it is made. `since`: the day of what is put right,
    after which a paper may have been signed by who signs no more.
    """
    told: dict[str, Any] = {"factor": second_factor.of(visit, step)}
    if signs(visit.book, step):
        version, roster = view.found.law.version_of(step, visit.today), view.looking.roster
        days = dict.fromkeys((visit.today, since or visit.today))
        told["signers"] = sorted({who for day in days for who in roster.able(version, step, day)})
        told["scans"] = files_of(view.found)
    return told


def _proven(visit: Visit, view: InView, step: Step, sending: Sending) -> Sending:
    """A correction or withdrawal with the day of its paper and the scan attached; refused where the person's own
    signature lacks its code.
    """
    if not signs(visit.book, step):
        return sending
    sending = _dated(sending, visit)
    if sending.wrong:
        return sending
    sending = take_scan(visit, view, sending)
    me, law, roster = visit.viewer.code, view.found.law, view.looking.roster
    paper = (sending.signed and sending.signer != me) or not may_sign(roster, law, step, me, visit.today)
    return sending if sending.wrong else replace(sending, refused=second_factor.lacking(visit, step, on_paper=paper))


def _dated(sending: Sending, visit: Visit) -> Sending:
    """The sending with the day its paper was signed, or with what is wrong with it; as it is where none was signed."""
    if not sending.signed:
        return sending
    day, fault = read_day(sending.signed_on, visit.today)
    fault = fault if sending.signed_on else "请写明纸上是哪天签的"
    if fault:
        return replace(sending, faults={**sending.faults, "signed_on": fault})
    return replace(sending, signed_on=day.isoformat())


def _late(sending: Sending, step: Step) -> dict[str, Any]:
    fields = {(OF_EVENT + f if f in OWN_WORDS else f): value for f, value in sending.data.items()}
    return fields | {"step": step.id}


def _amended(visit: Visit, view: InView, sending: Sending, how: str, data: Any) -> HttpResponse | Sending:
    """The amendment recorded, or the form as it comes back. A correction is of today, or of the day of its paper; a
    late step of its own day.
    """
    if sending.wrong:
        return sending
    said: Mapping[str, Any] = {**data(), **({"reason": sending.reason} if sending.reason else {})}
    act = sending.act(visit, said)
    if how != ADD_LATE:
        on = date.fromisoformat(sending.signed_on) if sending.signed and sending.signed_on else visit.today
        act = replace(replace(sending, happened=False).act(visit, said), on=on)
    case_id = view.found.case_id
    done = visit.record(sending.key, lambda writing: writing.do(case_id, how, act))
    if isinstance(done, Sent) or not done.refused:
        return stepped(done)
    return replace(sending, refused=refusals_told(done))


def _entry(visit: Visit, case_id: str, entry: int) -> tuple[InView, Event, Step]:
    """The standing event of that number. Raises Http404 where none of a step stands."""
    view = view_of(visit, case_id)
    must_have_part(visit, view.version)
    event = next((event for event in view.found.case.standing if event.version == entry), None)
    step = view.found.law.step_of(event.event) if event else None
    if event is None or step is None:
        raise Http404
    return view, event, step


def _shown(visit: Visit, view: InView, told: dict[str, Any], sending: Sending) -> HttpResponse:
    version: Procedure = view.version
    about = {
        "case_id": view.found.case_id, "name": version.name, "seen": view.last,
        "back": reverse("case", args=[view.found.case_id]), "amending": True,
    }  # fmt: skip
    return visit.render("cases/amend.html", {**about, **told}, status=422 if sending.wrong else 200)


urls = [
    path("case/<str:case_id>/entry/<int:entry>/correct/", correct, name="correct"),
    path("case/<str:case_id>/entry/<int:entry>/withdraw/", withdraw, name="withdraw"),
    path("case/<str:case_id>/late/", late_steps, name="late_steps"),
    path("case/<str:case_id>/late/<slug:step>/", add_late, name="add_late"),
]
