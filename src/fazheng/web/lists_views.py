"""Saved views: filters, order and columns of a list under a name of one's own, in the desk's file, not the book."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from fazheng.web.forms import whole
from fazheng.web.models import ListView
from fazheng.web.paging import query
from fazheng.web.sessions import desk_rows
from fazheng.web.visit import Visit

MOST = 30  # of one list and person
_NAME = 30
_QUERY = 2000
_NEVER = ("q", "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class View:
    """A view as its list shows it: its name and where it leads."""

    id: int
    name: str
    query: str


def views_of(visit: Visit, list_id: str) -> list[View]:
    """The person's own views of that list, by name. One statement, on the desk's file."""
    asked = "SELECT id, name, query FROM web_list_view WHERE account_id = %s AND list = %s ORDER BY name"
    return [View(id, name, f"?{asked_for}") for id, name, asked_for in desk_rows(asked, [visit.account.pk, list_id])]


def keep_view(visit: Visit, list_id: str, url: str) -> HttpResponse:
    """Keeps what the address asked under the name given, in place of one of that name; back to the list."""
    name = visit.request.POST.get("name", "").strip()[:_NAME]
    asked = QueryDict(visit.request.POST.get("query", ""))
    kept = query(asked, **dict.fromkeys(_NEVER, "")).removeprefix("?")[:_QUERY]
    mine = ListView.objects.filter(account=visit.account, list=list_id)
    if name and (mine.filter(name=name).exists() or mine.count() < MOST):
        ListView.objects.update_or_create(account=visit.account, list=list_id, name=name, defaults={"query": kept})
    return redirect(f"{url}?{kept}")


def drop_view(visit: Visit, list_id: str, url: str) -> HttpResponse:
    """Drops one of the person's own views; another one's is as if it were not there."""
    if drop := whole(visit.request.POST.get("drop", "")):
        ListView.objects.filter(account=visit.account, list=list_id, pk=drop).delete()
    return redirect(url)
