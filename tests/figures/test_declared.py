"""Declared numbers: when they answer for a period, when counted ones take their place, and what never adds up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fazheng.figures import FigureValue, Period, count, parse, recount, year
from fazheng.figures.declared import DECLARED, WITHDRAWN
from fazheng.lawbook.conditions import Fact, FieldTest, HappenedInPeriod
from fazheng.lawbook.figure import Figure, Rate
from tests.figures.books import BUREAU, Writer, toy_law
from tests.figures.small_book import small_book

OF: dict[str, Any] = {"of": "toy.case"}
OPENED = Figure(id="opened", name="开案数", unit="件", counts="cases", where=HappenedInPeriod("opened"), **OF)
ANSWERED = Figure(id="answered", name="答复数", unit="件", counts="cases", where=HappenedInPeriod("answered"), **OF)
NOTED = Figure(id="noted", name="记事数", unit="次", counts="events", event="noted", **OF)
TOPICS = Figure(id="topics", name="事由数", unit="个", counts="events", event="opened",
                distinct=Fact("opened", "topic"), **OF)  # fmt: skip
AMOUNT = Figure(id="amount", name="金额", unit="元", sums=Fact("noted", "amount"), **OF)
SHARE = Figure(id="share", name="答复率", unit="%", rate=Rate(of="answered", over="opened"))
BOTH = Figure(id="both", name="合计", unit="件", adds=("opened", "answered"))
LISTED = Figure(id="listed", name="在册数", unit="家", counts="register", of="toy_list")
RED = Figure(id="red", name="红色在册数", unit="家", counts="register", of="toy_list",
             where=FieldTest(Fact("toy_list", "colour"), "is", "red"))  # fmt: skip
RAISED = Figure(id="raised", name="事项数", unit="件", counts="cases", of="toy.matter",
                where=HappenedInPeriod("begun"))  # fmt: skip
MIXED = Figure(id="mixed", name="合计二", unit="件", adds=("opened", "raised"))
FIGURES = (OPENED, ANSWERED, NOTED, TOPICS, AMOUNT, SHARE, BOTH, LISTED, RED, RAISED, MIXED)


def declare(writer: Writer, figure: str, period: str, value: int, *, opening: bool = False, on: str = "") -> None:
    """An entry as casework makes it."""
    first, last = (day.isoformat() for day in parse(period))
    data = {
        "of": figure, "first": last if opening else first, "last": last, "opening": opening, "value": value,
        "section": "desk", "number": "示民〔2025〕3号", "paper": writer.hold("示例文件"),
    }  # fmt: skip
    writer.enters(f"figure:{figure}", DECLARED, on or "2025-06-01", data, by="乙")


def ask(period: Period, figure: str) -> FigureValue:
    """The figure by SQL, which the Python reader must answer in the same way, whole."""
    law = toy_law(*FIGURES)
    found = count(BUREAU, law, period)
    assert found == recount(BUREAU, law, period)
    return next(value for value in found if value.id == figure)


@pytest.fixture
def writer(home: Path) -> Writer:
    return small_book()


OLD = year(2019)


def test_a_declared_number_answers_where_the_book_was_not_kept_and_says_who_signed(writer: Writer) -> None:
    declare(writer, "opened", "2019", 166)
    writer.seal()
    value = ask(OLD, "opened")
    assert (value.value, value.source, value.state, value.rows) == (166, "declared", "some", ())
    (one,) = value.declared
    assert (one.by, one.section, one.on_day, one.number) == ("乙", "desk", "2025-06-01", "示民〔2025〕3号")
    assert "申报数" in value.definition


def test_nobody_declared_it_stays_no_data(writer: Writer) -> None:
    declare(writer, "opened", "2018", 3)
    writer.seal()
    assert (ask(OLD, "opened").value, ask(OLD, "opened").note) == (None, "无数据")


def test_a_declared_nought_is_a_zero_and_no_gap(writer: Writer) -> None:
    declare(writer, "opened", "2019", 0)
    writer.seal()
    value = ask(OLD, "opened")
    assert (value.value, value.state, value.source) == (0, "zero", "declared")


def test_the_book_goes_before_what_was_declared_and_the_difference_is_told(writer: Writer) -> None:
    declare(writer, "opened", "2024", 5)
    writer.seal()
    value = ask(year(2024), "opened")
    assert (value.value, value.source, value.against) == (3, "counted", (5, 3))
    assert len(value.declared) == 1


def test_what_was_declared_and_is_counted_alike_says_nothing_more(writer: Writer) -> None:
    declare(writer, "opened", "2024", 3)
    writer.seal()
    value = ask(year(2024), "opened")
    assert (value.value, value.source, value.against, value.declared) == (3, "counted", None, ())


def test_the_last_entry_stands_and_a_withdrawn_one_is_gone(writer: Writer) -> None:
    declare(writer, "opened", "2019", 166)
    declare(writer, "opened", "2019", 168)
    writer.seal()
    assert ask(OLD, "opened").value == 168
    first, last = "2019-01-01", "2019-12-31"
    data = {"of": "opened", "first": first, "last": last, "opening": False, "reason": writer.hold("报错了")}
    writer.enters("figure:opened", WITHDRAWN, "2025-06-02", data, by="乙")
    writer.seal()
    assert ask(OLD, "opened").value is None


def test_a_rate_rests_on_two_declared_numbers_and_says_so(writer: Writer) -> None:
    declare(writer, "opened", "2019", 168)
    declare(writer, "answered", "2019", 166)
    writer.seal()
    value = ask(OLD, "share")
    assert (value.numerator, value.denominator, value.source, len(value.declared)) == (166, 168, "declared", 2)


def test_a_sum_of_a_counted_and_a_declared_number_is_mixed(writer: Writer) -> None:
    declare(writer, "opened", "2019", 4)
    writer.opens("toy.matter-2019-0001", "begun", "2019-05-01", {})
    writer.seal()
    value = ask(OLD, "mixed")
    assert (value.value, value.source, len(value.declared), len(value.rows)) == (5, "mixed", 1, 1)


def test_a_sum_of_two_declared_numbers_is_declared(writer: Writer) -> None:
    declare(writer, "opened", "2018", 1)
    declare(writer, "answered", "2018", 2)
    writer.seal()
    assert (ask(year(2018), "both").value, ask(year(2018), "both").source) == (3, "declared")


def test_a_total_may_be_declared_where_its_parts_are_unknown(writer: Writer) -> None:
    declare(writer, "both", "2019", 9)
    writer.seal()
    assert (ask(OLD, "both").value, ask(OLD, "both").source, ask(OLD, "opened").value) == (9, "declared", None)


@pytest.mark.parametrize("figure", ["noted", "amount"])
def test_four_quarters_make_a_year_of_events_and_sums(writer: Writer, figure: str) -> None:
    for n in range(1, 5):
        declare(writer, figure, f"2019Q{n}", n * 100)
    writer.seal()
    value = ask(OLD, figure)
    assert (value.value, value.source, len(value.declared)) == (1000, "declared", 4)
    assert "由4段申报数相加" in value.definition


@pytest.mark.parametrize("figure", ["opened", "topics"])
def test_four_quarters_of_cases_or_of_different_values_make_no_year(writer: Writer, figure: str) -> None:
    for n in range(1, 5):
        declare(writer, figure, f"2019Q{n}", n)
    writer.seal()
    assert ask(OLD, figure).value is None
    assert ask(parse("2019Q3"), figure).value == 3


def test_three_quarters_make_no_year(writer: Writer) -> None:
    for n in (1, 2, 4):
        declare(writer, "noted", f"2019Q{n}", n)
    writer.seal()
    assert ask(OLD, "noted").value is None


def test_the_whole_year_is_not_added_to_its_parts(writer: Writer) -> None:
    for period, value in (("2019", 50), ("2019H1", 20), ("2019H2", 31)):
        declare(writer, "noted", period, value)
    writer.seal()
    assert (ask(OLD, "noted").value, len(ask(OLD, "noted").declared)) == (50, 1)


def test_a_stock_is_that_of_the_last_day_whatever_the_period_s_first(writer: Writer) -> None:
    declare(writer, "listed", "2018Q4", 41)
    writer.seal()
    assert ask(year(2018), "listed").value == 41
    assert ask(year(2017), "listed").value is None


def test_an_opening_stock_moves_with_the_rows_that_came_since(writer: Writer) -> None:
    declare(writer, "listed", "2018", 412, opening=True)
    writer.seal()
    before, later = ask(OLD, "listed"), ask(year(2024), "listed")
    assert (before.value, before.source) == (412, "declared")
    assert (later.value, later.source, later.rows) == (414, "mixed", ("A1", "A2"))  # A1 came in 2020, A2 in 2024
    assert ask(year(2025), "listed").value == 413  # A2 was struck
    assert ask(year(2017), "listed").value is None
    assert ask(year(2024), "red").value == 1  # each figure has its own


def test_rows_taken_over_from_before_the_opening_day_do_not_count_twice(writer: Writer) -> None:
    declare(writer, "listed", "2023", 412, opening=True)  # A1 stands in the book since 2020 and is one of the 412
    writer.seal()
    assert ask(year(2024), "listed").value == 413


def test_the_opening_stock_gives_way_once_the_book_holds_it_all(writer: Writer) -> None:
    declare(writer, "listed", "2023", 1, opening=True)
    writer.seal()
    value = ask(year(2024), "listed")
    assert (value.value, value.source, value.declared) == (2, "counted", ())


def test_an_opening_stock_below_what_the_book_holds_is_a_difference(writer: Writer) -> None:
    declare(writer, "listed", "2023", 0, opening=True)
    writer.seal()
    value = ask(year(2024), "listed")
    assert (value.value, value.source, value.against) == (2, "counted", (0, 1))
