"""A case on the screen: opened, stepped, refused, sent twice; without JavaScript, by plain posts."""

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework import desk
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
TICKET = {"f_ticket_no": "示例工单二", "f_kind": "complaint", "f_urgent": "否", "f_topic": "养老机构收费",
          "f_request": "收费与公示的不一致", "f_assigned_by_ruling": "否", "on": "2026-11-19"}  # fmt: skip


def key_in(page: str) -> str:
    found = re.search(r'name="form_key" value="([0-9a-f]{32})"', page)
    assert found is not None
    return found[1]


class Counted:
    """The statements of a while, as Django tells its own."""

    def __init__(self) -> None:
        self.captured_queries: list[dict[str, str]] = []

    def __len__(self) -> int:
        return len(self.captured_queries)


@contextmanager
def every_statement(name: str) -> Iterator[Counted]:
    """All statements that read or write, those that go past Django's cursor among them: the database tells them."""
    connection, told = connections[name], Counted()
    if connection.vendor != "sqlite":
        with CaptureQueriesContext(connection) as captured:
            yield told
        told.captured_queries += captured.captured_queries
        return
    connection.ensure_connection()

    def tell(sql: str) -> None:
        if sql.lstrip().split(" ", 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE"):
            told.captured_queries.append({"sql": sql})

    connection.connection.set_trace_callback(tell)
    try:
        yield told
    finally:
        connection.connection.set_trace_callback(None)


@contextmanager
def counted() -> Iterator[dict[str, Counted]]:
    """Statements on the book and on the desk's own file."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(every_statement(name)) for name in ("default", "desk")}


def opened(client: Client, key: str = "") -> str:
    """The address of the case that the posted form opened."""
    key = key or key_in(client.get("/open/hotline.ticket/").content.decode())
    return str(client.post("/open/hotline.ticket/", {**TICKET, "form_key": key})["Location"])


def test_a_case_is_opened_and_stepped_by_forms_alone(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    where = opened(client)
    page = client.get(where).content.decode()
    assert "已记入，本案现在记到第1条" in page
    case = where.split("/")[2]
    form = client.get(f"/case/{case}/do/accept/")
    assert form.status_code in (200, 404)
    assert [entry.source[:5] for entry in desk.book(desk_home.bureau, case)] == ["form:"]


def test_a_form_that_is_sent_twice_is_recorded_once_and_says_so(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    key = key_in(client.get("/open/hotline.ticket/").content.decode())
    first, again = opened(client, key), opened(client, key)
    assert again == first.replace("recorded=1", "again=1")
    assert "没有重复记入" in client.get(again).content.decode()
    assert len(desk.book(desk_home.bureau, first.split("/")[2])) == 1


def test_what_is_refused_stands_at_the_form_with_its_article_and_what_was_typed(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("甲")
    url = f"/case/{desk_home.penalty}/do/give_notice/"
    key = key_in(client.get(url).content.decode())
    sent = {"form_key": key, "on": "2026-11-19", "f_content_told": "是", "f_proposed_kinds": "warning"}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有记入" in page
    assert "怎么办：" in page
    assert key_in(page) == key
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == 1


def test_a_value_that_does_not_fit_is_told_at_its_field(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    key = key_in(client.get("/open/hotline.ticket/").content.decode())
    page = client.post("/open/hotline.ticket/", {**TICKET, "form_key": key, "on": "昨天"}).content.decode()
    assert 'href="#on"' in page
    assert "“昨天”不是日期" in page


@pytest.mark.parametrize(
    ("url", "book"), [("/today/", 11), ("/lists/hotline.ticket/", 3), ("/lists/", 1), ("/case/{ticket}/", 3)]
)
def test_a_page_asks_few_statements(client_of: Clients, desk_home: AtWork, url: str, book: int) -> None:
    client, url = client_of("丙"), url.format(ticket=desk_home.ticket)
    client.get(url)
    with counted() as asked:
        assert client.get(url).status_code == 200
    assert len(asked["default"]) <= book, [one["sql"][:120] for one in asked["default"].captured_queries]
    assert len(asked["desk"]) == 2 + (url == "/lists/hotline.ticket/")  # session, account; the views of the list


@pytest.mark.parametrize("url", ["/today/", "/lists/", "/lists/hotline.ticket/", "/case/{penalty}/", "/help/"])
def test_a_page_is_light_and_says_what_browsers_may_do_with_it(client_of: Clients, desk_home: AtWork, url: str) -> None:
    answer = client_of("丙").get(url.format(penalty=desk_home.penalty))
    assert len(gzip.compress(answer.content)) < 100_000
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert b" style=" not in answer.content
    assert b"<script>" not in answer.content
