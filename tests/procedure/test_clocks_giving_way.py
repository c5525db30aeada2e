"""A limit gives way once another one counts instead; being late is forgiven where it says so. Dates by hand."""

from datetime import date

import pytest

from fazheng.procedure.clocks import Clock
from tests.procedure.story import Story, day


def restarted(*more: str) -> Story:
    """`gives_way` runs to 23 March 2026 (the 22nd is a Sunday), `chained_gives_way` from there to 22 April."""
    return Story("toy.clocks", today=date(2027, 6, 1)).told("begin 2026-03-02", "again 2026-03-02", *more)


def only(story: Story, limit: str) -> Clock:
    (clock,) = story.clocks(limit)
    return clock


def test_a_limit_gives_way_on_the_day_of_what_another_counts_from() -> None:
    story = restarted("stop 2026-03-10")
    clock = only(story, "gives_way")
    assert (clock.due, clock.superseded_on) == (date(2026, 3, 23), date(2026, 3, 10))
    assert [clock.runs(day(on)) for on in ("2026-03-09", "2026-03-10")] == [True, False]
    assert story.holds({"expired": "gives_way"}, "2026-05-06") is False


def test_what_gave_way_does_not_come_back_with_what_was_left() -> None:
    story = restarted("stop 2026-03-10", "go 2026-03-12")
    assert only(story, "gives_way").superseded_on == date(2026, 3, 10)
    assert story.holds({"expired": "gives_way"}, "2026-05-06") is False


def test_what_had_happened_before_the_start_is_not_asked() -> None:
    story = Story("toy.clocks", today=date(2027, 6, 1)).told("begin 2026-03-02", "stop 2026-03-02", "go 2026-03-03")
    story.told("again 2026-03-04")
    assert only(story, "gives_way").superseded_on is None


@pytest.mark.parametrize(("on", "gone"), [("2026-03-23", date(2026, 3, 23)), ("2026-03-24", None)])
def test_what_is_over_gives_way_to_nothing(on: str, gone: date | None) -> None:
    story = restarted(f"stop {on}")
    assert only(story, "gives_way").superseded_on == gone
    assert story.holds({"expired": "gives_way"}, "2026-05-06") is (gone is None)


def test_a_chained_limit_gives_way_only_after_it_began() -> None:
    assert only(restarted("stop 2026-04-01"), "chained_gives_way").superseded_on == date(2026, 4, 1)
    assert only(restarted("stop 2026-04-23"), "chained_gives_way").superseded_on is None
    chain = only(restarted("stop 2026-03-05", "go 2026-03-06"), "chained_gives_way")
    assert chain.superseded_on == date(2026, 3, 5)  # what it hangs on gave way before it began
    assert chain.runs(day("2026-04-01")) is False


def test_a_limit_that_gave_way_begins_anew_with_its_own_event() -> None:
    first, second = restarted("stop 2026-03-10", "go 2026-03-12", "again 2026-03-16").clocks("gives_way")
    assert (first.superseded_on, second.superseded_on) == (date(2026, 3, 10), None)
    assert second.due == date(2026, 4, 7)  # 5 April is a Sunday, 6 April off


# ── forgiven: `forgiven` runs to 1 April 2026 ──


def consulted(*more: str) -> Story:
    return Story("toy.clocks", today=date(2027, 6, 1)).told("begin 2026-03-02", "consult 2026-03-02", *more)


def late(story: Story, size: int, on: str = "2026-04-02") -> list[str]:
    return [event.event for event in story.take_or_fail("again", on, size=size).events]


def test_an_act_that_comes_late_for_a_reason_is_recorded_as_late() -> None:
    assert late(consulted(), 9, on="2026-04-01") == ["restarted"]
    assert late(consulted(), 9) == ["restarted", "limit_missed"]
    assert late(consulted("stop 2026-04-02"), 3) == ["restarted", "limit_missed"]


def test_a_late_act_without_the_reason_is_refused_and_told_what_would_be_one() -> None:
    (refusal,) = consulted().take("again", "2026-04-02", size=3).refusals
    assert refusal.gate == "lapsed"
    assert "逾期不能再办（填了“大小”的除外）" in refusal.todo
