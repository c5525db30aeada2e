"""账户: opened by the system administrator, locked and unlocked by the security administrator, read by the audit one.

None of the three does the others' part. Where a security administrator is appointed, an account that the system
administrator opened or gave a new password waits for their release: who sets a password cannot step in with it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from axes.models import AccessAttempt
from axes.utils import reset as forget_wrong_passwords
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django_otp import devices_for_user

from fazheng.casework import clock
from fazheng.casework.first_passwords import first_password
from fazheng.staff.rights import SECURITY, may_do
from fazheng.web.accounts_acts import ACTS, note
from fazheng.web.accounts_logins import logins
from fazheng.web.models import Account
from fazheng.web.names import role_names
from fazheng.web.pages import page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.visit import Visit

COLUMNS = (
    Column("code", "人员编号", frozen=True),
    Column("roles", "角色"),
    Column("state", "账户"),
    Column("password", "口令"),
    Column("last", "最近登录"),
)
# what is done with an account → which command of staff/rights.py it is
COMMAND: Mapping[str, str] = {
    "opened": "accounts", "reset": "accounts",
    "released": "unlock", "locked": "unlock", "unlocked": "unlock", "factor_reset": "unlock",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """How the account of a person stands. `account`: None where there is none."""

    code: str
    here: bool
    account: Account | None
    shut: bool  # by wrong passwords

    @property
    def words(self) -> str:
        if self.account is None:
            return "没有账户"
        if not self.account.is_active:
            return "停用，等安全管理员启用"
        return "输错口令，暂时锁定" if self.shut else "正常"

    @property
    def light(self) -> str:
        if self.account is None:
            return ""
        return "green" if self.account.is_active and not self.shut else "yellow"


@page("accounts")
def accounts(visit: Visit) -> HttpResponse:
    """Everybody who is here, and every account. Two statements."""
    return visit.render("accounts/accounts.html", {"table": _table(visit, "account")})


@page("lockouts")
def lockouts(visit: Visit) -> HttpResponse:
    """The same for who locks and unlocks."""
    return visit.render("accounts/lockouts.html", {"table": _table(visit, "lockout")})


def _table(visit: Visit, url: str) -> Table:
    names = role_names(visit.bureau.place)
    there = {one.code: one for one in Account.objects.all()}
    shut = _shut()
    codes = sorted({*there, *(one.code for one in visit.roster.here(visit.today))})
    rows = []
    for code in codes:
        roles = sorted(visit.roster.roles(code, visit.today))
        one = Standing(code, bool(visit.roster.on(code, visit.today)), there.get(code), code in shut)
        told = "、".join(names.get(role, role) for role in roles) or "不在岗"
        rows.append(
            [Cell(code, reverse(url, args=[code])), Cell(told), Cell(one.words, light=one.light), *_told(one.account)]
        )
    return Table("账户", COLUMNS, rows, "还没有人员。")


def _told(account: Account | None) -> list[Cell]:
    if account is None:
        return [Cell(""), Cell("")]
    last = account.last_login.astimezone(clock.now().tzinfo).strftime("%Y-%m-%d %H:%M") if account.last_login else ""
    return [Cell("首次登录时要改" if account.must_change_password else "本人设的"), Cell(last or "还没有登录过")]


def _shut() -> set[str]:
    """Codes that wrong passwords have locked just now."""
    since = clock.now() - timedelta(hours=float(settings.AXES_COOLOFF_TIME))
    rows = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT, attempt_time__gte=since
    ).values_list("username", flat=True)
    return {code for code in rows if code}


def _standing(visit: Visit, code: str) -> Standing:
    """Raises Http404 for a code that never was a person of this bureau."""
    if not visit.roster.known(code):
        raise Http404
    here = visit.roster.on(code, visit.today) is not None
    return Standing(code, here, Account.objects.filter(code=code).first(), code in _shut())


@page("accounts", post=True)
def account(visit: Visit, code: str) -> HttpResponse:
    """One person's account, for the system administrator: opened, or given a new first password."""
    one, password = _standing(visit, code), ""
    if visit.request.method == "POST":
        what = "reset" if one.account else "opened"
        _allowed(visit, what)
        if not one.here:
            return _page(visit, one, said=f"{code}今天不在岗，不能开账户。先在“人员”里登记。", status=422)
        password = first_password()
        opened = Account.objects.open(code, password)
        if SECURITY not in visit.viewer.vacant and code != visit.viewer.code:
            opened.is_active = False
            opened.save(update_fields=["is_active"])
        note(visit.viewer.code, code, what, clock.now())
        one = _standing(visit, code)
    return _page(visit, one, password=password)


@page("lockouts", post=True)
def lockout(visit: Visit, code: str) -> HttpResponse:
    """One person's account, for the security administrator: released, locked, unlocked, without its phone."""
    one = _standing(visit, code)
    if visit.request.method != "POST":
        return _page(visit, one, factors=_factors(one.account))
    what = visit.request.POST.get("what", "")
    if one.account is None or what not in _DONE:
        raise Http404
    _allowed(visit, what)
    if what == "locked" and code == visit.viewer.code:
        return _page(visit, one, said="不能停用自己的账户。", status=422, factors=_factors(one.account))
    _DONE[what](one.account)
    note(visit.viewer.code, code, what, clock.now())
    return redirect(f"{reverse('lockout', args=[code])}?done={what}")


def _allowed(visit: Visit, what: str) -> None:
    if not may_do(visit.viewer, COMMAND[what]):
        raise PermissionDenied


def _page(
    visit: Visit, one: Standing, *, password: str = "", said: str = "", factors: int = 0, status: int = 200
) -> HttpResponse:
    done = ACTS.get(visit.request.GET.get("done", ""), "")
    told = {"one": one, "password": password, "said": said, "factors": factors, "done": done}
    name = "lockout" if visit.page == "lockouts" else "account"
    return visit.render(f"accounts/{name}.html", told, status=status)


def _factors(account: Account | None) -> int:
    """How many second factors the account has, finished or not."""
    return len(list(devices_for_user(account, confirmed=None))) if account else 0


def _activate(account: Account, active: bool) -> None:
    account.is_active = active
    account.save(update_fields=["is_active"])


def _reset_factors(account: Account) -> None:
    for device in devices_for_user(account, confirmed=None):
        device.delete()


_DONE: Mapping[str, Callable[[Account], object]] = {
    "released": lambda account: _activate(account, True),
    "locked": lambda account: _activate(account, False),
    "unlocked": lambda account: forget_wrong_passwords(username=account.code),
    "factor_reset": _reset_factors,
}

urls = [
    path("accounts/", accounts, name="accounts"),
    path("accounts/<str:code>/", account, name="account"),
    path("lockouts/", lockouts, name="lockouts"),
    path("lockouts/<str:code>/", lockout, name="lockout"),
    path("logins/", logins, name="logins"),
]
