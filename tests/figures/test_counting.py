"""A small book, counted by hand: each kind of figure, its rows, and what it says when there is nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from fazheng.figures import FigureUnknown, FigureValue, Part, Period, count, recount, up_to, year
from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    HasDefect,
    Linked,
    Not,
    ParameterRef,
)
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.figure import Figure, Rate
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure, Rule
from tests.figures.books import BUREAU, LAW, Writer, toy_law
from tests.figures.small_book import small_book

FIRST, SECOND, THIRD = (f"toy.case-2024-{n:04d}" for n in (1, 2, 3))
YEAR = year(2024)
CASES: dict[str, Any] = {"unit": "件", "counts": "cases", "of": "toy.case"}


@pytest.fixture
def book(home: Path) -> LawBook:
    small_book().seal()
    return load(root=LAW)


def one(law: LawBook, id: str, period: Period) -> FigureValue:
    """The figure by SQL, held against the Python reader."""
    [value] = count(BUREAU, law, period, [id])
    assert recount(BUREAU, law, period, [id]) == [value]
    return value


def figure(law_figure: Figure, period: Period = YEAR) -> FigureValue:
    return one(toy_law(law_figure), law_figure.id, period)


def test_cases_are_counted_with_their_ids_as_rows(book: LawBook) -> None:
    value = one(book, "toy.opened", year(2024))
    assert (value.value, value.rows, value.shown, value.state) == (3, (FIRST, SECOND, THIRD), "3", "some")


def test_what_was_answered_in_january_is_open_in_december(book: LawBook) -> None:
    assert one(book, "toy.answered", year(2024)).rows == (FIRST, SECOND)
    assert one(book, "toy.answered", (date(2024, 1, 1), date(2025, 1, 31))).rows == (FIRST, SECOND, THIRD)


def test_a_limit_is_missed_by_the_clock_of_the_last_day(book: LawBook) -> None:
    assert one(book, "toy.late", year(2024)).rows == (SECOND,)
    assert one(book, "toy.late", (date(2024, 1, 1), date(2024, 8, 8))).rows == ()
    assert one(book, "toy.late", (date(2024, 1, 1), date(2024, 8, 9))).rows == (SECOND,)


def test_events_are_counted_each_and_their_cases_once(book: LawBook) -> None:
    value = one(book, "toy.notes", year(2024))
    assert (value.value, value.rows) == (2, (FIRST, SECOND))


def test_yuan_is_summed_in_fen_and_printed_with_two_decimals(book: LawBook) -> None:
    value = one(book, "toy.amount", year(2024))
    assert (value.value, value.shown) == (120055, "1200.55")


def test_a_rate_carries_both_numbers_and_the_rows_of_both_figures(book: LawBook) -> None:
    value = one(book, "toy.answered_rate", year(2024))
    assert (value.numerator, value.denominator, value.value, value.shown) == (2, 3, Decimal("66.7"), "66.7%")
    assert value.rows == (FIRST, SECOND, THIRD)


def test_a_split_names_every_choice_and_what_was_not_entered(book: LawBook) -> None:
    assert one(book, "toy.opened", year(2024)).parts == (
        Part("red", "红", 2), Part("green", "绿", 0), Part("blue", "蓝", 0), Part("", "未填", 1),
    )  # fmt: skip


def test_events_are_split_by_their_own_field_and_not_by_the_latest(home: Path) -> None:
    writer = Writer()
    writer.opens(FIRST, "opened", "2024-03-01")
    writer.enters(FIRST, "answered", "2024-03-05", {"colour": "green"})
    writer.enters(FIRST, "answered", "2024-03-08", {"colour": "red"})
    writer.seal()
    answers = Figure(id="a", name="答复", unit="次", counts="events", of="toy.case", event="answered",
                     splits=Fact("answered", "colour"))  # fmt: skip
    assert {part.key: part.value for part in figure(answers).parts} == {"red": 1, "green": 1, "blue": 0}


def test_distinct_counts_different_values_and_each_element_of_a_list(book: LawBook) -> None:
    people = Figure(id="p", name="到场人数", unit="人", counts="events", of="toy.case", event="noted",
                    distinct=Fact("noted", "people"))  # fmt: skip
    value = figure(people)
    assert (value.value, value.rows) == (2, (FIRST,))


def test_a_register_is_counted_as_it_stands_on_the_last_day(book: LawBook) -> None:
    assert one(book, "toy.listed", year(2023)).rows == ("A1",)
    assert one(book, "toy.listed", year(2024)).rows == ("A1", "A2")
    assert one(book, "toy.listed", year(2025)).rows == ("A1",)


def test_a_register_figure_may_ask_for_fields_of_the_row(book: LawBook) -> None:
    rows: dict[str, Any] = {"unit": "家", "counts": "register", "of": "toy_list"}
    red = FieldTest(Fact("toy_list", "colour"), "is", "red")
    value = figure(Figure(id="r", name="红的", where=red, splits=Fact("toy_list", "colour"), **rows))
    assert (value.rows, value.parts) == (("A1",), (Part("red", "红", 1), Part("green", "绿", 0)))
    other = figure(Figure(id="n", name="非红", where=Not(red), **rows))
    assert other.rows == ("A2",)
    assert other.definition == "2024-12-31“试验名录”在册的行数，符合：并非“颜色”为“红”。"


def test_what_stands_on_any_day_is_split_by_a_field_of_the_row(book: LawBook) -> None:
    """A county's list by kind: the parts make the whole at the end of any period."""
    writer = Writer()
    for n in range(3, 9):
        row = {"code": f"B{n}", "colour": "red" if n % 2 else "green"}
        writer.enters(f"toy_list:B{n}", "row_enter", f"2024-0{n}-01", {"row": row})
    writer.enters("toy_list:B3", "row_strike", "2024-10-01", {})
    writer.enters("toy_list:B4", "row_change", "2024-10-01", {"row": {"colour": "red"}})
    writer.seal()
    rows: dict[str, Any] = {"unit": "家", "counts": "register", "of": "toy_list", "splits": Fact("toy_list", "colour")}
    standing = Figure(id="s", name="在册", **rows)
    for last, whole, red in (("2024-06-30", 6, 3), ("2024-09-30", 8, 4), ("2024-12-31", 7, 4)):
        value = figure(standing, (date(2024, 1, 1), date.fromisoformat(last)))
        assert (value.value, [part.value for part in value.parts]) == (whole, [red, whole - red])
        assert len(value.rows) == whole


