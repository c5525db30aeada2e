"""今日: what the law wants from this person today, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.ledger.models import CaseRow, ClockRow, Task
from fazheng.staff.rights import may_take
from fazheng.web.clocks import Lamp, of_row
from fazheng.web.names import procedure_name, procedure_of
from fazheng.web.pages import page
from fazheng.web.visit import Visit

AHEAD = timedelta(days=30)
_LOOKED_AT, _SHOWN = 1000, 100  # clocks asked for, nearest first, and shown: beyond, the lists show them all


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day."""

    case_id: str
    procedure: str
    url: str
    lamp: Lamp


@page("today")
def today(visit: Visit) -> HttpResponse:
    """What is due, and what waits to be looked at. Two statements."""
    due = _due(visit)
    counts = {light: sum(one.lamp.light == light for one in due) for light in ("red", "yellow", "green")}
    told = {"due": due[:_SHOWN], "counts": counts, "more": len(due) > _SHOWN, "tasks": _tasks(visit)}
    return visit.render("today/today.html", told)


def _due(visit: Visit) -> list[Due]:
    open_case = CaseRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), closed_on=None)
    rows = ClockRow.objects.filter(
        Exists(open_case), bureau=visit.bureau.code, done=None, superseded_on=None, estimate=False,
        due__lte=(visit.today + AHEAD).isoformat(),
    ).order_by("due")[:_LOOKED_AT]  # fmt: skip
    return [_shown(visit, row) for row in rows if _mine(visit, row)]


def _mine(visit: Visit, row: ClockRow) -> bool:
    """Whether an act that the clock binds is of a role this person holds. The head is told of everybody's."""
    version = visit.book.procedures.get(procedure_of(row.case_id), (None,))[-1]
    limit = version.limit_of.get(row.limit) if version else None
    if version is None or limit is None or not limit.binds:
        return False
    steps = [version.steps[step] for step in limit.binds if step in version.steps]
    return visit.viewer.heads or any(may_take(visit.viewer, step.role, version) for step in steps)


def _shown(visit: Visit, row: ClockRow) -> Due:
    name = procedure_name(visit.book, procedure_of(row.case_id))
    return Due(row.case_id, name, reverse("case", args=[row.case_id]), of_row(row, visit.book, visit.today))


def _tasks(visit: Visit) -> list[Task]:
    """What waits to be looked at by a role of this person, the oldest first."""
    rows = Task.objects.filter(bureau=visit.bureau.code, settled_on=None)
    rows = rows if visit.viewer.heads else rows.filter(role__in=visit.viewer.roles)
    return list(rows.order_by("opened_on", "task_id")[:_SHOWN])


@page("account")
def home(visit: Visit) -> HttpResponse:
    """The first page of whoever it is: today's duties, or for an administrator the first page that opens."""
    return redirect(visit.first_url)


urls = [path("", home, name="home"), path("today/", today, name="today")]
