"""交接单: the open cases of a person go to another; who leaves is struck in the same act. No case without a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fazheng.casework.act import Act
from fazheng.casework.departing import NotLeft, depart
from fazheng.casework.handing import InHand, cases_in_hand, hand_over
from fazheng.casework.writing import Writing
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web.names import role_names
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form as it stands."""

    now: str = ""
    reason: str = ""
    paper: str = ""
    leaves: bool = False
    cases: Sequence[str] = ()
    refused: Sequence[Refusal] = field(default_factory=tuple)


@page("handover", post=True)
def handover(visit: Visit, code: str) -> HttpResponse:
    """The hand-over sheet of a person: printable, and the form that hands over."""
    if not visit.roster.known(code):
        raise Http404
    if not may_do(visit.viewer, "handover"):
        raise PermissionDenied
    sheet = Sheet(visit.roster.deputy(code, visit.today))
    if visit.request.method == "POST":
        sheet, handed = _handed(visit, code)
        if not sheet.refused:
            return redirect(f"{reverse('handover', args=[code])}?to={sheet.now}&n={len(handed)}")
    mine = visit.kept("hands", lambda: cases_in_hand(visit.looking, code), code)
    names = role_names(visit.bureau.place)
    others = [
        (one.code, "、".join(names.get(role, role) for role in sorted(visit.roster.roles(one.code, visit.today))))
        for one in visit.roster.here(visit.today)
        if one.code != code
    ]
    told = {"code": code, "mine": mine, "others": others, "sheet": sheet, "said": _said(visit, code)}
    return visit.render("people/handover.html", told, status=422 if sheet.refused else 200)


def _handed(visit: Visit, code: str) -> tuple[Sheet, Sequence[InHand]]:
    post = visit.request.POST
    asked = Sheet(
        post.get("now", ""), post.get("reason", ""), post.get("paper", ""), bool(post.get("leaves")),
        post.getlist("case"),
    )  # fmt: skip
    by = Act(visit.today, visit.viewer.code, {}, paper=asked.paper.strip())

    def work(act: Writing) -> tuple[Sequence[Refusal], Sequence[InHand]]:
        if asked.leaves:
            return (), depart(act, code, asked.now, by, asked.reason)
        if not asked.cases:
            return hand_over(act, code, asked.now, by, asked.reason)
        return hand_over(act, code, asked.now, by, asked.reason, asked.cases)

    try:
        refused, handed = visit.desk.submit(work)
    except NotLeft as fault:
        refused, handed = fault.refusals, []
    return Sheet(asked.now, asked.reason, asked.paper, asked.leaves, asked.cases, refused), handed


def _said(visit: Visit, code: str) -> str:
    to, n = visit.request.GET.get("to", ""), visit.request.GET.get("n", "")
    if not (n.isascii() and n.isdigit() and len(n) < 6 and visit.roster.known(to)):
        return ""
    left = "" if visit.roster.on(code, visit.today) else f"{code}已从人员名册注销。"
    return f"已把{n}件交给{to}，记入每个案件。{left}"
