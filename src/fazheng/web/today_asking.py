"""Asking and answering: 督办, 会签, 送阅 of a case; the page of one question, its answer, its taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fazheng.casework.act import Done
from fazheng.casework.consulted import KINDS, OPINION, READING, SUPERVISION, Asked, asked_in
from fazheng.casework.consulting import LONGEST, answer, ask_people, handlers, late_clocks, withdraw_asking
from fazheng.casework.folding import CaseFile
from fazheng.casework.sent import Sent, new_key, source_of
from fazheng.casework.writing import Act, Writing
from fazheng.ledger.read import private_values
from fazheng.procedure.outlook import prospects
from fazheng.procedure.surroundings import Decision, Refusal
from fazheng.web.case_forms import everybody
from fazheng.web.forms import Option
from fazheng.web.names import procedure_name
from fazheng.web.pages import page
from fazheng.web.readable import case_for
from fazheng.web.visit import Visit

_SAYS = {
    SUPERVISION: "期限到了还没有办的，负责人问一句，承办人答一句，都记入案件。督办不改期限，也不代替办理。",
    OPINION: "在一个步骤以前征求别人的意见。意见供参考，不是审批：没有答复，步骤照样能办；都同意，也不等于已经办了。",
    READING: "把案件里的一条送给别人看。看过的人点“已阅”，记入案件。",
}
_ABOUT = {SUPERVISION: "哪个期限", OPINION: "在哪个步骤以前", READING: "哪一条"}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as its readers see it."""

    by: str
    on: str
    text: str


@page("case", post=True)
def ask(visit: Visit, case_id: str, kind: str) -> HttpResponse:
    """The form that asks; sent, it is an entry of the case."""
    if kind not in KINDS or (kind == SUPERVISION and not visit.viewer.heads):
        raise Http404
    found, post = case_for(visit, case_id), visit.request.POST
    key, refused = post.get("form_key", "") or new_key(), tuple[Refusal, ...]()
    about, of, text = post.get("about", ""), tuple(post.getlist("of")), post.get("text", "").strip()
    if visit.request.method == "POST":
        by = Act(visit.today, visit.viewer.code, {}, paper=text, source=_source(key))
        done = _recorded(visit, key, case_id, lambda act: ask_people(act, case_id, kind, about, of, by))
        if not done:
            return redirect("case", case_id)
        refused = done
    abouts = [replace(one, chosen=one.value == about) for one in _abouts(visit, found, kind)]
    hands = handlers(visit.looking, found.law, found.case) if kind == SUPERVISION and not of else of
    here = sorted(one for one in everybody(visit) if one[0] != visit.viewer.code)
    told = {
        "found": found, "case_id": case_id, "name": procedure_name(visit.book, found.procedure), "kind": kind,
        "called": KINDS[kind], "says": _SAYS[kind], "about_label": _ABOUT[kind], "abouts": abouts, "text": text,
        "people": [Option(code, f"{code}　{roles}", code in hands) for code, roles in here], "longest": LONGEST,
        "key": key, "refused": refused,
    }  # fmt: skip
    return visit.render("today/ask.html", told, status=422 if refused else 200)


@page("case", post=True)
def asked(visit: Visit, case_id: str, number: int) -> HttpResponse:
    """One question with its answers, for who asked and who was asked; the answer of who has not answered."""
    found, post, who = case_for(visit, case_id), visit.request.POST, visit.viewer.code
    one = next((each for each in asked_in(found.case) if each.version == number), None)
    if one is None:
        raise Http404
    key, refused, text = post.get("form_key", "") or new_key(), tuple[Refusal, ...](), post.get("text", "").strip()
    if visit.request.method == "POST":
        by = Act(visit.today, who, {}, paper=text, source=_source(key))
        if post.get("withdraw"):
            refused = _recorded(visit, key, case_id, lambda act: withdraw_asking(act, case_id, number, by))
        else:
            refused = tuple(answered_by(visit, case_id, number, by, key))
        if not refused:
            return redirect("asked", case_id, number)
    shown = _shown(visit, one)
    told = {
        "one": one, "case_id": case_id, "name": procedure_name(visit.book, found.procedure), "called": KINDS[one.kind],
        "about": _about_name(found, one), "question": shown.get(one.text, ""), "key": key, "refused": refused,
        "answers": [Said(a.by, a.on.isoformat(), shown.get(a.text, "")) for a in one.answers],
        "mine": who in one.waits_for, "take_back": one.by == who and one.waits_for, "text": text,
        "reading": one.kind == READING,
    }  # fmt: skip
    return visit.render("today/asked.html", told, status=422 if refused else 200)


def answered_by(visit: Visit, case_id: str, number: int, by: Act, key: str = "") -> Sequence[Refusal]:
    """Records the answer; why not where it is refused. Also for who sent it twice: it is in the book once."""
    case_for(visit, case_id)
    return _recorded(visit, key, case_id, lambda act: answer(act, case_id, number, by))


def _recorded(
    visit: Visit, key: str, case_id: str, work: Callable[[Writing], tuple[Refusal, ...]]
) -> tuple[Refusal, ...]:
    done = visit.record(key, lambda act: Done(case_id, Decision(refusals=work(act))))
    return () if isinstance(done, Sent) else done.decision.refusals


def _source(key: str) -> str:
    try:
        return source_of(key)
    except ValueError:
        raise SuspiciousOperation("form_key") from None


def _abouts(visit: Visit, found: CaseFile, kind: str) -> list[Option]:
    """What may be asked about: red clocks, steps to come, entries."""
    looking, version = visit.looking, found.law.on(visit.today) or found.law.first
    if kind == SUPERVISION:
        late = late_clocks(looking, found.case_id, found.law, found.case)
        return [
            Option(id, f"{version.limit_of[id].name}（{due}到期）")
            for id, due in late.items()
            if id in version.limit_of
        ]
    if kind == OPINION:
        open_first = sorted(
            prospects(found.law, found.case, visit.today, looking.around(found.case_id, found.law)),
            key=lambda one: not one.open,
        )
        return [
            Option(one.step.id, one.step.name) for one in open_first
            if one.step.id != version.opens and (one.step.repeats or not found.case.last(one.step.records))
        ]  # fmt: skip
    steps = ((event, found.law.step_of(event.event)) for event in found.case.standing)
    return [Option(str(event.version), f"{event.on} {step.name}") for event, step in steps if step]


def _about_name(found: CaseFile, one: Asked) -> str:
    if one.kind == READING:
        event = next((event for event in found.case.standing if str(event.version) == one.about), None)
        step = found.law.step_of(event.event) if event else None
        return f"第{one.about}条" + (f"：{event.on} {step.name}" if event and step else "")
    names = {rule.id: rule.name for rule in found.law.first.rules()}
    return names.get(one.about, one.about)


def _shown(visit: Visit, one: Asked) -> dict[str, str]:
    """What is held apart of it by digest, for who wrote it and for whom it was written; covered for everybody else.
    One statement.
    """
    digests = [digest for digest in (one.text, *(answer.text for answer in one.answers)) if digest]
    if visit.viewer.code not in (one.by, *one.of):
        return dict.fromkeys(digests, "另存，不公开")
    return dict.fromkeys(digests, "已清除") | private_values(visit.bureau.code, digests)


urls = [
    path("case/<str:case_id>/ask/<slug:kind>/", ask, name="ask"),
    path("case/<str:case_id>/asked/<int:number>/", asked, name="asked"),
]
