"""帮助: what each page is for, and the keys; 大字 on and off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fazheng.staff.rights import may_open
from fazheng.web.help_pages import help_pages
from fazheng.web.pages import entrances, page, public
from fazheng.web.visit import Visit

LARGE = "large"  # the cookie of large type
WAYS = 8  # lines of the navigation that have a key of their own; 9 is the search, 0 the help
_YEAR = 365 * 24 * 60 * 60  # seconds


@page("help")
def help(visit: Visit, about: str = "") -> HttpResponse:
    """What the page `about` is for, its law, its keys; without one, every page that opens to this person."""
    mine = [one for one in help_pages() if may_open(visit.viewer, one.id)]
    statutes = {statute.short: statute.name for statute in visit.book.statutes.values()}
    shown = [(one, [f"《{statutes.get(law, law)}》" for law in one.laws], _url(one.id)) for one in mine]
    asked = [told for told in shown if told[0].id == about]
    others = [told for told in shown if told[0].id != about]
    return visit.render("help/help.html", {"asked": asked, "others": others})


@page("help")
def keyboard(visit: Visit) -> HttpResponse:
    """The keys: those of every page, and those of this person's own navigation."""
    ways = [(number, way) for number, way in enumerate(entrances(visit), 1) if number <= WAYS]
    return visit.render("help/keyboard.html", {"numbered": ways})


def _url(name: str) -> str:
    """Where the page is; "" for one that needs to be told of what, or that nobody has written yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@public  # also at the log-in page one may want large type
@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Large type on, or off where it was on; back to where the person was."""
    asked = request.POST.get("next", "/")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    response = redirect(asked if ours else "/")
    if request.COOKIES.get(LARGE):
        response.delete_cookie(LARGE)
    else:
        response.set_cookie(LARGE, "1", max_age=_YEAR, httponly=True, samesite="Lax")
    return response


urls = [
    path("help/", help, name="help"),
    path("keyboard/", keyboard, name="keyboard"),
    path("help/<slug:about>/", help, name="help_about"),
    path("large-type/", large_type, name="large_type"),
]
