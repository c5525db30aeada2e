"""名录: rows on a day, a row's history, and what is known of one organisation."""

from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.act import Act
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import writing
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted

Clients = Callable[[str], Client]
URL = "/registers/social_organisation/"


@pytest.fixture
def organisation(desk_home: AtWork) -> str:
    """An organisation that changed its name in June; its code is that of the penalty's party."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": desk.CODE, "name": "示例县爱心协会", "kind": "association", "registered_on": "2026-01-05"}
        assert desk.enter(act, "social_organisation", "2026-01-05", **row) == []
        change = Act(desk.day("2026-06-01"), "system", {"name": "示例县仁爱协会"}, paper="示例台账")
        assert not change_row(act, "social_organisation", desk.CODE, change)
    return desk.CODE


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_register_is_a_table_of_the_rows_that_stand_on_a_day(client_of: Clients, organisation: str) -> None:
    client = client_of("乙")
    assert "示例县仁爱协会" in text(client, URL)
    assert "示例县爱心协会" in text(client, f"{URL}?on=2026-03-01")
    assert "示例县" not in text(client, f"{URL}?on=2025-12-31").split("<tbody>")[1]
    assert "统一社会信用代码" in text(client, URL)
    assert "示例县仁爱协会" in text(client, f"{URL}?by.kind=association")
    assert "示例县仁爱协会" not in text(client, f"{URL}?by.kind=foundation")
    assert "合计 1行" in text(client, f"{URL}?sum=1")


def test_a_row_shows_the_day_that_is_asked_its_history_and_what_moved_it(client_of: Clients, organisation: str) -> None:
    page = text(client_of("乙"), f"{URL}row/{organisation}/?on=2026-03-01")
    today, history = page.split("<h2>历史</h2>")
    assert "示例县爱心协会" in today
    assert "2026-01-05至2026-06-01前一日" in history
    assert history.index("示例县仁爱协会") < history.index("示例县爱心协会")
    assert "变更，systemj".replace("j", "记") in history


def test_an_organisation_shows_the_cases_that_may_be_read(
    client_of: Clients, desk_home: AtWork, organisation: str
) -> None:
    url = f"{URL}row/{organisation}/"
    assert f"/case/{desk_home.penalty}/" in text(client_of("甲"), url)
    assert f"/case/{desk_home.penalty}/" not in text(client_of("己"), url)
    assert "没有您可以看的案件" in text(client_of("己"), url)


def test_a_struck_row_is_told_so_and_an_unknown_one_is_not_there(
    client_of: Clients, desk_home: AtWork, organisation: str
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert not strike_row(
            act, "social_organisation", organisation, Act(desk.day("2026-10-01"), "system", {}, paper="示例台账")
        )
    client = client_of("乙")
    assert "这一天不在册" in text(client, f"{URL}row/{organisation}/")
    assert client.get(f"{URL}row/999/").status_code == 404
    assert client.get("/registers/nothing/").status_code == 404


def test_names_of_staff_are_covered(client_of: Clients) -> None:
    page = text(client_of("乙"), "/registers/staff/") + text(client_of("乙"), "/registers/staff/row/甲/")
    assert "示例甲" not in page
    assert "（另存）" in page


@pytest.mark.parametrize(("url", "most"), [(URL, 1), (f"{URL}?sum=1", 2), (f"{URL}row/{desk.CODE}/", 4)])
def test_a_register_asks_few_statements(client_of: Clients, organisation: str, url: str, most: int) -> None:
    client = client_of("丙")
    client.get(url)
    with counted() as bare:
        client.get("/registers/")
    with counted() as asked:
        assert client.get(url).status_code == 200
    assert len(asked["default"]) - len(bare["default"]) <= most


def test_a_register_leaves_as_a_file(client_of: Clients, organisation: str) -> None:
    answer = client_of("甲").post(f"{URL}export/", {"to": "示例市局", "form": "csv", "on": "2026-03-01"})
    assert "示例县爱心协会" in answer.content.decode("utf-8-sig")


def test_a_case_that_moved_a_row_is_led_to_only_where_it_opens(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for code, role in (("庚", "officer"), ("壬", "personnel")):
            assert desk.enter(act, "staff", "2020-01-01", code=code, name=f"示例{code}", roles=[role]) == []
        opened = {"holder": ["庚"], "on_staff": True, "post": "殡葬执法"}
        case = desk.sound(act.open("officer.certificate", Act(desk.day("2026-01-05"), "壬", opened))).case_id
        desk.do(act, case, "train", "2026-01-20", "壬", subject="行政处罚法", hours=16)
        desk.do(
            act, case, "pass_exam", "2026-02-10", "壬", common_law=True, own_law=True, exam_organiser="示例省司法厅"
        )
        desk.do(act, case, "issue", "2026-03-02", "壬", certificate_kind="enforcement", certificate_no="示例证001",
                certificate_from="2026-03-02", certificate_until="2031-03-01", issuer="示例省人民政府")  # fmt: skip
    head, other = (text(client_of(who), "/registers/staff/row/庚/") for who in ("丙", "乙"))
    assert f'href="/case/{case}/"' in head
    assert case not in other
    assert "执法证件管理2026年第1号（不对您的岗位开放）" in other
