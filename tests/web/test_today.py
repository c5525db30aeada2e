"""今日, 待办, 已办, 督办, 阅件 and the calendar feed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from fazheng.casework import consulting
from fazheng.casework.consulted import OPINION, READING
from fazheng.casework.consulting import ask_people
from fazheng.casework.handing import hand_over
from fazheng.casework.registers import strike_row
from fazheng.casework.writing import Act, writing
from fazheng.web import serving
from fazheng.web.models import Feed
from tests.casework import desk
from tests.casework.test_statements import statements
from tests.casework.test_waiting import investigated, notified
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted, key_in

Clients = Callable[[str], Client]
HEAD = Act(desk.day("2026-11-18"), "丙", {}, paper="请看一看")


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def reviewed_and_decidable(home: AtWork) -> tuple[str, str]:
    """A case that waits for its review, and one that waits for its decision."""
    with writing(home.bureau, today=desk.TODAY) as act:
        review, decision = investigated(act, complex=True), investigated(act)
        notified(act, decision)
    return review, decision


def test_duties_stand_by_law_clock_in_colour_and_words(client_of: Clients, desk_home: AtWork) -> None:
    page = text(client_of("乙"), "/today/")
    assert re.search(r'class="light red">红灯：已超\d+天', page)
    assert "红灯 " in page
    assert "条" in page


def deputised(home: AtWork, last: str = "2026-11-25", who: str = "丁", **more: object) -> tuple[str, str]:
    """Two clues, one checked, whose filing waits for the head; 丁 signs it in 丙's place until `last`."""
    record = {"matter": "违反规定收费", "source": "complaint", "described": "…", "suspicion": "…"}
    with writing(home.bureau, today=desk.TODAY) as act:
        checked, filed = (
            desk.sound(act.open("penalty.clue", Act(desk.day("2026-10-09"), "甲", record))).case_id for _ in range(2)
        )
        for case in (checked, filed):
            desk.do(act, case, "check", "2026-10-12", jurisdiction="here")
        desk.do(act, filed, "to_file", "2026-10-13", "丙")
        row = {"paper": "示民发〔2026〕4号", "granted_by": "丙", "who": who, "term_from": "2026-11-01",
               "term_until": last, "procedures": ["penalty.clue"], **more}  # fmt: skip
        assert desk.enter(act, "signing_authority", "2026-11-01", "丙", **row) == []
    return checked, filed


def test_a_deputy_finds_what_waits_for_them_within_the_term_and_nothing_before_or_after_it(
    client_of: Clients, desk_home: AtWork
) -> None:
    checked, filed = deputised(desk_home)
    deputy, list_ = client_of("丁"), "/lists/penalty.clue/"
    for day, within in (("2026-10-31", False), ("2026-11-01", True), ("2026-11-25", True), ("2026-11-26", False)):
        serving.serving().today = lambda day=day: desk.day(day)
        page, todo = text(deputy, "/today/"), text(deputy, "/todo/")
        assert [checked in page, checked in todo, "代丙签，至2026-11-25" in page] == [within] * 3, day
        assert "授权代签：代丙签，至2026-11-25" in todo or not within
        assert filed not in page
        found = deputy.get(list_)
        assert found.status_code == (200 if within else 403), day
        assert filed not in found.content.decode(), "it is closed"
        assert (checked in found.content.decode()) is within
        assert (list_ in text(deputy, "/lists/")) is within
        queue = deputy.get("/review/")
        assert (queue.status_code, checked in queue.content.decode()) == ((200, True) if within else (403, False)), day
        assert ('href="/review/"' in page) is within, "the navigation leads there"
        assert deputy.get(f"/review/{checked}/").status_code == (200 if within else 404)
        assert deputy.get(f"/case/{filed}/").status_code == 404


def test_a_paper_that_names_other_steps_and_one_that_was_struck_show_nothing(
    client_of: Clients, desk_home: AtWork
) -> None:
    checked, _ = deputised(desk_home, steps=["transfer"])
    assert checked not in text(client_of("丁"), "/today/")
    assert "授权代签" not in text(client_of("丙"), "/today/"), "who signs for themselves signs in nobody's place"
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"paper": "示民发〔2026〕5号", "granted_by": "丙", "who": "丁", "term_from": "2026-11-01",
               "term_until": "2026-12-31", "procedures": ["penalty.clue"]}  # fmt: skip
        assert desk.enter(act, "signing_authority", "2026-11-01", "丙", **row) == []
    assert checked in text(client_of("丁"), "/today/")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ended = Act(desk.TODAY, "丙", {}, paper="示例文件")
        assert strike_row(act, "signing_authority", "示民发〔2026〕5号", ended) == ()
    assert checked not in text(client_of("丁"), "/today/")


