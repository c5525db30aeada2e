"""Limits: kinds of length, fixed days, chains, restarts, suspension, extension, unknown calendars. Dates by hand."""

from datetime import date

import pytest

from fazheng.lawbook.load import load
from fazheng.workdays import Calendar
from tests.procedure.story import Story, day, toys


def begun(on: str = "2026-03-02", **data: int) -> Story:
    story = Story("toy.clocks", today=date(2027, 6, 1))
    story.take_or_fail("begin", on, **data)
    return story


@pytest.mark.parametrize(
    ("limit", "on", "due"),
    [
        ("in_days", "2026-03-02", "2026-06-01"),  # 31 May is a Sunday
        ("in_days", "2026-03-03", "2026-06-01"),
        ("in_working_days", "2026-09-29", "2026-10-12"),  # 30 Sep, 8, 9, 10 (made up) and 12 October
        ("in_working_days", "2026-02-12", "2026-02-26"),  # 13, 14 (made up), 24, 25, 26: 春节 does not count
        ("in_months", "2025-12-31", "2026-02-28"),  # no 31 February; the 28th, a Saturday, is worked
        ("in_months", "2026-03-31", "2026-06-01"),  # 31 May is a Sunday
        ("in_years", "2024-02-29", "2025-02-28"),
        ("in_years", "2025-03-01", "2026-03-02"),  # 1 March 2026 is a Sunday
        ("never_rolls", "2026-03-06", "2026-03-07"),  # a Saturday
        ("until_a_day", "2026-03-02", "2026-03-31"),
        ("until_a_day", "2026-04-01", "2026-03-31"),  # of the year in which it began
        ("until_a_day", "2024-01-02", "2024-03-31"),  # a Sunday: a fixed day does not roll
        ("before_a_day", "2026-03-02", "2027-02-28"),  # a Sunday
        ("before_a_day", "2023-05-01", "2024-02-29"),
    ],
)
def test_a_limit_is_due_as_counted_by_hand(limit: str, on: str, due: str) -> None:
    assert begun(on).due(limit) == due


def test_the_starting_day_is_day_zero() -> None:
    clock = begun("2026-03-02").clocks("in_days")[0]
    assert (clock.begun, clock.due, clock.done) == (date(2026, 3, 2), date(2026, 6, 1), None)


def test_any_of_several_bound_steps_meets_a_limit() -> None:
    assert begun().told("settle 2026-03-05").clocks("in_working_days")[0].done == date(2026, 3, 5)
    assert begun().told("finish 2026-03-05").clocks("in_working_days")[0].done == date(2026, 3, 5)
    assert begun().told("again 2026-03-05").clocks("in_working_days")[0].done is None


def test_a_late_act_is_possible_and_seals_that_it_was_late() -> None:
    decision = begun().take_or_fail("finish", "2026-03-12")
    assert [event.event for event in decision.events] == ["finished", "limit_missed"]
    assert decision.events[1].data == {"limit": "in_working_days", "due": "2026-03-09", "days": 3}


def test_a_late_act_is_missed_from_its_due_day_on_and_seen_from_before_it_was_done() -> None:
    clock = begun().told("finish 2026-03-12").clocks("in_working_days")[0]
    assert [clock.missed(day(on)) for on in ("2026-03-09", "2026-03-10", "2026-03-12")] == [False, True, True]
    in_time = begun().told("finish 2026-03-09").clocks("in_working_days")[0]
    assert [in_time.missed(day(on)) for on in ("2026-03-09", "2026-03-10")] == [False, False]


def test_only_the_first_late_act_seals_it() -> None:
    story = begun().told("finish 2026-03-12")
    assert [event.event for event in story.take_or_fail("finish", "2026-03-13").events] == ["finished"]


def test_a_right_lapses_on_the_day_after() -> None:
    story = begun().told("again 2026-03-02")
    assert story.due("from_the_latest") == "2026-03-12"
    assert story.refused("finish", "2026-03-12") == []
    assert story.refused("finish", "2026-03-13") == ["lapsed"]


