"""Registers and cases: a case enters, changes and strikes rows; a gate asks whether one stands, and for how long."""

from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import strike_row
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.models import Task
from fazheng.ledger.read import head
from fazheng.register import row_on
from tests.casework.desk import CODE, TODAY, day, do, enter, sound

OTHER = "52999900MJX00000X5"


def listed(act: Writing, on: str, organisation: str = CODE, **data: Any) -> str:
    return sound(act.open("npo.abnormal_list", Act(day(on), "甲", {"organisation": organisation, **data}))).case_id


def serious(act: Writing, on: str, organisation: str = CODE) -> list[str]:
    """The gates that refuse to list an organisation seriously; none where it was listed."""
    done = act.open("npo.serious_list", Act(day(on), "甲", {"organisation": organisation}))
    return [refusal.gate for refusal in done.decision.refusals]


def stands(desk: Bureau, on: str, organisation: str = CODE) -> bool:
    return row_on(desk.code, "abnormal", organisation, day(on)) is not None


def rebuilt_alike(desk: Bureau) -> bool:
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    return dump(desk.code) == live


# ── a case moves rows ──


def test_a_case_enters_a_row_and_strikes_it(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        check = sound(act.open("npo.annual_check", Act(day("2024-03-03"), "甲", {"organisation": CODE}))).case_id
        case = listed(act, "2024-07-01", check=check)
    row = row_on(toy_desk.code, "abnormal", CODE, day("2024-07-01"))
    assert row is not None
    assert row.data == {"code": CODE, "state": "listed", "check": check, "since": "2024-07-01"}
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "remove", "2025-02-02")
    assert [stands(toy_desk, on) for on in ("2024-06-30", "2024-07-01", "2025-02-01", "2025-02-02")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert rebuilt_alike(toy_desk)


def test_a_row_that_stands_already_is_changed_and_what_was_not_entered_changes_nothing(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        assert enter(act, "abnormal", "2024-01-10", "甲", code=CODE, check="npo.annual_check-2023-0001") == []
        listed(act, "2024-07-01")
    row = row_on(toy_desk.code, "abnormal", CODE, day("2024-07-01"))
    assert row is not None
    assert row.data == {
        "code": CODE, "check": "npo.annual_check-2023-0001", "state": "listed", "since": "2024-07-01",
    }  # fmt: skip
    with writing(toy_desk, today=TODAY) as act:
        assert serious(act, "2026-01-11") == []  # it has stood since January


def test_rows_follow_what_is_corrected_and_withdrawn(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = listed(act, "2024-07-01")
        do(act, case, "remove", "2025-02-02")
        do(act, case, "withdraw", "2025-02-03", entry=2, reason="没有移出")
    assert stands(toy_desk, "2025-02-02")
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "correct", "2025-02-04", entry=1, organisation=OTHER, on="2024-07-05", reason="认错了")
    assert not stands(toy_desk, "2024-08-01")
    assert [stands(toy_desk, on, OTHER) for on in ("2024-07-04", "2024-07-05")] == [False, True]
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "withdraw", "2025-02-05", entry=1, reason="不该列入")
    assert not stands(toy_desk, "2024-08-01", OTHER)
    assert rebuilt_alike(toy_desk)


# ── a gate asks ──


def test_two_years_on_the_list_open_the_serious_list(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        listed(act, "2024-03-05")
    with writing(toy_desk, today=TODAY) as act:
        assert serious(act, "2026-03-05") == ["abnormal_for_two_years"]
        assert serious(act, "2026-03-06", OTHER) == ["abnormal_for_two_years"]
        assert serious(act, "2026-03-06") == []


def test_a_row_taken_over_counts_from_its_own_day_and_a_struck_one_does_not(toy_desk: Bureau) -> None:
    """No procedure ever ran in this book: the list of 2022 was taken over."""
    with writing(toy_desk, today=TODAY) as act:
        assert enter(act, "abnormal", "2022-06-01", "甲", code=CODE) == []
        assert serious(act, "2024-06-01") == ["abnormal_for_two_years"]
        assert serious(act, "2024-06-02") == []
    with writing(toy_desk, today=TODAY) as act:
        assert strike_row(act, "abnormal", CODE, Act(day("2025-01-01"), "甲", {}, paper="示例台账")) == ()
        assert serious(act, "2025-01-01") == ["abnormal_for_two_years"]
    assert rebuilt_alike(toy_desk)


def test_a_row_of_the_same_transaction_is_asked_as_it_stands(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        assert serious(act, "2026-07-02") == ["abnormal_for_two_years"]
        case = listed(act, "2024-07-01")
        assert serious(act, "2026-07-02") == []
        do(act, case, "remove", "2026-07-02")
        assert serious(act, "2026-07-02") == ["abnormal_for_two_years"]
        do(act, case, "withdraw", "2026-07-02", entry=2, reason="记错")
        assert serious(act, "2026-07-02") == []
        do(act, case, "correct", "2026-07-03", entry=1, organisation=OTHER, reason="认错了")
        assert serious(act, "2026-07-03") == ["abnormal_for_two_years"]
        assert serious(act, "2026-07-03", OTHER) == []
    assert rebuilt_alike(toy_desk)


def test_what_was_refused_leaves_no_row(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        late = Act(day("2025-07-01"), "甲", {"organisation": CODE, "check": "npo.annual_check-2025-0099"})
        assert act.open("npo.abnormal_list", late).refused
    assert not stands(toy_desk, "2025-07-01")


def test_a_review_asks_nothing_of_registers(toy_desk: Bureau) -> None:
    """What stood in a register that day does not stand in the case, so an amendment finds nothing by it."""
    with writing(toy_desk, today=TODAY) as act:
        case = listed(act, "2024-03-05")
        done = sound(act.open("npo.serious_list", Act(day("2026-03-06"), "甲", {"organisation": CODE})))
        do(act, case, "withdraw", "2026-03-07", entry=1, reason="不该列入")
        do(act, done.case_id, "correct", "2026-03-07", entry=1, on="2026-03-07", reason="记错日子")
    assert not Task.objects.exists()
    assert rebuilt_alike(toy_desk)


# ── the staff, by a case ──


def inspect(act: Writing, case: str, on: str, by: str = "乙") -> list[str]:
    done = act.do(case, "inspect", Act(day(on), by, {}))
    return [refusal.gate for refusal in done.decision.refusals]


def issue(act: Writing, on: str, *holders: str, until: str = "2025-12-31") -> str:
    return sound(act.open("staff.certificate", Act(day(on), "甲", {"holders": list(holders), "until": until}))).case_id


def test_a_certificate_is_given_and_taken_by_a_case(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = issue(act, "2024-01-10", "乙")
        assert inspect(act, case, "2024-01-10") == []
        assert inspect(act, case, "2024-01-10", "甲") == ["certificate"]
        assert inspect(act, case, "2026-01-01") == ["certificate"]
    with writing(toy_desk, today=TODAY) as act:
        do(act, case, "take_back", "2024-06-01")
        assert inspect(act, case, "2024-06-01") == ["certificate"]
        do(act, case, "withdraw", "2024-06-02", entry=3, reason="没有收")
        assert inspect(act, case, "2024-06-02") == []
    assert rebuilt_alike(toy_desk)


def test_each_person_of_a_list_is_a_row(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = issue(act, "2024-01-10", "甲", "乙")
        assert [inspect(act, case, "2024-01-11", by) for by in ("甲", "乙")] == [[], []]


def test_whoever_reviews_a_case_knows_the_certificates_that_other_cases_gave(toy_desk: Bureau) -> None:
    """A case reviewed after an amendment, whose inspector another case certified; a rebuild finds the same."""
    with writing(toy_desk, today=TODAY) as act:
        later = issue(act, "2024-01-09", "甲")
        issue(act, "2024-01-10", "乙")
        assert inspect(act, later, "2024-01-11") == []
        do(act, later, "correct", "2024-01-12", entry=2, matter="账目", reason="补充")
    assert not Task.objects.exists()
    assert rebuilt_alike(toy_desk)


def test_only_who_asks_for_a_row_of_this_transaction_has_it_sealed_first(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        sealed = head(toy_desk.code).seq
        listed(act, "2024-03-05")
        serious(act, "2026-03-06", OTHER)
        assert head(toy_desk.code).seq == sealed
        serious(act, "2026-03-06")
        assert head(toy_desk.code).seq > sealed