def test_where_only_the_nearest_were_looked_at_the_pages_say_at_least(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed_and_decidable(desk_home)
    head = client_of("丙")
    whole = [text(head, url) for url in ("/today/", "/todo/", "/supervised/", "/review/")]
    assert [page for page in whole if "至少" in page or "其余的在台账里" in page] == []
    monkeypatch.setattr("fazheng.web.today_asked.CLOCKS", 1)
    monkeypatch.setattr("fazheng.web.today_asked.CASES", 1)
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act, ticket_no="示例工单乙")
    assert "灯至少 " in text(head, "/today/")
    assert "等您审核、签字的至少 " in text(head, "/today/") or "等您审核" not in text(head, "/today/")
    assert re.search(r"待办 至少\d+", text(head, "/todo/"))
    assert "到期没有办的 至少1 件" in text(head, "/supervised/")
    assert "只看了期限最先到的一百件没有办结的案件" in text(head, "/review/")


def test_who_has_a_case_in_hand_is_told_of_its_clocks_whoever_signs_in_the_end(
    client_of: Clients, desk_home: AtWork
) -> None:
    assert "行政处罚普通程序2026年第1号　2026-11-30到期" in text(client_of("甲"), "/today/")
    assert desk_home.penalty not in text(client_of("丁"), "/today/")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": "庚", "name": "示例庚", "roles": ["officer"], "certificate_until": "2030-12-31"}
        assert desk.enter(act, "staff", "2020-01-01", **row) == []
        refused, _ = hand_over(act, "甲", "庚", HEAD, "调岗", [desk_home.penalty])
        assert refused == ()
    assert desk_home.penalty in text(client_of("庚"), "/today/")
    assert desk_home.penalty not in text(client_of("甲"), "/today/")


