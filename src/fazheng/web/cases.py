"""案件: one case as it stands: its clocks, its time line and the holes in it, its flow, what can be done now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString

from fazheng.casework.able import able
from fazheng.casework.in_view import InView
from fazheng.casework.looking import held
from fazheng.ledger.models import Task
from fazheng.procedure.dossier import dossier as file_of
from fazheng.procedure.flow import stages
from fazheng.procedure.outlook import Prospect, duties, suggestions
from fazheng.report.dossier import Cover, as_json
from fazheng.report.flow_picture import svg
from fazheng.report.stories import story
from fazheng.report.timeline import timeline
from fazheng.staff.rights import may_do, may_take
from fazheng.web import case_amending, case_files, case_private, case_steps
from fazheng.web.clocks import of_duty
from fazheng.web.names import procedure_name
from fazheng.web.pages import page
from fazheng.web.readable import has_part, reads, signs_for, view_of
from fazheng.web.sending import on_a_page, said_of
from fazheng.web.today_rows import Todo, todo
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Open:
    """A step that can be taken now: by whom, and whether by the one who looks."""

    prospect: Prospect
    people: tuple[str, ...]
    mine: bool
    url: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case that the law suggests to open, and those of its kind that are linked already."""

    name: str
    article: str
    url: str
    aside: str
    opened: tuple[str, ...]


@page("case")
def case(visit: Visit, case_id: str) -> HttpResponse:
    """Head, clocks, what can be done now, what cannot, the time line as sentences, the flow, files, linked cases.

    Two statements for the case beside who may read it: its entries with those of linked cases, and its tasks.
    """
    view = view_of(visit, case_id)
    version, found = view.version, view.found
    part = has_part(visit, version)
    running = duties(found.law, found.case, visit.today, view.around)
    told = {
        "found": found,
        "name": version.name,
        "lamps": [of_duty(duty, view.looking.calendar) for duty in running],
        "void": not found.case.standing,
        "closed": any(event.event in version.closing_events for event in found.case.standing),
        "as_of": found.case.standing[0].on if found.case.standing and version.pins == "opening" else visit.today,
        "said": said_of(visit.request, found) or _attached(visit),
        "part": part,
        "may_attach": may_do(visit.viewer, "attach"),
        "files": case_files.files_of(found),
        "private": may_do(visit.viewer, "look_private") and bool(held(found.entries, visit.book)),
        "tasks": _tasks(visit, case_id),
        "suggests": _suggested(visit, view),
        "linked": [(file.case_id, file.case_id in view.names, reads(visit, file)) for file in view.linked],
        **_steps(visit, view, part),
        **_story(visit, view, running),
    }  # fmt: skip
    return visit.render("cases/case.html", told)


def _attached(visit: Visit) -> str:
    count = visit.request.GET.get("attached", "")
    return f"已附上{count}个文件。" if count.isascii() and count.isdigit() and len(count) < 3 else ""


def _steps(visit: Visit, view: InView, part: bool) -> dict[str, Any]:
    may = [_open(visit, view, prospect, part) for prospect in view.steps if prospect.open]
    barred = [(one, on_a_page(one.against)) for one in view.steps if not one.open]
    flow = stages(view.version, view.found.case, view.steps)
    return {
        "may": sorted(may, key=lambda one: not one.mine),
        "barred": barred,
        "stages": flow,
        "picture": SafeString(svg(flow, f"“{view.version.name}”的步骤")),  # ours, every word of it escaped
    }


def _open(visit: Visit, view: InView, prospect: Prospect, part: bool) -> Open:
    people = tuple(able(prospect.step, view.found.law, view.found.case, view.looking))
    takes = may_take(visit.viewer, prospect.step.role, view.version) or signs_for(visit, view.version, prospect.step)
    mine = visit.viewer.code in people and takes
    url = reverse("step", args=[view.found.case_id, prospect.step.id]) if part else ""
    return Open(prospect, people, mine, url)


def _story(visit: Visit, view: InView, running: Any) -> Mapping[str, Any]:
    found, calendar = view.found, view.looking.calendar
    told = story(found.case_id, found.entries, visit.book, {}, calendar=calendar)
    if told is None:
        return {"moments": [], "gist": "", "note": ""}
    standing = {event.version for event in found.case.standing if found.law.step_of(event.event)}
    file = file_of(found.law, found.case, visit.today, view.around)
    return {
        "moments": timeline(told.lines, file, running, visit.today),
        "amendable": standing,
        "gist": told.gist,
        "note": told.note,
    }


def _tasks(visit: Visit, case_id: str) -> list[tuple[int, Todo]]:
    """The open tasks, each with its place among all tasks of the case; 待办 calls them the same. One statement."""
    every = Task.objects.filter(bureau=visit.bureau.code, case_id=case_id).order_by("task_id")
    return [(n, _said(todo(task), visit.viewer.code)) for n, task in enumerate(every, 1) if task.settled_on is None]


def _said(one: Todo, reader: str) -> Todo:
    """A task as this reader is told of it: what was put to another is not put to them (“请您会签”)."""
    return one if one.whom in ("", reader) else replace(one, reason=one.reason.replace("您", one.whom, 1))


def _suggested(visit: Visit, view: InView) -> list[Suggested]:
    found, id = view.found, view.found.case_id
    open_ones = suggestions(found.law, found.case, visit.today, view.around)
    return [
        Suggested(
            procedure_name(visit.book, one.opens),
            one.cited,
            f"{reverse('open', args=[one.opens])}?from={id}",
            reverse("put_aside", args=[id, one.id]),
            tuple(file.case_id for file in view.linked if file.procedure == one.opens),
        )
        for one in open_ones
    ]


@page("case")
def dossier(visit: Visit, case_id: str) -> HttpResponse:
    """案卷: the file of the case in the order in which it is bound, to be printed."""
    view = view_of(visit, case_id)
    file = file_of(view.found.law, view.found.case, visit.today, view.around)
    told = as_json(file, Cover(visit.bureau.name, case_id), visit.today)
    return visit.render("cases/dossier.html", {"file": told, "case_id": case_id, "name": view.version.name})


urls = [
    path("case/<str:case_id>/", case, name="case"),
    path("case/<str:case_id>/dossier/", dossier, name="dossier"),
    *case_steps.urls,
    *case_amending.urls,
    *case_files.urls,
    *case_private.urls,
]
