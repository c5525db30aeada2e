"""What a case's page tells: its time line and the holes in it, its flow, why not, the words of the law, links."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.consulted import READING
from fazheng.casework.consulting import ask_people
from fazheng.casework.finding.tokens import initials
from fazheng.casework.writing import Act, writing
from fazheng.lawbook.load import load
from fazheng.procedure.case import Case
from fazheng.procedure.flow import stages
from fazheng.report.flow_picture import svg
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted
from tests.web.test_case_record import evidence

Clients = Callable[[str], Client]


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def plain(text: str) -> str:
    """The page as it is read aloud, roughly."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text))


@pytest.fixture
def unheard(desk_home: AtWork) -> str:
    """A penalty that was decided without hearing the party, entered as it happened."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        return desk.decided_unheard(act)


def test_what_is_missing_stands_as_a_hole_where_it_was_needed(client_of: Clients, unheard: str) -> None:
    story = page(client_of("甲"), f"/case/{unheard}/").split('class="story"')[1].split("</ol>")[0]
    holes = [plain(hole) for hole in re.findall(r'<li class="hole">(.*?)</li>', story)]
    assert any("须已听取陈述、申辩" in hole and "行政处罚法第六十二条" in hole for hole in holes)
    assert story.index("须已听取陈述、申辩") < story.index("作出处罚决定")
    assert any("其间2天没有记录" in hole for hole in holes)  # from the fourth to the seventh of September
    assert any("至今" in hole for hole in holes)


def test_a_breach_stands_in_the_line_with_its_article(client_of: Clients, unheard: str) -> None:
    told = page(client_of("甲"), f"/case/{unheard}/")
    assert re.search(r'<span class="mark defect">违反行政处罚法第六十二条：', told)


def test_a_duty_that_ran_out_is_a_hole_at_the_end(client_of: Clients, desk_home: AtWork) -> None:
    told = plain(page(client_of("乙"), f"/case/{desk_home.ticket}/"))
    late = re.search(r"红灯：已超\d+天", told)
    assert late is None or "以前办，没有记录" in told


def test_why_the_day_is_that_day_is_told_day_by_day(client_of: Clients, desk_home: AtWork) -> None:
    told = page(client_of("甲"), f"/case/{desk_home.penalty}/")
    assert "为什么是这一天" in told
    assert re.search(r'<time datetime="2026-\d\d-\d\d">', told)


def test_why_not_links_to_the_words_of_its_article(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    told = page(client, f"/case/{desk_home.penalty}/do/decide/")
    links = re.findall(r'href="(/law/[^"]+)"', told)
    assert links
    assert "怎么办：" in told
    for link in dict.fromkeys(links):
        assert page(client, link.replace("&amp;", "&"))


def test_an_article_is_shown_with_what_was_cited_marked(client_of: Clients, desk_home: AtWork) -> None:
    told = page(client_of("甲"), "/law/行政处罚法第四十四条/?on=2026-09-01")
    assert "《中华人民共和国行政处罚法》第四十四条" in told
    assert "应当告知当事人" in told or "待核" in told
    cited = page(client_of("甲"), "/law/行政处罚法第六十四条第一项/?on=2026-09-01")
    assert len(re.findall("<mark>", cited)) == 1 or "待核" in cited


def test_an_article_whose_text_is_not_here_says_so(client_of: Clients, desk_home: AtWork) -> None:
    assert "待核" in page(client_of("甲"), "/law/行政处罚法第四十四条/?on=1980-01-01")
    for nothing in ("没有这部法第一条", "行政处罚法", "x"):
        assert client_of("甲").get(f"/law/{nothing}/").status_code == 404
    assert client_of("甲").get("/law/行政处罚法第四十四条/?on=yesterday").status_code == 404


# the flow


def test_every_step_stands_in_the_flow_after_those_it_follows() -> None:
    for versions in load().procedures.values():
        version = versions[-1]
        found = stages(version, Case(), ())
        ranks = {stage.step.id: stage.rank for stage in found}
        assert set(ranks) == set(version.steps)
        first = [stage for stage in found if stage.rank == 0]
        assert [stage.step.id for stage in first] == [version.opens], version.id
        rings = {one for stage in found for one in stage.after if ranks[one] >= stage.rank}
        assert not rings, (version.id, rings)


def test_the_flow_says_in_words_what_it_says_in_colour(client_of: Clients, unheard: str) -> None:
    told = page(client_of("甲"), f"/case/{unheard}/")
    drawn = told.split("<svg")[1].split("</svg>")[0]
    for look, words in (
        ("done", "已办"),
        ("broken here", "已办，违反程序"),
        ("open", "现在可以办"),
        ("barred", "现在不能办"),
    ):
        groups = re.findall(f'<g class="{look}">(.*?)</g>', drawn)
        assert groups, look
        assert all(words in group for group in groups)
    assert drawn.count("在这里") == 2  # the flag, and the title of its box
    assert "style=" not in drawn


def test_names_in_a_drawing_are_text_and_nothing_else() -> None:
    version = load().procedures["penalty.ordinary"][-1]
    drawn = svg(stages(version, Case(), ()), "<script>&")
    assert "<script>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn


# new cases, linked cases


@pytest.mark.parametrize("asked", ["普通程序", "cfpt", "xzcfptcx", "处罚"])
def test_a_procedure_is_found_by_its_name_and_by_its_initials(
    client_of: Clients, desk_home: AtWork, asked: str
) -> None:
    told = page(client_of("甲"), f"/open/?q={asked}")
    assert '/open/penalty.ordinary/"' in told
    assert '/open/hotline.ticket/"' not in told


def test_nobody_is_offered_what_their_post_has_no_part_in(client_of: Clients, desk_home: AtWork) -> None:
    assert "/open/penalty.ordinary/" not in page(client_of("乙"), "/open/?q=信访")
    assert initials("行政处罚普通程序") == "xzcfptcx"


def test_a_case_that_names_another_is_linked_from_both(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.file(act, ticket=desk_home.ticket)
    there = page(client_of("乙"), f"/case/{case}/").split('id="linked"')[1]
    assert (desk_home.ticket in there, "本案写到它" in there) == (True, True)
    back = page(client_of("乙"), f"/case/{desk_home.ticket}/").split('id="linked"')[1]
    assert (case in back, "它写到本案" in back) == (True, True)


def test_a_linked_case_that_is_not_theirs_is_named_and_leads_nowhere(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.file(act, ticket=desk_home.ticket)
        assert ask_people(act, case, READING, "1", ["丁"], Act(desk.TODAY, "丙", {}, paper="请看一看")) == ()
    client = client_of("丁")
    there = page(client, f"/case/{case}/").split('id="linked"')[1]
    assert "12345热线工单2026年第1号（不对您的岗位开放）" in there
    assert f'href="/case/{desk_home.ticket}/"' not in there
    assert client.get(f"/case/{desk_home.ticket}/").status_code == 404


@pytest.fixture
def clue(desk_home: AtWork) -> str:
    """A ticket that was answered with a lead: it suggests a penalty file."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.receive(act, "2026-11-16", ticket_no="示例工单三", topic="活动室收费")
        desk.do(act, case, "contact", "2026-11-17", reached=True)
        desk.do(act, case, "answer", "2026-11-17", outcome="clue", reply="已答复")
    return case


