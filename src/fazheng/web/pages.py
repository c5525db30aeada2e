"""Who gets to a page: nobody who is not let in by name. Every view is a `page`, or says that it is `public`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from fazheng.staff.rights import may_open
from fazheng.web.errors import no_bureau, with_nul
from fazheng.web.models import Account
from fazheng.web.serving import serving
from fazheng.web.visit import Visit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PUBLIC = "public"
# the side navigation: page, which is the name of its address too, and what it is called
NAVIGATION = (
    ("today", "今日"), ("todo", "待办"), ("lists", "台账"), ("review", "审核"), ("registers", "名录"),
    ("people", "人员"), ("sections", "科室"), ("importing", "导入"), ("figures", "数据"), ("report", "年报"),
    ("checkup", "体检"), ("audit", "审计"), ("head", "负责人页"), ("accounts", "账户"), ("lockouts", "启用和解锁"),
    ("logins", "登录记录"), ("setup", "设置"),
)  # fmt: skip
_METHODS = ("GET", "HEAD")


def public(view: View[P]) -> View[P]:
    """A view that is there for who is not logged in: say why beside it."""
    view.page = PUBLIC  # type: ignore[attr-defined]
    return view


def page(name: str, *, post: bool = False) -> Callable[[Callable[Concatenate[Visit, P], HttpResponse]], View[P]]:
    """The view gets a Visit of somebody whom `rights.may_open` lets to the page `name`; nobody else gets there.

    `post`: the page takes POST too.
    """

    def of(view: Callable[Concatenate[Visit, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in (*_METHODS, *(("POST",) if post else ())):
                return HttpResponseNotAllowed([*_METHODS, "POST"] if post else _METHODS)
            if not isinstance(request.user, Account):
                sent = "&sent=1" if request.method == "POST" else ""
                return redirect(f"{reverse('login')}?next={quote(request.get_full_path())}{sent}")
            if request.user.must_change_password and name != "account":
                return redirect("password")
            if _holds_nul(request):
                return with_nul(request)
            visit = visit_of(request, request.user, name)
            if visit is None:
                return no_bureau(request)
            if not may_open(visit.viewer, name):
                raise PermissionDenied
            return view(visit, *args, **kwargs)

        guarded.page = name  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return of


def _holds_nul(request: HttpRequest) -> bool:
    """Whether the address or the form holds a NUL: PostgreSQL takes it in no text, and no entry may hold it."""
    said = [text for asked in (request.GET, request.POST) for name, texts in asked.lists() for text in (name, *texts)]
    asked = [request.path, *map(str, said)]
    return any("\0" in text for text in asked)


def visit_of(request: HttpRequest, account: Account, page: str) -> Visit | None:
    """The visit; None where no bureau is served yet. One statement: where the book ends."""
    now = serving()
    if now.bureau is None or now.desk is None:
        return None
    as_of = now.as_of()
    return Visit(request, page, account, as_of.viewer(account.code), as_of, now.bureau, now.desk, now)


@dataclass(frozen=True, slots=True)
class Entrance:
    """A line of the side navigation."""

    page: str
    name: str
    url: str
    here: bool


def entrances(visit: Visit) -> Iterator[Entrance]:
    """Where this person may go: what exists and opens to them."""
    for name, called in NAVIGATION:
        if may_open(visit.viewer, name) and (url := way(name)):
            yield Entrance(name, called, url, name == visit.page)


@lru_cache(maxsize=2000)
def way(name: str, *of: str) -> str:
    """The address of that name; "" where nobody has written the page yet. Looked up once."""
    try:
        return reverse(name, args=of)
    except NoReverseMatch:
        return ""


def page_of(view: Any) -> str:
    """The page a view is registered as; "" where it is not: a test fails for it."""
    return str(getattr(view, "page", ""))
