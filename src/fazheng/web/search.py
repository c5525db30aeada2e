"""查找: a case by its number; the index by 拼音 and last four digits is to come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fazheng.ledger.models import CaseRow
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@page("search")
def search(visit: Visit) -> HttpResponse:
    """To the case of that number, or of the bureau's own number; where there is none, it says so."""
    asked = visit.request.GET.get("q", "").strip()
    rows = CaseRow.objects.filter(bureau=visit.bureau.code)
    found = rows.filter(case_id=asked).first()
    if found is not None:
        return redirect("case", found.case_id)
    return visit.render("lists/search.html", {"asked": asked})


urls = [path("search/", search, name="search")]
