"""Linked cases: named in a field, and asked by a gate as they stand in the book."""

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.linking import linked_ids, read_linked
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.ledger.models import CaseLink, Task
from fazheng.ledger.read import head
from tests.casework.desk import CODE, TODAY, day, do, sound


@pytest.fixture
def check(toy_desk: Bureau) -> str:
    """A yearly check that was opened on 3 March 2025; its report is due on 31 May."""
    with writing(toy_desk, today=TODAY) as act:
        return sound(act.open("npo.annual_check", Act(day("2025-03-03"), "甲", {"organisation": CODE}))).case_id


def listing(act: Writing, check: str, on: str) -> Done:
    return act.open("npo.abnormal_list", Act(day(on), "甲", {"organisation": CODE, "check": check}))


def test_a_gate_asks_the_case_that_is_named(toy_desk: Bureau, check: str) -> None:
    with writing(toy_desk, today=TODAY) as act:
        assert [refusal.gate for refusal in listing(act, check, "2025-05-31").decision.refusals] == ["report_was_late"]
        assert listing(act, check, "2025-06-01").case_id == "npo.abnormal_list-2025-0001"


def test_a_linked_case_of_the_same_transaction_is_asked_as_it_stands(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        check = sound(act.open("npo.annual_check", Act(day("2025-03-03"), "甲", {"organisation": CODE}))).case_id
        do(act, check, "file_report", "2025-05-20")
        assert [refusal.gate for refusal in listing(act, check, "2025-07-01").decision.refusals] == ["report_was_late"]
        do(act, check, "withdraw", "2025-07-01", entry=2, reason="记错")
        assert not listing(act, check, "2025-07-01").refused


def test_a_case_that_is_not_in_the_book_cannot_be_named(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        done = listing(act, "npo.annual_check-2025-0099", "2025-07-01")
    assert ("field", True) in [(refusal.gate, refusal.hard) for refusal in done.decision.refusals]
    assert "不在本账本" in "".join(refusal.says for refusal in done.decision.refusals)


def test_links_are_known_from_both_ends(toy_desk: Bureau, check: str) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(listing(act, check, "2025-07-01")).case_id
    assert list(CaseLink.objects.values_list("from_case", "to_case")) == [(case, check)]
    assert linked_ids(toy_desk.code, case) == {check}
    assert linked_ids(toy_desk.code, check) == {case}
    assert linked_ids(toy_desk.code, "npo.annual_check-2025-0099") == set()
    assert set(read_linked(toy_desk.code, [check, case], act.book)) == {"npo.annual_check", "npo.abnormal_list"}
    assert read_linked(toy_desk.code, [], act.book) == {}


def test_a_link_goes_when_the_event_that_named_it_goes(toy_desk: Bureau, check: str) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(listing(act, check, "2025-07-01")).case_id
        do(act, case, "correct", "2025-07-02", entry=1, check=None, reason="另一件")
    assert not CaseLink.objects.exists()


def test_a_review_asks_nothing_of_other_cases(toy_desk: Bureau, check: str) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(listing(act, check, "2025-07-01")).case_id
        do(act, case, "correct", "2025-07-02", entry=1, on="2025-07-02", reason="记错日子")
    assert list(Task.objects.values_list("kind", "reason")) == []
    live = dump(toy_desk.code)
    rebuild(toy_desk, today=TODAY)
    assert dump(toy_desk.code) == live


def test_only_what_asks_of_a_case_of_this_transaction_has_it_sealed_first(toy_desk: Bureau, check: str) -> None:
    """An import of thousands of cases is sealed once, whatever other procedures ask."""
    with writing(toy_desk, today=TODAY) as act:
        sealed = head(toy_desk.code).seq
        other = sound(act.open("npo.annual_check", Act(day("2025-03-03"), "甲", {"organisation": CODE}))).case_id
        sound(act.open("npo.abnormal_list", Act(day("2025-07-01"), "甲", {"organisation": CODE})))
        listing(act, check, "2025-07-01")  # that check stands in the book, and nothing of it is waiting
        assert head(toy_desk.code).seq == sealed
        listing(act, other, "2025-07-01")
        assert head(toy_desk.code).seq > sealed


def test_who_looks_at_a_case_sees_what_is_linked(toy_desk: Bureau, check: str) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(listing(act, check, "2025-07-01")).case_id
        law, _ = act.case(case)
        assert set(act.around(case, law).linked) == {"npo.annual_check"}
        assert act.around(check, act.case(check)[0]).linked == {}  # a yearly check asks nothing of others
