"""What holds for every due day, what an unknown year does, and days that a rule names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fazheng.workdays as room
from fazheng.workdays import BadLength, Calendar, CalendarMissing, Due, Length, Unit, after, due, estimate, fixed
from tests.workdays import naive
from tests.workdays.notices import calendar, tables

# days that the notice of the year after names: 元旦 of 2019 and of 2023
NAMED_A_YEAR_LATER = {date(2018, 12, 29), date(2018, 12, 30), date(2018, 12, 31), date(2022, 12, 31)}
UNITS: list[Unit] = ["days", "working days", "months", "years"]
starts = st.dates(date(2004, 1, 1), date(2024, 12, 31))
lengths = st.builds(Length, st.integers(1, 20), st.sampled_from(UNITS)).filter(
    lambda length: length.unit != "years" or length.number == 1
)


@given(start=starts, length=lengths)
def test_a_rolled_due_day_is_never_a_day_off(start: date, length: Length) -> None:
    assert calendar().is_working_day(due(start, length, calendar()))


@given(start=starts, later=st.integers(0, 60), length=lengths, rolls=st.booleans())
def test_a_later_start_is_never_due_earlier(start: date, later: int, length: Length, rolls: bool) -> None:
    days = timedelta(days=later)
    assert due(start, length, calendar(), rolls=rolls) <= due(start + days, length, calendar(), rolls=rolls)


@given(start=starts, length=lengths, more=st.integers(0, 9))
def test_a_longer_length_is_never_due_earlier(start: date, length: Length, more: int) -> None:
    longer = Length(length.number + (0 if length.unit == "years" else more), length.unit)
    assert start < due(start, length, calendar()) <= estimate(start, longer, calendar()).day


@given(start=starts, length=lengths)
def test_rolling_only_ever_moves_on_to_the_next_working_day(start: date, length: Length) -> None:
    end, rolled = (due(start, length, calendar(), rolls=rolls) for rolls in (False, True))
    assert calendar().working_days(end, rolled) == (0 if rolled == end else 1)
    assert after(start, length, calendar()) == end


@pytest.mark.parametrize("years", [(2024, 2025, 2026), (2024, 2026), (2025,), ()])
@pytest.mark.parametrize("rolls", [True, False])
def test_the_table_gives_what_counting_gives_and_refuses_what_it_refuses(years: tuple[int, ...], rolls: bool) -> None:
    known = Calendar.of(tables()[year] for year in years)
    for start in (date(2023, 11, 20) + timedelta(days=n) for n in range(0, 1200, 3)):
        for length in (Length(n, unit) for n in (1, 6, 30, 99) for unit in UNITS[:2]):
            told = estimate(start, length, known, rolls=rolls)  # never reads the short table
            if told.is_estimate:
                with pytest.raises(CalendarMissing):
                    due(start, length, known, rolls=rolls)
            else:
                assert due(start, length, known, rolls=rolls) == told.day


def test_a_day_of_an_unknown_year_is_refused_by_name() -> None:
    with pytest.raises(CalendarMissing, match=r"没有2003年的节假日安排.*law/calendars/2003\.toml") as refused:
        calendar().is_working_day(date(2003, 12, 31))
    assert refused.value.year == 2003
    assert not calendar().knows(date(2003, 12, 31))
    assert calendar().knows(date(2004, 1, 1))


@pytest.mark.parametrize(
    ("start", "length", "missing"),
    [
        (date(2026, 12, 31), "1 working days", 2027),
        (date(2026, 12, 1), "31 days", 2027),
        (date(2026, 12, 31), "2 years", 2028),
        (date(2003, 12, 30), "1 working days", 2003),
        (date(2003, 12, 1), "3 days", 2003),
    ],
)
def test_a_due_day_that_needs_an_unknown_year_is_refused(start: date, length: str, missing: int) -> None:
    with pytest.raises(CalendarMissing) as refused:
        due(start, Length.parse(length), calendar())
    assert refused.value.year == missing
    assert estimate(start, Length.parse(length), calendar()).is_estimate


def test_calendar_days_need_only_the_year_they_end_in() -> None:
    assert due(date(2003, 12, 1), Length.parse("55 days"), calendar()) == date(2004, 1, 29)  # 25 January is 春节


def test_without_rolling_no_calendar_is_needed() -> None:
    nothing = Calendar.of([])
    assert due(date(2031, 1, 31), Length.parse("1 months"), nothing, rolls=False) == date(2031, 2, 28)
    assert estimate(date(2031, 1, 1), Length.parse("9 days"), nothing, rolls=False) == Due(date(2031, 1, 10), False)
    with pytest.raises(CalendarMissing):
        after(date(2031, 1, 1), Length.parse("9 working days"), nothing)


def test_an_estimate_counts_plain_weekdays_and_is_marked() -> None:
    # 1 January 2027, a Friday, will be a day off; nobody has said so yet
    assert estimate(date(2026, 12, 30), Length.parse("2 working days"), calendar()) == Due(date(2027, 1, 1), True)
    assert estimate(date(2026, 12, 30), Length.parse("1 working days"), calendar()) == Due(date(2026, 12, 31), False)
    assert estimate(date(2026, 12, 1), Length.parse("2 months"), calendar()) == Due(date(2027, 2, 1), True)


@given(
    start=st.dates(date(2003, 6, 1), date(2027, 6, 1)),
    length=lengths,
    years=st.sets(st.sampled_from(naive.YEARS), max_size=4),
)
def test_an_estimate_is_exact_unless_marked_whatever_years_are_known(
    start: date, length: Length, years: set[int]
) -> None:
    some = Calendar.of(table for year, table in tables().items() if year in years)
    found = estimate(start, length, some)
    assert found.day == weekdays_and_notices(start, length, years)
    if found.is_estimate:
        with pytest.raises(CalendarMissing):
            due(start, length, some)
    else:
        assert found.day == due(start, length, some)


@pytest.mark.parametrize("years", [set(), {2019}, {2017, 2019}, {2018, 2020}])
def test_around_new_year_unknown_years_hold_plain_weekdays(years: set[int]) -> None:
    """Also where the notice of a known year names days of the December before, which stays unknown."""
    some = Calendar.of(table for year, table in tables().items() if year in years)
    for year in (2017, 2018, 2019, 2020, 2021):
        for start in (date(year - 1, 12, 24) + timedelta(days=n) for n in range(12)):
            for number in range(1, 9):
                length = Length(number, "working days")
                assert estimate(start, length, some).day == weekdays_and_notices(start, length, years)


def test_a_notice_says_nothing_of_a_year_that_is_not_known() -> None:
    only_2019 = calendar(2019)
    assert only_2019.notice(date(2018, 12, 29)) is None
    assert not only_2019.is_make_up(date(2018, 12, 29))
    assert only_2019.notice(date(2019, 1, 1)) == tables()[2019].notice
    assert only_2019.notice(date(2019, 1, 2)) is None


def test_a_december_that_the_next_notice_moves_is_right_only_with_that_notice() -> None:
    """The limit of knowing by years, see docs/decisions/0003-calendars.md: the table of 2018 alone takes 31 December
    for a working day. Next year's table, asked for from 1 December on, puts it right.
    """
    assert due(date(2018, 12, 28), Length.parse("1 working days"), calendar(2018)) == date(2018, 12, 31)
    assert due(date(2018, 12, 28), Length.parse("1 working days"), calendar(2018, 2019)) == date(2018, 12, 29)


def weekdays_and_notices(start: date, length: Length, known: set[int]) -> date:
    def works(day: date) -> bool:
        by_notice = day.year in known and (day not in NAMED_A_YEAR_LATER or day.year + 1 in known)
        return naive.works(day) if by_notice else day.weekday() < 5

    day, left = start, length.number
    if length.unit == "working days":
        while left:
            day += naive.ONE_DAY
            left -= works(day)
        return day
    day = naive.due(start, length.number, length.unit, rolls=False)
    while not works(day):
        day += naive.ONE_DAY
    return day


@pytest.mark.parametrize(
    ("month_day", "years", "before", "day"),
    [
        ("03-31", 0, False, date(2023, 3, 31)),
        ("05-31", 1, False, date(2024, 5, 31)),
        ("03-01", 0, True, date(2023, 2, 28)),
        ("03-01", 1, True, date(2024, 2, 29)),
        ("01-01", 1, True, date(2023, 12, 31)),
        ("10-01", 0, False, date(2023, 10, 1)),  # 国庆节: a day that is named does not roll
        ("12-31", -1, False, date(2022, 12, 31)),
    ],
)
def test_a_fixed_day_is_the_day_named_or_the_one_before(month_day: str, years: int, before: bool, day: date) -> None:
    assert fixed(date(2023, 7, 7), month_day=month_day, years=years, before=before) == day


@pytest.mark.parametrize("text", ["", "3-31", "03-32", "13-01", "02-29", "00-10", "03/31", "2026-03-31", "０３-31"])
def test_a_fixed_day_that_is_not_in_every_year_is_refused(text: str) -> None:
    with pytest.raises(BadLength, match=r"日期写法不对.*before"):
        fixed(date(2024, 1, 1), month_day=text)


def test_a_start_beyond_all_use_is_refused_in_chinese() -> None:
    for ask in (due, estimate):
        with pytest.raises(BadLength, match="起始日9999-12-31太远"):
            ask(date(9999, 12, 31), Length.parse("5 working days"), calendar())


def test_the_public_names_of_the_room_are_these() -> None:
    assert room.__all__ == [
        "BadCalendar", "BadLength", "BadSpan", "Calendar", "CalendarMissing", "CountedDay", "Due", "Explanation",
        "Length", "Run", "Span", "Unit", "YearTable", "after", "due", "estimate", "explain", "fixed", "run",
    ]  # fmt: skip
    assert all(hasattr(room, name) for name in room.__all__)
