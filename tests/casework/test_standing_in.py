"""主持工作, 授权代签, 三员, 科室 and AB岗 as rows of registers: who may act, by which paper, until when."""

from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import change_row, enter_row, strike_row
from fazheng.casework.signing import Words, sign, unfit
from fazheng.casework.writing import Act, Done, writing
from fazheng.ledger.chain import Head
from fazheng.staff import load_roster
from tests.casework.desk import TODAY, book, data_of, day, file, receive

PAPER, OTHER = "示民发〔2026〕3号", "示民发〔2026〕4号"
EXTEND: dict[str, Any] = {"reason": "材料待补", "caller_told": True}
RECUSE: dict[str, Any] = {"person": ["乙"], "reason": "近亲属"}


def heads(desk: Bureau, who: str = "甲", first: str = "2026-09-01", last: str = "2026-09-30") -> list[str]:
    row = {"paper": PAPER, "who": who, "term_from": first, "term_until": last}
    return entered(desk, "acting_head", row, first)


def authorises(desk: Bureau, **changed: Any) -> list[str]:
    row = {"paper": OTHER, "granted_by": "丙", "who": "甲", "term_from": "2026-09-01", "term_until": "2026-09-30",
           "procedures": ["hotline.ticket"], "steps": ["extend"]}  # fmt: skip
    return entered(desk, "signing_authority", {**row, **changed}, "2026-09-01")


def entered(desk: Bureau, register: str, row: dict[str, Any], on: str) -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [one.says for one in enter_row(act, register, Act(day(on), "丙", row, paper="示例文件"))]


def extends(desk: Bureau, on: str = "2026-09-02", by: str = "甲") -> Done:
    with writing(desk, today=TODAY) as act:
        return act.do(receive(act), "extend", Act(day(on), by, EXTEND))


def says(done: Done) -> str:
    return "；".join(one.says + one.todo for one in done.decision.refusals)


def stands_in(desk: Bureau, case: str) -> Any:
    return data_of(book(desk, case)[-1]).get("stands_in")


def test_who_heads_the_bureau_by_a_paper_acts_as_its_head_within_the_term_and_the_entry_names_the_paper(
    desk: Bureau,
) -> None:
    assert "不是行政机关负责人" in says(extends(desk))
    assert heads(desk) == []
    done = extends(desk)
    assert not done.refused, says(done)
    assert stands_in(desk, done.case_id) == {"as": "acting_head", "paper": PAPER}
    assert book(desk, done.case_id)[-1].acting_as == "bureau_head"
    roster = load_roster(desk.code)
    assert [
        "bureau_head" in roster.roles("甲", day(on)) for on in ("2026-08-31", "2026-09-01", "2026-09-30", "2026-10-01")
    ] == [False, True, True, False]
    rebuild_equals_live(desk)


def test_who_is_the_head_needs_no_paper_and_names_none(desk: Bureau) -> None:
    assert heads(desk, who="丙") == []
    assert stands_in(desk, extends(desk, by="丙").case_id) is None


def test_who_is_authorised_signs_the_named_steps_within_the_term_and_no_others(desk: Bureau) -> None:
    assert authorises(desk) == []
    done = extends(desk)
    assert stands_in(desk, done.case_id) == {"as": "signing_authority", "paper": OTHER}
    assert "不是行政机关负责人" in says(extends(desk, on="2026-10-08"))
    with writing(desk, today=TODAY) as act:
        closed = act.do(receive(act), "close", Act(day("2026-09-03"), "甲", {}))
    assert "role" in [one.gate for one in closed.decision.refusals]
    assert "bureau_head" not in load_roster(desk.code).roles("甲", day("2026-09-02"))
    rebuild_equals_live(desk)


def test_what_the_law_wants_of_the_head_in_person_is_signed_by_no_deputy_but_by_who_heads_the_bureau(
    desk: Bureau,
) -> None:
    assert authorises(desk, procedures=["penalty.ordinary"], steps=[]) == []
    with writing(desk, today=TODAY) as act:
        case = file(act)
        decided = act.do(case, "decide_no_penalty", Act(day("2026-09-03"), "甲", {}))
        assert "不能代签" in says(decided)
        assert enter_row(act, "acting_head", Act(day("2026-09-01"), "丙", {
            "paper": PAPER, "who": "甲", "term_from": "2026-09-01"}, paper="示例文件")) == ()  # fmt: skip
        decided = act.do(case, "decide_no_penalty", Act(day("2026-09-03"), "甲", {}))
        assert "role" not in [one.gate for one in decided.decision.refusals]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"granted_by": "乙"}, "不是行政机关负责人"),
        ({"who": "丙"}, "同一个人"),
        ({"who": "路人"}, "人员名册里没有“路人”"),
        ({"term_until": "2026-08-01"}, "早于首日"),
        ({"procedures": ["no.such"], "steps": []}, "没有“no.such”这个程序"),
        ({"steps": ["answer"]}, "不是这些程序里由负责人办理的步骤"),
        ({"procedures": ["penalty.ordinary"], "steps": ["decide"]}, "要负责人本人办理"),
    ],
)
def test_an_authority_that_cannot_stand_is_refused(desk: Bureau, row: dict[str, Any], why: str) -> None:
    assert why in "；".join(authorises(desk, **row))


