"""台账: each procedure as a wide table, a page at a time at any size; what it shows is what the law file asks."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse

from fazheng.casework.lists.rights import listed_for
from fazheng.web.lists_cases import Listing
from fazheng.web.lists_export import export_of
from fazheng.web.lists_views import drop_view, keep_view, views_of
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@page("lists")
def lists(visit: Visit) -> HttpResponse:
    """Every procedure of whose cases this person may list all, or those they have a part in."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for version in listed_for(visit.viewer, visit.bureau.code, visit.book, visit.sections_of):
        groups.setdefault(version.statute, []).append((version.name, reverse("list", args=[version.id])))
    return visit.render("lists/lists.html", {"groups": groups})


@page("lists")
def cases(visit: Visit, procedure: str) -> HttpResponse:
    """One procedure's cases. The person's views, and the table: two statements, a third where sums are asked; none
    where it was made since the last entry of the book.
    """
    listing = Listing.of(visit, procedure)
    views = views_of(visit, f"lists/{procedure}")
    told = {"shown": listing.shown(), "version": listing.version, "views": views, "listing": listing}
    return visit.render("lists/cases.html", told)


@page("lists", post=True)
def view(visit: Visit, procedure: str) -> HttpResponse:
    """Keeps the filters and the order as a view of one's own, or drops one."""
    Listing.of(visit, procedure)
    url, name = reverse("list", args=[procedure]), f"lists/{procedure}"
    return drop_view(visit, name, url) if "drop" in visit.request.POST else keep_view(visit, name, url)


@page("export", post=True)
def export(visit: Visit, procedure: str) -> HttpResponse:
    """The list as it is shown, all its pages, as xlsx or csv; entered in the book before it leaves."""
    listing = Listing.of(visit, procedure)
    return export_of(visit, listing.exported(), reverse("list", args=[procedure]))


urls = [
    path("lists/", lists, name="lists"),
    path("lists/<str:procedure>/", cases, name="list"),
    path("lists/<str:procedure>/view/", view, name="list_view"),
    path("lists/<str:procedure>/export/", export, name="list_export"),
]
