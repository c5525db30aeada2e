"""Saved views: filters and order of a list under a name of one's own, kept in the desk's file, never in the book."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.shortcuts import redirect

from fazheng.web.forms import whole
from fazheng.web.models import ListView
from fazheng.web.sessions import desk_rows
from fazheng.web.visit import Visit

MOST = 30  # of one list and person
_NAME = 30
_NEVER = {"after", "before", "q"}


@dataclass(frozen=True, slots=True)
class View:
    """A view as its list shows it: its name and where it leads."""

    id: int
    name: str
    query: str


def views_of(visit: Visit, list_id: str) -> list[View]:
    """The person's own views of that list, by name. One statement, on the desk's file."""
    asked = "SELECT id, name, query FROM web_list_view WHERE account_id = %s AND list = %s ORDER BY name"
    return [View(id, name, f"?{query}") for id, name, query in desk_rows(asked, [visit.account.pk, list_id])]


def keep_view(visit: Visit, list_id: str, url: str) -> HttpResponse:
    """Keeps what the address asked under the name given, in place of one of that name; back to the list."""
    name = visit.request.POST.get("name", "").strip()[:_NAME]
    asked = [(key, value) for key, value in parse_qsl(visit.request.POST.get("query", "")) if key not in _NEVER]
    query = urlencode(asked)[:2000]
    mine = ListView.objects.filter(account=visit.account, list=list_id)
    if name and (mine.filter(name=name).exists() or mine.count() < MOST):
        ListView.objects.update_or_create(account=visit.account, list=list_id, name=name, defaults={"query": query})
    return redirect(f"{url}?{query}")


def drop_view(visit: Visit, list_id: str, url: str) -> HttpResponse:
    """Drops one of the person's own views; another one's is as if it were not there."""
    if drop := whole(visit.request.POST.get("drop", "")):
        ListView.objects.filter(account=visit.account, list=list_id, pk=drop).delete()
    return redirect(url)