def test_no_two_people_head_the_bureau_on_one_day(desk: Bureau) -> None:
    assert heads(desk) == []
    row = {"paper": OTHER, "who": "乙", "term_from": "2026-09-20"}
    assert any("重叠" in said for said in entered(desk, "acting_head", row, "2026-09-20"))
    with writing(desk, today=TODAY) as act:
        assert strike_row(act, "acting_head", PAPER, Act(day("2026-09-15"), "丙", {}, paper="示例文件")) == ()
    assert entered(desk, "acting_head", row, "2026-09-20") == []
    assert "bureau_head" not in load_roster(desk.code).roles("甲", day("2026-09-16"))


@pytest.mark.parametrize("roles", [["system_admin", "officer"], ["security_admin", "audit_admin"]])
def test_an_administrator_holds_no_other_role(desk: Bureau, roles: list[str]) -> None:
    row = {"code": "管", "name": "示例管", "roles": roles, "other_office": True}
    assert any("不办业务" in said for said in entered(desk, "staff", row, "2026-09-01"))
    assert entered(desk, "staff", {**row, "roles": roles[:1]}, "2026-09-01") == []
    with writing(desk, today=TODAY) as act:
        changed = change_row(act, "staff", "管", Act(day("2026-09-02"), "丙", {"roles": roles}, paper="示例文件"))
    assert [one.gate for one in changed] == ["roles"]


def test_a_section_names_procedures_there_are_and_a_person_sections_there_are(desk: Bureau) -> None:
    row: dict[str, Any] = {"code": "执法股", "name": "执法股", "procedures": ["no.such"]}
    assert any("没有“no.such”" in said for said in entered(desk, "section", row, "2026-09-01"))
    person = {"code": "壬", "name": "示例壬", "roles": ["officer"], "sections": ["执法股"]}
    assert any("“科室”里没有“执法股”" in said for said in entered(desk, "staff", person, "2026-09-01"))
    assert entered(desk, "section", {**row, "procedures": ["penalty.ordinary"]}, "2026-09-01") == []
    assert entered(desk, "staff", person, "2026-09-01") == []


def test_whom_to_ask_while_somebody_is_away_is_somebody_who_is_here(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        named = [
            [
                one.says
                for one in change_row(
                    act, "staff", "甲", Act(day("2026-09-01"), "丙", {"deputy": code}, paper="示例文件")
                )
            ]
            for code in ("甲", "路人", "乙")
        ]
    assert named == [["AB岗写的是本人"], ["人员名册里没有“路人”"], []]
    assert load_roster(desk.code).deputy("甲", TODAY) == "乙"
    with writing(desk, today=TODAY) as act:
        assert strike_row(act, "staff", "乙", Act(day("2026-10-01"), "丙", {}, paper="示例文件")) == ()
    assert load_roster(desk.code).deputy("甲", TODAY) == ""


def rebuild_equals_live(desk: Bureau) -> None:
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live


def test_who_heads_the_bureau_signs_the_yearly_report_and_the_entry_names_the_paper_and_no_deputy_does(
    desk: Bureau,
) -> None:
    words = Words(2024, "示例报告", "", "", (), (), {}, example=True)
    by = Act(day("2026-09-02"), "甲", {})
    assert authorises(desk, procedures=["annual_report"], steps=[]) == []
    with writing(desk, today=TODAY) as act:
        assert [one.gate for one in unfit(act, words, "", by)] == ["role"]
    assert heads(desk) == []
    with writing(desk, today=TODAY) as act:
        assert unfit(act, words, "", by) == ()
        sign(act, words, Head(1, "0" * 64), {}, "", by)
    assert data_of(book(desk, "report:2024")[-1])["stands_in"] == {"as": "acting_head", "paper": PAPER}


@pytest.mark.parametrize("what", ["correct", "withdraw"])
def test_a_deputy_without_a_role_in_the_procedure_puts_right_what_they_may_sign_and_nothing_else(
    desk: Bureau, what: str
) -> None:
    def put_right(entry: int) -> list[str]:
        said = {} if what == "withdraw" else {"event.reason": "材料待核"} if entry == 2 else {"topic": "别的"}
        with writing(desk, today=TODAY) as act:
            done = act.do(case, what, Act(TODAY, "丁", {"entry": entry, "reason": "签错了", **said}))
            return [one.gate for one in done.decision.refusals]

    assert authorises(desk, who="丁", term_until="2026-12-31") == []
    case = extends(desk, by="丁").case_id
    assert put_right(1) == ["role"]  # how the ticket came in is not theirs
    assert put_right(2) == []
    assert stands_in(desk, case) == {"as": "signing_authority", "paper": OTHER}
    rebuild_equals_live(desk)


def test_a_deputy_whose_term_is_over_puts_nothing_right(desk: Bureau) -> None:
    assert authorises(desk, who="丁") == []
    case = extends(desk, by="丁").case_id
    with writing(desk, today=TODAY) as act:
        done = act.do(case, "withdraw", Act(TODAY, "丁", {"entry": 2, "reason": "签错了"}))
    assert done.refused
    assert {one.gate for one in done.decision.refusals} == {"role"}