def test_what_came_and_what_went_in_a_period_are_counted_and_a_change_is_neither(book: LawBook) -> None:
    writer = Writer()
    writer.enters("toy_list:A1", "row_change", "2024-05-01", {"row": {"colour": "green"}})
    writer.enters("toy_list:A1", "row_strike", "2024-07-01", {})
    writer.enters("toy_list:A1", "row_enter", "2024-09-01", {"row": {"code": "A1", "colour": "red"}})
    writer.enters("toy_list:A2", "row_enter", "2025-02-01", {"row": {"code": "A2", "colour": "red"}})
    writer.seal()
    rows: dict[str, Any] = {"unit": "家", "counts": "register", "of": "toy_list", "splits": Fact("toy_list", "colour")}
    entered = Figure(id="e", name="新列入", moved="entered", **rows)
    struck = Figure(id="s", name="移出", moved="struck", **rows)
    came, went = figure(entered), figure(struck)
    assert (came.value, came.rows, [part.value for part in came.parts]) == (2, ("A1", "A2"), [1, 1])
    assert (went.value, went.rows, [part.value for part in went.parts]) == (
        1,
        ("A1",),
        [0, 1],
    )  # as it was when it went
    assert figure(struck, year(2025)).value == 0  # struck and entered again on one day: it never went
    assert figure(entered, year(2023)).state == "zero"
    assert came.definition == "2024-01-01至2024-12-31列入“试验名录”的次数；按“颜色”分项。"
    assert went.definition == "2024-01-01至2024-12-31移出“试验名录”的次数；按“颜色”分项。"


