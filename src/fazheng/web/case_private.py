"""What a case holds apart, behind 查看 and a reason; tasks settled and suggestions put aside, with a reason too."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.declaring import put_aside, settle_task
from fazheng.casework.looking import Held, held, look
from fazheng.ledger.models import Task
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web.names import procedure_name
from fazheng.web.pages import page
from fazheng.web.readable import view_of
from fazheng.web.sending import on_a_page
from fazheng.web.visit import Visit


@page("case", post=True)
def private(visit: Visit, case_id: str) -> HttpResponse:
    """Which fields are held apart; shown once the look was entered with its reason, on this answer alone."""
    view = view_of(visit, case_id)
    if not may_do(visit.viewer, "look_private"):
        raise PermissionDenied
    rows = [one for one in held(view.found.entries, visit.book) if one.field not in ("reason",)]
    labels = list(dict.fromkeys(one.label for one in rows))
    post, refused, shown = visit.request.POST, tuple[Refusal, ...](), list[Held]()
    asked = [label for label in post.getlist("field") if label in labels]
    if visit.request.method == "POST":
        by, reason = Act(visit.today, visit.viewer.code, {}), post.get("reason", "")
        if not asked:
            refused = (own("field", "没有选要看哪一栏", "请勾选要看的栏目", hard=True),)
        else:
            refused, shown = visit.desk.submit(lambda act: look(act, case_id, asked, by, reason))
    told = {
        "case_id": case_id, "name": view.version.name, "labels": [(label, label in asked) for label in labels],
        "shown": shown, "refused": on_a_page(refused), "reason": post.get("reason", ""),
    }  # fmt: skip
    return visit.render("cases/private.html", told, status=422 if refused else 200)


@page("case", post=True)
def aside(visit: Visit, case_id: str, suggestion: str) -> HttpResponse:
    """A suggested case that is not opened, and why."""
    view = view_of(visit, case_id)
    known = next((s for s in view.version.suggestions if s.id == suggestion), None)
    if known is None:
        raise Http404
    if not may_do(visit.viewer, "put_aside"):
        raise PermissionDenied
    refused: tuple[Refusal, ...] = ()
    if visit.request.method == "POST":
        by, reason = Act(visit.today, visit.viewer.code, {}), visit.request.POST.get("reason", "")
        refused = visit.desk.submit(lambda act: put_aside(act, case_id, suggestion, by, reason))
        if not refused:
            return redirect(f"{reverse('case', args=[case_id])}?recorded=1")
    what = f"法规文件建议开“{procedure_name(visit.book, known.opens)}”（{known.cited}）。不开的，写明为什么。"
    return _asked(visit, case_id, view.version.name, "不开这一件", what, "不开，记下理由", refused)


@page("case", post=True)
def settle(visit: Visit, case_id: str, nth: int) -> HttpResponse:
    """A task of the case that somebody has dealt with, and how. `nth`: its place among the open ones."""
    view = view_of(visit, case_id)
    if not may_do(visit.viewer, "settle"):
        raise PermissionDenied
    tasks = list(Task.objects.filter(bureau=visit.bureau.code, case_id=case_id).order_by("task_id"))
    if not 0 < nth <= len(tasks) or tasks[nth - 1].settled_on:
        raise Http404
    task, refused = tasks[nth - 1], tuple[Refusal, ...]()
    if visit.request.method == "POST":
        by, reason = Act(visit.today, visit.viewer.code, {}), visit.request.POST.get("reason", "")
        refused = visit.desk.submit(lambda act: settle_task(act, task.task_id, by, reason))
        if not refused:
            return redirect(f"{reverse('case', args=[case_id])}?recorded=1")
    what = f"{task.reason}（{task.article}）。记录里的问题不会因此消失，只记怎样处理的。"
    return _asked(visit, case_id, view.version.name, "处理了", what, "记下怎样处理的", refused)


def _asked(
    visit: Visit, case_id: str, name: str, title: str, what: str, button: str, refused: tuple[Refusal, ...]
) -> HttpResponse:
    told = {
        "title": title, "what": what, "back": reverse("case", args=[case_id]), "case_id": case_id, "name": name,
        "button": button, "refused": on_a_page(refused),
    }  # fmt: skip
    return visit.render("cases/reason.html", told, status=422 if refused else 200)


urls = [
    path("case/<str:case_id>/private/", private, name="private"),
    path("case/<str:case_id>/aside/<slug:suggestion>/", aside, name="put_aside"),
    path("case/<str:case_id>/settle/<int:nth>/", settle, name="settle"),
]
