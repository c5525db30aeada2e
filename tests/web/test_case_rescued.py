"""What was typed is not lost where a form cannot be taken: it is a draft of who typed it, and of nobody else."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.ledger.faults import BookBusy
from fazheng.web.models import Draft
from tests.casework import desk
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_case_page import key_in

Clients = Callable[[str], Client]
OURS = {"origin": "http://testserver"}
URL = "/case/{}/do/sign_in/"


def typed(client: Client, url: str) -> dict[str, str]:
    """The form of the page, filled."""
    return {"form_key": key_in(client.get(url).content.decode()), "on": "2026-11-19", "f_assigned_to": "养老股某组"}


def late(client: Client) -> None:
    """The person was away for longer than the desk waits."""
    session = client.session
    session["seen"] -= 31 * 60
    session.save()


def test_a_form_sent_after_the_time_out_is_found_again_after_logging_in(desk_home: AtWork) -> None:
    account("乙", PASSWORD)
    client, url = Client(), URL.format(desk_home.ticket)
    client.post("/login/", {"code": "乙", "password": PASSWORD})
    form = typed(client, url)
    late(client)
    answer = client.post(url, form, headers=OURS)
    assert answer["Location"] == f"/login/?idle=2&next={url}"
    assert "登录以后就在那张表里" in client.get(answer["Location"]).content.decode()
    assert len(desk.book(desk_home.bureau, desk_home.ticket)) == 1
    answer = client.post("/login/", {"code": "乙", "password": PASSWORD, "next": url})
    assert answer["Location"] == url
    assert "养老股某组" in client.get(url).content.decode()


def test_who_types_on_after_the_time_out_is_told_while_the_draft_is_kept(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("乙"), URL.format(desk_home.ticket)
    form = typed(client, url) | {"keep": "1"}
    late(client)
    answer = client.post(url, form, headers={**OURS, "hx-request": "true"})
    assert "已自动退出，草稿已存" in answer.content.decode()
    assert Draft.objects.filter(code="乙").count() == 1
    assert client.get(url)["Location"].startswith("/login/")


def test_another_site_leaves_no_draft(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("乙"), URL.format(desk_home.ticket)
    form = typed(client, url)
    late(client)
    assert client.post(url, form, headers={"origin": "http://evil.example"})["Location"].startswith("/login/?idle=1")
    assert not Draft.objects.exists()


def test_a_form_opened_before_logging_in_anew_is_kept_and_found(desk_home: AtWork) -> None:
    account("乙", PASSWORD)
    url = URL.format(desk_home.ticket)
    client = Client(enforce_csrf_checks=True)

    def log_in() -> None:
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/login/").content.decode())
        assert token
        log = {"code": "乙", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        assert client.post("/login/", log, headers=OURS).status_code == 302

    log_in()
    page = client.get(url).content.decode()
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', page)[-1]
    form = {"form_key": key_in(page), "f_assigned_to": "养老股某组", "csrfmiddlewaretoken": token}
    log_in()  # in another tab
    for headers, kept in (({"origin": "http://evil.example"}, False), (OURS, True)):
        answer = client.post(url, form, headers=headers)
        assert answer.status_code == 403
        assert ("已存成草稿" in answer.content.decode(), Draft.objects.exists()) == (kept, kept)
    assert f'href="{url}"' in answer.content.decode()
    assert "养老股某组" in client.get(url).content.decode()
    assert len(desk.book(desk_home.bureau, desk_home.ticket)) == 1


def test_a_busy_book_keeps_what_was_typed_and_says_so(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise BookBusy("账本正忙")

    client, url = client_of("乙"), URL.format(desk_home.ticket)
    form = typed(client, url)
    monkeypatch.setattr("fazheng.casework.desk.Desk.submit", busy)
    answer = client.post(url, form)
    page = answer.content.decode()
    assert (answer.status_code, "已存成草稿" in page, f'href="{url}"' in page) == (503, True, True)
    assert "养老股某组" in client.get(url).content.decode()


def test_who_logged_out_elsewhere_is_told_that_nothing_was_recorded(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("乙"), URL.format(desk_home.ticket)
    form = typed(client, url)
    client.logout()
    answer = client.post(url, form)
    assert answer["Location"] == f"/login/?next={url}&sent=1"
    assert "刚才发出的没有记入" in client.get(answer["Location"]).content.decode()


def test_a_draft_of_a_suggested_case_is_kept_where_it_is_looked_for(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fazheng.web.case_steps.carried", lambda *_: {})
    client, url = client_of("乙"), f"/open/hotline.ticket/?from={desk_home.ticket}"
    form = {"form_key": key_in(client.get(url).content.decode()), "f_topic": "床位收费", "keep": "1"}
    answer = client.post(url, form)
    assert answer["Location"] == f"{url}&kept=1"
    page = client.get(answer["Location"]).content.decode()
    assert "床位收费" in page


def test_a_late_step_has_a_draft_and_what_the_bureau_knows_stands_in_its_form(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/late/gather_evidence/"
    page = client.get(url).content.decode()
    assert len(re.findall(r'name="f_officers" value="[甲乙]" checked', page)) == 2, "the officers of the case"
    answer = client.post(url, {"form_key": key_in(page), "f_content": "账册三本", "reason": "漏记", "keep": "1"})
    assert answer["Location"] == f"{url}?kept=1"
    kept = client.get(url).content.decode()
    assert ("账册三本" in kept, "漏记" in kept, "不要草稿" in kept) == (True, True, True)
    assert "账册三本" not in client_of("乙").get(url).content.decode()
    sent = client.post(url, {"form_key": key_in(kept), "drop": "1"}).content.decode()
    assert "账册三本" not in sent
    assert not Draft.objects.exists()


def test_what_somebody_began_and_did_not_send_is_found_again(client_of: Clients, desk_home: AtWork) -> None:
    client, ticket = client_of("乙"), desk_home.ticket
    assert "没填完的" not in client.get("/open/").content.decode()
    urls = ["/open/hotline.ticket/", URL.format(ticket), f"/case/{ticket}/late/sign_in/"]
    for url in urls:
        form = {"form_key": key_in(client.get(url).content.decode()), "f_topic": "床位", "reason": "漏记", "keep": "1"}
        assert client.post(url, form).status_code == 302
    page = client.get("/open/").content.decode().split('id="unfinished"')[1].split("</section>")[0]
    assert sorted(re.findall('href="([^"]+)"', page)) == sorted(urls)
    names = ["12345热线工单：接收工单", "12345热线工单2026年第1号：签收", "12345热线工单2026年第1号：补记签收"]
    assert all(name in page for name in names)
    assert "床位" not in page
    assert "没填完的" not in client_of("甲").get("/open/").content.decode()