def test_nothing_in_a_kept_book_is_zero_and_nothing_in_no_book_is_no_data(book: LawBook) -> None:
    assert (one(book, "toy.notes", year(2025)).value, one(book, "toy.notes", year(2025)).state) == (0, "zero")
    value = one(book, "toy.matters", year(2024))
    assert (value.value, value.note, value.shown, value.state) == (None, "无数据", "无数据", "no_data")
    assert one(book, "toy.notes", year(2022)).value is None


def test_a_signed_zero_makes_no_data_a_zero_for_its_year_alone(book: LawBook) -> None:
    writer = Writer()
    writer.enters("nothing:toy.matter", "nothing_happened", "2025-01-05", {"of": "toy.matter", "year": 2024})
    writer.seal()
    assert one(book, "toy.matters", year(2024)).value == 0
    assert one(book, "toy.matters", year(2025)).value is None


def test_a_register_without_a_row_so_far_has_no_data(book: LawBook) -> None:
    assert one(book, "toy.listed", year(2019)).note == "无数据"


def test_nothing_over_nothing_prints_nothing(book: LawBook) -> None:
    value = one(book, "toy.answered_rate", year(2025))
    assert (value.value, value.numerator, value.denominator) == (None, 0, 0)
    assert (value.note, value.shown, value.state) == ("无", "无", "nothing_over")


def test_a_rate_over_no_data_is_no_data(book: LawBook) -> None:
    assert (one(book, "toy.answered_rate", year(2020)).note, one(book, "toy.answered_rate", year(2020)).shown) == (
        "无数据", "无数据",
    )  # fmt: skip


def test_a_limit_that_no_place_adopted_is_not_counted(book: LawBook) -> None:
    assert one(book, "toy.local", year(2024)).note == "本地规则未采用"
    negated = Figure(id="n", name="未超", where=Not(HasDefect("local_gate")), **CASES)
    assert figure(negated).note == "本地规则未采用"
    linked = Figure(id="l", name="关联", where=Linked("toy.case", HasDefect("local_gate")), **CASES)
    assert figure(linked).note == "本地规则未采用"


def test_among_several_defects_one_of_a_gate_not_adopted_is_left_aside(book: LawBook) -> None:
    several = Figure(id="d", name="问题", where=AnyOf((HasDefect("local_gate"), HasDefect("noted_first"))), **CASES)
    assert figure(several).rows == (SECOND,)


def test_an_unread_rule_is_told_apart_from_one_not_adopted(book: LawBook) -> None:
    versions = tuple(
        replace_waiting(version, [rule for rule in version.waiting if rule.id == "local_period"])
        for version in book.procedures["toy.case"]
    )
    law = replace(book, procedures={**book.procedures, "toy.case": versions})
    assert one(law, "toy.local", year(2024)).note == "规则待核，未启用"


def replace_waiting(version: Procedure, rules: list[Rule]) -> Procedure:
    """The version with these rules as unverified ones."""
    unread = tuple(structs.replace(rule, mark="unverified") for rule in rules)
    return structs.replace(version, waiting=unread)


def test_a_parameter_takes_its_value_of_the_last_day_and_without_one_nothing_is_counted(book: LawBook) -> None:
    large = FieldTest(Fact("noted", "amount"), "at_least", ParameterRef("toy.large"))
    assert figure(Figure(id="l", name="大额", where=large, **CASES)).rows == (FIRST, SECOND)
    unset = FieldTest(Fact("noted", "amount"), "at_least", ParameterRef("toy.unset"))
    assert figure(Figure(id="u", name="大额", where=unset, **CASES)).note == "本地规则未采用"


def test_a_corrected_day_moves_the_defect_of_its_entry(book: LawBook) -> None:
    writer = Writer()
    writer.enters(SECOND, "correct", "2024-09-10", {"entry": 2, "on": "2025-01-10", "reason": {"apart": "0" * 64}})
    writer.seal()
    assert one(book, "toy.broken", year(2024)).value == 0
    assert one(book, "toy.broken", (date(2024, 1, 1), date(2025, 1, 10))).value == 1


