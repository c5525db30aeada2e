"""Registers: rows entered, changed and struck by hand, moved by cases; each answers for any day."""

from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import change_row, enter_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.register import row_on, rows_on
from fazheng.staff import load_roster
from tests.casework.desk import CODE, TODAY, book, data_of, day, do, enter, sound

LIST = "social_organisation"
ROW: dict[str, Any] = {"code": CODE, "name": "示例协会", "kind": "association", "registered_on": "2020-05-06"}


def change(desk: Bureau, on: str, by: str = "甲", key: str = CODE, **data: Any) -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [refusal.gate for refusal in change_row(act, LIST, key, Act(day(on), by, data, paper="变更核准书"))]


def strike(desk: Bureau, on: str, by: str = "甲", key: str = CODE) -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [refusal.gate for refusal in strike_row(act, LIST, key, Act(day(on), by, {}, paper="注销公告"))]


def entered(desk: Bureau, on: str = "2024-01-10", **data: Any) -> list[str]:
    with writing(desk, today=TODAY) as act:
        return enter(act, LIST, on, "甲", **{**ROW, **data})


def name_on(desk: Bureau, on: str) -> str | None:
    row = row_on(desk.code, LIST, CODE, day(on))
    return str(row.data.get("name")) if row else None


def test_a_row_stands_from_its_day_until_it_is_struck(desk: Bureau) -> None:
    assert entered(desk) == []
    assert change(desk, "2025-02-01", name="新示例协会") == []
    assert strike(desk, "2026-03-01") == []
    assert [name_on(desk, on) for on in ("2024-01-09", "2024-01-10", "2025-01-31", "2025-02-01", "2026-02-28")] == [
        None,
        "示例协会",
        "示例协会",
        "新示例协会",
        "新示例协会",
    ]
    assert name_on(desk, "2026-03-01") is None
    spans = [
        (row.from_day, row.to_day) for on in ("2024-06-01", "2025-06-01") for row in rows_on(desk.code, LIST, day(on))
    ]
    assert spans == [("2024-01-10", "2025-02-01"), ("2025-02-01", "2026-03-01")]


