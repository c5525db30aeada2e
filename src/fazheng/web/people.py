"""人员与执法证, 科室: who is here, with which roles, certificates, papers; what they can lawfully finish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.handing import cases_in_hand
from fazheng.casework.looking import Held, look
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import ACTING, AUTHORITY, SECTION, STAFF
from fazheng.procedure.outlook import light
from fazheng.procedure.surroundings import Refusal
from fazheng.register import rows_on
from fazheng.staff.rights import may_do, may_open
from fazheng.staff.roster import Person
from fazheng.web.clocks import words
from fazheng.web.names import procedure_name, role_names
from fazheng.web.pages import page
from fazheng.web.people_handing import handover
from fazheng.web.people_rows import row, row_new
from fazheng.web.people_staffing import staffing
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit

COLUMNS = (
    Column("code", "人员编号", frozen=True), Column("roles", "角色"), Column("sections", "科室"),
    Column("certificate", "执法证"), Column("until", "有效期止"), Column("deputy", "AB岗"), Column("other", "别的单位"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of 主持工作 or 授权代签, whether it stands today or not yet or no more."""

    register: str
    name: str
    key: str
    who: str
    term: str
    reach: str
    now: bool


@page("people")
def people(visit: Visit) -> HttpResponse:
    """Who is here today, and by which papers somebody stands in for the head. Three statements."""
    here = visit.roster.here(visit.today)
    sections = {one.key: str(one.data["name"]) for one in rows_on(visit.bureau.code, SECTION, visit.today)}
    rows = [_row(visit, one, sections) for one in here]
    table = Table("人员名册", COLUMNS, rows, "还没有登记人员。")
    red, yellow = (sum(row[3].light == light for row in rows) for light in ("red", "yellow"))
    told = {
        "table": table, "red": red, "yellow": yellow, "papers": [*_papers(visit, ACTING), *_papers(visit, AUTHORITY)],
        "may_staff": may_do(visit.viewer, "staff_row"), "may_authority": may_do(visit.viewer, "authority_row"),
    }  # fmt: skip
    return visit.render("people/people.html", told)


def _row(visit: Visit, one: Person, sections: dict[str, str]) -> list[Cell]:
    called = role_names(visit.bureau.place)
    data = one.data
    roles = "、".join(called.get(role, role) for role in sorted(visit.roster.roles(one.code, visit.today)))
    shown, said = certificate(one, visit.today)
    return [
        Cell(one.code, reverse("person", args=[one.code])),
        Cell(roles),
        Cell("、".join(sections.get(id, id) for id in data.get("sections") or ())),
        Cell(said, light=shown),
        Cell(str(data.get("certificate_until") or "")),
        Cell(str(data.get("deputy") or "")),
        Cell("是" if data.get("other_office") else ""),
    ]


def certificate(one: Person, today: date) -> tuple[str, str]:
    """The light of a person's certificate, and how it stands in words; no light where the person has none."""
    data = one.data
    if not data.get("certificate_until"):
        return "", "没有登记"
    if data.get("certificate_stopped"):
        return "red", "红灯：已暂扣或者收回"
    until = date.fromisoformat(str(data["certificate_until"]))
    begun = date.fromisoformat(str(data.get("certificate_from") or one.from_day))
    if begun > today:
        return "yellow", f"黄灯：{begun}起才有效"
    left = (until - today).days
    if left == 0:  # the last day still counts
        return "red", "红灯：今天到期"
    shown = light(left, (until - begun).days)
    return shown, f"红灯：已过期{-left}天" if left < 0 else words(left, shown)


def _papers(visit: Visit, register: str) -> list[Paper]:
    """The papers of that register that are in the book today, those to come and those that ran out among them."""
    known = visit.book.registers.get(register)
    if known is None:
        return []
    today, found = visit.today.isoformat(), []
    for one in rows_on(visit.bureau.code, register, visit.today):
        data = one.data
        since, until = str(data["term_from"]), str(data.get("term_until") or "")
        procedures = [procedure_name(visit.book, id) for id in data.get("procedures") or ()]
        reach = "、".join(procedures) or "全部"
        stands = since <= today <= (until or today)
        term = f"{since}起" + (f"，到{until}止" if until else "，没有写到哪天止")
        found.append(Paper(register, known.name, one.key, str(data["who"]), term, reach, stands))
    return found


