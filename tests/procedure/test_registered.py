"""Rows of registers asked by a condition: whether one stands, what it holds, and for how long it has stood."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.lawbook.conditions import parse
from fazheng.procedure.ask import Pending
from fazheng.procedure.standing import RowSpan, latest_begin, standing_on, stood_for, until
from fazheng.procedure.surroundings import LinkedCase
from fazheng.procedure.words import describe
from tests.procedure.story import Story, day, toys

LISTED = {"registered": "list", "key": "noted.word"}


def told(*spans: tuple[str, str | None, dict[str, Any]], word: str = "示例协会") -> Story:
    """A case that names an organisation, and what stands of it in the list."""
    story = Story("toy.words").told("begin 2026-03-02")
    story.take_or_fail("note", "2026-03-03", word=word)
    story.rows = {("list", "示例协会"): [RowSpan(*span) for span in spans]}
    return story


def test_a_row_stands_from_its_day_to_the_day_before_it_went() -> None:
    story = told(("2026-03-05", "2026-04-01", {}))
    answers = [story.holds(LISTED, on) for on in ("2026-03-04", "2026-03-05", "2026-03-31", "2026-04-01")]
    assert answers == [False, True, True, False]


def test_only_the_row_of_the_very_key_counts() -> None:
    assert told(("2020-01-01", None, {}), word="示例学会").holds(LISTED, "2026-03-05") is False
    assert told(("2020-01-01", None, {})).holds({**LISTED, "registered": "other"}, "2026-03-05") is False
    assert told(("2020-01-01", None, {})).holds({**LISTED, "key": "noted.number"}, "2026-03-05") is False
    assert told(("2020-01-01", None, {})).holds({**LISTED, "key": "noted.colours"}, "2026-03-05") is False
    assert told(("2020-01-01", None, {})).holds({**LISTED, "key": "guarded.word"}, "2026-03-05") is False


def test_a_person_is_a_key_as_well() -> None:
    story = told(("2020-01-01", None, {}))
    story.rows = {("staff", "甲"): [RowSpan("2020-01-01", None, {"roles": ["clerk", "head"]})]}
    asked = {"registered": "staff", "key": "noted.by", "with": {"roles": "head"}}
    assert story.holds(asked, "2026-03-05") is True
    assert story.holds({**asked, "with": {"roles": "guard"}}, "2026-03-05") is False


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        ({"kind": "one"}, True),
        ({"kind": "two"}, False),
        ({"kind": "one", "open": True}, True),
        ({"kind": "one", "open": False}, False),
        ({"open": 1}, False),  # 1 is not 是
        ({"since": date(2021, 5, 6)}, True),
        ({"nothing": "one"}, False),
    ],
)
def test_the_row_holds_what_is_asked_on_that_day(held: dict[str, Any], answer: bool) -> None:
    story = told(
        ("2020-01-01", "2026-03-05", {"kind": "two", "open": True}),
        ("2026-03-05", None, {"kind": "one", "open": True, "since": "2021-05-06"}),
    )
    assert story.holds({**LISTED, "with": held}, "2026-03-05") is answer
    assert story.holds({**LISTED, "with": held}, "2026-03-04") is (held == {"kind": "two"})


def test_two_years_are_over_on_the_day_after_their_last() -> None:
    long = {**LISTED, "for": "2 years"}
    story = told(("2024-03-05", None, {}))
    assert story.holds(long, "2026-03-05") is False
    assert story.holds(long, "2026-03-06") is True
    assert story.holds({**LISTED, "for": "24 months"}, "2026-03-06") is True
    assert story.holds({**LISTED, "for": "730 days"}, "2026-03-06") is True


def test_a_change_of_the_row_does_not_begin_its_time_anew() -> None:
    story = told(("2024-03-05", "2025-07-01", {"kind": "one"}), ("2025-07-01", None, {"kind": "two"}))
    assert story.holds({**LISTED, "for": "2 years", "with": {"kind": "two"}}, "2026-03-06") is True


def test_a_gap_begins_its_time_anew() -> None:
    story = told(("2022-03-05", "2025-07-01", {}), ("2025-07-02", None, {}))
    assert story.holds({**LISTED, "for": "1 years"}, "2026-07-02") is False
    assert story.holds({**LISTED, "for": "1 years"}, "2026-07-03") is True
    same_day = told(("2022-03-05", "2025-07-01", {}), ("2025-07-01", None, {}))
    assert same_day.holds({**LISTED, "for": "1 years"}, "2026-07-02") is True


def test_what_is_just_being_entered_names_the_row() -> None:
    story = told(("2020-01-01", None, {}), word="示例学会")

    def entering(data: dict[str, Any] | None) -> bool | None:
        return story.holds(LISTED, "2026-03-05", Pending("noted", date(2026, 3, 5), "甲", data))

    assert entering({"word": "示例协会"}) is True
    assert entering({"word": "示例商会"}) is False
    assert entering({}) is False
    assert entering(None) is None


def test_a_linked_case_asks_the_same_registers() -> None:
    story, other = told(("2020-01-01", None, {})), Story("npo.abnormal_list")
    assert story.law is not None
    other.linked, other.rows = {"toy.words": (LinkedCase(story.law, story.case),)}, story.rows
    assert other.holds({"linked": "toy.words", "where": LISTED}, "2026-03-05") is True
    other.rows = {}
    assert other.holds({"linked": "toy.words", "where": LISTED}, "2026-03-05") is False


def test_it_is_said_in_chinese() -> None:
    law = toys().procedures["toy.words"][0]
    asked = {**LISTED, "with": {"kind": "one", "open": True}, "for": "2 years"}
    assert describe(parse(asked), law) == "“记事·事项”在“list”里连续在册满2年，其“kind”为“one”，其“open”为“是”"
    assert describe(parse(LISTED), law) == "“记事·事项”在“list”里在册"


# ── lengths counted forwards and backwards ──

DAYS = st.dates(date(1, 1, 1), date(9000, 12, 31))
LENGTHS = st.one_of(
    st.integers(1, 9999).map("{} days".format),
    st.integers(1, 999).map("{} months".format),
    st.integers(1, 99).map("{} years".format),
)


@given(day=DAYS, length=LENGTHS)
def test_the_latest_beginning_is_the_last_day_from_which_the_length_is_over(day: date, length: str) -> None:
    begin = latest_begin(length, day)
    if begin is None:
        assert not stood_for(date.min, length, day)
        return
    assert stood_for(begin, length, day)
    assert not stood_for(begin + timedelta(days=1), length, day)


@pytest.mark.parametrize(
    ("since", "length", "last"),
    [
        ("2026-01-31", "1 months", "2026-02-28"),
        ("2024-02-29", "2 years", "2026-02-28"),
        ("2026-10-01", "1 days", "2026-10-02"),
    ],
)
def test_a_length_ends_on_its_own_day_and_never_rolls(since: str, length: str, last: str) -> None:
    assert until(day(since), length) == day(last)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15)), max_size=5)


@given(drawn=SPANS, on=st.integers(0, 60))
def test_since_is_the_first_of_the_days_on_which_it_stood_throughout(drawn: list[tuple[int, int]], on: int) -> None:
    spans, begin = [], 0
    for gap, length in drawn:  # rows of one key never overlap
        begin += gap % 3
        spans.append((begin, begin + length))
        begin += length
    zero = date(2026, 1, 1)
    iso = [(zero + timedelta(days=a), zero + timedelta(days=b)) for a, b in spans]
    found = standing_on(
        [RowSpan(a.isoformat(), b.isoformat(), {}) for a, b in reversed(iso)], zero + timedelta(days=on)
    )
    stood = {n for a, b in spans for n in range(a, b)}
    if on not in stood:
        assert found is None
        return
    first = on
    while first - 1 in stood:
        first -= 1
    assert found is not None
    assert found.since == zero + timedelta(days=first)
