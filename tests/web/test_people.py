"""人员与执法证, 科室, 主持工作, 授权代签, 交接单, and what these people can lawfully finish."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from fazheng.casework.handing import cases_in_hand
from fazheng.casework.looking import looks
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.models import RegisterRow
from fazheng.ledger.storage import DESK_ALIAS
from fazheng.staff import load_roster
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.looking import pictured, step_in, violations, watched
from tests.web.test_case_page import key_in

Clients = Callable[[str], Client]
NEW = {"f_code": "壬", "f_name": "示例壬", "f_roles": ["section"], "on": "2026-11-20", "paper": "示例文件"}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def sent(client: Client, url: str, **data: object) -> object:
    """The form of that address, filled and sent."""
    return client.post(
        url, {"form_key": key_in(text(client.get(url))), "on": "2026-11-20", "paper": "示例文件", **data}
    )


def entered(home: AtWork, register: str, **row: object) -> None:
    with writing(home.bureau, today=desk.TODAY) as act:
        assert desk.enter(act, register, "2026-01-01", **row) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"certificate_from": "2020-01-01", "certificate_until": "2026-11-19"}, "红灯：已过期1天"),
        ({"certificate_from": "2020-01-01", "certificate_until": "2026-11-20"}, "红灯：今天到期"),
        ({"certificate_from": "2022-01-01", "certificate_until": "2026-12-20"}, "黄灯：还有30天"),
        ({"certificate_from": "2026-01-01", "certificate_until": "2030-12-31"}, "绿灯：还有"),
        ({"certificate_until": "2030-12-31", "certificate_stopped": True}, "红灯：已暂扣或者收回"),
        ({}, "没有登记"),
    ],
)
def test_a_certificate_shows_its_light_in_colour_and_words(
    desk_home: AtWork, client_of: Clients, row: dict[str, object], said: str
) -> None:
    entered(desk_home, "staff", code="壬", name="示例壬", roles=["officer"], **row)
    page = text(client_of("丙").get("/people/"))
    line = page.split('href="/people/%E5%A3%AC/"')[1].split("</tr>")[0]
    assert said in line
    colour = {"红": "red", "黄": "yellow", "绿": "green"}.get(said[0], "")
    assert not colour or f'class="light {colour}"' in line


def test_a_person_is_entered_changed_and_struck_by_entries(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    sent(client, "/people-rows/staff/", **NEW)
    assert load_roster(desk_home.bureau.code).roles("壬", desk.TODAY) == {"section"}
    sent(client, "/people-rows/staff/壬/", f_roles=["section", "office"], f_deputy="甲")
    roster = load_roster(desk_home.bureau.code)
    assert (roster.roles("壬", desk.TODAY), roster.deputy("壬", desk.TODAY)) == ({"section", "office"}, "甲")
    sent(client, "/people-rows/staff/壬/", f_roles=["section", "office"], what="strike")
    assert load_roster(desk_home.bureau.code).on("壬", desk.TODAY) is None
    events = [entry.event for entry in desk.book(desk_home.bureau, "staff:壬")]
    assert events == ["row_enter", "row_change", "row_strike"]
    assert not any("示例壬" in entry.data for entry in desk.book(desk_home.bureau))


def test_a_row_that_is_sent_twice_is_entered_once(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    key = key_in(text(client.get("/people-rows/staff/")))
    answers = [client.post("/people-rows/staff/", {**NEW, "form_key": key}).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert RegisterRow.objects.filter(register="staff", key="壬").count() == 1


@pytest.mark.parametrize(
    ("url", "data", "said"),
    [
        ("/people-rows/staff/", {**NEW, "f_roles": ["audit_admin", "office"]}, "不办业务"),
        ("/people-rows/staff/", {**NEW, "f_code": "甲"}, "已有“甲”"),
        ("/people-rows/staff/", {**NEW, "f_name": ""}, "请填写“姓名”"),
        ("/people-rows/staff/", {**NEW, "f_certificate_until": "没有这天"}, "执法证有效期止"),
        ("/people-rows/staff/", {**NEW, "on": "2020-02-03", "paper": ""}, "没有写来源"),
        ("/people-rows/acting_head/", {"f_paper": "示民发〔2026〕3号", "f_who": "丁", "f_term_from": "2026-11-20",
                                       "f_term_until": "2026-11-01"}, "早于首日"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_kindly(
    desk_home: AtWork, client_of: Clients, url: str, data: dict[str, object], said: str
) -> None:
    answer = sent(client_of("丙"), url, **data)
    assert (answer.status_code, said in text(answer)) == (422, True)  # type: ignore[attr-defined]


def test_acting_head_and_signing_authority_stand_with_paper_and_term(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    sent(client, "/people-rows/acting_head/", f_paper="示民发〔2026〕3号", f_who="丁", f_term_from="2026-11-01",
         f_term_until="2026-11-30")  # fmt: skip
    sent(client, "/people-rows/signing_authority/", f_paper="示民发〔2026〕4号", f_granted_by="丙", f_who="己",
         f_term_from="2026-11-01", f_term_until="2026-11-10", f_procedures=["penalty.ordinary"])  # fmt: skip
    page = text(client.get("/people/"))
    assert "bureau_head" in load_roster(desk_home.bureau.code).roles("丁", desk.TODAY)
    for said in ("示民发〔2026〕3号", "2026-11-01起，到2026-11-30止", "今天有效", "示民发〔2026〕4号", "今天无效"):
        assert said in page, said
    assert client_of("甲").get("/people-rows/acting_head/").status_code == 200  # the office enters papers


@pytest.mark.parametrize("code", ["乙", "己"])
@pytest.mark.parametrize("url", ["/people-rows/staff/", "/people-rows/section/", "/people-rows/signing_authority/"])
def test_who_has_no_part_in_it_enters_nothing(desk_home: AtWork, client_of: Clients, code: str, url: str) -> None:
    client = client_of(code)
    assert (client.get(url).status_code, client.post(url, NEW).status_code) == (403, 403)


@pytest.mark.parametrize("register", ["social_organisation", "nothing", "bureau"])
def test_other_registers_are_not_entered_here(desk_home: AtWork, client_of: Clients, register: str) -> None:
    assert client_of("丙").get(f"/people-rows/{register}/").status_code == 404


def test_a_section_has_its_people_and_its_procedures(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    sent(client, "/people-rows/section/", f_code="办", f_name="办公室", f_procedures=["hotline.ticket"])
    sent(client, "/people-rows/staff/甲/", f_roles=desk.PEOPLE["甲"], f_certificate_until="2030-12-31",
         f_sections=["办"])  # fmt: skip
    page = text(client.get("/sections/"))
    assert all(said in page for said in ("办公室", "甲", "12345热线工单"))
    assert "办公室" in text(client.get("/people/"))


def test_a_name_is_shown_for_a_reason_that_is_entered(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("甲")
    assert "示例乙" not in text(client.get("/people/")) + text(client.get("/people/乙/"))
    refused = client.post("/people/乙/", {"reason": " "})
    assert (refused.status_code, "示例乙" in text(refused)) == (422, False)
    assert looks(desk_home.bureau.code) == []
    assert "示例乙" in text(client.post("/people/乙/", {"reason": "打印执法证"}))
    assert [(one.case_id, one.by) for one in looks(desk_home.bureau.code)] == [("staff:乙", "甲")]
    assert "打印执法证" not in "".join(entry.data for entry in desk.book(desk_home.bureau))


def test_open_cases_are_handed_over_and_none_is_left_without_a_person(desk_home: AtWork, client_of: Clients) -> None:
    entered(desk_home, "staff", code="壬", name="示例壬", roles=["officer", "hotline_desk"],
            certificate_until="2030-12-31")  # fmt: skip
    client = client_of("丙")
    refused = sent(client, "/people-rows/staff/乙/", f_roles=desk.PEOPLE["乙"], what="strike")
    assert "手里还有没办结的案件" in text(refused)
    sheet = text(client.get("/handover/乙/"))
    assert (desk_home.ticket in sheet, desk_home.penalty in sheet) == (True, True)
    wrong = client.post("/handover/乙/", {"now": "丁", "reason": "调走"})
    assert (wrong.status_code, "没有交接" in text(wrong)) == (422, True)
    done = client.post("/handover/乙/", {"now": "壬", "reason": "调走", "leaves": "1", "paper": "调令"}, follow=True)
    assert "已把2件交给壬，记入每个案件。乙已从人员名册注销。" in text(done)
    assert load_roster(desk_home.bureau.code).on("乙", desk.TODAY) is None
    looking = Writing(desk_home.bureau, desk.TODAY)
    assert {one.case_id for one in cases_in_hand(looking, "壬")} == {desk_home.ticket, desk_home.penalty}
    assert client_of("己").get("/handover/甲/").status_code == 403


def test_an_authority_is_written_with_the_names_of_its_steps_and_its_day_once(
    desk_home: AtWork, client_of: Clients
) -> None:
    client, url = client_of("丙"), "/people-rows/signing_authority/"
    form = text(client.get(url))
    assert (form.count("从哪天起</label>"), "步骤的名称，例：延期" in form) == (1, True)
    row = {"f_paper": "示民发〔2026〕4号", "f_granted_by": "丙", "f_who": "丁", "f_term_from": "2026-11-05",
           "f_term_until": "2026-12-20", "f_procedures": ["hotline.ticket"], "f_steps": "延期"}  # fmt: skip
    key = key_in(form)
    assert client.post(url, {"form_key": key, "on": desk.TODAY.isoformat(), "what": "enter", **row}).status_code == 302
    held = RegisterRow.objects.get(bureau=desk_home.bureau.code, register="signing_authority")
    assert (held.from_day, json.loads(held.data)["steps"]) == ("2026-11-05", ["extend"])
    again = sent(client, url, **row | {"f_paper": "示民发〔2026〕5号", "f_steps": "没有这一步"})
    assert "可以代签的：extend（延期）" in text(again)
    later = sent(client, url, **row | {"f_paper": "示民发〔2026〕6号", "f_term_from": "2026-12-01"}, on="2026-11-20")
    assert later.status_code == 302  # type: ignore[attr-defined]


def test_the_last_who_can_enter_people_stays_until_another_can(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    by = Act(desk.TODAY, "丙", {"roles": ["officer", "section"]}, paper="示例文件")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert change_row(act, "staff", "甲", by) == ()
        assert strike_row(act, "staff", "辛", replace(by, data={})) == ()
    for change in ({"f_roles": desk.PEOPLE["丙"], "what": "strike"}, {"f_roles": ["officer"], "what": "enter"}):
        answer = sent(client, "/people-rows/staff/丙/", **change | {"on": "2026-11-20"})
        assert (answer.status_code, "丙是最后一个能登记人员的人" in text(answer)) == (422, True)
    entered(desk_home, "staff", code="壬", name="示例壬", roles=["bureau_head"])
    assert sent(client, "/people-rows/staff/丙/", f_roles=desk.PEOPLE["丙"], what="strike").status_code == 302


def test_a_sheet_of_many_cases_is_one_sheet_by_procedure(desk_home: AtWork, client_of: Clients) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for _ in range(3):
            desk.receive(act)
    sheet = text(client_of("丙").get("/handover/乙/"))
    assert "这是一张单，不分页：打印出来一件不少" in sheet
    assert "12345热线工单（4件）" in sheet
    assert sheet.count('name="case"') == len(cases_in_hand(Writing(desk_home.bureau, desk.TODAY), "乙"))


def test_what_these_people_can_finish_who_is_missing_and_whom_to_ask(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    page = text(client.get("/staffing/"))
    assert "绿灯：能办到底" in page
    assert "红灯：办不了" in page
    assert re.search(r"最少要<b>\d+人</b>，现在在岗6人", page)
    assert "缺：没有社会组织管理股室" in page
    without = text(client.get("/staffing/?without=己"))
    assert "少了己才这样" in without
    assert "可以请：本系统内统筹调用的法律顾问" in without
    assert "按全部人员算" in text(client.get("/staffing/?without=没有这个人"))


PAGES = ["/people/", "/people/甲/", "/people-rows/staff/", "/people-rows/staff/甲/", "/people-rows/signing_authority/",
         "/sections/", "/staffing/", "/handover/甲/"]  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_the_pages_of_people_are_without_violation(
    desk_home: AtWork, client_of: Clients, live: str, browser_page: Page, url: str
) -> None:
    entered(
        desk_home,
        "section",
        code="SW",
        name="社会事务和养老服务、儿童福利以及未成年人保护股",
        procedures=["penalty.ordinary"],
    )
    entered(
        desk_home, "staff", code="壬", name="示例壬", roles=["officer"], certificate_until="2026-11-01", sections=["SW"]
    )
    entered(desk_home, "acting_head", paper="示民发〔2026〕3号", who="丁", term_from="2026-11-01")
    step_in(browser_page, live, "丙", client_of("丙"))
    with watched(browser_page) as complaints:
        browser_page.goto(live + url)
        for width, height in ((1366, 768), (360, 740)):
            browser_page.set_viewport_size({"width": width, "height": height})
            assert violations(browser_page) == []
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    pictured(browser_page, "people" + url.strip("/").replace("/", "-").replace("甲", "one"))
    assert complaints == []


@pytest.mark.parametrize("url", ["/people/", "/sections/", "/staffing/", "/people/甲/"])
def test_a_page_takes_few_statements_and_few_bytes(desk_home: AtWork, client_of: Clients, url: str) -> None:
    client = client_of("乙")
    client.get(url)
    with CaptureQueriesContext(connections["default"]) as book, CaptureQueriesContext(connections[DESK_ALIAS]) as own:
        answer = client.get(url)
    assert len(book) + len(own) <= 6  # two for the session, one for the staff register, three for the page
    assert len(answer.content) < 100_000
