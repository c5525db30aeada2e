"""The list of powers: who may act under a delegation, what changes the list, what the book counts by item."""

from datetime import date
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.powers_review import counted, enter_review
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, Done, writing
from fazheng.ledger.models import DefectRow
from fazheng.register.powers import items_on
from fazheng.register.powers_first import first_handler, handovers
from fazheng.register.powers_matrix import matrix
from fazheng.register.powers_moves import difference
from tests.casework.desk import TICKET, TODAY, day, enter

ARTICLE = "行政处罚法第十九条"
DELEGATION: dict[str, Any] = {
    "code": "SQ1", "kind": "authorised", "giver": "示例市民政局", "receiver": "示例县民政局",
    "document": "授权决定", "article": ARTICLE, "valid_from": "2026-01-01", "valid_until": "2026-08-31",
}  # fmt: skip
ITEM: dict[str, Any] = {
    "code": "QT01", "kind": "other", "item_name": "热线事项办理", "bases": ["行政处罚法第六十四条"],
    "actor": "示例县民政局", "rests_on": "authorised", "delegation": "SQ1", "procedures": ["hotline.ticket"],
}  # fmt: skip


def listed(desk: Bureau, **data: Any) -> None:
    with writing(desk, today=TODAY) as act:
        assert enter(act, "powers_item", "2026-01-01", "甲", **ITEM | data) == []


def delegated(desk: Bureau, **data: Any) -> None:
    with writing(desk, today=TODAY) as act:
        assert enter(act, "delegation", "2026-01-01", "甲", **DELEGATION | data) == []


def ticket(desk: Bureau, on: str, **more: Any) -> Done:
    with writing(desk, today=TODAY) as act:
        return act.open("hotline.ticket", Act(day(on), "乙", dict(TICKET), **more))


def gates(done: Done) -> list[str]:
    return [refusal.gate for refusal in done.decision.refusals]


def assert_rebuilt_the_same(desk: Bureau) -> None:
    before = dump(desk.code)
    rebuild(desk)
    assert dump(desk.code) == before


def test_an_act_within_the_term_of_its_delegation_is_recorded(desk: Bureau) -> None:
    delegated(desk)
    listed(desk)
    assert gates(ticket(desk, "2026-08-31")) == []


def test_an_expired_delegation_refuses_and_names_its_article(desk: Bureau) -> None:
    delegated(desk)
    listed(desk)
    done = ticket(desk, "2026-09-01")
    assert gates(done) == ["delegation"]
    refusal = done.decision.refusals[0]
    assert refusal.article == ARTICLE
    assert "2026-08-31" in refusal.says


def test_a_delegation_that_is_missing_refuses_by_the_basis_of_the_item(desk: Bureau) -> None:
    listed(desk)
    done = ticket(desk, "2026-03-02")
    assert gates(done) == ["delegation"]
    assert done.decision.refusals[0].article == "行政处罚法第六十四条"


def test_a_delegation_struck_in_the_same_transaction_holds_no_longer(desk: Bureau) -> None:
    delegated(desk)
    listed(desk)
    with writing(desk, today=TODAY) as act:
        before = act.open("hotline.ticket", Act(day("2026-03-02"), "乙", dict(TICKET)))
        assert strike_row(act, "delegation", "SQ1", Act(day("2026-03-03"), "甲", {}, paper="示例公告")) == ()
        after = act.open("hotline.ticket", Act(day("2026-03-03"), "乙", {**TICKET, "ticket_no": "示例工单二"}))
    assert (gates(before), gates(after)) == ([], ["delegation"])


def test_a_step_of_an_open_case_is_refused_once_the_term_is_over(desk: Bureau) -> None:
    delegated(desk)
    listed(desk)
    case = ticket(desk, "2026-08-28").case_id
    with writing(desk, today=TODAY) as act:
        assert gates(act.do(case, "contact", Act(day("2026-09-02"), "甲", {"reached": True}))) == ["delegation"]


def test_what_happened_without_a_delegation_is_recorded_with_its_defect(desk: Bureau) -> None:
    listed(desk)
    done = ticket(desk, "2026-03-02", happened=True, paper="示例凭证")
    assert gates(done) == []
    found = DefectRow.objects.get(bureau=desk.code, case_id=done.case_id, gate="delegation")
    assert found.article == "行政处罚法第六十四条"
    assert_rebuilt_the_same(desk)