def test_each_movement_is_an_entry_with_its_source(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        assert enter_row(act, LIST, Act(day("2024-01-10"), "甲", ROW, paper="登记证书", source="import:abc")) == ()
    change(desk, "2025-02-01", name="新示例协会")
    strike(desk, "2026-03-01")
    found = book(desk, f"{LIST}:{CODE}")
    assert [entry.event for entry in found] == ["row_enter", "row_change", "row_strike"]
    assert [entry.by for entry in found] == ["甲", "甲", "甲"]
    assert found[0].source == "import:abc"
    assert set(data_of(found[0])["paper"]) == {"apart"}
    assert data_of(found[1])["row"] == {"name": "新示例协会"}
    assert set(data_of(found[2])) == {"paper"}


def test_a_change_on_an_earlier_day_takes_its_place_in_time(desk: Bureau) -> None:
    entered(desk)
    change(desk, "2025-02-01", name="新示例协会")
    change(desk, "2024-06-01", kind="foundation")
    row = row_on(desk.code, LIST, CODE, day("2025-03-01"))
    assert row is not None
    assert (row.data["name"], row.data["kind"]) == ("新示例协会", "foundation")
    assert name_on(desk, "2024-07-01") == "示例协会"


def test_the_last_movement_of_a_day_holds_for_the_day(desk: Bureau) -> None:
    entered(desk)
    change(desk, "2024-01-10", name="甲名")
    change(desk, "2024-01-10", name="乙名")
    assert name_on(desk, "2024-01-10") == "乙名"
    assert len(rows_on(desk.code, LIST, day("2024-01-10"))) == 1


def test_a_row_entered_again_inherits_nothing(desk: Bureau) -> None:
    entered(desk, sponsor="示例县体育局")
    strike(desk, "2025-01-01")
    assert entered(desk, on="2026-01-01") == []
    row = row_on(desk.code, LIST, CODE, day("2026-02-01"))
    assert row is not None
    assert "sponsor" not in row.data


def test_a_field_may_be_emptied_unless_it_is_needed(desk: Bureau) -> None:
    entered(desk, sponsor="示例县体育局")
    assert change(desk, "2025-01-01", sponsor=None) == []
    row = row_on(desk.code, LIST, CODE, day("2025-01-01"))
    assert row is not None
    assert "sponsor" not in row.data
    assert change(desk, "2025-01-01", name=None) == ["field"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"code": None}, "缺少“统一社会信用代码”"),
        ({"code": CODE[:-1] + "9"}, "末位校验码要对得上"),
        ({"kind": "club"}, "可选：社会团体、民办非企业单位、基金会"),
        ({"registered_on": "2020-02-30"}, "要写成 2024-03-05 的样子"),
        ({"colour": "red"}, "没有“colour”这一栏"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(desk: Bureau, data: dict[str, Any], says: str) -> None:
    with writing(desk, today=TODAY) as act:
        refusals = enter_row(act, LIST, Act(day("2024-01-10"), "甲", {**ROW, **data}, paper="示例台账"))
    assert [says in refusal.says for refusal in refusals] == [True]
    assert rows_on(desk.code, LIST, TODAY) == []


def test_a_row_struck_as_of_an_earlier_day_is_not_begun_again_by_a_later_change(desk: Bureau) -> None:
    assert entered(desk) == []
    assert change(desk, "2024-06-03", name="示例新名协会") == []
    assert strike(desk, "2024-03-04") == []
    assert name_on(desk, "2024-03-01") == "示例协会"
    assert [name_on(desk, on) for on in ("2024-03-04", "2024-06-03", "2025-01-02")] == [None, None, None]
    assert entered(desk, "2024-09-02", name="示例再登记协会") == []
    assert name_on(desk, "2024-09-02") == "示例再登记协会"
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live


def test_a_row_is_entered_once_and_only_what_stands_is_changed_or_struck(desk: Bureau) -> None:
    assert change(desk, "2024-05-01", name="…") == ["order"]
    assert strike(desk, "2024-05-01") == ["order"]
    entered(desk)
    assert entered(desk, on="2024-05-01") == ["once"]
    assert change(desk, "2024-01-09", name="…") == ["order"]  # the day before it stood
    strike(desk, "2024-06-01")
    assert change(desk, "2024-06-01", name="…") == ["order"]
    assert strike(desk, "2024-06-02") == ["order"]


def test_the_key_of_a_row_never_changes(desk: Bureau) -> None:
    entered(desk)
    assert change(desk, "2024-05-01", code="52999900MJX00000XN") != []
    assert change(desk, "2024-05-01", code=CODE) == []


def test_nothing_moves_tomorrow_or_by_a_stranger(desk: Bureau) -> None:
    entered(desk)
    assert entered(desk, on="2026-11-21", code="x") != []
    assert change(desk, "2026-11-21", name="…") == ["future"]
    assert strike(desk, "2026-11-21") == ["future"]
    assert change(desk, "2025-01-01", by="路人", name="…") == ["role"]
    assert strike(desk, "2025-01-01", by="路人") == ["role"]


def test_staff_of_one_transaction_may_act_in_it(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        assert enter(act, "staff", "2024-01-01", "庚", code="庚2", name="示例庚", roles=["officer"]) == ["role"]
        assert enter(act, "staff", "2024-01-01", "G2", code="G2", name="示例庚", roles=["officer"]) == []
        assert enter(act, LIST, "2024-01-10", "G2", **ROW) == []


# ── the roster ──


def test_the_roster_answers_for_any_day(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        person = {"code": "庚", "name": "示例庚", "roles": ["officer"]}
        valid = {"certificate_from": "2024-02-01", "certificate_until": "2024-12-31"}
        assert enter(act, "staff", "2024-01-01", **person, **valid) == []
        assert (
            change_row(act, "staff", "庚", Act(day("2025-01-01"), "丙", {"roles": ["office"]}, paper="示例台账")) == ()
        )
        assert strike_row(act, "staff", "庚", Act(day("2026-01-01"), "丙", {}, paper="示例台账")) == ()
    roster = load_roster(desk.code)
    assert [roster.roles("庚", day(on)) for on in ("2023-12-31", "2024-01-01", "2025-01-01", "2026-01-01")] == [
        frozenset(),
        {"officer"},
        {"office"},
        frozenset(),
    ]
    certified = [roster.certified("庚", day(on)) for on in ("2024-01-31", "2024-02-01", "2024-12-31", "2025-01-01")]
    assert certified == [False, True, True, False]
    assert roster.known("庚")  # who left is still known: what they did then stays entered
    assert not roster.known("路人")
    assert "庚" in roster.holding("officer", day("2024-06-01"))
    assert "庚" not in roster.holding("officer", day("2025-06-01"))


def test_who_has_left_may_not_act_any_more(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        assert strike_row(act, "staff", "乙", Act(day("2026-09-10"), "丙", {}, paper="示例台账")) == ()
        case = sound(act.open("hotline.ticket", Act(day("2026-09-09"), "乙", _ticket()))).case_id
        refused = act.do(case, "sign_in", Act(day("2026-09-10"), "乙", {"assigned_to": "养老服务股"}))
    assert [refusal.gate for refusal in refused.decision.refusals] == ["role"]


def _ticket() -> dict[str, Any]:
    from tests.casework.desk import TICKET

    return dict(TICKET)


# ── [[change]]: a case moves a row ──


def listed(desk: Bureau, on: str, organisation: str = CODE) -> str:
    with writing(desk, today=TODAY) as act:
        return sound(act.open("npo.abnormal_list", Act(day(on), "甲", {"organisation": organisation}))).case_id


def status_on(desk: Bureau, on: str) -> str | None:
    row = row_on(desk.code, "organisations", CODE, day(on))
    return str(row.data.get("status")) if row else None


def test_a_case_moves_the_row_it_names(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        assert enter(act, "organisations", "2024-01-10", "甲", code=CODE, name="示例协会") == []
    case = listed(toy_desk, "2025-07-01")
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "remove", "2026-02-02")
    assert [status_on(toy_desk, on) for on in ("2025-06-30", "2025-07-01", "2026-02-01", "2026-02-02")] == [
        "None",
        "活动异常",
        "活动异常",
        "正常",
    ]
    row = row_on(toy_desk.code, "organisations", CODE, day("2025-08-01"))
    assert row is not None
    assert row.data == {"code": CODE, "name": "示例协会", "status": "活动异常"}


def test_a_row_that_a_case_moved_moves_back_when_the_case_is_amended(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        enter(act, "organisations", "2024-01-10", "甲", code=CODE)
    case = listed(toy_desk, "2025-07-01")
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "correct", "2026-02-02", entry=1, on="2025-08-01", reason="记错日子")
    assert [status_on(toy_desk, on) for on in ("2025-07-15", "2025-08-01")] == ["None", "活动异常"]
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "withdraw", "2026-02-02", entry=1, reason="另一家的")
    assert status_on(toy_desk, "2026-02-02") == "None"
    live = dump(toy_desk.code)
    rebuild(toy_desk, today=TODAY)
    assert dump(toy_desk.code) == live


def test_what_a_case_changes_of_a_row_that_is_not_there_yet_waits_for_its_entry(toy_desk: Bureau) -> None:
    listed(toy_desk, "2025-07-01")
    assert row_on(toy_desk.code, "organisations", CODE, day("2025-07-01")) is None
    with writing(toy_desk, today=TODAY) as act:
        assert enter(act, "organisations", "2025-09-01", "甲", code=CODE, name="示例协会") == []
    row = row_on(toy_desk.code, "organisations", CODE, day("2025-09-01"))
    assert row is not None
    assert dict(row.data) == {"code": CODE, "name": "示例协会", "status": "活动异常"}


def test_what_a_case_changes_of_a_struck_row_does_not_bring_it_back(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        assert enter(act, "organisations", "2024-01-10", "甲", code=CODE, name="示例协会") == []
        gone = Act(day("2025-06-02"), "甲", {}, paper="注销公告")
        assert not strike_row(act, "organisations", CODE, gone)
    listed(toy_desk, "2025-07-01")
    assert row_on(toy_desk.code, "organisations", CODE, day("2025-07-01")) is None


# ── rows older than the book ──


def taken_over(desk: Bureau, on: str, paper: str = "") -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [r.gate + r.says for r in enter_row(act, LIST, Act(day(on), "甲", ROW, paper=paper))]


def test_a_row_older_than_the_book_names_its_source(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        opened = act.opened_on
    assert opened is not None
    before = "2022-06-01"
    [refused] = taken_over(desk, before)
    assert refused == f"source{before}早于本账本建立的日子（{opened}），没有写来源"
    assert len(taken_over(desk, before, "  ")) == 1
    assert taken_over(desk, before, "2022年第3号公告（档案）") == []
    assert set(data_of(book(desk, f"{LIST}:{CODE}")[0])["paper"]) == {"apart"}


def test_what_moves_a_row_before_the_book_names_its_source_too(desk: Bureau) -> None:
    entered(desk)
    with writing(desk, today=TODAY) as act:
        assert [r.gate for r in change_row(act, LIST, CODE, Act(day("2024-05-01"), "甲", {"name": "…"}))] == ["source"]
        assert [r.gate for r in strike_row(act, LIST, CODE, Act(day("2024-05-01"), "甲", {}))] == ["source"]


def test_a_row_of_the_books_own_time_needs_no_paper(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        opened = act.opened_on
    assert opened is not None
    with writing(desk, today=opened) as act:
        assert enter_row(act, LIST, Act(opened, "甲", ROW)) == ()
