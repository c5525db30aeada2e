"""Every word of the conditions: for one case, on the day of evaluation."""

from datetime import date
from typing import Any

import pytest

from fazheng.lawbook.conditions import UnknownWord, parse
from fazheng.procedure.ask import Pending
from fazheng.procedure.surroundings import LinkedCase
from tests.procedure.story import Story


@pytest.fixture
def story() -> Story:
    return Story("toy.words").told("begin 2026-03-02")


def noted(story: Story, on: str = "2026-03-03", **data: Any) -> Story:
    story.take_or_fail("note", on, **data)
    return story


def test_an_event_holds_from_its_own_day_on(story: Story) -> None:
    story.told("do_a 2026-03-05")
    assert story.holds({"event": "a"}, "2026-03-04") is False
    assert story.holds({"event": "a"}, "2026-03-05") is True
    assert story.holds({"event": "a"}, "2026-03-06") is True


def test_at_least_counts_standing_events(story: Story) -> None:
    story.told("do_a 2026-03-05", "do_a 2026-03-05", "do_a 2026-03-09")
    assert story.holds({"event": "a", "at_least": 3}, "2026-03-09") is True
    assert story.holds({"event": "a", "at_least": 3}, "2026-03-08") is False
    story.take_or_fail("withdraw", "2026-03-10", entry=2, reason="重复")
    assert story.holds({"event": "a", "at_least": 3}, "2026-03-10") is False


def test_since_asks_for_an_event_after_the_last_of_the_other(story: Story) -> None:
    since = {"event": "a", "since": "b"}
    assert story.holds(since, "2026-03-02") is False
    story.told("do_a 2026-03-03")
    assert story.holds(since, "2026-03-03") is True  # with no b, any a
    story.told("do_b 2026-03-04")
    assert story.holds(since, "2026-03-04") is False
    story.told("do_a 2026-03-05")
    assert story.holds(since, "2026-03-05") is True
    story.told("do_b 2026-03-06")
    assert story.holds(since, "2026-03-06") is False
    assert story.holds(since, "2026-03-05") is True  # seen from the day before


def test_since_goes_by_day_and_within_a_day_by_entry(story: Story) -> None:
    story.told("do_a 2026-03-05", "do_b 2026-03-05")
    assert story.holds({"event": "a", "since": "b"}, "2026-03-05") is False
    assert story.holds({"event": "b", "since": "a"}, "2026-03-05") is True
    story.take_or_fail("add_late", "2026-03-04", step="do_b", reason="漏记")  # a later entry of an earlier day
    assert story.holds({"event": "b", "since": "a"}, "2026-03-05") is True
    story.take_or_fail("withdraw", "2026-03-06", entry=3, reason="记错")
    assert story.holds({"event": "a", "since": "b"}, "2026-03-05") is True


def test_expired_is_after_the_due_day_whether_the_act_was_done_or_not(story: Story) -> None:
    expired = {"expired": "a_period"}  # ten days from 2 March: 12 March
    assert story.due("a_period") == "2026-03-12"
    assert story.holds(expired, "2026-03-01") is False  # not begun
    assert story.holds(expired, "2026-03-12") is False
    assert story.holds(expired, "2026-03-13") is True
    story.told("do_a 2026-03-05")
    assert story.holds(expired, "2026-03-13") is True


def test_a_limit_that_never_began_is_not_expired_and_not_missed() -> None:
    story = Story("toy.clocks").told("begin 2026-03-02")
    assert story.holds({"expired": "from_the_latest"}, "2026-11-02") is False
    assert story.holds({"missed": "from_the_latest"}, "2026-11-02") is False


def test_a_stopped_limit_is_not_expired(story: Story) -> None:
    story.told("stop 2026-03-10")
    assert story.holds({"expired": "a_period"}, "2026-11-01") is False
    assert story.holds({"missed": "a_period"}, "2026-11-01") is False
    story.told("go 2026-04-10")  # two days were left: 12 April is a Sunday
    assert story.holds({"expired": "a_period"}, "2026-04-13") is False
    assert story.holds({"expired": "a_period"}, "2026-04-14") is True


