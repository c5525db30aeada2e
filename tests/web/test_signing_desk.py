"""纸上签字: the month's list, and its confirmation by the head."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from fazheng.casework import clock
from fazheng.casework.attaching import attach
from fazheng.casework.desk import Desk
from fazheng.casework.writing import Act, writing
from fazheng.web import second_factor, serving
from tests.casework import desk
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]


@pytest.fixture
def month(desk_home: AtWork, tmp_path: Path) -> str:
    """The month in which a signature on paper was entered; by the time it is looked at, it is over."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 example scan")
    refused, taken, _ = attach(desk_home.bureau, desk_home.penalty, scan, Act(clock.today(), "甲", {}))
    assert refused == ()
    assert taken is not None
    data = {"officers": ["甲", "乙"], "reason": "出差"}
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        signed = Act(desk.day("2026-11-19"), "丙", data, entered_by="甲", signed_on_paper=True, scan=taken.digest)
        desk.sound(act.do(desk_home.penalty, "reassign", signed))
    recorded = desk.book(desk_home.bureau, desk_home.penalty)[-1].recorded_at[:7]
    now = serving.serving()
    assert now.desk is not None
    now.desk.close()
    now.today = lambda: desk.day(f"{int(recorded[:4]) + 1}-06-10")
    now.desk = Desk(desk_home.bureau, today=now.today)
    return recorded


def fresh(client: Client) -> None:
    """A right code was shown a moment ago."""
    session = client.session
    session[second_factor.BOX] = int(clock.now().timestamp())
    session.save()


def test_what_was_signed_on_paper_names_both_persons_and_the_scan(
    client_of: Clients, desk_home: AtWork, month: str
) -> None:
    page = client_of("丙").get(f"/paper-signed/?month={month}").content.decode()
    assert "变更承办人员" in page
    assert re.search(r'<td data-head="[^"]*">丙</td><td data-head="[^"]*">甲，', page)
    assert "待确认" in page
    assert f"{month}（1条）" in client_of("丙").get("/paper-signed/").content.decode()


def test_the_head_confirms_the_month_with_a_second_factor(client_of: Clients, desk_home: AtWork, month: str) -> None:
    client = client_of("丙")
    url = f"/paper-signed/?month={month}"
    answer = client.post("/paper-signed/", {"month": month})
    assert answer.status_code == 422
    assert "动态口令" in answer.content.decode()
    fresh(client)
    assert client.post("/paper-signed/", {"month": month}).status_code == 302
    page = client.get(url).content.decode()
    assert "已确认" in page
    assert "确认这 " not in page
    assert "没有待确认的纸上签字" in client.post("/paper-signed/", {"month": month}).content.decode()


def test_nobody_but_the_head_confirms(client_of: Clients, desk_home: AtWork, month: str) -> None:
    office = client_of("甲")
    assert office.get(f"/paper-signed/?month={month}").status_code == 200
    assert office.post("/paper-signed/", {"month": month}).status_code == 403
    assert client_of("乙").get("/paper-signed/").status_code == 403
    assert office.get("/paper-signed/?month=%E4%BB%8A%E5%B9%B4").status_code == 404


def test_signing_on_paper_asks_for_no_second_factor(client_of: Clients, desk_home: AtWork, month: str) -> None:
    entry = desk.book(desk_home.bureau, desk_home.penalty)[-1]
    assert (entry.by, entry.entered_by, entry.event) == ("丙", "甲", "officers_reassigned")