def test_a_lapsed_right_does_not_come_back_because_it_was_used_once() -> None:
    story = begun().told("again 2026-03-02", "finish 2026-03-10")
    assert story.refused("finish", "2026-03-13") == ["lapsed"]


def test_a_limit_runs_from_its_latest_occurrence() -> None:
    story = begun().told("again 2026-03-02", "again 2026-03-10")
    first, second = story.clocks("from_the_latest")
    assert (first.nth, first.begun, first.superseded_on) == (1, date(2026, 3, 2), date(2026, 3, 10))
    assert (second.nth, second.begun, second.superseded_on) == (2, date(2026, 3, 10), None)
    assert story.due("from_the_latest") == "2026-03-20"
    assert story.refused("finish", "2026-03-13") == []
    assert story.holds({"expired": "from_the_latest"}, "2026-03-13") is False
    assert [clock.runs(day("2026-03-09")) for clock in (first, second)] == [True, False]
    assert [clock.runs(day("2026-03-10")) for clock in (first, second)] == [False, True]


def test_a_limit_with_a_condition_runs_only_where_it_holds() -> None:
    story = begun()
    story.take_or_fail("again", "2026-03-02", size=9)
    assert story.clocks("only_for_large") == []
    story.take_or_fail("again", "2026-03-04", size=10)  # the threshold is a parameter
    assert story.due("only_for_large") == "2026-03-16"  # 14 March is a Saturday
    story.take_or_fail("again", "2026-03-05", size=1)  # the latest occurrence decides: none runs now
    assert [clock.superseded_on for clock in story.clocks("only_for_large")] == [date(2026, 3, 5)]
    assert story.holds({"expired": "only_for_large"}, "2026-04-30") is False


def test_a_chain_starts_on_the_due_day_of_the_other_limit_rolled() -> None:
    story = begun("2026-03-02")
    clock = story.clocks("chained")[0]
    assert (clock.begun, clock.due) == (date(2026, 6, 1), date(2026, 7, 1))
    assert story.refused("settle", "2026-07-01") == []
    assert story.refused("settle", "2026-07-02") == ["lapsed"]


def test_a_chained_limit_may_have_a_condition() -> None:
    assert begun("2026-03-02", size=9).due("chained_for_large") == ""
    assert begun("2026-03-02", size=10).due("chained_for_large") == "2026-06-08"  # 6 June is a Saturday


def test_a_chain_moves_with_what_it_hangs_on() -> None:
    story = begun("2026-03-02").told("stop 2026-03-10", "go 2026-03-20")
    assert story.due("in_days") == "2026-06-10"
    assert story.clocks("chained")[0].begun == date(2026, 6, 10)
    assert begun("2026-03-02").told("stop 2026-03-10").clocks("chained") == []  # the other one stands still


# ── suspension ──


def test_what_was_left_when_the_clock_stopped_is_left_when_it_goes_on() -> None:
    story = begun("2026-03-02").told("stop 2026-03-04")
    assert story.due("in_working_days") == "停"
    assert story.holds({"expired": "in_working_days"}, "2026-06-01") is False
    assert story.told("go 2026-03-16").due("in_working_days") == "2026-03-19"  # three were left


def test_calendar_days_move_by_the_days_between() -> None:
    assert begun("2026-03-02").told("stop 2026-03-04", "go 2026-03-16").due("in_days") == "2026-06-12"
    assert begun("2026-03-02").told("stop 2026-03-04", "go 2026-03-16").due("in_months") == "2026-05-14"


def test_a_stop_after_the_due_day_changes_nothing() -> None:
    story = begun("2026-03-02").told("stop 2026-03-10", "go 2026-04-10")
    assert story.due("in_working_days") == "2026-03-09"
    assert story.holds({"expired": "in_working_days"}, "2026-03-11") is True
    assert begun("2026-03-02").told("stop 2026-03-10").due("in_working_days") == "2026-03-09"


