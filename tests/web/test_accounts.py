"""账户 and the three administrators: none does the others' part, none holds a right to business."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.models import Device
from playwright.sync_api import Page

from fazheng.casework.writing import writing
from fazheng.ledger.storage import DESK_ALIAS
from fazheng.staff import load_roster
from fazheng.staff.rights import COMMANDS, PAGES, may_do, may_open, viewer
from fazheng.web.models import Account, AccountAct
from tests.casework import desk
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account, pictured, step_in, violations
from tests.web.test_serving import command, environment

Clients = Callable[[str], Client]
THREE = {"系": "system_admin", "安": "security_admin", "审": "audit_admin"}
OF_ADMINISTRATORS = {"setup", "accounts", "backup", "lockouts", "keys", "audit", "logins", "verify"}
FOR_ALL = {"account", "help", "law", "people", "sections", "rights"}


@pytest.fixture
def three(desk_home: AtWork) -> AtWork:
    """The three are appointed; the audit administrator is of another office."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for code, role in THREE.items():
            row = {"code": code, "name": f"示例{code}", "roles": [role], "other_office": code == "审"}
            assert desk.enter(act, "staff", "2020-01-01", **row) == []
    return desk_home


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def log_in(code: str, password: str) -> tuple[Client, int]:
    client = Client()
    return client, client.post("/login/", {"code": code, "password": password}).status_code


def test_the_three_administrators_hold_no_right_to_business(three: AtWork, client_of: Clients) -> None:
    business = set(COMMANDS) - {
        "accounts", "unlock", "backup", "confirm_clock", "rotate_key", "checkpoint", "verify", "staff_row",
    }  # fmt: skip
    roster = load_roster(three.bureau.code)
    for code in THREE:
        who = viewer(roster, code, desk.TODAY)
        assert {command for command in business if may_do(who, command)} == set(), code
        assert {page for page in PAGES if may_open(who, page)} <= OF_ADMINISTRATORS | FOR_ALL, code
        client = client_of(code)
        urls = (f"/case/{three.penalty}/", "/today/", "/lists/", "/lists/penalty.ordinary/", "/importing/",
                f"/case/{three.penalty}/do/gather_evidence/")  # fmt: skip
        for url in urls:
            assert client.get(url).status_code in (403, 404), (code, url)


@pytest.mark.parametrize(
    ("code", "opens"), [("系", "/accounts/ /setup/"), ("安", "/lockouts/"), ("审", "/logins/"), ("丙", ""), ("甲", "")]
)
def test_each_administrator_opens_their_own_pages_alone(
    three: AtWork, client_of: Clients, code: str, opens: str
) -> None:
    client = client_of(code)
    pages = ("/accounts/", "/setup/", "/lockouts/", "/logins/", "/accounts/甲/", "/lockouts/甲/")
    opened = {url for url in pages if client.get(url).status_code == 200}
    assert opened == {url for url in pages if any(url.startswith(own) for own in opens.split())}