def test_missed_is_done_late_or_not_done_and_expired(story: Story) -> None:
    missed = {"missed": "a_period"}
    assert story.holds(missed, "2026-03-12") is False
    assert story.holds(missed, "2026-03-13") is True  # not done
    story.told("do_a 2026-03-16")
    assert story.holds(missed, "2026-03-20") is True  # done late
    assert story.holds(missed, "2026-03-14") is True  # seen from a day before it was done


def test_what_was_done_in_time_is_never_missed(story: Story) -> None:
    story.told("do_a 2026-03-12")
    assert story.holds({"missed": "a_period"}, "2026-11-20") is False


def test_answered_in_january_is_open_in_december() -> None:
    story = Story("toy.words").told("begin 2025-12-15", "do_a 2026-01-20")
    assert story.holds({"event": "a"}, "2025-12-31") is False
    assert story.holds({"missed": "a_period"}, "2025-12-25") is False
    assert story.holds({"missed": "a_period"}, "2025-12-31") is True


@pytest.mark.parametrize(
    ("data", "test", "answer"),
    [
        ({"flag": True}, {"field": "noted.flag", "is": True}, True),
        ({"flag": False}, {"field": "noted.flag", "is": True}, False),
        ({"number": 1}, {"field": "noted.number", "is": True}, False),  # 1 is not 是
        ({"flag": True}, {"field": "noted.flag", "is": 1}, False),
        ({"number": 3}, {"field": "noted.number", "is": 3}, True),
        ({"word": "收费"}, {"field": "noted.word", "is": "收费"}, True),
        ({"colour": "red"}, {"field": "noted.colour", "in": ["red", "blue"]}, True),
        ({"colour": "green"}, {"field": "noted.colour", "in": ["red", "blue"]}, False),
        ({"colours": ["green", "blue"]}, {"field": "noted.colours", "in": ["red", "blue"]}, True),
        ({"colours": ["green"]}, {"field": "noted.colours", "is": "green"}, True),
        ({"number": 5}, {"field": "noted.number", "at_least": 5}, True),
        ({"number": 4}, {"field": "noted.number", "at_least": 5}, False),
        ({"number": 5}, {"field": "noted.number", "at_most": 5}, True),
        ({"number": 6}, {"field": "noted.number", "at_most": 5}, False),
        ({"people": ["甲", "乙"]}, {"field": "noted.people", "at_least": 2}, True),
        ({"people": ["甲"]}, {"field": "noted.people", "at_least": 2}, False),
        ({"colours": ["red", "blue"]}, {"field": "noted.colours", "at_most": 1}, False),
        ({"day": "2026-03-05"}, {"field": "noted.day", "at_least": date(2026, 3, 5)}, True),
        ({"day": "2026-03-05"}, {"field": "noted.day", "at_most": date(2026, 3, 4)}, False),
        ({"day": "2026-03-05"}, {"field": "noted.day", "is": date(2026, 3, 5)}, True),
        ({"flag": False}, {"field": "noted.flag", "present": True}, True),
        ({}, {"field": "noted.flag", "present": True}, False),
        ({}, {"field": "noted.flag", "present": False}, True),
        ({"colours": []}, {"field": "noted.colours", "present": True}, False),
        ({"secret": {"apart": "0" * 64}}, {"field": "noted.secret", "present": True}, True),
        ({"flag": True}, {"field": "noted.on", "is": date(2026, 3, 3)}, True),
        ({"flag": True}, {"field": "noted.by", "is": "甲"}, True),
    ],
)
def test_a_field_is_held_against_a_value(data: dict[str, Any], test: dict[str, Any], answer: bool) -> None:
    story = noted(Story("toy.words").told("begin 2026-03-02"), **data)
    assert story.holds(test, "2026-03-03") is answer


