"""A case as a reader follows it: steps by day, lateness, defects, what came in afterwards, what was amended."""

from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook.load import load
from fazheng.ledger.read import entries
from fazheng.report.composed import CaseStory, Line
from fazheng.report.stories import story
from tests.figures.books import BUREAU, LAW, Writer
from tests.figures.small_book import small_book

CASE, SECOND, THIRD = (f"toy.case-2024-{n:04d}" for n in (1, 2, 3))
REASON = {"apart": "0" * 64}


def told(case_id: str = CASE, last: date = date(2024, 12, 31)) -> CaseStory:
    anchors = {f"toy.case-2024-{n:04d}": f"c{n}" for n in range(1, 4)}
    found = story(case_id, list(entries(BUREAU, case_id=case_id)), load(root=LAW), anchors, last=last)
    assert found is not None
    return found


def marks(line: Line) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in line.marks]


@pytest.fixture
def book(home: Path) -> Writer:
    small_book().seal()
    return Writer()


def test_a_step_says_day_name_person_article_and_what_may_be_shown(book: Writer) -> None:
    first, second, *_ = told().lines
    assert (first.day, first.name, first.who, first.article) == ("2024-03-01", "开案", "甲", "试验法第一条")
    assert [(one.label, one.text) for one in first.told] == [("颜色", "红"), ("事项", "路灯")]
    assert first.apart == ("说明",)
    assert [(one.label, one.text) for one in second.told] == [
        ("金额", "1200.50元"), ("列举", "水、电"), ("到场人员", "甲、乙"),
    ]  # fmt: skip


def test_who_did_it_and_who_entered_it_are_both_named(book: Writer) -> None:
    assert [line.who for line in told(SECOND).lines] == ["甲", "甲（丙录入）", "甲"]


def test_a_late_step_says_which_limit_and_by_how_many_days(book: Writer) -> None:
    answered = told(SECOND).lines[1]
    assert ("late", "“答复期限”于2024-08-08届满，逾期12日") in marks(answered)
    assert "超期" in told(SECOND).alarms


def test_a_defect_says_the_article_and_its_words(book: Writer) -> None:
    assert ("defect", "违反试验法第五条第二款：先记事") in marks(told(SECOND).lines[1])
    assert "程序问题" in told(SECOND).alarms


def test_days_between_happening_and_entry_are_shown(book: Writer) -> None:
    assert ("lag", "2024-09-02录入，在发生13日以后") in marks(told(SECOND).lines[1])
    assert told().note == ""


def test_what_a_gate_needs_and_came_in_after_the_step_is_told_as_such(book: Writer) -> None:
    noted = told(SECOND).lines[2]
    assert ("after", "事后补录") in marks(noted)
    assert marks(told().lines[1]) == []


def test_a_second_note_after_the_answer_is_no_late_entry_of_the_first(book: Writer) -> None:
    book.enters(CASE, "noted", "2024-03-07")
    book.seal()
    assert ("after", "事后补录") not in marks(told().lines[-1])


def test_entries_made_on_one_day_say_so_once(home: Path) -> None:
    writer = Writer()
    writer.opens(CASE, "opened", "2024-03-01", recorded="2024-03-11")
    writer.enters(CASE, "answered", "2024-03-05", recorded="2024-03-11")
    writer.seal()
    assert told().note == "各条都在2024-03-11录入，在发生6至10日以后"
    assert [marks(line) for line in told().lines] == [[], []]


def test_a_limit_that_ran_out_with_nothing_done_is_told_as_of_the_last_counted_day(home: Path) -> None:
    writer = Writer()
    writer.opens(CASE, "opened", "2024-08-01")
    writer.seal()
    assert "“答复期限”于2024-08-08届满，到2024-08-31没有办" in told(last=date(2024, 8, 31)).overdue
    assert told(last=date(2024, 8, 31)).alarms == ("超期",)
    assert told(last=date(2024, 8, 8)).overdue == ()


def test_a_right_that_nobody_used_is_not_late(home: Path) -> None:
    writer = Writer()
    writer.opens(CASE, "opened", "2024-08-01")
    writer.seal()
    assert not [said for said in told(last=date(2024, 8, 31)).overdue if "记事的权利" in said]


def test_what_happened_after_the_period_is_marked_and_not_in_the_gist(book: Writer) -> None:
    answered = told(THIRD).lines[1]
    assert marks(answered)[0] == ("later", "在统计期间以后")
    assert told(THIRD).gist == "2024-12-30 开案"
    assert told(THIRD, date(2025, 12, 31)).gist == "2025-01-03 答复"


def test_a_corrected_step_shows_what_stands_now_and_that_it_was_corrected(book: Writer) -> None:
    data = {"entry": 2, "on": "2024-08-05", "reason": REASON, "data": {"colour": "red"}}
    book.enters(SECOND, "correct", "2024-10-08", data)
    book.seal()
    answered = told(SECOND).lines[1]
    assert (answered.day, [(one.label, one.text) for one in answered.told]) == ("2024-08-05", [("颜色", "红")])
    assert ("amended", "已更正") in marks(answered)
    assert ("amended", "入账时曾记“答复期限”逾期，更正以后没有逾期") in marks(answered)
    assert not [kind for kind, _ in marks(answered) if kind == "late"]
    assert told(SECOND).lines[-1].name == "更正2024-08-05的“答复”的记录"


def test_a_withdrawn_step_stays_on_the_page_as_withdrawn(book: Writer) -> None:
    book.enters(CASE, "withdraw", "2024-04-01", {"entry": 3, "reason": REASON})
    book.seal()
    gone = next(line for line in told().lines if line.withdrawn)
    assert (gone.day, gone.name, marks(gone)) == ("2024-03-05", "答复", [("amended", "已撤回")])
    assert told().lines[-1].name == "撤回2024-03-05的“答复”的记录"


def test_a_late_addition_is_told_on_its_day_as_added(book: Writer) -> None:
    late = {"event": "noted", "data": {"amount": 100}, "reason": REASON}
    book.enters(CASE, "add_late", "2024-03-02", late, recorded="2024-05-01")
    book.seal()
    added = told().lines[1]
    assert (added.day, added.name, [(one.label, one.text) for one in added.told]) == (
        "2024-03-02", "记事", [("金额", "1.00元")],
    )  # fmt: skip
    assert ("amended", "补记") in marks(added)
    assert ("lag", "2024-05-01录入，在发生60日以后") in marks(added)


def test_a_case_named_in_a_field_is_shown_and_opened(book: Writer) -> None:
    book.opens("toy.matter-2024-0001", "begun", "2024-05-06", {"about": CASE})
    book.seal()
    [named] = told("toy.matter-2024-0001").lines[0].told
    assert (named.label, named.text, named.anchor) == ("所关联的试案", CASE, "c1")


def test_a_field_the_law_does_not_know_is_not_shown(home: Path) -> None:
    writer = Writer()
    writer.opens(CASE, "opened", "2024-03-01", {"unknown": "甲乙丙"})
    writer.seal()
    assert told().lines[0].told == ()
