"""Stolen sessions, forms from elsewhere, other machines, two people on one case: on a small bureau of its own each."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.ledger.models import Entry
from fazheng.web import serving
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_case_page import TICKET, key_in
from tests.web.whole import MARKUP

Clients = Callable[[str], Client]


def written(bureau: str) -> int:
    return Entry.objects.filter(bureau=bureau).count()


def test_what_was_typed_comes_back_as_text_also_where_it_is_wrong(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    key = key_in(client.get("/open/hotline.ticket/").content.decode())
    sent = {**TICKET, "form_key": key, "on": MARKUP, "f_topic": MARKUP, "f_kind": MARKUP, "paper": MARKUP}
    answer = client.post("/open/hotline.ticket/", sent)
    assert answer.status_code == 422
    assert MARKUP not in answer.content.decode()
    for url in ("/search/", "/lists/", "/lists/hotline.ticket/", "/login/", "/help/", "/today/"):
        assert MARKUP not in client.get(url, {"q": MARKUP, "next": MARKUP, "sort": MARKUP}).content.decode()


def test_logging_in_leads_nowhere_else(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    for away in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "http:///evil"):
        answer = Client().post("/login/", {"code": "甲", "password": PASSWORD, "next": away})
        assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_page_is_never_shown_in_a_frame_and_its_cookies_stay_with_us(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client = Client()
    answer = client.post("/login/", {"code": "甲", "password": PASSWORD})
    session = answer.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    page = client.get("/today/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "object-src 'none'" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"


def test_a_session_that_somebody_else_planted_is_not_the_one_that_is_logged_in(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client, planted = Client(), "a" * 32
    client.cookies["sessionid"] = planted
    client.post("/login/", {"code": "甲", "password": PASSWORD})
    assert client.session.session_key != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/today/").status_code == 302


def test_a_session_ends_for_good_with_the_log_out_and_with_a_new_password(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/login/", {"code": "甲", "password": PASSWORD})
    kept = Client()
    kept.cookies["sessionid"] = first.session.session_key
    new = {"old": PASSWORD, "new": "只有我知道 2026", "again": "只有我知道 2026"}
    assert first.post("/account/password/", new).status_code == 302
    assert (first.get("/today/").status_code, second.get("/today/").status_code) == (200, 302)
    kept.cookies["sessionid"] = first.session.session_key
    first.post("/logout/")
    assert kept.get("/today/").status_code == 302


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-forwarded-for", "x-real-ip", "forwarded"])
def test_no_header_makes_a_stranger_one_of_this_machine(header: str, desk_home: AtWork) -> None:
    serving.serving().demo = True
    asked = Client(raise_request_exception=False)
    for value in ("127.0.0.1", "for=127.0.0.1"):
        answer = asked.post("/step-in/", {"code": "甲"}, REMOTE_ADDR="10.0.0.9", headers={header: value})
        assert answer.status_code == 403
    assert not asked.session.get("_auth_user_id")


def test_of_two_people_on_one_case_the_second_is_told_what_the_first_entered(
    client_of: Clients, desk_home: AtWork
) -> None:
    two = first, second = client_of("甲"), client_of("乙")
    before = written(desk_home.bureau.code)
    url = f"/case/{desk_home.penalty}/do/gather_evidence/"
    forms = [client.get(url).content.decode() for client in two]
    sent = {"on": "2026-11-19", "f_method": "other", "f_evidence_kind": "document", "f_content": "账册",
            "f_officers": ["甲", "乙"]}  # fmt: skip
    seen = {re.findall(r'name="seen" value="(\d+)"', form)[0] for form in forms}
    assert seen == {"1"}
    assert first.post(url, {**sent, "form_key": key_in(forms[0]), "seen": "1"}).status_code == 302
    answer = second.post(url, {**sent, "form_key": key_in(forms[1]), "seen": "1"})
    page = answer.content.decode()
    assert (answer.status_code, "还没有记入" in page) == (422, True)
    assert "账册" in page
    assert written(desk_home.bureau.code) == before + 1