def test_a_linked_case_that_began_after_the_period_is_not_there_yet(home: Path) -> None:
    writer = Writer()
    writer.opens(FIRST, "opened", "2024-03-01", {"other": [SECOND]})
    writer.opens(SECOND, "opened", "2025-03-01")
    writer.seal()
    quiet = Figure(id="q", name="关联的没有答复", where=Linked("toy.case", Not(Happened("answered"))), **CASES)
    assert figure(quiet).rows == ()
    assert figure(quiet, year(2025)).rows == (FIRST, SECOND)


def test_a_case_withdrawn_whole_is_no_case(home: Path) -> None:
    writer = Writer()
    writer.opens(FIRST, "opened", "2024-03-01")
    writer.enters(FIRST, "withdraw", "2024-03-02", {"entry": 1, "reason": {"apart": "0" * 64}})
    writer.seal()
    assert figure(Figure(id="n", name="未答复", where=Not(Happened("answered")), **CASES)).value is None


def test_figures_come_in_the_order_of_the_law_files_whatever_the_order_asked(book: LawBook) -> None:
    asked = ["toy.amount", "toy.answered_rate", "toy.opened"]
    assert [value.id for value in count(BUREAU, book, year(2024), asked)] == [
        "toy.opened", "toy.amount", "toy.answered_rate",
    ]  # fmt: skip
    assert [value.id for value in count(BUREAU, book, year(2024))] == list(book.figures)


def test_an_unknown_figure_is_refused_in_chinese(book: LawBook) -> None:
    with pytest.raises(FigureUnknown, match=r"没有统计项“toy\.none”；有：toy\.opened"):
        count(BUREAU, book, year(2024), ["toy.none"])


def test_a_figure_that_leads_nowhere_is_not_counted(home: Path) -> None:
    broken = Figure(id="b", name="坏", where=HappenedInPeriod("nothing"), **CASES)
    with pytest.raises(LawFault, match="没有步骤记“nothing”"):
        count(BUREAU, toy_law(broken), year(2024))
    rate = Figure(id="r", name="率", unit="%", rate=Rate(of="b", over="b"))
    with pytest.raises(LawFault, match="没有步骤记“nothing”"):
        count(BUREAU, toy_law(broken, rate), year(2024), ["r"])


def test_another_bureau_has_its_own_numbers(book: LawBook) -> None:
    assert count("999002", book, year(2024), ["toy.opened"])[0].value is None


def test_a_running_year_is_not_late_before_the_day_has_come(book: LawBook) -> None:
    running = up_to(year(2024), date(2024, 8, 5))
    assert one(book, "toy.late", running).value == 0


def test_the_definition_says_what_is_counted_of_what_and_when(book: LawBook) -> None:
    told = {value.id: value.definition for value in count(BUREAU, book, year(2024))}
    assert told["toy.late"] == (
        "“试案”的案件数，一案计一件，以2024-12-31当日的情况为准，符合：期内有“开案”，且“答复期限”超期；"
        "期间2024-01-01至2024-12-31。"
    )
    assert told["toy.amount"] == "“试案”在期间内“记事·金额”的合计；期间2024-01-01至2024-12-31。"
    assert told["toy.notes"] == "“试案”在期间内的“记事”次数；期间2024-01-01至2024-12-31。"
    assert told["toy.answered_rate"] == (
        "“答复数”占“开案数”的百分比，四舍五入保留1位小数，两数相等才记100%；期间2024-01-01至2024-12-31。"
    )


def test_a_figure_with_where_over_events_counts_events_of_cases_that_meet_it(book: LawBook) -> None:
    urgent = FieldTest(Fact("opened", "urgent"), "is", True)
    notes = Figure(id="n", name="急件记事", unit="次", counts="events", of="toy.case", event="noted",
                   where=AllOf((urgent, Happened("answered"))))  # fmt: skip
    assert figure(notes).rows == (SECOND,)