def test_a_suggested_case_is_opened_with_what_is_known(client_of: Clients, clue: str) -> None:
    client = client_of("甲")
    told = page(client, f"/case/{clue}/")
    assert "开“行政处罚普通程序”" in told
    assert f"/open/penalty.ordinary/?from={clue}" in told
    form = page(client, f"/open/penalty.ordinary/?from={clue}")
    assert re.search(r'name="f_matter" value="活动室收费"', form)
    assert f'name="f_ticket" value="{clue}"' in form
    assert f"已按案件{clue}填好" in form


def test_a_suggestion_is_put_aside_with_a_reason_and_shown_no_more(client_of: Clients, clue: str) -> None:
    client = client_of("甲")
    assert client.post(f"/case/{clue}/aside/clue_to_penalty/", {"reason": ""}).status_code == 422
    assert client.post(f"/case/{clue}/aside/clue_to_penalty/", {"reason": "不属本局管辖"}).status_code == 302
    told = page(client, f"/case/{clue}/")
    assert "?from=" not in told
    assert "不属本局管辖" not in told  # why is held apart
    assert client.get(f"/open/penalty.ordinary/?from={clue}").status_code == 404


@pytest.mark.parametrize("case", ["ticket", "penalty"])
def test_a_case_asks_three_statements_however_much_happened(client_of: Clients, desk_home: AtWork, case: str) -> None:
    client = client_of("甲" if case == "penalty" else "乙")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.file(act, ticket=desk_home.ticket)
        for day in range(2, 12):
            evidence(act, desk_home.penalty, f"2026-09-{day:02}")
    url = f"/case/{getattr(desk_home, case)}/"
    client.get(url)
    with counted() as asked:
        assert client.get(url).status_code == 200
    told = [one["sql"][:150] for one in asked["default"].captured_queries]
    assert len(told) <= 3, told  # who is here; the case with what it is linked to; its tasks


