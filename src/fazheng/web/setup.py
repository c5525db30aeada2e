"""设置: the first half hour of a bureau, and how it stands afterwards."""

from __future__ import annotations

from threading import Lock

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from fazheng.casework import clock
from fazheng.casework.beginning import NotBegun, begin
from fazheng.casework.bureaux import BureauFault
from fazheng.casework.first_passwords import first_password
from fazheng.casework.workbook import imports
from fazheng.ledger.storage import DESK_ALIAS
from fazheng.staff.rights import ADMINISTRATORS
from fazheng.web import errors
from fazheng.web.account import BACKEND
from fazheng.web.accounts_acts import note
from fazheng.web.models import Account
from fazheng.web.names import role_names
from fazheng.web.pages import page, public
from fazheng.web.serving import Serving, serving
from fazheng.web.setup_form import Beginning, blank, typed
from fazheng.web.visit import Visit

HERE = ("127.0.0.1", "::1")
_ONE = Lock()  # two who send the first page at once make one bureau


@public  # nobody has an account yet: only from this very machine, and only while there is no bureau
def first(request: HttpRequest) -> HttpResponse:
    """单位、地区、三个人: all that a bureau needs before its first register comes in."""
    now = serving()
    if now.bureau is not None:
        return redirect("home")
    if request.META.get("REMOTE_ADDR") not in HERE:
        return errors.page(request, 403, "这里还没有设好。", "请在装程序的那台电脑上打开浏览器，先写明单位和人员。")
    if request.method != "POST":
        return _asked(request, now, blank())
    form = typed(request.POST)
    if form.faults:
        return _asked(request, now, form)
    with _ONE:
        if now.bureau is not None:
            return redirect("home")
        return _begun(request, now, form)


def _asked(request: HttpRequest, now: Serving, form: Beginning) -> HttpResponse:
    told = {"form": form, "home": now.home}
    return render(request, "setup/begin.html", told, status=422 if form.faults else 200)


def _begun(request: HttpRequest, now: Serving, form: Beginning) -> HttpResponse:
    """Accounts first: they lie in another file, and killed between the two there is no bureau yet, so that the first
    page asks again and makes them anew.
    """
    slips = [(one.code, first_password()) for one in form.people[1:]]
    Account.objects.using(DESK_ALIAS).all().delete()
    mine = Account.objects.open(form.people[0].code, form.password, must_change=False)
    for code, password in slips:
        Account.objects.open(code, password)
    try:
        bureau = begin(form.bureau, form.code, form.beginners, today=now.today())
    except (BureauFault, NotBegun) as fault:
        Account.objects.all().delete()
        said = str(fault) if isinstance(fault, NotBegun) else str(fault).split("（--")[0]
        return _asked(request, now, form.with_fault("code", said))
    now.opened(bureau)
    for code in (mine.code, *(code for code, _ in slips)):
        note(mine.code, code, "opened", clock.now())
    login(request, mine, backend=BACKEND)
    return render(request, "setup/begun.html", {"bureau": bureau, "slips": slips, "mine": mine.code})


@page("setup")
def setup(visit: Visit) -> HttpResponse:
    """How the bureau stands: place, three administrators, who has an account, what comes next. Three statements."""
    here = visit.roster.here(visit.today)
    names = role_names(visit.bureau.place)
    administrators = [
        (names.get(role, role), visit.roster.holding(role, visit.today)) for role in sorted(ADMINISTRATORS)
    ]
    accounts = set(Account.objects.values_list("code", flat=True))
    without = [one.code for one in here if one.code not in accounts]
    told = {
        "administrators": administrators, "people": len(here), "without": without,
        "imports": len(imports(visit.bureau.code)), "home": visit.serving.home,
    }  # fmt: skip
    return visit.render("setup/setup.html", told)


urls = [path("begin/", first, name="begin"), path("setup/", setup, name="setup")]
