"""The room and the naive calendar find the same days, over twenty-three years and for whatever is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazheng.workdays import CalendarMissing, Length, due
from tests.workdays import naive
from tests.workdays.notices import calendar

LENGTHS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 60, 90)
FIRST, LAST = date(naive.YEARS[0], 1, 1), date(naive.YEARS[-1], 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def counted_out(start: date, unit: str) -> dict[int, date]:
    """The last day of each of LENGTHS, by one walk of single days; lengths that end after LAST are left out."""
    found: dict[int, date] = {}
    number = 0
    for day in (start + timedelta(days=n) for n in range(1, 200)):
        if day > LAST or number == LENGTHS[-1]:
            break
        number += naive.works(day) if unit == "working days" else 1
        if number in LENGTHS:
            found.setdefault(number, day)
    if unit == "days":
        return {n: rolled for n, day in found.items() if (rolled := rolled_on(day))}
    return found


def rolled_on(day: date) -> date | None:
    """The first working day from `day` on, or None after LAST. No holiday is longer than ten days."""
    days = (day + timedelta(days=n) for n in range(12))
    return next((d for d in days if d <= LAST and naive.works(d)), None)


@pytest.mark.parametrize("unit", ["working days", "days"])
@pytest.mark.parametrize("year", naive.YEARS)
def test_every_day_of_every_year_with_eleven_lengths(year: int, unit: str) -> None:
    for start in (day for day in DAYS if day.year == year):
        by_walking = counted_out(start, unit)
        for number in LENGTHS:
            if number in by_walking:
                assert due(start, Length.parse(f"{number} {unit}"), calendar()) == by_walking[number], (start, number)
            else:
                with pytest.raises(CalendarMissing, match=str(LAST.year + 1)):
                    due(start, Length.parse(f"{number} {unit}"), calendar())


@settings(max_examples=400, deadline=None)
@given(
    start=st.dates(FIRST, LAST),
    number=st.integers(1, 400),
    unit=st.sampled_from(["days", "working days", "months", "years"]),
    rolls=st.booleans(),
)
def test_any_start_and_length(start: date, number: int, unit: str, rolls: bool) -> None:
    if unit in ("months", "years"):
        number = 1 + number % (60 if unit == "months" else 8)
    length = Length.parse(f"{number} {unit}")
    try:
        expected = naive.due(start, number, unit, rolls)
    except NotImplementedError:
        with pytest.raises(CalendarMissing):
            due(start, length, calendar(), rolls=rolls)
    else:
        assert due(start, length, calendar(), rolls=rolls) == expected


@settings(deadline=None)
@given(first=st.dates(FIRST, LAST), second=st.dates(FIRST, LAST))
def test_working_days_between_two_days(first: date, second: date) -> None:
    early, late = sorted((first, second))
    expected = sum(naive.works(early + timedelta(days=n)) for n in range(1, (late - early).days + 1))
    assert calendar().working_days(early, late) == expected
    assert calendar().working_days(late, early) == -expected
