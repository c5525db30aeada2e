"""Who gets in, and how far."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from fazheng.ledger.storage import DESK
from fazheng.staff.rights import PAGES
from fazheng.web import serving
from fazheng.web.pages import PUBLIC, page_of
from tests.casework import desk
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_case_page import key_in
from tests.windows import OWNER_ALONE

Clients = Callable[[str], Client]
OPEN_TO_ALL = {"login", "step_in", "logout", "large_type", "feed", "begin"}


def log_in(client: Client, password: str = PASSWORD) -> int:
    return client.post("/login/", {"code": "甲", "password": password}).status_code


def test_every_address_is_registered_as_a_page_that_the_rights_know() -> None:
    pages = {str(url.name): page_of(url.callback) for url in get_resolver().url_patterns}
    assert {name for name, page in pages.items() if page != PUBLIC and page not in PAGES} == set()
    assert {name for name, page in pages.items() if page == PUBLIC} == OPEN_TO_ALL


def test_who_is_not_logged_in_gets_to_no_page(desk_home: AtWork) -> None:
    for url in ("/", "/today/", "/lists/", f"/case/{desk_home.ticket}/", "/account/password/", "/help/"):
        asked = Client().get(url)
        assert (asked.status_code, asked["Location"].startswith("/login/")) == (302, True), url


def test_a_person_logs_in_with_code_and_password_and_out_again(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client = Client()
    assert log_in(client, "不是这个口令") == 422
    before = client.session.session_key
    assert log_in(client) == 302
    assert client.session.session_key != before
    assert client.get("/today/").status_code == 200
    client.post("/logout/")
    assert client.get("/today/").status_code == 302


def test_a_password_that_somebody_else_set_is_changed_before_anything_else(desk_home: AtWork) -> None:
    account("甲", PASSWORD, must_change=True)
    client = Client()
    log_in(client)
    assert client.get("/today/")["Location"] == "/account/password/"
    new = {"old": PASSWORD, "new": "只有我知道 2026", "again": "只有我知道 2026"}
    assert client.post("/account/password/", new).status_code == 302
    assert client.get("/today/").status_code == 200


def test_five_wrong_passwords_lock_the_code_and_say_so(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client = Client()
    assert [log_in(client, "错") for _ in range(5)] == [422, 422, 422, 422, 429]
    assert log_in(client) == 429


def test_who_leaves_the_desk_for_long_logs_in_again(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    assert client.get("/today/").status_code == 200
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    assert client.get("/today/")["Location"].startswith("/login/?idle=1")
    assert client.get("/today/")["Location"].startswith("/login/?next=")


def test_a_request_under_another_name_is_refused(desk_home: AtWork) -> None:
    assert Client(raise_request_exception=False).get("/login/", headers={"host": "evil.example"}).status_code == 400


def test_nobody_steps_in_without_a_password_but_on_a_demo_and_from_this_machine(desk_home: AtWork) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/step-in/", {"code": "甲"}).status_code == 403
    serving.serving().demo = True
    assert client.post("/step-in/", {"code": "甲"}, REMOTE_ADDR="10.0.0.9").status_code == 403
    assert client.post("/step-in/", {"code": "没有这个人"}).status_code == 403
    assert client.post("/step-in/", {"code": "甲"}).status_code == 302
    assert client.get("/today/").status_code == 200


def test_a_form_without_its_token_is_refused(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client = Client(enforce_csrf_checks=True)
    assert log_in(client) == 403


@pytest.mark.parametrize("who", ["丙", "己", "乙"])
def test_a_case_that_is_not_theirs_looks_like_one_that_is_not_there(client_of: Clients, who: str) -> None:
    client = client_of(who)
    assert client.get("/case/penalty.ordinary-2026-9999/").status_code == 404


@OWNER_ALONE
def test_the_desks_own_file_is_readable_by_its_owner_alone(desk_home: AtWork) -> None:
    assert (desk_home.home / DESK).stat().st_mode & 0o077 == 0
    assert (desk_home.home / "desk.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", ["²", "２０２５", "²025", "9" * 5000, "9999", "0000", "-1"])
def test_a_number_in_odd_digits_or_of_no_calendar_is_no_fault_of_the_program(
    client_of: Clients, desk_home: AtWork, number: str
) -> None:
    client = client_of("丙")
    addresses = (
        f"/case/{desk_home.penalty}/?again=", f"/case/{desk_home.penalty}/?attached=", "/head/fined/?year=",
        "/done/?before=", "/audit/looks/?after=", "/figures/?p=", "/people/甲/?to=乙&n=",
    )  # fmt: skip
    for address in addresses:
        assert client.get(address + number).status_code in (200, 400), address
    posts = {"/reading/": {"case": desk_home.penalty, "number": number}, "/lists/penalty.ordinary/": {"drop": number}}
    for address, typed in posts.items():
        assert client.post(address, typed).status_code < 500, address
    assert client.post("/checkup/", {"text": "示例报告", "year": number}).status_code in (200, 422)


def test_what_breaks_is_not_told_as_not_recorded(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fazheng.web.case_forms.stepped", broken)  # after the commit
    client, case = client_of("甲"), desk_home.penalty
    form = client.get(f"/case/{case}/do/gather_evidence/").content.decode()
    typed = {"form_key": key_in(form), "on": "2026-11-18", "f_method": "other", "f_evidence_kind": "document",
             "f_officers": ["甲", "乙"], "f_content": "账", "paper": "示例凭证"}  # fmt: skip
    answer = client.post(f"/case/{case}/do/gather_evidence/", typed)
    page = answer.content.decode()
    assert (answer.status_code, "程序出错" in page, "有没有记入，请回到案件看" in page) == (500, True, True)
    assert "没有办成" not in page
    assert len(desk.book(desk_home.bureau, case)) == 2