@pytest.mark.parametrize("url", ["/case/{penalty}/do/gather_evidence/", "/case/{penalty}/do/decide/",
                                 "/case/{penalty}/entry/1/correct/", "/open/penalty.ordinary/", "/open/"])  # fmt: skip
def test_a_form_of_a_case_asks_few_statements(client_of: Clients, desk_home: AtWork, url: str) -> None:
    client, url = client_of("甲"), url.format(penalty=desk_home.penalty)
    client.get(url)
    with counted() as asked:
        assert client.get(url).status_code == 200
    assert len(asked["default"]) <= 3, [one["sql"][:150] for one in asked["default"].captured_queries]
    assert len(asked["desk"]) <= 3  # the session, the account, the draft


def test_what_somebody_types_never_becomes_a_part_of_the_page(client_of: Clients, desk_home: AtWork) -> None:
    hostile = '"><script>alert(1)</script>'
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.file(act, matter=hostile)
    for url in (f"/case/{case}/", f"/case/{case}/dossier/", f"/case/{case}/entry/1/correct/"):
        told = page(client_of("甲"), url)
        assert "<script>alert" not in told
        assert "&lt;script&gt;alert" in told
    assert "<script>alert" not in client_of("甲").get(f"/open/?q={hostile}").content.decode()


def test_the_file_of_a_case_is_bound_on_its_page(client_of: Clients, unheard: str) -> None:
    told = plain(page(client_of("甲"), f"/case/{unheard}/dossier/"))
    for part in ("卷首", "卷内目录", "办理经过", "期限", "卷内备考表", "未满足（如实补录）"):
        assert part in told
    assert "逾期未报送" not in told  # held apart


def test_a_task_is_settled_with_a_reason_and_its_breach_stays(client_of: Clients, unheard: str) -> None:
    client = client_of("甲")
    assert client.post(f"/case/{unheard}/settle/1/", {"reason": " "}).status_code == 422
    assert client.post(f"/case/{unheard}/settle/1/", {"reason": "已经向负责人说明"}).status_code == 302
    told = page(client, f"/case/{unheard}/")
    assert "处理了，记下怎样处理的" not in told
    assert "违反行政处罚法第六十二条" in told
    assert client.get(f"/case/{unheard}/settle/1/").status_code == 404


def test_a_section_reads_its_own_procedures_alone(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.enter(act, "section", "2020-01-01", code="执法科", name="执法科", procedures=["penalty.ordinary"])
        desk.enter(act, "section", "2020-01-01", code="养老科", name="养老科", procedures=["hotline.ticket"])
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        roles, until = ["officer"], "2030-12-31"
        for who, section in (("壬", "执法科"), ("癸", "养老科")):
            held = {"roles": roles, "certificate_until": until, "sections": [section]}
            assert desk.enter(act, "staff", "2020-01-01", code=who, name=f"示例{who}", **held) == []
        case = desk.file(act)
    assert client_of("壬").get(f"/case/{case}/").status_code == 200
    assert client_of("癸").get(f"/case/{case}/").status_code == 404
    assert client_of("癸").get("/lists/penalty.ordinary/").status_code == 403
