"""负责人页: twelve questions, each answered from the book, and honestly where the book holds nothing."""

import json
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.bureaux import Bureau
from fazheng.casework.late_now import late_now
from fazheng.casework.signing import Words, sign
from fazheng.casework.telling import tell
from fazheng.casework.writing import Act, writing
from fazheng.figures import count, up_to
from fazheng.figures import year as whole_year
from fazheng.lawbook.load import load
from fazheng.ledger.models import ClockRow
from fazheng.ledger.read import head
from fazheng.ledger.signed import Line
from fazheng.web.head.questions import questions
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted

Clients = Callable[[str], Client]
IDS = [one.id for one in questions()]
MORE = {"checked": 6, "tickets": 5, "neighbour": 2}  # statements of a page that lists the cases of several figures
ORGANISATION = {"code": desk.CODE, "name": "示例协会", "kind": "association", "registered_on": "2020-01-01"}


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def sent(client: Client, id: str, **data: Any) -> str:
    return client.post(f"/head/{id}/", data).content.decode()


def rows(text: str) -> str:
    """The text of a page without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_there_are_twelve_and_each_stands_on_the_front_page_with_its_answer(
    client_of: Clients, desk_home: AtWork
) -> None:
    assert len(IDS) == 12
    text = page(client_of("丙"), "/head/")
    for one in questions():
        assert f'<a href="/head/{one.id}/">{one.asks}</a></h2><p>' in text
    assert "<p></p>" not in text


@pytest.mark.parametrize("who", ["甲", "己", "丁"])
def test_only_the_head_gets_there(client_of: Clients, desk_home: AtWork, who: str) -> None:
    client = client_of(who)
    assert {client.get(f"/head/{id}/").status_code for id in IDS} == {403}
    assert client.get("/head/").status_code == client.get("/head/rows/2026/hotline.late/").status_code == 403


def test_a_question_or_a_year_that_is_not_there_is_not_found(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for url in ("/head/nothing/", "/head/rows/2026/no.such/", "/head/rows/2030/hotline.late/", "/head/defects/1066/"):
        assert client.get(url).status_code == 404, url
    assert "2026年至今" in page(client, "/head/tickets/?year=abcd")


def test_no_page_of_the_head_speaks_of_commands(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    pages = [page(client, "/head/"), *(page(client, f"/head/{id}/") for id in IDS)]
    assert [one for one in pages if "fazheng " in one or "--" in one.partition("<main")[2]] == []


def test_of_many_cases_behind_a_number_the_first_stand_here_and_all_on_the_page_of_the_number(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act)
    monkeypatch.setattr("fazheng.web.head.pages._ROWS", 1)
    client = client_of("丙")
    text = page(client, "/head/rows/2026/hotline.received/")
    assert "共2行，只列前1行；全部的，在下面这个统计项的页上逐页看。" in text
    assert 'href="/figures/of/hotline.received/?p=2026"' in text
    assert desk_home.ticket in page(client, "/figures/of/hotline.received/?p=2026")


@pytest.mark.parametrize("id", IDS)
def test_a_page_asks_few_statements_and_is_light(client_of: Clients, desk_home: AtWork, id: str) -> None:
    client = client_of("丙")
    text = page(client, f"/head/{id}/")
    with counted() as asked:
        page(client, f"/head/{id}/")
    assert len(asked["default"]) <= 1 + MORE.get(id, 3), [one["sql"][:90] for one in asked["default"].captured_queries]
    assert len(text) < 100_000
    assert "依据：《" in text


def test_every_law_that_a_question_names_is_known(desk_home: AtWork) -> None:
    known = {statute.short for statute in load().statutes.values()}
    assert {law for one in questions() for law in one.laws} - known == set()


def test_every_figure_that_a_question_names_is_counted_and_every_hole_is_one_of_them() -> None:
    book = load()
    told = tomllib.loads(files("fazheng.web.head").joinpath("questions.toml").read_text("utf-8"))["question"]
    for one in told:
        assert set(one.get("figures", ())) <= set(book.figures)
        assert set(re.findall(r"\{(.*?)\}", one.get("says", ""))) <= set(one.get("figures", ())), one["id"]
        assert set(one.get("listed", ())) <= set(one.get("figures", ()))


def test_what_nobody_entered_is_no_nought(client_of: Clients, desk_home: AtWork) -> None:
    text = rows(page(client_of("丙"), "/head/fined/"))
    assert "2025年没有数据" in text
    assert "处罚决定0" not in text


def test_a_fine_is_counted_and_its_case_is_one_click_away(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.decided_unheard(act)
    client = client_of("丙")
    text = page(client, "/head/fined/?year=2026")
    assert "普通程序处罚决定1件" in rows(text)
    found = re.search(r'href="(/head/rows/2026/penalty\.decided/)">1 件<', text)
    assert found is not None
    assert f'href="/case/{case}/">{case}<' in page(client, found[1])


def test_what_is_late_is_named_with_who_has_it_in_hand(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    front, text = rows(page(client, "/head/")), rows(page(client, "/head/late/"))
    assert re.search(r"\d+件案件有超期未办的期限，最早的2026-", front)
    assert re.search(r"12345热线工单2026年第1号 .{0,80}已超\d+天 乙", text)


def test_what_ends_a_right_of_the_party_takes_no_place_among_what_is_late(desk_home: AtWork) -> None:
    bureau, book = desk_home.bureau, load(place=desk_home.bureau.place)
    with writing(bureau, today=desk.TODAY) as act:
        for _ in range(3):
            desk.decided_unheard(act)
        desk.receive(act, "2026-10-08")
    rows = ClockRow.objects.filter(bureau=bureau.code, done=None, superseded_on=None, due__lt=desk.TODAY.isoformat())
    every = late_now(bureau.code, book, desk.TODAY)
    assert rows.exclude(estimate=True).count() > len(every) > 2
    for many in range(1, len(every) + 1):
        with counted() as asked:
            assert late_now(bureau.code, book, desk.TODAY, many) == every[:many]
        assert len(asked["default"]) == 1


def test_whether_the_head_was_in_court_is_said_to_be_unknown(client_of: Clients, desk_home: AtWork) -> None:
    assert "没有哪一个程序记负责人出庭" in page(client_of("丙"), "/head/courts/")


def test_of_the_four_it_says_what_was_signed_and_what_nobody_recorded(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.decided_unheard(act)
    text = rows(page(client_of("丙"), "/head/personal/"))
    assert re.search(r"作出处罚决定 1 2026-09-07", text)
    for kind in ("部署", "过问", "协调", "督办"):
        assert re.search(rf" {kind} 没有数据 没有人记入", text)
    assert "作出处罚决定 1" not in rows(page(client_of("辛"), "/head/personal/"))


def test_of_the_four_what_the_head_entered_is_counted_with_its_paper_and_its_case(
    client_of: Clients, desk_home: AtWork
) -> None:
    entered: dict[str, Any] = {"head_post": "party_and_bureau", "act_way": "order", "task": "要点第六项"}
    numbered = {**entered, "document_no": "示民督〔2026〕1号"}
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for kind, data in (("supervised", numbered), ("supervised", entered), ("deployed", numbered)):
            told = {"personal": kind, "matter": "限期办结", **data}
            given = Act(desk.day("2026-09-03"), "丙", told, happened=data is entered)  # that one had no paper
            case = desk.sound(act.open("head.act", given)).case_id
        desk.do(act, case, "follow_up", "2026-09-07", settled=True, outcome="已办结")
    client = client_of("丙")
    text = page(client, "/head/personal/")
    assert "部署 1 次 都有材料 过问 0 次 没有登记 协调 0 次 没有登记 督办 2 次 1次有材料" in rows(text)
    assert "2026年账本里没有您签的决定" in text  # what was entered of the four is not counted twice
    assert "登记的部署1次、过问0次、协调0次、督办2次，有材料的2次" in rows(page(client, "/head/"))
    found = re.search(r'href="(/head/rows/2026/head\.deployed/)">', text)
    assert found is not None
    assert f'href="/case/{case}/">{case}<' in page(client, found[1])


def test_a_number_told_in_november_that_has_changed_is_explained_by_the_entries_between(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, bureau = client_of("丙"), desk_home.bureau
    assert "没有底" in page(client, "/head/reported/")
    with writing(bureau, today=desk.TODAY) as act:
        period = up_to(whole_year(2026), desk.day("2026-11-05"))
        values = count(bureau.code, act.book, period, ["hotline.received"])
        assert not tell(act, "市民政局", "figures", [(period, values[0])], head(bureau.code),
                        Act(desk.day("2026-11-05"), "甲", {}))  # fmt: skip
    assert "报过的数与现在的账本都一致" in page(client, "/head/reported/")
    with writing(bureau, today=desk.TODAY) as act:
        late = desk.receive(act, ticket_no="示例工单补", on="2026-10-08")
    text = rows(page(client, "/head/reported/"))
    assert "2026-11-05 报市民政局" in text
    assert re.search(rf"收到工单数 1件 2件 .*多出：{late}（.*补记）", text)


def test_tickets_that_cost_our_place_stand_with_the_reason(client_of: Clients, desk_home: AtWork) -> None:
    text = rows(page(client_of("丙"), "/head/tickets/"))
    assert f"{desk_home.ticket} 超期答复、逾期未答复的工单" in text
    assert "名次由派单的平台排" in text


def test_defects_are_counted_by_article_and_open_their_cases(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.decided_unheard(act)
    client = client_of("丙")
    text = page(client, "/head/inspector/")
    found = re.search(r'href="(/head/defects/2026/\?article=[^"]+)">1 件', text)
    assert found is not None
    assert case in page(client, found[1].replace("&amp;", "&"))
    assert "绿灯：有效" in text


def test_without_a_person_it_says_what_can_no_longer_be_done(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    assert "能办到底的" in page(client, "/head/")
    text = rows(sent(client, "fewer", without="己"))
    assert re.search(r"少了己.*普通程序.*法制审核", text)
    assert "能办的不变" not in text
    assert "少了没有这个人" not in sent(client, "fewer", without="没有这个人")


def test_who_signed_is_found_by_case_and_by_the_number_of_the_paper(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.decided_unheard(act)
    client = client_of("丙")
    for wanted in (case, "示民罚决字〔2026〕1号"):
        assert re.search(
            r"作出处罚决定 .*2026-09-07 丙 行政机关负责人 示民罚决字〔2026〕1号",
            rows(sent(client, "signed", wanted=wanted)),
        )
    assert "账本里没有“示民罚决字〔2026〕9号”的签字" in sent(client, "signed", wanted="示民罚决字〔2026〕9号")


def theirs(ours: list[dict[str, Any]], **changed: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile("theirs.json", json.dumps([{**one, **changed} for one in ours]).encode())


@pytest.mark.parametrize(
    ("changed", "said"),
    [({}, "绿灯：可比"), ({"definition": "另一种数法"}, "数法不同"), ({"source": "declared"}, "来源不同：对方申报"),
     ({"id": "other"}, "对方的文件里没有这一项"), ({"definition": ""}, "没有写怎么数的")],
)  # fmt: skip
def test_the_neighbours_numbers_are_comparable_only_where_they_are_counted_alike(
    client_of: Clients, desk_home: AtWork, changed: dict[str, str], said: str
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        refused = desk.enter(act, "social_organisation", "2020-01-01", **ORGANISATION)
    period = up_to(whole_year(2026), desk.TODAY)
    value = count(desk_home.bureau.code, load(place=desk_home.bureau.place), period, ["organisations.standing"])[0]
    assert not refused, refused
    ours = [{"id": value.id, "name": value.name, "value": value.value, "shown": "88", "numerator": None,
             "denominator": None, "definition": value.definition, "source": value.source}]  # fmt: skip
    text = rows(sent(client_of("丙"), "neighbour", file=theirs(ours, **changed)))
    assert said in text
    assert "没有存下来" in text


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"PK\x03\x04", b"[[[[", b'[{"id": 1}]', b"<html>", b"\xff\xfe"])
def test_a_file_that_is_none_is_told_in_words(client_of: Clients, desk_home: AtWork, content: bytes) -> None:
    text = sent(client_of("丙"), "neighbour", file=SimpleUploadedFile("x.json", content))
    assert "没有读成" in text
    assert "请选对方导出的统计数" in text or "没有选文件" in text


def test_nothing_personal_stands_in_an_address(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for id in ("fewer", "signed", "neighbour"):
        assert 'method="post"' in page(client, f"/head/{id}/")


def sign_report(bureau: Bureau, year: int, text: str) -> None:
    words = Words(year, f"示例县民政局{year}年报告", "报告", "", (Line(0, ((text, ""),)),), [], {}, True)
    with writing(bureau, today=desk.TODAY) as act:
        sign(act, words, head(bureau.code), {}, "", Act(desk.day(f"{year + 1}-02-20"), "丙", {}))


def test_the_sentences_of_two_years_stand_side_by_side(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    assert "没有签发过的年度报告" in page(client, "/head/sentences/")
    sign_report(desk_home.bureau, 2024, "统筹推进各项工作，成效显著。全年学法12次。")
    sign_report(desk_home.bureau, 2025, "统筹推进各项工作，成效显著。全年学法15次。")
    assert "2025年的报告有2句可对照，一字未改1句、只换了数1句。" in page(client, "/head/")
    text = rows(page(client, "/head/sentences/"))
    assert "左边：2025年，2026-02-20签发；右边：2026年底稿" in text
    assert "没有了 统筹推进各项工作，成效显著。 （今年没有）" in text


def test_who_signed_a_yearly_report_is_found_by_its_year(client_of: Clients, desk_home: AtWork) -> None:
    sign_report(desk_home.bureau, 2025, "统筹推进各项工作。")
    text = rows(sent(client_of("丙"), "signed", wanted="2025"))
    assert re.search(r"签发年度报告 年度报告 2026-02-20 丙 行政机关负责人", text)
