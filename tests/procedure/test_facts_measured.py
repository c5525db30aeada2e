"""A test whose right side is measured: working days after a day, so many per cent, so many times."""

from typing import Any

import pytest

from fazheng.lawbook.conditions import UnknownWord, parse
from fazheng.procedure.ask import held_against
from fazheng.procedure.words import describe
from fazheng.workdays import Calendar
from tests.procedure.story import Story, day, real_calendar


@pytest.fixture
def story() -> Story:
    return Story("toy.words").told("begin 2026-03-02")


def against(test: str, other: str, fact: str = "noted.sum", **more: Any) -> dict[str, Any]:
    return {"field": fact, test: {"field": other, **more}}


def test_working_days_are_counted_by_the_calendar_and_the_last_day_still_holds() -> None:
    after = ("2026-09-30", "7 working days")  # the holiday of October lies between
    assert held_against("at_most", "2026-10-15", after[0], after[1], real_calendar())
    assert not held_against("at_most", "2026-10-16", after[0], after[1], real_calendar())


def test_nothing_is_held_against_a_day_that_rests_on_a_guess() -> None:
    unknown = Calendar.of(())
    assert not held_against("at_most", "2026-10-01", "2026-09-30", "7 working days", unknown)
    assert not held_against("at_least", "2027-10-01", "2026-09-30", "7 working days", unknown)


def test_an_amount_is_held_against_a_part_or_a_multiple_of_another(story: Story) -> None:
    story.take_or_fail("note", "2026-03-03", sum=500, number=100)
    assert story.holds(against("at_most", "noted.number", percent=500), "2026-03-03") is True
    assert story.holds(against("at_most", "noted.number", percent=499), "2026-03-03") is False
    assert story.holds(against("at_most", "noted.number", percent=1, times="noted.number"), "2026-03-03") is False
    assert story.holds(against("at_least", "noted.number", percent=1, times="noted.number"), "2026-03-03") is True


def test_a_missing_factor_makes_the_test_false(story: Story) -> None:
    story.take_or_fail("note", "2026-03-03", sum=500)
    assert story.holds(against("at_least", "noted.sum", times="noted.number"), "2026-03-03") is False
    assert story.holds(against("at_most", "noted.sum", percent={"parameter": "no.such"}), "2026-03-03") is False


@pytest.mark.parametrize("more", [{"percent": 0}, {"percent": "3"}, {"percent": True}, {"plus": "0 working days"}])
def test_a_measure_that_means_nothing_stops_start_up(more: dict[str, Any]) -> None:
    with pytest.raises(UnknownWord):
        parse(against("at_most", "noted.number", **more))


def test_the_words_say_how_much(story: Story) -> None:
    law = story.law_at(day("2026-03-02")).first
    many = parse(against("at_most", "noted.number", percent=3, times="noted.number"))
    assert describe(many, law) == "“记事·金额”不多于“记事·数目”的3%乘以“记事·数目”"
    later = parse(against("at_least", "noted.on", "noted.day", plus="7 working days"))
    assert describe(later, law) == "“记事·约定日”不早于“记事·日期”起7个工作日"