def test_a_stop_on_the_due_day_still_stops() -> None:
    assert begun("2026-03-02").told("stop 2026-03-09", "go 2026-03-16").due("in_working_days") == "2026-03-16"


def test_overlapping_spans_count_once() -> None:
    alone = begun("2026-03-02").told("stop 2026-03-04", "go 2026-03-16").due("in_days")
    both = begun("2026-03-02").told("stop 2026-03-04", "consult 2026-03-06", "answer 2026-03-12", "go 2026-03-16")
    assert both.due("in_days") == alone


def test_a_second_stop_within_a_span_counts_once() -> None:
    story = begun("2026-03-02").told("stop 2026-03-04", "stop 2026-03-06", "go 2026-03-16", "go 2026-03-18")
    assert story.due("in_days") == "2026-06-12"


def test_at_most_ends_a_span_by_itself() -> None:
    # ten working days from Thursday 5 March end on 19 March; two were left on 5 March
    story = begun("2026-03-02").told("consult 2026-03-05")
    assert story.due("in_working_days") == "2026-03-23"
    assert story.holds({"expired": "in_working_days"}, "2026-03-24") is True
    assert story.told("answer 2026-04-30").due("in_working_days") == "2026-03-23"


def test_a_span_that_ends_before_at_most_ends_when_it_does() -> None:
    assert begun("2026-03-02").told("consult 2026-03-05", "answer 2026-03-12").due("in_working_days") == "2026-03-16"


def test_a_span_stops_only_what_it_names() -> None:
    story = begun("2026-03-02").told("stop 2026-03-04", "go 2026-03-16")
    assert story.due("sixty_and_thirty") == "2026-05-06"  # 1 May to 5 May is off
    assert story.due("in_years") == "2027-03-02"


def test_a_span_before_the_start_is_cut_off() -> None:
    story = begun("2026-03-02").told("again 2026-03-02", "stop 2026-03-04", "go 2026-03-16")
    assert story.due("from_the_latest") == "2026-03-12"  # not stopped by it


# ── extension ──


def test_sixty_and_thirty_days_are_ninety_rolled_once() -> None:
    # the sixtieth day would be 26 September, within 中秋节; rolled there and again it would be 28 October
    story = begun("2026-07-28").told("extend 2026-09-20")
    assert story.due("sixty_and_thirty") == "2026-10-26"


def test_twenty_and_ten_working_days_are_thirty() -> None:
    story = begun("2026-03-02").told("again 2026-03-02")
    story.take_or_fail("extend_by", "2026-03-20", days=10)
    assert story.due("restarted_and_extended") == "2026-04-14"


def test_an_extension_may_be_recorded_on_the_due_day_and_not_later() -> None:
    story = begun("2026-07-28")
    assert story.due("sixty_and_thirty") == "2026-09-28"
    assert story.refused("extend", "2026-09-28") == []
    assert story.refused("extend", "2026-09-29") == ["late_extension"]
    assert story.told("extend 2026-09-28").due("sixty_and_thirty") == "2026-10-26"


def test_a_late_extension_that_happened_moves_nothing() -> None:
    story = begun("2026-07-28")
    decision = story.take_or_fail("extend", "2026-09-29", happened=True)
    assert [defect.gate for defect in decision.defects] == ["late_extension"]
    assert story.due("sixty_and_thirty") == "2026-09-28"


def test_an_extension_is_granted_once_unless_the_rule_says_how_often() -> None:
    story = begun("2026-03-02").told("again 2026-03-02", "extend 2026-03-20")
    assert story.refused("extend", "2026-03-21") == ["thirty_more"]
    for _ in range(2):
        assert story.refused("extend_by", "2026-03-20", days=3) == []
        story.take_or_fail("extend_by", "2026-03-20", days=3)
    assert story.refused("extend_by", "2026-03-20", days=3) == ["ten_more"]
    assert story.due("restarted_and_extended") == "2026-04-08"  # 26 working days


