"""查找: by 拼音首字母, last four digits, name or number. What was typed stands in no address; a search is entered."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.finding import Found, Sought, bring_up, opened_hit, search, sought
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.lists.columns import called
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import STAFF
from fazheng.ledger.private_keys import PrivateUnreadable
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_open
from fazheng.web.names import role_names
from fazheng.web.pages import page
from fazheng.web.readable import case_for
from fazheng.web.registers_rows import name_of
from fazheng.web.search_indexing import go_on
from fazheng.web.visit import Visit

_Answer = tuple[tuple[Refusal, ...], Found, int]


@page("search", post=True)
def find(visit: Visit) -> HttpResponse:
    """The box on GET. A case number leads to its case; all else is looked for in the index, and that is entered."""
    typed = visit.request.POST.get("q", "").strip()
    if not typed:
        return visit.render("search/search.html")
    with suppress(Http404, CaseUnknown):
        return redirect("case", case_for(visit, typed).case_id)
    asked = sought(typed)
    if not asked.how:
        return visit.render("search/search.html", {"asked": asked, "short": True})
    try:
        refusals, found, left = visit.desk.submit(lambda act: _searched(act, visit, asked))
    except PrivateUnreadable as fault:
        return visit.render("search/search.html", {"asked": asked, "fault": str(fault)}, 503)
    if left:
        go_on(visit.desk)
    told = {"asked": asked, "refusals": refusals, "found": found, "left": left,
            "cases": [(row, called(visit.book, row.case_id)) for row in found.cases],
            "people": [(row, _holds(visit, row.key)) for row in found.people],
            "rows": [(row, name_of(visit.book, row)) for row in found.rows]}  # fmt: skip
    return visit.render("search/search.html", told, 422 if refusals else 200)


@page("search", post=True)
def open_hit(visit: Visit) -> HttpResponse:
    """Enters that a hit is opened, and leads there."""
    target = visit.request.POST.get("target", "")
    register, colon, key = target.partition(":")
    if colon:
        if register not in visit.book.registers or not key or (register == STAFF and not _opens(visit, key)):
            raise Http404
        url = reverse("person", args=[key]) if register == STAFF else reverse("register_row", args=[register, key])
    else:
        url = reverse("case", args=[case_for(visit, target).case_id])
    if visit.desk.submit(lambda act: opened_hit(act, visit.viewer, target)):
        raise Http404
    return redirect(url)


def _searched(act: Writing, visit: Visit, asked: Sought) -> _Answer:
    left = bring_up(act)
    refusals, found = search(act, visit.viewer, asked)
    return refusals, found, left


def _opens(visit: Visit, code: str) -> bool:
    return may_open(visit.viewer, "people") and visit.roster.known(code)


def _holds(visit: Visit, code: str) -> str:
    """The roles the person holds today, by which who asked tells them apart; "" for who left."""
    names = role_names(visit.bureau.place)
    return "、".join(names.get(role, role) for role in sorted(visit.roster.roles(code, visit.today)))


urls = [path("search/", find, name="search"), path("search/open/", open_hit, name="search_open")]