@pytest.mark.parametrize("test", ["is", "in", "at_least", "at_most"])
def test_a_missing_fact_makes_every_comparison_false(story: Story, test: str) -> None:
    value: Any = [1] if test == "in" else 1
    condition = {"field": "noted.number", test: value}
    assert story.holds(condition, "2026-03-03") is False
    assert story.holds({"not": condition}, "2026-03-03") is True
    noted(story)  # the event is there, the field is not
    assert story.holds(condition, "2026-03-03") is False
    assert story.holds({"not": condition}, "2026-03-03") is True


def test_a_fact_is_of_the_latest_standing_event(story: Story) -> None:
    noted(noted(story, "2026-03-03", number=1), "2026-03-05", number=9)
    is_nine = {"field": "noted.number", "is": 9}
    assert story.holds(is_nine, "2026-03-04") is False
    assert story.holds(is_nine, "2026-03-05") is True
    noted(story, "2026-03-06")  # the latest event says nothing of it
    assert story.holds(is_nine, "2026-03-06") is False
    story.take_or_fail("correct", "2026-03-07", entry=2, number=7, reason="看错")
    assert story.holds({"field": "noted.number", "is": 7}, "2026-03-04") is True


def test_the_right_side_may_be_a_parameter_by_date() -> None:
    large = {"field": "noted.sum", "at_least": {"parameter": "toy.large_sum"}}
    earlier = noted(Story("toy.words").told("begin 2025-12-01"), "2025-12-30", sum=150000)
    assert earlier.holds(large, "2025-12-30") is True
    assert earlier.holds(large, "2026-01-01") is False  # the threshold was raised that day


@pytest.mark.parametrize("parameter", ["toy.unread_sum", "nowhere"])
def test_a_parameter_without_a_read_value_makes_the_comparison_false(story: Story, parameter: str) -> None:
    noted(story, sum=10**9)
    assert story.holds({"field": "noted.sum", "at_least": {"parameter": parameter}}, "2026-03-03") is False


def test_actor_not_in_asks_who_acts(story: Story) -> None:
    story.take_or_fail("note", "2026-03-03", "乙", people=["丙", "丁"])

    def acting(by: str, fact: str) -> bool | None:
        return story.holds({"actor_not_in": fact}, "2026-03-04", Pending("guarded", date(2026, 3, 4), by, {}))

    assert acting("丙", "noted.people") is False
    assert acting("乙", "noted.people") is True
    assert acting("乙", "noted.by") is False
    assert acting("丙", "noted.by") is True
    assert acting("甲", "guarded.people") is True  # a fact that is missing names nobody


def test_any_all_and_not_are_as_usual(story: Story) -> None:
    story.told("do_a 2026-03-03")
    yes, no = {"event": "a"}, {"event": "b"}
    assert story.holds({"any": [no, yes]}, "2026-03-03") is True
    assert story.holds({"any": [no, no]}, "2026-03-03") is False
    assert story.holds({"all": [yes, no]}, "2026-03-03") is False
    assert story.holds({"all": [yes, yes]}, "2026-03-03") is True
    assert story.holds({"not": {"all": [yes, {"not": no}]}}, "2026-03-03") is False


def test_what_is_not_yet_entered_decides_nothing(story: Story) -> None:
    blank = Pending("guarded", date(2026, 3, 3), "甲", None)
    unknown = {"field": "guarded.flag", "is": True}
    assert story.holds(unknown, "2026-03-03", blank) is None
    assert story.holds({"not": unknown}, "2026-03-03", blank) is None
    assert story.holds({"any": [unknown, {"event": "begun"}]}, "2026-03-03", blank) is True
    assert story.holds({"any": [unknown, {"event": "b"}]}, "2026-03-03", blank) is None
    assert story.holds({"all": [unknown, {"event": "b"}]}, "2026-03-03", blank) is False
    assert story.holds({"all": [unknown, {"event": "begun"}]}, "2026-03-03", blank) is None


