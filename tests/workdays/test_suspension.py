"""Extensions lengthen one count; what was left when a clock stopped is left when it goes on."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fazheng.workdays import BadLength, BadSpan, Calendar, Length, Run, Span, due, estimate, run
from tests.workdays import naive
from tests.workdays.notices import calendar


def days(n: int) -> timedelta:
    return timedelta(days=n)


def lengths(*texts: str) -> list[Length]:
    return [Length.parse(text) for text in texts]


def spans(*texts: str) -> list[Span]:
    """Written "2026-03-09/2026-03-23", an open one "2026-03-09/"."""
    pairs = [text.split("/") for text in texts]
    return [Span(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in pairs]


def test_twenty_and_ten_working_days_are_thirty_from_the_start() -> None:
    start = date(2026, 9, 1)
    found = run(start, lengths("20 working days", "10 working days"), [], calendar())
    assert found.due == due(start, Length.parse("30 working days"), calendar())


def test_sixty_and_thirty_days_are_ninety_and_roll_once() -> None:
    # the sixtieth day is 26 September, within 中秋节; rolled there and then again it would be 28 October
    found = run(date(2026, 7, 28), lengths("60 days", "30 days"), [], calendar())
    assert found == Run(date(2026, 10, 26), date(2026, 10, 26), stopped=False, is_estimate=False)


def test_two_and_one_months_are_three_months() -> None:
    assert run(date(2026, 1, 31), lengths("2 months", "1 months"), [], calendar()).due == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("start", "length", "given_spans", "expected"),
    [
        # the permit whose expert review does not count: 15 working days left on 9 March, 15 after 23 March
        ("2026-03-02", "20 working days", ["2026-03-09/2026-03-23"], "2026-04-14"),
        # a span within a span, and one that overlaps it, count once
        ("2026-03-02", "20 working days", ["2026-03-09/2026-03-23", "2026-03-10/2026-03-12"], "2026-04-14"),
        ("2026-03-02", "20 working days", ["2026-03-12/2026-03-23", "2026-03-09/2026-03-16"], "2026-04-14"),
        # calendar days move by r - s: 60 days end on 1 May without it, on 11 May with ten days of standing
        ("2026-03-02", "60 days", ["2026-03-16/2026-03-26"], "2026-05-11"),
        # two months from 2 March end on 2 May; 30 days are left on 2 April, 30 after 9 April are 9 May, worked
        ("2026-03-02", "2 months", ["2026-04-02/2026-04-09"], "2026-05-09"),
        # stopped on the last day with nothing left: due on the day it goes on, a Saturday, so the Monday
        ("2026-03-02", "4 days", ["2026-03-06/2026-03-14"], "2026-03-16"),
        ("2026-03-02", "4 working days", ["2026-03-06/2026-03-14"], "2026-03-16"),
        # stopped on the Sunday that it rolls over: nothing is left, due on the day it goes on
        ("2026-03-02", "5 days", ["2026-03-08/2026-03-11"], "2026-03-11"),
        # stopped the day after the rolled due day: too late, nothing changes
        ("2026-03-02", "5 days", ["2026-03-10/2026-03-20"], "2026-03-09"),
        ("2026-03-02", "5 days", ["2026-03-10/"], "2026-03-09"),
        # the second span is in time only because the first one moved the due day
        ("2026-03-02", "5 days", ["2026-03-05/2026-03-10", "2026-03-11/2026-03-16"], "2026-03-17"),
        # stopping over 国庆节 moves a limit of working days by the one working day in it
        ("2026-09-28", "5 working days", ["2026-09-30/2026-10-08"], "2026-10-12"),
    ],
)
def test_a_due_day_past_suspensions_counted_by_hand(
    start: str, length: str, given_spans: list[str], expected: str
) -> None:
    found = run(date.fromisoformat(start), lengths(length), spans(*given_spans), calendar())
    assert (found.due, found.stopped) == (date.fromisoformat(expected), False)


def test_while_the_clock_stands_there_is_no_due_day() -> None:
    start = date(2026, 3, 2)
    stands = Run(due=None, unrolled=None, stopped=True, is_estimate=False)
    assert run(start, lengths("5 days"), spans("2026-03-09/"), calendar()) == stands
    assert run(start, lengths("5 days"), spans("2026-02-01/"), calendar()) == stands
    assert run(start, lengths("5 days"), spans("2026-03-04/", "2026-03-03/2026-03-05"), calendar()) == stands


def test_a_limit_that_does_not_roll_ends_on_the_day_itself() -> None:
    found = run(date(2026, 3, 2), lengths("5 days"), spans("2026-03-03/2026-03-04"), calendar(), rolls=False)
    assert found == Run(date(2026, 3, 8), date(2026, 3, 8), stopped=False, is_estimate=False)


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadSpan, match="2026-03-03早于始日2026-03-04"):
        Span(date(2026, 3, 4), date(2026, 3, 3))


def test_a_limit_needs_a_length_and_one_unit() -> None:
    with pytest.raises(BadLength, match="没有写明期限"):
        run(date(2026, 3, 2), [], [], calendar())
    with pytest.raises(BadLength, match="单位不同"):
        run(date(2026, 3, 2), lengths("60 days", "1 months"), [], calendar())


@pytest.mark.parametrize("length", ["20 working days", "40 days", "2 months"])
def test_a_due_day_in_a_year_without_a_notice_is_an_estimate(length: str) -> None:
    start = date(2026, 10, 12)
    assert not run(start, lengths(length), [], calendar()).is_estimate
    found = run(start, lengths(length), spans("2026-10-19/2027-01-11"), calendar())
    assert found.is_estimate
    assert found.due is not None
    assert found.due.year == 2027
    unrolling = run(start, lengths(length), spans("2026-10-19/2027-01-11"), calendar(), rolls=False)
    assert unrolling.is_estimate == (length == "20 working days")


def test_working_days_counted_before_a_stop_in_an_unknown_year_stay_an_estimate() -> None:
    only_2026 = calendar(2026)
    found = run(date(2025, 12, 22), lengths("9 working days"), spans("2025-12-31/2026-01-12"), only_2026)
    assert (found.due, found.is_estimate) == (date(2026, 1, 14), True)
    twice = spans("2025-12-31/2026-01-12", "2026-01-13/2026-01-14")
    assert run(date(2025, 12, 22), lengths("9 working days"), twice, only_2026).is_estimate


def test_going_on_in_an_unknown_year_with_nothing_left_is_an_estimate() -> None:
    found = run(date(2026, 12, 28), lengths("2 working days"), spans("2026-12-30/2027-02-08"), calendar())
    assert (found.due, found.is_estimate) == (date(2027, 2, 8), True)


starts = st.dates(date(2004, 1, 1), date(2024, 6, 30))
some_length = st.builds(Length, st.integers(1, 40), st.sampled_from(["days", "working days", "months"])).filter(
    lambda length: length.unit != "months" or length.number <= 6
)


@st.composite
def starts_and_spans(draw: st.DrawFn) -> tuple[date, list[Span]]:
    start = draw(starts)
    pairs = draw(st.lists(st.tuples(st.integers(-20, 120), st.integers(0, 30)), max_size=4))
    return start, [Span(start + days(first), start + days(first + stands)) for first, stands in pairs]


@settings(max_examples=300, deadline=None)
@given(given_spans=starts_and_spans(), length=some_length, rolls=st.booleans())
def test_walking_day_by_day_past_any_spans_finds_the_same_day(
    given_spans: tuple[date, list[Span]], length: Length, rolls: bool
) -> None:
    start, found_spans = given_spans
    number = length.number
    if length.unit == "months":
        number = (naive.due(start, number, "months", rolls=False) - start).days
    pairs = [(span.from_day, span.to_day) for span in found_spans if span.to_day]
    expected = naive.due_past(start, number, length.unit == "working days", pairs, rolls)
    assert run(start, [length], found_spans, calendar(), rolls=rolls).due == expected


@given(given_spans=starts_and_spans(), length=some_length, order=st.randoms())
def test_the_order_and_the_doubling_of_spans_do_not_matter(
    given_spans: tuple[date, list[Span]], length: Length, order: Random
) -> None:
    start, found_spans = given_spans
    mixed = found_spans * 2
    order.shuffle(mixed)
    assert run(start, [length], mixed, calendar()) == run(start, [length], found_spans, calendar())


@given(start=starts, length=some_length, rolls=st.booleans(), at=st.integers(-10, 60))
def test_a_span_of_no_days_changes_nothing(start: date, length: Length, rolls: bool, at: int) -> None:
    span = Span(start + days(at), start + days(at))
    without = run(start, [length], [], calendar(), rolls=rolls)
    assert run(start, [length], [span], calendar(), rolls=rolls) == without
    assert without.due == estimate(start, length, calendar(), rolls=rolls).day


@given(start=starts, number=st.integers(1, 60), stop=st.integers(0, 60), stands=st.integers(0, 40))
def test_working_days_move_by_the_working_days_that_stood(start: date, number: int, stop: int, stands: int) -> None:
    length = Length(number, "working days")
    span = Span(start + days(stop), start + days(stop + stands))
    before = due(start, length, calendar())
    assume(span.from_day < before)
    after = run(start, [length], [span], calendar()).due
    assert after is not None
    assert span.to_day is not None
    assert calendar().working_days(before, after) == calendar().working_days(span.from_day, span.to_day)


@given(start=starts, number=st.integers(1, 60), stop=st.integers(0, 60), stands=st.integers(0, 40))
def test_calendar_days_move_by_the_days_that_stood(start: date, number: int, stop: int, stands: int) -> None:
    assume(stop <= number)
    span = Span(start + days(stop), start + days(stop + stands))
    found = run(start, [Length(number, "days")], [span], calendar())
    assert found.unrolled == start + days(number + stands)
    assert found.due == naive.due(start, number + stands, "days")


@given(start=starts, length=some_length, first=st.integers(0, 30), one=st.integers(1, 20), other=st.integers(1, 20))
def test_touching_spans_are_one_span(start: date, length: Length, first: int, one: int, other: int) -> None:
    a, b, c = (start + days(n) for n in (first, first + one, first + one + other))
    assert run(start, [length], [Span(a, b), Span(b, c)], calendar()) == run(start, [length], [Span(a, c)], calendar())


@given(start=starts, length=some_length, early=st.integers(1, 30), late=st.integers(0, 30))
def test_what_lies_before_the_start_is_cut_off(start: date, length: Length, early: int, late: int) -> None:
    cut = run(start, [length], [Span(start, start + days(late))], calendar())
    assert run(start, [length], [Span(start - days(early), start + days(late))], calendar()) == cut
    nothing = run(start, [length], [Span(start - days(early), start)], calendar())
    assert nothing == run(start, [length], [], calendar())


def test_a_calendar_that_knows_nothing_still_runs() -> None:
    found = run(date(2031, 1, 6), lengths("5 working days"), spans("2031-01-07/2031-01-08"), Calendar.of([]))
    assert (found.due, found.is_estimate) == (date(2031, 1, 14), True)
