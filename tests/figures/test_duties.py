"""Duties of a year over a small book: done in time, late, still to come; counted twice by two readers."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from fazheng.figures import PeriodFault
from fazheng.figures.duties import UNTOLD, Owed, began, due_day, duties, periods
from fazheng.figures.python import PythonReader
from fazheng.lawbook.conditions import AllOf, Condition, Fact, FieldTest, Happened, HappenedInPeriod, Missed
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Limit
from tests.figures.books import BUREAU, LAW, Writer

ANSWERED = AllOf((HappenedInPeriod("opened"), Happened("answered")))


def duty(id: str = "toy.duty", where: Condition | None = None, **more: Any) -> Duty:
    told: dict[str, Any] = {"each": "quarter", "of": "toy.case", "mark": "read", "article": "试验法第一条"} | more
    return Duty(id=id, name=id, statute="试验法", where=where or HappenedInPeriod("opened"), **told)


def law(*found: Duty) -> LawBook:
    return replace(load(root=LAW), duties={one.id: one for one in found})


def owed(book: LawBook, year: int, today: date) -> list[Owed]:
    """The duties by SQL, held against the Python reader."""
    found = duties(BUREAU, book, year, today)
    assert duties(BUREAU, book, year, today, PythonReader) == found
    return found


def told(found: list[Owed]) -> list[tuple[str, str, int]]:
    return [(one.due.isoformat(), one.state, one.done) for one in found]


@pytest.fixture
def book(home: Path) -> Writer:
    writer = Writer()
    for number, day in enumerate(("2024-01-10", "2024-02-01", "2024-05-20", "2024-12-30"), 1):
        writer.opens(
            f"toy.case-2024-{number:04d}", "opened", day, {"size": 2023 if number == 3 else 2022, "topic": "A1"}
        )
    writer.enters("toy.case-2024-0001", "answered", "2024-01-12")
    writer.enters("toy.case-2024-0003", "answered", "2024-07-02")
    for code, first, last in (("A1", "2020-01-01", ""), ("A2", "2024-04-01", ""), ("A3", "2020-01-01", "2024-03-01")):
        writer.enters(f"toy_list:{code}", "row_enter", first, {"row": {"code": code}})
        if last:
            writer.enters(f"toy_list:{code}", "row_strike", last, {})
    writer.seal()
    return writer


@pytest.mark.parametrize(
    ("each", "spans"),
    [
        ("month", 12),
        ("quarter", ["01-01 03-31", "04-01 06-30", "07-01 09-30", "10-01 12-31"]),
        ("half_year", ["01-01 06-30", "07-01 12-31"]),
        ("year", ["01-01 12-31"]),
    ],
)
def test_periods_cover_the_year_once(each: str, spans: int | list[str]) -> None:
    found = list(periods(duty(each=each), 2024))
    shown = [f"{first:%m-%d} {last:%m-%d}" for first, last in found]
    assert shown == spans or len(shown) == spans
    assert [first for first, _ in found[1:]] == [date.fromordinal(last.toordinal() + 1) for _, last in found[:-1]]


@pytest.mark.parametrize(
    ("more", "year", "due"),
    [
        ({}, 2024, "2024-12-31"),
        ({"until": "12-04"}, 2024, "2024-12-04"),
        ({"before": "03-01"}, 2024, "2024-02-29"),
        ({"before": "03-01"}, 2026, "2026-02-28"),
        ({"before": "04-01", "about": -1}, 2026, "2026-03-31"),
    ],
)
def test_the_due_day_is_the_last_of_the_period_or_the_named_one(more: dict[str, Any], year: int, due: str) -> None:
    one = duty(each="year", **more)
    [period] = periods(one, year)
    assert due_day(one, period).isoformat() == due


def test_each_quarter_is_met_by_its_own_cases(book: Writer) -> None:
    found = owed(law(duty()), 2024, date(2025, 6, 1))
    assert told(found) == [
        ("2024-03-31", "met", 2),
        ("2024-06-30", "met", 1),
        ("2024-09-30", "overdue", 0),
        ("2024-12-31", "met", 1),
    ]
    assert found[0].cases == ("toy.case-2024-0001", "toy.case-2024-0002")
    assert [one.light for one in found] == [None, None, "red", None]


def test_at_least_says_how_many_are_needed(book: Writer) -> None:
    found = owed(law(duty(at_least=2)), 2024, date(2025, 6, 1))
    assert [one.state for one in found] == ["met", "overdue", "overdue", "overdue"]
    assert (found[1].done, found[1].duty.at_least) == (1, 2)


def test_what_came_after_the_due_day_but_within_the_period_was_late(book: Writer) -> None:
    found = owed(law(duty(where=ANSWERED, each="year", until="01-11")), 2024, date(2024, 12, 1))
    assert told(found) == [("2024-01-11", "met_late", 2)]
    assert told(owed(law(duty(where=ANSWERED, each="year", until="01-12")), 2024, date(2024, 12, 1)))[0][1] == "met"


def test_a_duty_met_on_its_day_stays_met_whatever_comes_later(book: Writer) -> None:
    """Answered in time on the due day; a condition that turns false later takes nothing back."""
    open_ones = AllOf((HappenedInPeriod("opened"), FieldTest(Fact("answered", "on"), "at_most", date(2024, 3, 1))))
    assert told(owed(law(duty(where=open_ones)), 2024, date(2024, 12, 1)))[0][1] == "met"


@pytest.mark.parametrize(
    ("today", "state", "light", "left"),
    [
        ("2024-07-01", "open", "green", 91),
        ("2024-08-30", "open", "green", 31),
        ("2024-08-31", "soon", "yellow", 30),
        ("2024-09-29", "soon", "yellow", 1),
        ("2024-09-30", "today", "red", 0),
        ("2024-10-01", "overdue", "red", -1),
        ("2023-02-01", "open", "green", 607),
    ],
)
def test_lights_are_those_of_limits(book: Writer, today: str, state: str, light: str, left: int) -> None:
    third = owed(law(duty()), 2024, date.fromisoformat(today))[2]
    assert (third.state, third.light, third.days_left) == (state, light, left)


def test_a_case_says_which_year_it_is_about(book: Writer) -> None:
    """The report about 2023 came on 2 July; that about 2022 belongs to the duty of the year before."""
    report = duty(where=Happened("answered"), each="year", before="03-01", about=-1, key=Fact("opened", "size"))
    assert told(owed(law(report), 2024, date(2024, 12, 1))) == [("2024-02-29", "met_late", 1)]
    assert told(owed(law(report), 2024, date(2024, 7, 1))) == [("2024-02-29", "overdue", 0)]
    [before] = owed(law(report), 2023, date(2024, 12, 1))
    assert (before.state, before.cases) == ("met_late", ("toy.case-2024-0001",))  # it came a year late, and is not lost


def test_each_row_of_a_register_owes_it_once(book: Writer) -> None:
    each = duty(each="half_year", for_each="toy_list", key=Fact("opened", "topic"))
    found = owed(law(each), 2024, date(2025, 6, 1))
    assert [(one.due.isoformat(), one.row, one.state) for one in found] == [
        ("2024-06-30", "A1", "met"),
        ("2024-06-30", "A2", "overdue"),
        ("2024-12-31", "A1", "met"),
        ("2024-12-31", "A2", "overdue"),
    ]  # A3 had left the register by then, and owes nothing
    early = owed(law(each), 2024, date(2024, 2, 1))
    assert [one.row for one in early if one.due == date(2024, 6, 30)] == ["A1", "A3"]


def test_a_local_duty_nobody_adopted_is_not_owed(book: Writer) -> None:
    assert owed(law(duty(mark="local"), duty("off", mark="unverified")), 2024, date(2025, 1, 1)) == []
    assert len(owed(law(duty(mark="second_hand")), 2024, date(2025, 1, 1))) == 4


def test_it_is_owed_from_the_day_its_place_adopted_it(book: Writer) -> None:
    since = structs.replace(duty(), since=date(2024, 7, 1))
    assert [one.due.month for one in owed(law(since), 2024, date(2025, 1, 1))] == [9, 12]


def test_a_duty_of_a_statute_that_was_not_yet_in_force_is_not_owed(book: Writer) -> None:
    toy = load(root=LAW)
    statute = toy.statutes["试验法"]
    later = structs.replace(statute.versions[0], from_=date(2024, 7, 1))
    moved = replace(law(duty()), statutes={"试验法": structs.replace(statute, versions=(later,))})
    assert [one.due.month for one in owed(moved, 2024, date(2025, 1, 1))] == [9, 12]


def test_a_duty_that_asks_for_a_rule_nobody_adopted_says_so(book: Writer) -> None:
    toy = load(root=LAW)
    waiting = [rule for version in toy.procedures["toy.case"] for rule in version.waiting if isinstance(rule, Limit)]
    [first, *_] = owed(law(duty(where=Missed(waiting[0].id))), 2024, date(2025, 1, 1))
    assert (first.note, first.light, first.done) == ("本地规则未采用", None, 0)


@pytest.mark.parametrize(("first", "told"), [("2024-01-10", ["", "", "", ""]), ("2024-08-01", ["", UNTOLD, "", ""])])
def test_what_was_due_before_the_book_tells_anything_is_not_late(book: Writer, first: str, told: list[str]) -> None:
    """The first quarter's duty was met, the second's not: nobody knows, where the book began after it."""
    met = duty(where=AllOf((HappenedInPeriod("opened"), FieldTest(Fact("opened", "size"), "is", 2022))))
    found = duties(BUREAU, law(met), 2024, date(2025, 1, 1), began=date.fromisoformat(first))
    assert [one.note for one in found] == told
    assert all(one.light is None for one in found if one.note)
    assert began(BUREAU, date(2025, 1, 1)) == date(2024, 1, 10)
    assert began("999002", date(2025, 1, 1)) == date(2025, 1, 1)


def test_another_bureau_s_cases_meet_nothing(book: Writer) -> None:
    assert {one.state for one in duties("999002", law(duty()), 2024, date(2025, 1, 1))} == {"overdue"}


def test_a_year_that_is_none_is_a_fault(book: Writer) -> None:
    with pytest.raises(PeriodFault):
        duties(BUREAU, law(duty()), 20, date(2025, 1, 1))