def test_before_its_step_a_fact_is_what_has_just_been_entered(story: Story) -> None:
    story.told("do_a 2026-03-03")
    story.take_or_fail("guarded", "2026-03-04", flag=True)
    assert story.refused("guarded", "2026-03-05", flag=False) == ["flag_is_true", "b_where_flagged"]
    assert story.refused("guarded", "2026-03-05") == []  # `when` asks of what is entered now, not of the last one


def test_a_linked_case_answers_for_itself() -> None:
    check = Story("npo.annual_check").told("open 2025-03-03")
    other = Story("npo.abnormal_list")
    late = {"linked": "npo.annual_check", "where": {"missed": "report_period"}}
    assert other.holds(late, "2025-06-01") is False  # nothing is linked
    assert check.law is not None
    other.linked = {"npo.annual_check": (LinkedCase(check.law, check.case),)}
    assert other.holds(late, "2025-05-31") is False
    assert other.holds(late, "2025-06-01") is True
    both = {"linked": "npo.annual_check", "where": {"all": [{"missed": "report_period"}, {"event": "report_filed"}]}}
    assert other.holds(both, "2025-06-01") is False
    assert other.holds({"linked": "npo.abnormal_list", "where": {"event": "listed"}}, "2025-06-01") is False


def test_a_gate_may_rest_on_a_linked_case() -> None:
    check = Story("npo.annual_check").told("open 2025-03-03")
    assert check.law is not None
    listing = Story("npo.abnormal_list", linked={"npo.annual_check": (LinkedCase(check.law, check.case),)})
    entered = {"organisation": "51999900MJX00000X8", "check": "npo.annual_check-2025-0001"}
    assert listing.refused("list", "2025-05-30", **entered) == ["report_was_late"]
    assert listing.refused("list", "2025-06-02", **entered) == []


def test_a_defect_is_found_by_its_gate_from_its_day_on(story: Story) -> None:
    story.take_or_fail("guarded", "2026-03-04", happened=True)
    assert story.holds({"defect": "a_before_guarded"}, "2026-03-03") is False
    assert story.holds({"defect": "a_before_guarded"}, "2026-03-04") is True
    assert story.holds({"defect": "flag_is_true"}, "2026-03-04") is False


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"happened": "a"},
        {"event": 3},
        {"event": "a", "before": "b"},
        {"event": "a", "since": "b", "at_least": 2},
        {"event": "a", "at_least": 0},
        {"event": "a", "at_least": "2"},
        {"event": "a", "in_period": False},
        {"expired": "l", "since": "b"},
        {"missed": ["l"]},
        {"field": "a.x"},
        {"field": "a", "is": 1},
        {"field": "a.b.c", "is": 1},
        {"field": "a.x", "is": 1, "in": [1]},
        {"field": "a.x", "contains": 1},
        {"field": "a.x", "is": 1.5},
        {"field": "a.x", "is": [1]},
        {"field": "a.x", "in": "red"},
        {"field": "a.x", "in": []},
        {"field": "a.x", "present": "yes"},
        {"field": "a.x", "at_least": {"figure": "x"}},
        {"field": "a.x", "at_least": {"parameter": "x", "of": "y"}},
        {"actor_in": "a.by"},
        {"actor_not_in": "a"},
        {"linked": "p"},
        {"linked": "p", "where": {"nothing": 1}},
        {"linked": "p", "where": {"event": "a"}, "since": "b"},
        {"defect": 1},
        {"any": []},
        {"all": {}},
        {"any": [{"event": "a"}], "all": [{"event": "b"}]},
        {"not": [{"event": "a"}]},
        {"not": {"event": "a"}, "event": "b"},
        "event == a",
        [{"event": "a"}],
    ],
)
def test_a_word_outside_the_list_is_no_condition(words: Any) -> None:
    with pytest.raises(UnknownWord):
        parse(words)
