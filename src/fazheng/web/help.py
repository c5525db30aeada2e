"""帮助: what each page is for, and the keys; 大字 on and off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fazheng.web.pages import page, public
from fazheng.web.visit import Visit

LARGE = "large"  # the cookie of large type
_YEAR = 365 * 24 * 60 * 60  # seconds


@page("help")
def help(visit: Visit, about: str = "") -> HttpResponse:
    """What the page `about` is for, its law, its keys; without one, every page."""
    return visit.render("help/help.html", {"about": about})


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
    path("help/<slug:about>/", help, name="help_about"),
    path("large-type/", large_type, name="large_type"),
]
