"""这些人能依法办完什么: which procedures, who is missing, whom outside one may ask, how few people would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from fazheng.staff.staffing import CanDo, can_do, least, lost
from fazheng.web.names import role_names
from fazheng.web.pages import page
from fazheng.web.visit import Visit

STATES: Mapping[str, tuple[str, str]] = {
    "whole": ("green", "绿灯：能办到底"), "partly": ("yellow", "黄灯：有的步骤办不了"), "not": ("red", "红灯：办不了"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lamp:
    light: str
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A procedure as the page shows it; `fewest` of each person the roles, in words."""

    one: CanDo
    lamp: Lamp
    fewest: Sequence[str]
    lost: bool


@page("people")
def staffing(visit: Visit) -> HttpResponse:
    """Every procedure in force, those that nobody can finish first; with `without`, as if that person were away."""
    asked = visit.request.GET.get("without", "")
    without = asked if visit.roster.on(asked, visit.today) else ""
    whole = can_do(visit.book, visit.roster, visit.today)
    found = can_do(visit.book, visit.roster, visit.today, without) if without else whole
    fewer = {one.id for one in lost(whole, found)} if without else set()
    names = role_names(visit.bureau.place)
    order = list(STATES)[::-1]
    shown = [_shown(one, names, one.id in fewer) for one in sorted(found, key=lambda one: order.index(one.state))]
    counts = [(Lamp(*STATES[state]), sum(one.state == state for one in found)) for state in order]
    here = [one.code for one in visit.roster.here(visit.today)]
    told = {"shown": shown, "counts": counts, "least": least(found), "here": here, "without": without,
            "unknown": asked if asked and not without else "", "fewer": len(fewer)}  # fmt: skip
    return visit.render("people/staffing.html", told)


def _shown(one: CanDo, names: Mapping[str, str], fewer: bool) -> Shown:
    people = ["、".join(names.get(role, role) for role in sorted(roles)) for roles in one.fewest]
    return Shown(one, Lamp(*STATES[one.state]), people, fewer)