def test_an_extension_too_many_moves_nothing_though_it_happened() -> None:
    story = begun("2026-03-02").told("extend 2026-03-20")
    due = story.due("sixty_and_thirty")
    decision = story.take_or_fail("extend", "2026-03-21", happened=True)
    assert [defect.gate for defect in decision.defects] == ["thirty_more"]
    assert story.due("sixty_and_thirty") == due


def test_a_limit_that_begins_anew_may_be_extended_anew() -> None:
    story = begun("2026-03-02").told("again 2026-03-02")
    for _ in range(2):
        story.take_or_fail("extend_by", "2026-03-03", days=1)
    assert story.refused("extend_by", "2026-03-03", days=1) == ["ten_more"]
    story.told("again 2026-03-10")
    assert story.due("restarted_and_extended") == "2026-04-08"  # twenty again
    assert story.refused("extend_by", "2026-03-11", days=1) == []


def test_an_extension_beyond_its_cap_is_refused_and_counts_only_up_to_it() -> None:
    story = begun("2026-03-02").told("again 2026-03-02")
    assert story.refused("extend_by", "2026-03-20", days=11) == ["ten_more"]
    story.take_or_fail("extend_by", "2026-03-20", happened=True, days=99)
    assert story.due("restarted_and_extended") == "2026-04-14"


@pytest.mark.parametrize("days", [0, -3])
def test_an_extension_by_nothing_is_no_extension(days: int) -> None:
    story = begun("2026-03-02").told("again 2026-03-02")
    assert set(story.refused("extend_by", "2026-03-20", days=days)) == {"field"}
    decision = story.take("extend_by", "2026-03-20", happened=True, days=days)
    assert {refusal.gate for refusal in decision.refusals} == {"field"}


def test_an_extension_may_come_while_the_clock_stands() -> None:
    story = begun("2026-03-02").told("again 2026-03-02", "stop 2026-03-05")
    story.take_or_fail("extend_by", "2026-03-20", days=10)
    assert story.told("go 2026-03-25").due("restarted_and_extended") == "2026-04-14"  # not stopped by it


# ── unknown calendars ──


def known_to(*years: int) -> Calendar:
    return Calendar.of(year for number, year in load().calendars.items() if number in years)


def test_a_due_day_that_rests_on_a_guess_never_expires() -> None:
    story = begun("2026-12-28")
    clock = story.clocks("in_working_days")[0]
    assert (clock.due, clock.estimate) == (date(2027, 1, 4), True)
    assert story.holds({"expired": "in_working_days"}, "2027-06-01") is False
    assert story.holds({"missed": "in_working_days"}, "2027-06-01") is False


def test_a_fixed_day_is_never_a_guess() -> None:
    story = begun("2026-12-28")
    assert [clock.estimate for clock in story.clocks("before_a_day")] == [False]
    assert story.holds({"expired": "before_a_day"}, "2027-03-01") is True


def test_a_day_that_does_not_roll_is_never_a_guess() -> None:
    assert begun("2026-12-31").clocks("never_rolls")[0].estimate is False


def test_nobody_loses_a_right_by_a_guess() -> None:
    story = Story("toy.clocks", calendar=known_to(2026), today=date(2027, 6, 1)).told("begin 2026-12-28")
    story.told("again 2026-12-28")
    assert story.refused("finish", "2027-05-04") == []


def test_a_chain_on_a_guess_is_a_guess() -> None:
    story = Story("toy.clocks", calendar=known_to(2025)).told("begin 2025-11-03")
    assert [clock.estimate for clock in story.clocks("in_days")] == [True]
    assert [clock.estimate for clock in story.clocks("chained")] == [True]


def test_a_chain_that_is_sure_of_its_own_day_rests_on_the_guess_it_began_with() -> None:
    story = Story("toy.clocks", calendar=known_to(2025)).told("begin 2025-11-03")
    assert [(clock.due, clock.estimate) for clock in story.clocks("chained_to_a_day")] == [(date(2026, 12, 31), True)]
    assert Story("toy.clocks").told("begin 2025-11-03").clocks("chained_to_a_day")[0].estimate is False