def test_another_item_of_the_same_procedure_that_is_the_bureaus_own_lets_the_act_pass(desk: Bureau) -> None:
    listed(desk)
    listed(desk, code="QT02", rests_on="own", delegation=None)
    done = ticket(desk, "2026-03-02")
    assert gates(done) == []
    with writing(desk, today=TODAY) as act:
        assert enter(act, "case_item", "2026-03-02", "甲", case_no=done.case_id, item="QT01") == []
        assert gates(act.do(done.case_id, "contact", Act(day("2026-03-03"), "甲", {"reached": True}))) == ["delegation"]


def change_list(desk: Bureau, first: str, last: str, then: str, **data: Any) -> str:
    proposed = {"reason": "law_changed", "reason_basis": "行政处罚法第六十四条", **data}
    with writing(desk, today=TODAY) as act:
        done = act.open("powers.change", Act(day(first), "甲", proposed))
        assert gates(done) == []
        for step, by, more in (("review", "己", {"opinion": "agree"}), ("approve", "丙", {})):
            assert gates(act.do(done.case_id, step, Act(day(first), by, more))) == []
        assert gates(act.do(done.case_id, then, Act(day(last), "法", {}))) == []
    return done.case_id


def test_a_decided_change_enters_alters_and_removes_items_and_the_difference_says_why(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        assert enter(act, "staff", "2020-01-01", code="法", name="示例法", roles=["legal_office"]) == []
        assert enter(act, "powers_item", "2026-01-01", "甲", **ITEM | {"rests_on": "own", "delegation": None}) == []
    whole = {key: value for key, value in ITEM.items() if key != "delegation"} | {"code": "QT09", "rests_on": "own"}
    listing = change_list(desk, "2026-03-02", "2026-03-10", "list_item", action="list", **whole)
    change_list(desk, "2026-04-01", "2026-04-02", "alter_item", action="alter", code="QT01", promised="5个工作日")
    change_list(desk, "2026-05-06", "2026-05-07", "remove_item", action="remove", code="QT09")
    assert [len(items_on(desk.code, day(on))) for on in ("2026-03-09", "2026-03-10", "2026-05-07")] == [1, 2, 1]
    (added,) = difference(desk.code, day("2026-01-01"), day("2026-03-10"))
    assert (added.code, added.how, added.reason, added.source) == ("QT09", "list", "law_changed", listing)
    (altered,) = difference(desk.code, day("2026-01-01"), day("2026-12-31"))
    assert (altered.how, altered.fields) == ("alter", {"promised": (None, "5个工作日")})
    (removed,) = difference(desk.code, day("2026-04-02"), day("2026-05-07"))
    assert (removed.code, removed.how, removed.reason, removed.on) == ("QT09", "remove", "law_changed", "2026-05-07")
    assert_rebuilt_the_same(desk)


def yearly(desk: Bureau, ref: int, first: str, last: str) -> None:
    with writing(desk, today=TODAY) as act:
        case = act.open("disclosure.report", Act(day(first), "甲", {"year": ref})).case_id
        assert gates(act.do(case, "submit", Act(day(last), "甲", {"signed_by": ["丙"]}))) == []
        assert gates(act.do(case, "publish", Act(day(last), "甲", {"published": "示例网站"}))) == []


def test_promises_kept_and_days_saved_are_counted_over_closed_cases(desk: Bureau) -> None:
    limits = {"limit_by_law": "20日", "promised": "5个工作日"}
    listed(desk, rests_on="own", delegation=None, procedures=["disclosure.report"], **limits)
    yearly(desk, 2024, "2026-03-02", "2026-03-09")  # a Monday: five working days later
    yearly(desk, 2025, "2026-03-02", "2026-03-10")
    (use,) = counted(desk, 2026, today=TODAY).usage.items
    assert (use.promised, use.kept) == (2, 1)
    assert use.saved == (23 - 9) + (23 - 10)  # 22 March is a Sunday: the last day by law is the 23rd


def test_steps_and_papers_of_a_case_are_held_against_those_of_the_list(desk: Bureau) -> None:
    flow = ["开始编制年度报告", "局务会审议", "向社会公布", "征求意见（必要时）"]
    own = {"rests_on": "own", "delegation": None, "procedures": ["disclosure.report"]}
    listed(desk, **own, steps=flow, materials=["报告文号", "报告年度", "没有这一栏"])
    yearly(desk, 2025, "2026-03-02", "2026-03-09")
    (use,) = counted(desk, 2026, today=TODAY).usage.items
    assert (use.compared, use.deviating) == (1, 1)
    assert [(one.how, one.what) for one in use.deviations] == [
        ("step_missing", "局务会审议"),
        ("step_extra", "提交政府信息公开工作主管部门"),
        ("paper_missing", "报告文号"),
    ]


def test_cases_of_no_item_are_counted_but_not_those_of_procedures_within_the_house(desk: Bureau) -> None:
    listed(desk, procedures=["petition"], rests_on="own", delegation=None)
    ticket(desk, "2026-03-02")
    assert dict(counted(desk, 2026, today=TODAY).usage.without) == {"hotline.ticket": ("hotline.ticket-2026-0001",)}
    assert counted(desk, 2026, today=TODAY).usage.unused == ["QT01"]
    with writing(desk, today=TODAY) as act:
        assert enter(act, "no_power", "2026-01-01", "甲", code="hotline.ticket", why="转办") == []
    assert counted(desk, 2026, today=TODAY).without == 0


def test_two_items_of_one_procedure_leave_a_case_open_until_it_is_put_under_one(desk: Bureau) -> None:
    for code in ("QT01", "QT02"):
        listed(desk, code=code, rests_on="own", delegation=None)
    case = ticket(desk, "2026-03-02").case_id
    assert dict(counted(desk, 2026, today=TODAY).usage.shared) == {"hotline.ticket": (case,)}
    with writing(desk, today=TODAY) as act:
        assert enter(act, "case_item", "2026-03-02", "甲", case_no=case, item="QT02") == []
    found = counted(desk, 2026, today=TODAY)
    assert (dict(found.usage.shared), found.usage.unused) == ({}, ["QT01"])


def test_the_split_of_duties_shows_gaps_ended_terms_and_certificates_that_ran_out(desk: Bureau) -> None:
    for code in ("QT01", "QT02"):
        listed(desk, code=code, rests_on="own", delegation=None)
    post = {"post": "承办岗", "officer": ["甲"], "valid_from": "2026-01-01"}
    with writing(desk, today=TODAY) as act:
        assert enter(act, "powers_post", "2026-01-01", "甲", code="1", item="QT01", **post) == []
        ended = post | {"valid_until": "2026-06-30"}
        assert enter(act, "powers_post", "2026-01-01", "甲", code="2", item="QT02", **ended) == []
        data = {"certificate_no": "示例证1", "certificate_until": "2026-05-31"}
        assert change_row(act, "staff", "甲", Act(day("2026-02-01"), "甲", data, paper="示例证件")) == ()
    ticket(desk, "2026-03-02")
    assert matrix(desk.code, day("2026-05-31")).unowned == ()
    later = matrix(desk.code, day("2026-07-01"))
    assert later.unowned == ("QT02",)
    (load,) = later.loads
    assert (load.officer, load.items, load.open_cases, load.certificate) == ("甲", 1, 0, "2026-05-31")


def test_who_opened_a_case_is_its_first_handler_and_each_handover_is_logged(desk: Bureau) -> None:
    case = ticket(desk, "2026-03-02").case_id
    handing = {"matter": case, "to": ["甲"], "reason": "not_own_duty", "told_person": True}
    with writing(desk, today=TODAY) as act:
        done = act.open("handover", Act(day("2026-03-03"), "乙", handing))
        assert gates(done) == []
        assert gates(act.do(done.case_id, "receive", Act(day("2026-03-04"), "乙", {}))) == ["receiver_receives"]
        assert gates(act.do(done.case_id, "receive", Act(day("2026-03-04"), "甲", {}))) == []
    assert first_handler(desk.code, case) == "乙"
    (one,) = handovers(desk.code, case)
    assert (one.by, one.to, one.received_on) == ("乙", "甲", "2026-03-04")


def test_the_yearly_review_enters_what_the_book_counts(desk: Bureau) -> None:
    listed(desk, rests_on="own", delegation=None, bases=["婚姻法第八条", "行政处罚法第六十四条"])
    ticket(desk, "2026-03-02")
    with writing(desk, today=TODAY) as act:
        assert enter(act, "staff", "2020-01-01", code="法", name="示例法", roles=["legal_office"]) == []
        case_id = enter_review(act, 2026, Act(date(2026, 11, 20), "法", {}))
        begun, item = act.case(case_id)[1].standing
    assert (begun.data["items"], begun.data["cases"], begun.data["cases_without"]) == (1, 1, 0)
    assert (item.data["bases"], item.data["outdated"], item.data["unowned"], item.data["of_item"]) == (2, 1, 1, 1)
    assert_rebuilt_the_same(desk)
