"""Due days that a person counted out from the notices, row by row in due_by_hand.toml."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from fazheng.workdays import Length, due, estimate
from tests.workdays import naive
from tests.workdays.notices import calendar

ROWS = [
    (row["start"], row["length"], row.get("rolls", True), row["due"], row["why"])
    for rows in tomllib.loads((Path(__file__).parent / "due_by_hand.toml").read_text(encoding="utf-8")).values()
    for row in rows
]


@pytest.mark.parametrize(
    ("start", "length", "rolls", "by_hand", "why"), ROWS, ids=[f"{start}+{length}" for start, length, *_ in ROWS]
)
def test_the_due_day_is_the_one_counted_by_hand(start: date, length: str, rolls: bool, by_hand: date, why: str) -> None:
    assert due(start, Length.parse(length), calendar(), rolls=rolls) == by_hand, why
    assert estimate(start, Length.parse(length), calendar(), rolls=rolls).day == by_hand, why


@pytest.mark.parametrize(("start", "length", "rolls", "by_hand", "why"), ROWS)
def test_the_naive_count_finds_the_same_day(start: date, length: str, rolls: bool, by_hand: date, why: str) -> None:
    number, unit = length.split(" ", 1)
    assert naive.due(start, int(number), unit, rolls) == by_hand, why


def test_a_hundred_rows_reach_into_every_year_and_unit() -> None:
    assert len({row[:3] for row in ROWS}) >= 100
    assert {due.year for *_, due, _ in ROWS} == set(naive.YEARS)
    assert {length.split(" ", 1)[1] for _, length, *_ in ROWS} == {"days", "working days", "months", "years"}
    assert {rolls for _, _, rolls, *_ in ROWS} == {True, False}