def test_only_the_end_of_a_span_that_was_guessed_is_a_guess() -> None:
    story = Story("toy.clocks", calendar=known_to(2025)).told("begin 2025-12-01", "consult 2025-12-26")
    assert [clock.estimate for clock in story.clocks("in_days_that_never_roll")] == [True]
    story.told("answer 2025-12-29")  # before ten working days can have passed, whatever the notice says
    clock = story.clocks("in_days_that_never_roll")[0]
    assert (clock.due, clock.estimate) == (date(2026, 1, 13), False)


def test_a_span_whose_end_is_guessed_makes_the_due_day_a_guess() -> None:
    story = Story("toy.clocks", calendar=known_to(2025)).told("begin 2025-12-24", "consult 2025-12-26")
    clock = story.clocks("in_days")[0]
    assert (clock.estimate, clock.stopped) == (True, False)
    story.told("answer 2025-12-29")  # ended before ten working days can have passed: nothing is guessed of the span
    assert story.clocks("in_working_days")[0].due == date(2026, 1, 1)


def test_an_extension_is_not_too_late_by_a_guess() -> None:
    story = Story("toy.clocks", calendar=known_to(2025), today=date(2026, 6, 1)).told("begin 2025-12-01")
    assert story.clocks("sixty_and_thirty")[0].estimate is True  # 30 January 2026, where no notice is known
    assert story.refused("extend", "2026-02-04") == []
    assert story.told("extend 2026-02-04").due("sixty_and_thirty") == "2026-03-02"  # 1 March is a Sunday


# ── the examples of law-files, section 5 ──


def permit(*steps: str) -> Story:
    story = Story("permit.general")
    story.take_or_fail("accept", "2026-03-02", organisation="51999900MJX00000X8", matter="社会团体成立登记")
    return story.told(*steps)


def test_the_time_of_a_study_does_not_count_towards_a_permit() -> None:
    assert permit().due("permit_period") == "2026-03-30"
    assert permit("begin_study 2026-03-09", "end_study 2026-03-23").due("permit_period") == "2026-04-14"


def test_a_divorce_has_thirty_days_to_cool_off_and_thirty_to_come_back() -> None:
    story = Story("divorce").told("accept 2026-03-03")
    assert story.due("cooling_off") == "2026-04-02"
    assert story.due("second_visit_period") == "2026-05-06"  # 2 May is off, to 5 May
    assert story.refused("register", "2026-04-02") == ["cooling_off_over"]
    assert story.refused("register", "2026-04-03") == []
    assert story.refused("register", "2026-05-06") == []
    assert story.refused("register", "2026-05-07") == ["lapsed"]


def test_a_divorce_whose_thirtieth_day_is_off_cools_off_to_the_next_working_day() -> None:
    story = Story("divorce").told("accept 2026-03-05")  # 4 April to 6 April is 清明节
    assert story.due("cooling_off") == "2026-04-07"
    assert story.due("second_visit_period") == "2026-05-07"


def test_a_yearly_report_is_due_on_its_day_of_the_year_it_began_in() -> None:
    story = Story("npo.annual_check").told("open 2026-03-02")
    assert story.due("report_period") == "2026-05-31"  # a Sunday
    assert story.due("publish_period") == "2027-02-28"
    assert story.holds({"missed": "report_period"}, "2026-05-31") is False
    assert story.holds({"missed": "report_period"}, "2026-06-01") is True
    late = story.take_or_fail("file_report", "2026-06-01")
    assert [event.event for event in late.events] == ["report_filed", "limit_missed"]


def test_the_toy_law_of_the_examples_stands() -> None:
    assert set(toys().procedures) >= {"permit.general", "divorce", "npo.annual_check", "study.session"}
