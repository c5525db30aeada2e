"""登录、退出、改口令, and stepping in as somebody of the demo."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fazheng.staff import load_roster
from fazheng.web.errors import no_bureau
from fazheng.web.models import Account
from fazheng.web.names import role_names
from fazheng.web.pages import page, public
from fazheng.web.passwords import MOST, faults
from fazheng.web.serving import Serving, serving
from fazheng.web.visit import Visit

BACKEND = "fazheng.web.sessions.Backend"
_WRONG = "编号或口令不对。连续输错五次，这个编号十五分钟内不能登录。"
_IDLE = "您离开的时间较长，已自动退出。刚才填了没有提交的，没有记入。"
_KEPT = "您离开的时间较长，已自动退出。刚才填的没有记入，已存成草稿：登录以后就在那张表里。"
_SENT = "您已经退出登录，刚才发出的没有记入。登录以后回到那一页；存过草稿的，填的还在。"


@public  # nobody is logged in here
def log_in(request: HttpRequest) -> HttpResponse:
    """The log-in page; on a demo, everybody one may step in as."""
    now = serving()
    if now.bureau is None:
        return no_bureau(request)
    said, status = _told(request), 200
    if request.method == "POST":
        code, password = request.POST.get("code", "").strip(), request.POST.get("password", "")
        account = authenticate(request, code=code, password=password) if len(password) <= MOST else None
        if account is not None:
            login(request, account)  # a new session id: none that somebody else knew is kept
            return redirect(_back(request))
        said, status = _WRONG, 422
    told = {"said": said, "next": _back(request), "bureau": now.bureau, "people": _people(now) if now.demo else ()}
    return render(request, "account/login.html", told, status=status)


def _told(request: HttpRequest) -> str:
    """Why somebody stands at the log-in page who was at work before."""
    if request.GET.get("idle"):
        return _KEPT if request.GET["idle"] == "2" else _IDLE
    return _SENT if request.GET.get("sent") else ""


def _back(request: HttpRequest) -> str:
    """Where the person came from, where that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else "/"


def _people(now: Serving) -> list[tuple[str, str]]:
    """Everybody of the demo with what they do."""
    assert now.bureau is not None
    roster, names = load_roster(now.bureau.code), role_names(now.bureau.place)
    every = {code for role in names for code in roster.holding(role, now.today())}
    told = [(code, sorted(roster.roles(code, now.today()))) for code in sorted(every)]
    return [(code, "、".join(names.get(role, role) for role in roles)) for code, roles in told]


@public  # refuses everywhere but on a demo, from this very machine
@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    """Logs in as the person of the demo who was clicked."""
    now = serving()
    local = request.META.get("REMOTE_ADDR") == "127.0.0.1"
    if not (now.demo and local and now.bureau):
        raise PermissionDenied
    code = request.POST.get("code", "")
    if not load_roster(now.bureau.code).known(code):
        raise PermissionDenied
    account = Account.objects.filter(code=code).first() or Account(code=code, must_change_password=False)
    if account.pk is None:
        account.set_unusable_password()
        account.save()
    login(request, account, backend=BACKEND)
    return redirect("/")


@public  # leaving is open to everybody, also to who has no rights any more
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("login")


@page("account", post=True)
def password(visit: Visit) -> HttpResponse:
    """Changes one's own password; asked for before anything else where somebody else set it."""
    said: list[str] = []
    if visit.request.method == "POST":
        old, new, again = (visit.request.POST.get(name, "") for name in ("old", "new", "again"))
        if not visit.account.check_password(old):
            said = ["原口令不对。"]
        elif new != again:
            said = ["两次输入的新口令不一样。"]
        elif old == new or len(new) > MOST:
            said = ["新口令不能与原口令相同，也不能超过200个字。"]
        else:
            said = [f"{one}。" for one in faults(new, visit.account)]
        if not said:
            visit.account.set_password(new)
            visit.account.must_change_password = False
            visit.account.save()
            update_session_auth_hash(visit.request, visit.account)
            return redirect("/")
    return visit.render("account/password.html", {"said": said}, status=422 if said else 200)


urls = [
    path("login/", log_in, name="login"),
    path("step-in/", step_in, name="step_in"),
    path("logout/", log_out, name="logout"),
    path("account/password/", password, name="password"),
]