def test_the_head_stands_in_where_no_administrator_was_appointed(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    assert [client.get(url).status_code for url in ("/accounts/", "/lockouts/", "/logins/", "/setup/")] == [200] * 4
    client.post("/accounts/甲/")
    assert Account.objects.get(code="甲").is_active


def test_an_account_is_opened_by_one_and_released_by_another(three: AtWork, client_of: Clients) -> None:
    opening = text(client_of("系").post("/accounts/甲/"))
    found = re.search(r'class="secret">(\w+)<', opening)
    assert found is not None
    password = found[1]
    assert log_in("甲", password)[1] == 422  # who set it cannot step in with it alone
    assert client_of("系").post("/lockouts/甲/", {"what": "released"}).status_code == 403
    client_of("安").post("/lockouts/甲/", {"what": "released"})
    client, status = log_in("甲", password)
    assert (status, client.get("/today/")["Location"]) == (302, "/account/password/")
    assert Account.objects.get(code="甲").password.startswith("argon2")
    acts = list(AccountAct.objects.values_list("by", "of", "what"))
    assert acts == [("系", "甲", "opened"), ("安", "甲", "released")]
    assert password not in text(client_of("系").get("/accounts/甲/"))


def test_a_password_reset_at_the_command_line_is_read_by_the_audit_administrator(
    three: AtWork, client_of: Clients
) -> None:
    for _ in range(2):
        asked = command(three.home, "account", "甲")
        done = subprocess.run(asked, env=environment(), capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
    assert list(AccountAct.objects.values_list("by", "of", "what")) == [("", "甲", "opened"), ("", "甲", "reset")]
    assert text(client_of("审").get("/logins/?kind=acts")).count("命令行") == 2


def test_a_new_password_logs_out_whoever_was_in(three: AtWork, client_of: Clients) -> None:
    account("甲", PASSWORD)
    client, _ = log_in("甲", PASSWORD)
    assert client.get("/today/").status_code == 200
    client_of("系").post("/accounts/甲/")
    assert client.get("/today/").status_code == 302


def test_a_locked_account_is_out_at_once_and_stays_out(three: AtWork, client_of: Clients) -> None:
    account("甲", PASSWORD)
    client, _ = log_in("甲", PASSWORD)
    client_of("安").post("/lockouts/甲/", {"what": "locked"})
    assert client.get("/today/").status_code == 302
    assert log_in("甲", PASSWORD)[1] == 422
    client_of("安").post("/lockouts/甲/", {"what": "released"})
    assert log_in("甲", PASSWORD)[1] == 302


def test_wrong_passwords_lock_and_the_security_administrator_unlocks(three: AtWork, client_of: Clients) -> None:
    account("甲", PASSWORD)
    for _ in range(5):
        log_in("甲", "错")
    assert log_in("甲", PASSWORD)[1] == 429
    assert "输错口令，暂时锁定" in text(client_of("安").get("/lockouts/"))
    client_of("安").post("/lockouts/甲/", {"what": "unlocked"})
    assert log_in("甲", PASSWORD)[1] == 302


def test_a_lost_phone_is_forgotten_by_the_security_administrator(three: AtWork, client_of: Clients) -> None:
    owner = account("甲", PASSWORD)
    kinds = [kind for kind in Device.__subclasses__() if not kind._meta.abstract]
    for kind in kinds:
        kind.objects.create(user=owner, name="手机", confirmed=True)
    assert kinds
    assert "清除动态口令" in text(client_of("安").get("/lockouts/甲/"))
    client_of("安").post("/lockouts/甲/", {"what": "factor_reset"})
    assert [kind.objects.filter(user=owner).count() for kind in kinds] == [0] * len(kinds)
    assert AccountAct.objects.filter(what="factor_reset", of="甲", by="安").exists()


def test_nobody_locks_their_own_account(three: AtWork, client_of: Clients) -> None:
    answer = client_of("安").post("/lockouts/安/", {"what": "locked"})
    assert (answer.status_code, Account.objects.get(code="安").is_active) == (422, True)


@pytest.mark.parametrize("url", ["/accounts/没有这个人/", "/lockouts/没有这个人/"])
def test_an_account_is_only_for_who_is_in_the_register(three: AtWork, client_of: Clients, url: str) -> None:
    code = "系" if url.startswith("/accounts") else "安"
    assert client_of(code).post(url, {"what": "released"}).status_code == 404


def test_logins_are_kept_and_seen_by_the_audit_administrator(three: AtWork, client_of: Clients) -> None:
    account("甲", PASSWORD)
    log_in("甲", PASSWORD)
    log_in("甲", "错的口令")
    log_in("这是我的口令", "错的口令")
    client_of("系").post("/accounts/乙/")
    reader = client_of("审")
    assert "甲" in text(reader.get("/logins/"))
    failed = text(reader.get("/logins/?kind=failed"))
    assert ("不是本单位的编号" in failed, "这是我的口令" in failed, "错的口令" in failed) == (True, False, False)
    acts = text(reader.get("/logins/?kind=acts&who=乙"))
    assert ("开账户" in acts, "系" in acts) == (True, True)


@pytest.mark.parametrize("sql", ["UPDATE web_account_act SET by = 'x'", "DELETE FROM web_account_act"])
def test_what_was_done_with_accounts_is_never_changed(three: AtWork, client_of: Clients, sql: str) -> None:
    client_of("系").post("/accounts/甲/")
    with connections[DESK_ALIAS].cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("code", "url"), [("系", "/accounts/"), ("安", "/lockouts/"), ("审", "/logins/"), ("系", "/setup/")]
)
def test_a_page_takes_few_statements_however_many_people(
    three: AtWork, client_of: Clients, code: str, url: str
) -> None:
    client = client_of(code)
    client.get(url)
    counts = []
    for more in (False, True):
        if more:
            with writing(three.bureau, today=desk.TODAY) as act:
                for n in range(20):
                    desk.enter(act, "staff", "2020-01-01", code=f"P{n}", name="示例", roles=["section"])
            client.get(url)  # the staff is read again once the book went on
        with (
            CaptureQueriesContext(connections["default"]) as book,
            CaptureQueriesContext(connections[DESK_ALIAS]) as own,
        ):
            client.get(url)
        counts.append((len(book), len(own)))
    assert counts[0] == counts[1]
    assert sum(counts[0]) <= 6  # two for the session, one for the staff register, three for the page


@pytest.mark.parametrize(
    ("code", "url"),
    [("系", "/accounts/"), ("系", "/accounts/甲/"), ("安", "/lockouts/"), ("安", "/lockouts/甲/"), ("审", "/logins/"),
     ("系", "/setup/")],
)  # fmt: skip
def test_the_pages_of_the_administrators_are_without_violation(
    three: AtWork, client_of: Clients, live: str, browser_page: Page, code: str, url: str
) -> None:
    account("甲", PASSWORD)
    step_in(browser_page, live, code, client_of(code))
    browser_page.goto(live + url)
    assert violations(browser_page) == []
    pictured(browser_page, url.strip("/").replace("/", "-").replace("甲", "one"))
