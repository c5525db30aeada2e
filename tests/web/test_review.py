"""审核: the queue by clock, the whole file on one page, items adopted or not, and what the law leaves room for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fazheng.casework.attaching import attach
from fazheng.casework.consulted import OPINION
from fazheng.casework.consulting import ask_people
from fazheng.casework.writing import Act, Writing, writing
from fazheng.lawbook.load import load
from fazheng.web import serving
from fazheng.web.review import room
from tests.casework import desk
from tests.casework.test_waiting import investigated
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted
from tests.web.test_today import reviewed_and_decidable

Clients = Callable[[str], Client]
ITEMS = "standing competence facts application procedure discretion document referral".split()


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def item_by_item(act: Writing, penalty: str) -> str:
    """A review of the penalty, item by item: two items to be changed, one of them taken up."""
    asked: dict[str, Any] = {"review_kind": "act", "act_kind": "penalty", "act_case": penalty, "matter": "示例",
                             "triggers": ["complex"],
                             "handlers": ["甲", "乙"], "decided_already": False, "ask_counsel": False}  # fmt: skip
    case = desk.sound(act.open("legal_review", Act(desk.day("2026-09-08"), "甲", asked))).case_id
    desk.do(act, case, "assign", "2026-09-09", "壬", seat="inside", reviewers=["己"], interest_checked=True)
    opinions = dict.fromkeys(ITEMS, "agree") | {"facts": "revise", "procedure": "revise"}
    desk.do(act, case, "review", "2026-09-10", "己", first_time=False, opinion="补证据", **opinions)
    desk.do(act, case, "conclude", "2026-09-11", "壬", overall="returned", learned_checked=True)
    desk.do(act, case, "adopt_item", "2026-09-14", "甲", item="facts")
    desk.do(act, case, "decline_item", "2026-09-15", "甲", item="procedure", partly=False, reason="告知已送达")
    return case


@pytest.fixture
def legal_office(desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": "壬", "name": "示例壬", "roles": ["legal_office"]}
        assert desk.enter(act, "staff", "2020-01-01", **row) == []


def test_the_queue_stands_by_clock_and_opens_the_whole_file(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        late = investigated(act, complex=True)
    review, _ = reviewed_and_decidable(desk_home)
    page = text(client_of("己"), "/review/")
    assert page.index(late) < page.index(review)
    assert "等多久都不会自动通过" in page
    whole = text(client_of("己"), f"/review/{review}/")
    for heading in ("期限", "您可以签的", "经过", "附件", "退回、转办、会签、撤回"):
        assert f">{heading}</h2>" in whole
    assert "调查终结" in whole
    assert f"/case/{review}/do/pass_legal_review/" in whole
    assert '<span class="mark">退回</span>' in whole


def test_what_cannot_be_signed_yet_says_why(client_of: Clients, desk_home: AtWork) -> None:
    review, _ = reviewed_and_decidable(desk_home)
    page = text(client_of("丙"), f"/review/{review}/")
    assert "还不能：作出处罚决定" in page
    assert "未经法制审核或者审核未通过的，不得作出决定" in page


def test_each_item_stands_with_its_opinion_and_what_became_of_it(
    client_of: Clients, desk_home: AtWork, legal_office: None
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        penalty = investigated(act, complex=True)
        item_by_item(act, penalty)
    page = text(client_of("己"), f"/review/{penalty}/")  # the review stands on the page of the penalty it speaks of
    assert "事实、证据</th><td>须修改</td><td>采纳一项审核意见</td><td>2026-09-14" in page
    assert "程序</th><td>须修改</td><td>不采纳、部分采纳一项审核意见（理由另存）</td>" in page
    assert "裁量</th><td>同意</td><td>还没有答复</td>" in page


def test_attachments_and_opinions_asked_lie_in_the_file(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        penalty = investigated(act, complex=True)
        by = Act(desk.day("2026-11-18"), "甲", {}, paper="请看法律适用")
        assert ask_people(act, penalty, OPINION, "decide", ["丁"], by) == ()
    paper = desk_home.home / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    page = text(client_of("己"), f"/review/{penalty}/")
    assert "还等丁" in page
    assert "请看法律适用" not in page
    assert attach


def test_the_file_of_a_case_that_is_not_theirs_looks_like_one_that_is_not_there(
    client_of: Clients, desk_home: AtWork
) -> None:
    assert client_of("丁").get(f"/review/{desk_home.penalty}/").status_code == 404
    assert client_of("甲").get("/review/").status_code == 403


def test_room_is_read_out_of_the_procedure(client_of: Clients, desk_home: AtWork) -> None:
    penalty = text(client_of("丙"), f"/review/{desk_home.penalty}/")
    assert "用“法制审核不通过”，写明意见" in penalty
    assert "用“变更承办人员”，写明理由" in penalty
    session = load(place=desk_home.bureau.place).version("study.session", desk.TODAY)
    assert session is not None
    told = dict(room(session))
    assert "没有退回的步骤" in told["退回"]
    assert "交接单" in told["转办"]


def test_looking_at_the_queue_years_later_approves_nothing(client_of: Clients, desk_home: AtWork) -> None:
    review, decision = reviewed_and_decidable(desk_home)
    before = len(desk.book(desk_home.bureau))
    serving.serving().today = lambda: desk.day("2029-11-20")
    for who, case in (("己", review), ("丙", decision)):
        page = text(client_of(who), "/review/")
        assert case in page
        assert "红灯：已超" in page
        text(client_of(who), f"/review/{case}/")
        text(client_of(who), "/today/")
    assert len(desk.book(desk_home.bureau)) == before


def test_the_file_asks_a_bounded_number_of_statements(client_of: Clients, desk_home: AtWork) -> None:
    review, _ = reviewed_and_decidable(desk_home)
    client = client_of("己")
    client.get(f"/review/{review}/")
    with counted() as asked:
        text(client, f"/review/{review}/")
    assert len(asked["default"]) <= 4, [one["sql"][:150] for one in asked["default"].captured_queries]


def test_the_file_asks_no_more_statements_for_each_case_it_is_linked_to(
    client_of: Clients, desk_home: AtWork, legal_office: None
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        penalty = investigated(act, complex=True)
    client, asked = client_of("己"), []
    for _ in range(3):
        text(client, f"/review/{penalty}/")
        with counted() as now:
            text(client, f"/review/{penalty}/")
        asked.append(len(now["default"]))
        with writing(desk_home.bureau, today=desk.TODAY) as act:
            item_by_item(act, penalty)
    assert text(client, f"/review/{penalty}/").count("法制审核") > 2
    assert asked[0] == asked[1] == asked[2]