def test_however_many_clocks_of_others_are_nearer_ones_own_stand_on_today(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": "庚", "name": "示例庚", "roles": ["officer"], "certificate_until": "2030-12-31"}
        assert desk.enter(act, "staff", "2020-01-01", **row) == []
        assert hand_over(act, "甲", "庚", HEAD, "调岗", [desk_home.penalty])[0] == ()
    monkeypatch.setattr("fazheng.web.today_asked.CLOCKS", 1)  # the ticket was due long before
    assert desk_home.penalty in text(client_of("庚"), "/today/")
    assert desk_home.ticket in text(client_of("乙"), "/today/")


def test_who_opens_such_cases_is_told_of_the_clocks_of_their_own_section_alone(
    client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.enter(act, "section", "2020-01-01", code="执法科", name="执法科", procedures=["penalty.ordinary"])
        desk.enter(act, "section", "2020-01-01", code="养老科", name="养老科", procedures=["hotline.ticket"])
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for who, section in (("壬", "养老科"), ("癸", "执法科")):
            row = {"code": who, "name": f"示例{who}", "roles": ["hotline_desk"], "sections": [section]}
            assert desk.enter(act, "staff", "2020-01-01", **row) == []
    assert desk_home.ticket in text(client_of("壬"), "/today/")
    assert desk_home.ticket not in text(client_of("癸"), "/today/")


def test_each_light_is_said_in_its_word_by_the_third_that_is_left(client_of: Clients, desk_home: AtWork) -> None:
    client, page = client_of("丙"), ""
    for days in (0, 40, 75, 95):  # a filing of September, decided within ninety days
        serving.serving().today = lambda days=days: desk.day("2026-09-01") + timedelta(days=days)
        page += text(client, "/today/")
    for said in ("红灯：", "黄灯：还有", "绿灯：还有"):
        assert said in page


def test_what_waits_for_a_review_or_a_signature_stands_before_who_gives_it_and_nobody_else(
    client_of: Clients, desk_home: AtWork
) -> None:
    review, decision = reviewed_and_decidable(desk_home)
    reviewer, head, officer = (text(client_of(who), "/today/") for who in ("己", "丙", "甲"))
    assert f"/review/{review}/" in reviewer
    assert "法制审核通过" in reviewer
    assert f"/review/{decision}/" in head
    assert "作出处罚决定" in head
    assert "等您审核、签字的" not in officer


def test_a_suggested_case_stands_with_its_reason_and_article(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        told = {"channel": "phone", "about": "violation", "topic": "示例线索", "anonymous": True, "content": "示例"}
        case = desk.sound(act.open("report_line", Act(desk.day("2026-11-19"), "甲", told))).case_id
    officer, other = text(client_of("甲"), "/today/"), text(client_of("乙"), "/today/")
    for page in (officer, other):
        assert "开“行政处罚普通程序”" in page
        assert "因为：举报违法行为，建议核查立案" in page
        assert "/open/penalty.ordinary/" in page
    assert f"/case/{case}/" in officer
    assert case not in other  # it does not open to them
    assert "法律建议另开的案件" not in text(client_of("丁"), "/today/")


def test_standing_duties_are_a_part_of_today_and_a_page_of_their_own(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    assert 'hx-get="/today/duties/"' in text(client, "/today/")
    page = text(client, "/today/duties/")
    assert "国家宪法日宣传" in page
    assert "已办/应办 0/1" in page
    part = client.get("/today/duties/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "国家宪法日宣传" in part


def test_the_four_lists_stand_with_their_counts(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ask_people(act, desk_home.penalty, READING, "1", ["丁"], HEAD)
        ask_people(act, desk_home.penalty, OPINION, "decide", ["丁"], HEAD)
    page = text(client_of("丁"), "/todo/")
    assert "待办 1" in page
    assert "阅件 1" in page
    assert "督办 0" in page
    assert ">已办<" in page.replace("\n", "")
    assert ">丙请您会签：作出处罚决定<" in page, "said once, without a second word before it"
    assert "丙请丁会签：作出处罚决定" in text(client_of("甲"), f"/case/{desk_home.penalty}/")


def test_done_lists_what_the_person_did_and_not_what_others_did(client_of: Clients, desk_home: AtWork) -> None:
    mine, others = text(client_of("乙"), "/done/"), text(client_of("丁"), "/done/")
    assert desk_home.ticket in mine
    assert desk_home.penalty not in mine.replace(desk_home.ticket, "")
    assert "这一段里没有您办的事" in others
    assert client_of("乙").get("/done/?before=abc").status_code == 200


def test_the_head_asks_about_what_is_late_and_the_handler_answers(client_of: Clients, desk_home: AtWork) -> None:
    head, handler = client_of("丙"), client_of("乙")
    assert "到期没有办的" in text(head, "/supervised/")
    url = f"/case/{desk_home.ticket}/ask/supervision/"
    form = text(head, url)
    about = re.search(r'<option value="(\w+)"', form)
    assert about is not None
    assert 'value="乙" checked' in form  # who has it in hand
    sent = {"form_key": key_in(form), "about": about[1], "of": ["乙"], "text": "为什么还没有答复"}
    assert head.post(url, sent).status_code == 302
    assert head.post(url, sent).status_code == 302  # sent twice
    assert [e.event for e in desk.book(desk_home.bureau, desk_home.ticket)].count("asked") == 1
    asked = f"/case/{desk_home.ticket}/asked/2/"
    page = text(handler, asked)
    assert "为什么还没有答复" in page
    assert "督办" in text(handler, "/today/")
    case = text(client_of("丙"), f"/case/{desk_home.ticket}/")
    assert '<span class="mark supervision">督办</span>' in case
    assert f'<a href="{asked}">还等乙：看这一件</a>' in case
    assert f'<a href="{asked}">等您答复：看这一件</a>' in text(handler, f"/case/{desk_home.ticket}/")
    assert "处理了，记下怎样处理的" not in case, "what was put to a person is answered, not settled"
    assert handler.post(asked, {"form_key": key_in(page), "text": "今天回函"}).status_code == 302
    assert "今天回函" in text(head, asked)
    assert "已答复" in text(head, "/supervised/")


def test_nobody_but_the_head_supervises_and_a_bad_form_says_why(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/ask/supervision/"
    assert client_of("乙").get(url).status_code == 404
    head = client_of("丙")
    answer = head.post(url, {"form_key": key_in(text(head, url)), "about": "no_such", "text": ""})
    assert answer.status_code == 422
    assert "还没有记入" in answer.content.decode()
    assert len(desk.book(desk_home.bureau, desk_home.ticket)) == 1


def test_what_was_asked_is_covered_for_whoever_was_not_asked(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ask_people(act, desk_home.penalty, OPINION, "decide", ["丁"], HEAD)
    asked = f"/case/{desk_home.penalty}/asked/2/"
    assert "请看一看" in text(client_of("丁"), asked)
    assert "请看一看" not in text(client_of("甲"), asked)
    assert "另存，不公开" in text(client_of("甲"), asked)


def test_what_was_asked_and_all_its_answers_are_opened_together(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ask_people(act, desk_home.penalty, OPINION, "decide", ["丁", "己"], HEAD)
        for code in "丁己":
            assert consulting.answer(act, desk_home.penalty, 2, Act(HEAD.on, code, {}, paper=f"{code}同意")) == ()
    client = client_of("丙")
    with statements() as told:
        page = text(client, f"/case/{desk_home.penalty}/asked/2/")
    assert all(said in page for said in ("请看一看", "丁同意", "己同意"))
    assert sum("FROM ledger_private_value" in one for one in told) == 1


def test_who_may_be_asked_is_told_with_their_post_and_what_is_missing_in_words(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, url = client_of("丙"), f"/case/{desk_home.penalty}/ask/opinion/"
    form = client.get(url).content.decode()
    assert "己　法制审核人员" in form
    answer = client.post(url, {"form_key": key_in(form), "of": ["己"], "text": "请看一看"}).content.decode()
    assert ("没有写在哪个步骤以前" in answer, "步骤“”" in answer) == (True, False)
    asked = {"form_key": key_in(form), "of": ["己"], "text": "请看一看", "about": "decide"}
    assert client.post(url, asked).status_code == 302
    held_apart = client.get(f"/case/{desk_home.penalty}/private/").content.decode()
    assert 'value="督办、会签、阅件里写的"' in held_apart
    assert 'value="text"' not in held_apart


def test_what_is_to_be_read_is_marked_read_by_one_click(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ask_people(act, desk_home.penalty, READING, "1", ["丁"], HEAD)
    client = client_of("丁")
    form = dict(re.findall(r'name="(case|number)" value="([^"]*)"', client.get("/reading/").content.decode()))
    assert form == {"case": desk_home.penalty, "number": "2"}, "the button sends what the page takes"
    assert client.post("/reading/", form).status_code == 302
    assert "没有待阅的" in text(client, "/reading/")
    assert client.post("/reading/", {"case": desk_home.penalty, "number": "2"}).status_code == 422
    assert client_of("己").post("/reading/", {"case": desk_home.penalty, "number": "2"}).status_code == 404


def test_the_feed_opens_by_its_token_alone_and_names_nobody(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    made = client.post("/calendar/", {"renew": "1"}).content.decode()
    found = re.search(r"(/calendar/([0-9a-f]{48})\.ics)", made)
    assert found is not None
    assert found[2] not in Feed.objects.get().token_digest
    answer = Client().get(found[1])
    sheet = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert desk_home.ticket in sheet.replace("\r\n ", "")
    for hidden in ("乙", "甲", "民政局", desk.CODE, "养老机构收费"):
        assert hidden not in sheet.replace("\r\n ", "")
    again = client.post("/calendar/", {"renew": "1"}).content.decode()
    assert found[2] not in again
    assert Client().get(found[1]).status_code == 404
    client.post("/calendar/", {"end": "1"})
    assert not Feed.objects.exists()


def test_the_feed_ends_when_its_person_leaves(client_of: Clients, desk_home: AtWork) -> None:
    made = client_of("乙").post("/calendar/", {"renew": "1"}).content.decode()
    url = re.search(r"/calendar/[0-9a-f]{48}\.ics", made)
    assert url is not None
    Feed.objects.get().account.__class__.objects.filter(code="乙").update(is_active=False)
    assert Client().get(url[0]).status_code == 404


@pytest.mark.parametrize(
    ("url", "book"),
    [("/today/", 11), ("/todo/", 9), ("/done/", 9), ("/supervised/", 9), ("/reading/", 9), ("/review/", 5)],
)
def test_a_list_asks_a_fixed_number_of_statements_however_many_cases(
    client_of: Clients, desk_home: AtWork, url: str, book: int
) -> None:
    reviewed_and_decidable(desk_home)
    client = client_of("丙")
    client.get(url)
    with counted() as few:
        text(client, url)
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for _ in range(5):
            penalty = investigated(act)
            notified(act, penalty)
            review = {"review_kind": "act", "act_kind": "penalty", "act_case": penalty, "matter": "示例",
                      "triggers": ["complex"], "handlers": ["甲", "乙"], "decided_already": False,
                      "ask_counsel": False}  # fmt: skip
            desk.sound(act.open("legal_review", Act(desk.day("2026-09-08"), "甲", review)))
            desk.receive(act, ticket_no=f"示例工单{_}甲")
    client.get(url)
    with counted() as many:
        text(client, url)
    assert len(many["default"]) <= len(few["default"]) + 1  # linked cases are read together, where there are any
    assert len(few["default"]) <= book, [one["sql"][:150] for one in few["default"].captured_queries]
