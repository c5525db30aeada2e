"""名录: each register as a wide table on any day; a row with its history, and what is known of an organisation."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from fazheng.casework.lists.columns import register_columns
from fazheng.ledger.models import RegisterRow
from fazheng.web.lists_asked import day_in
from fazheng.web.lists_export import export_of
from fazheng.web.lists_views import drop_view, keep_view, views_of
from fazheng.web.pages import page
from fazheng.web.registers_list import Rows
from fazheng.web.registers_rows import cases_of, moves, name_of, periods, register_of, spans, standing
from fazheng.web.visit import Visit


@page("registers")
def registers(visit: Visit) -> HttpResponse:
    """Every register of the law files."""
    found = sorted(visit.book.registers.values(), key=lambda register: register.id)
    told = [(register.name, reverse("register", args=[register.id])) for register in found]
    return visit.render("registers/registers.html", {"registers": told})


@page("registers")
def register(visit: Visit, register: str) -> HttpResponse:
    """The rows that stand on a day. One statement, a second where sums are asked; none while the book stands."""
    rows = Rows.of(visit, register)
    told = {"rows": rows, "shown": rows.shown(), "views": views_of(visit, f"registers/{register}")}
    return visit.render("registers/register.html", told)


@page("registers", post=True)
def view(visit: Visit, register: str) -> HttpResponse:
    """Keeps the filters as a view of one's own, or drops one."""
    register_of(visit, register)
    url, name = reverse("register", args=[register]), f"registers/{register}"
    return drop_view(visit, name, url) if "drop" in visit.request.POST else keep_view(visit, name, url)


@page("export", post=True)
def export(visit: Visit, register: str) -> HttpResponse:
    """The register as it is shown, all its pages; entered in the book before it leaves."""
    return export_of(visit, Rows.of(visit, register).exported(), reverse("register", args=[register]))


@page("registers")
def row(visit: Visit, register: str, key: str) -> HttpResponse:
    """One row on a day, its history, what moved it; of an organisation its cases, lists and yearly checks too."""
    known, on = register_of(visit, register), day_in(visit.request.GET, "on", visit.today.isoformat())
    every = spans(visit, register, key)
    own = [one for one in every if one.register == register]
    now = standing(own, on)
    columns = register_columns(known)
    organisation = known.kinds[known.key].name == "org_code"
    told = {
        "register": known, "key": key, "on": on, "name": name_of(visit.book, now or own[-1]), "now": now,
        "values": [(column.label, column.text(_data(now))) for column in columns] if now else (),
        "periods": periods(known, own), "moves": moves(visit, register, key),
        "others": [(visit.book.registers[one.register].name, one) for one in every if one.register != register],
        "cases": cases_of(visit, key) if organisation else (), "organisation": organisation,
    }  # fmt: skip
    return visit.render("registers/row.html", told)


def _data(row: RegisterRow | None) -> Any:
    return json.loads(row.data) if row else {}


urls = [
    path("registers/", registers, name="registers"),
    path("registers/<str:register>/", register, name="register"),
    path("registers/<str:register>/view/", view, name="register_view"),
    path("registers/<str:register>/export/", export, name="register_export"),
    path("registers/<str:register>/row/<str:key>/", row, name="register_row"),
]
