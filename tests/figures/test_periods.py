"""Periods: what a clerk types, and the days it means."""

from datetime import date

import pytest

from fazheng.figures import PeriodFault, between, parse, up_to, year


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        (" 2024年 ", "2024-01-01", "2024-12-31"),
        ("2024H1", "2024-01-01", "2024-06-30"),
        ("2024h2", "2024-07-01", "2024-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024Q2", "2024-04-01", "2024-06-30"),
        ("2024Q3", "2024-07-01", "2024-09-30"),
        ("2024q4", "2024-10-01", "2024-12-31"),
    ],
)
def test_a_period_is_read_as_a_clerk_writes_it(typed: str, first: str, last: str) -> None:
    assert parse(typed) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("typed", ["", "24", "2024Q5", "2024H3", "2024-13", "二〇二四", "２０２４", "0000"])
def test_what_is_no_period_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(PeriodFault, match="2024"):
        parse(typed)


def test_a_period_runs_from_one_day_to_another() -> None:
    assert between("2024-03-05", "2024-03-05") == (date(2024, 3, 5), date(2024, 3, 5))
    with pytest.raises(PeriodFault, match="早于始日"):
        between("2024-03-05", "2024-03-04")
    with pytest.raises(PeriodFault, match="2024-03-05 的样子"):
        between("2024-02-30", "2024-03-04")


def test_a_running_year_ends_today_and_a_year_to_come_is_refused() -> None:
    assert up_to(year(2024), date(2024, 5, 6)) == (date(2024, 1, 1), date(2024, 5, 6))
    assert up_to(year(2024), date(2025, 5, 6)) == year(2024)
    with pytest.raises(PeriodFault, match="2024-01-01还没有到"):
        up_to(year(2024), date(2023, 12, 31))
