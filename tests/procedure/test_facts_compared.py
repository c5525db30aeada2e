"""A test whose right side is another fact: amounts and days of two entries held against each other."""

from typing import Any

import pytest

from fazheng.lawbook.conditions import parse
from fazheng.procedure.ask import Pending, held_against
from fazheng.procedure.words import describe
from tests.procedure.story import Story, day


@pytest.fixture
def story() -> Story:
    return Story("toy.words").told("begin 2026-03-02")


def noted(story: Story, on: str, **data: Any) -> Story:
    story.take_or_fail("note", on, **data)
    return story


def against(test: str, other: str, fact: str = "noted.sum", **more: str) -> dict[str, Any]:
    return {"field": fact, test: {"field": other, **more}}


def test_an_amount_is_held_against_another_amount(story: Story) -> None:
    noted(story, "2026-03-03", sum=500, number=500)
    assert story.holds(against("at_most", "noted.number"), "2026-03-03") is True
    noted(story, "2026-03-04", sum=501, number=500)
    assert story.holds(against("at_most", "noted.number"), "2026-03-04") is False
    assert story.holds(against("at_least", "noted.number"), "2026-03-04") is True
    assert story.holds(against("is", "noted.number"), "2026-03-03") is True  # seen from the day before


def test_what_was_not_entered_is_neither_equal_nor_more_nor_less(story: Story) -> None:
    noted(story, "2026-03-03", sum=500)
    for test in ("is", "at_least", "at_most"):
        assert story.holds(against(test, "noted.number"), "2026-03-03") is False
        assert story.holds(against(test, "noted.sum", "noted.number"), "2026-03-03") is False
        assert story.holds(against(test, "guarded.flag", "noted.flag"), "2026-03-03") is False


def test_days_stand_in_order(story: Story) -> None:
    noted(story, "2026-03-05", day="2026-03-04")
    assert story.holds(against("at_most", "noted.on", "noted.day"), "2026-03-05") is True
    assert story.holds(against("at_most", "begun.on", "noted.day"), "2026-03-05") is False


def test_plus_counts_calendar_days_and_its_last_day_still_holds(story: Story) -> None:
    noted(story, "2026-03-05", day="2024-03-05")
    within_two_years = against("at_most", "noted.day", "noted.on", plus="2 years")
    assert story.holds(within_two_years, "2026-03-05") is True
    noted(story, "2026-03-06", day="2024-03-05")
    assert story.holds(within_two_years, "2026-03-06") is False


def test_a_value_just_entered_is_held_against_what_stands(story: Story) -> None:
    noted(story, "2026-03-03", flag=True)
    same = against("is", "noted.flag", "guarded.flag")
    entered = Pending("guarded", day("2026-03-04"), "甲", {"flag": False})
    assert story.holds(same, "2026-03-04", entered) is False
    assert story.holds(same, "2026-03-04", Pending("guarded", day("2026-03-04"), "甲", None)) is None


def test_yes_is_not_more_than_no_and_one_is_not_true() -> None:
    assert held_against("is", True, True)
    assert not held_against("at_least", True, False)
    assert not held_against("is", 1, True)
    assert not held_against("is", ["甲"], ["甲"])


def test_the_words_say_which_two_are_compared(story: Story) -> None:
    law = story.law_at(day("2026-03-02")).first
    later = parse(against("at_most", "noted.day", "guarded.on", plus="2 years"))
    assert describe(later, law) == "“有关口的事·日期”不晚于“记事·约定日”起2年"
    assert describe(parse(against("at_most", "noted.number")), law) == "“记事·金额”不多于“记事·数目”"
    assert describe(parse(against("is", "noted.by", "guarded.by")), law) == "“有关口的事·办理人”与“记事·办理人”相同"