@page("people", post=True)
def person(visit: Visit, code: str) -> HttpResponse:
    """One person: what the register says, papers, cases in hand. The name is shown for a reason, which is entered."""
    if not visit.roster.known(code):
        raise Http404
    refused: tuple[Refusal, ...] = ()
    seen: list[Held] = []
    if visit.request.method == "POST":
        refused, seen = _look(visit, code)
    return visit.render("people/person.html", {
        **_told(visit, code), "refused": refused, "seen": seen, "may_look": may_do(visit.viewer, "look_private"),
    }, status=422 if refused else 200)  # fmt: skip


def _look(visit: Visit, code: str) -> tuple[tuple[Refusal, ...], list[Held]]:
    if not may_do(visit.viewer, "look_private"):
        raise PermissionDenied
    by = Act(visit.today, visit.viewer.code, {})
    reason = visit.request.POST.get("reason", "")

    def work(act: Writing) -> tuple[tuple[Refusal, ...], list[Held]]:
        return look(act, f"{STAFF}:{code}", ["name"], by, reason)

    return visit.desk.submit(work)


def _told(visit: Visit, code: str) -> dict[str, object]:
    """What the page says of the person. The cases in hand are read only for who may hand them over."""
    names = role_names(visit.bureau.place)
    one = visit.roster.on(code, visit.today)
    shown, said = certificate(one, visit.today) if one else ("", "")
    hands = may_do(visit.viewer, "handover") and may_open(visit.viewer, "handover")
    sections = {row.key: str(row.data["name"]) for row in rows_on(visit.bureau.code, SECTION, visit.today)}
    sits = [sections.get(id, id) for id in (one.data.get("sections") or () if one else ())]
    return {
        "code": code, "one": one, "sits": "、".join(sits), "light": shown, "certificate": said, "hands": hands,
        "roles": "、".join(names.get(role, role) for role in sorted(visit.roster.roles(code, visit.today))),
        "cases": visit.kept("hands", lambda: cases_in_hand(visit.looking, code), code) if hands else [],
        "may_staff": may_do(visit.viewer, "staff_row"),
    }  # fmt: skip


SECTION_COLUMNS = (
    Column("code", "科室编号", frozen=True), Column("name", "科室名称"), Column("people", "人员"),
    Column("does", "办理的程序"),
)  # fmt: skip


@page("sections")
def sections(visit: Visit) -> HttpResponse:
    """科室: who sits in them and what they handle. One statement."""
    here = visit.roster.here(visit.today)
    may = may_do(visit.viewer, "staff_row")
    rows = []
    for one in rows_on(visit.bureau.code, SECTION, visit.today):
        sits = [person.code for person in here if one.key in (person.data.get("sections") or ())]
        does = [procedure_name(visit.book, id) for id in one.data.get("procedures") or ()]
        url = reverse("people_row", args=[SECTION, one.key]) if may else ""
        rows.append([Cell(one.key, url), Cell(str(one.data["name"])), Cell("、".join(sits)), Cell("、".join(does))])
    table = Table("科室", SECTION_COLUMNS, rows, "还没有登记科室：有角色的人都能办、都能看。")
    return visit.render("people/sections.html", {"table": table, "may_staff": may})


urls = [
    path("people/", people, name="people"),
    path("people/<str:code>/", person, name="person"),
    path("staffing/", staffing, name="staffing"),
    path("handover/<str:code>/", handover, name="handover"),
    path("people-rows/<slug:register>/", row_new, name="people_row_new"),
    path("people-rows/<slug:register>/<path:key>/", row, name="people_row"),
    path("sections/", sections, name="sections"),
]
