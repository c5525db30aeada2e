"""What was told to whom, and what the book of today says to it: the case that came, that went, that was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declared_numbers import declare_number
from fazheng.casework.past import counted_then, spans_then
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import strike_row
from fazheng.casework.telling import tell, tellings
from fazheng.casework.told_again import Differing, differing
from fazheng.casework.writing import Act, writing
from fazheng.figures import Period, count, parse, recount
from fazheng.lawbook.load import load
from fazheng.ledger.read import head
from tests.casework.desk import CODE, TODAY, day, do, enter, receive
from tests.casework.test_declared_numbers import NUMBER, SIGNED

SPAN = parse("2026Q3")
IDS = ["hotline.received", "organisations.standing"]
FIRST = "hotline.ticket-2026-0001"


@pytest.fixture
def told(desk: Bureau) -> Bureau:
    """A bureau that told the city its two tickets and its one organisation of the third quarter."""
    with writing(desk, today=TODAY) as act:
        receive(act, on="2026-09-01")
        receive(act, on="2026-09-02")
        organisation(act, CODE)
    say(desk)
    return desk


def organisation(act: object, code: str) -> None:
    enter(act, "social_organisation", "2026-09-01", code=code, name="示例协会", kind="association",  # type: ignore[arg-type]
          registered_on="2026-09-01")  # fmt: skip


def say(desk: Bureau, span: Period = SPAN, ids: list[str] = IDS) -> None:
    before = head(desk.code)
    values = count(desk.code, load(place=desk.place), span, ids)
    with writing(desk, today=TODAY) as act:
        by = Act(date(2026, 11, 5), "甲", {})
        assert tell(act, "示例市民政局", "figures", [(span, value) for value in values], before, by) == ()


def check(desk: Bureau) -> list[Differing]:
    return list(differing(desk.code, load(place=desk.place), tellings(desk.code)))


def test_a_telling_says_to_whom_when_by_whom_and_from_which_entry(told: Bureau) -> None:
    (one,) = tellings(told.code)
    assert (one.to, one.on, one.by, one.how) == ("示例市民政局", date(2026, 11, 5), "甲", "figures")
    assert [(figure.id, figure.value, figure.source) for figure in one.figures] == [
        ("hotline.received", 2, "counted"), ("organisations.standing", 1, "counted")]  # fmt: skip
    assert (one.seq, len(one.digest)) == (one.entry - 1, 64)


def test_what_is_still_so_is_not_said(told: Bureau) -> None:
    assert check(told) == []


def test_a_case_entered_later_is_named_with_the_day_it_was_entered(told: Bureau) -> None:
    with writing(told, today=TODAY) as act:
        case = receive(act, on="2026-09-03")
    (one,) = check(told)
    assert [moved.row for moved in one.came] == [case]
    assert one.sentence.startswith(
        "2026年11月5日报示例市民政局：收到工单数2件；现为3件，多出：hotline.ticket-2026-0003（"
    )
    assert one.sentence.endswith("补记）。")
    assert not one.law


def test_a_case_that_was_withdrawn_is_named_as_gone(told: Bureau) -> None:
    with writing(told, today=TODAY) as act:
        do(act, FIRST, "withdraw", "2026-11-06", entry=1, reason="重复登记")
    (one,) = check(told)
    assert "收到工单数2件；现为1件，减去：hotline.ticket-2026-0001（" in one.sentence
    assert "撤回）" in one.sentence


def test_one_that_came_and_one_that_went_are_both_named(told: Bureau) -> None:
    with writing(told, today=TODAY) as act:
        do(act, FIRST, "withdraw", "2026-11-06", entry=1, reason="重复登记")
        receive(act, on="2026-09-03")
        receive(act, on="2026-09-03")
    (one,) = check(told)
    assert ([moved.row[-4:] for moved in one.came], [moved.row[-4:] for moved in one.went]) == (
        ["0003", "0004"],
        ["0001"],
    )


def test_a_row_struck_later_is_named_by_its_key(told: Bureau) -> None:
    with writing(told, today=TODAY) as act:
        assert strike_row(act, "social_organisation", CODE, Act(day("2026-09-20"), "甲", {}, paper="示例公告")) == ()
    (one,) = check(told)
    assert [moved.row for moved in one.went] == [CODE]
    assert "注销）" in one.sentence


def test_a_declared_number_that_is_counted_by_now_says_so(desk: Bureau) -> None:
    span = parse("2026Q2")
    with writing(desk, today=TODAY) as act:
        number = replace(NUMBER, period=span, value=5)
        assert declare_number(act, number, replace(SIGNED, on=day("2026-07-01"))) == ()
    say(desk, span, ["hotline.received"])
    assert check(desk) == []
    with writing(desk, today=TODAY) as act:
        receive(act, on="2026-05-06")
    (one,) = check(desk)
    assert "收到工单数5件；现为1件" in one.sentence
    assert "当时是申报的，现在是账本数出的" in one.sentence


def test_what_today_s_law_counts_otherwise_from_the_same_book_is_said(told: Bureau) -> None:
    book = load(place=told.place)
    figures = {**book.figures, "hotline.received": book.figures["hotline.returned"]}
    figures["hotline.received"] = type(figures["hotline.received"])(
        **{**{f: getattr(figures["hotline.received"], f) for f in figures["hotline.received"].__struct_fields__},
           "id": "hotline.received"})  # fmt: skip
    (one,) = list(differing(told.code, replace(book, figures=figures), tellings(told.code)))
    assert one.law
    assert "统计口径已变" in one.sentence


def test_the_book_of_then_is_counted_from_its_entries_alone(told: Bureau) -> None:
    book, seq = load(place=told.place), head(told.code).seq
    ids = [id for id, figure in book.figures.items() if figure.rate is None and not figure.adds]
    then = recount(told.code, book, SPAN, ids)
    with writing(told, today=TODAY) as act:
        receive(act, on="2026-09-03")
        do(act, FIRST, "withdraw", "2026-11-06", entry=1, reason="重复登记")
        strike_row(act, "social_organisation", CODE, Act(day("2026-09-20"), "甲", {}, paper="示例公告"))
    again = counted_then(told.code, book, SPAN, seq, ids, spans_then(told.code, book, seq))
    assert list(again.values()) == then


def test_nobody_tells_for_somebody_the_book_does_not_know(told: Bureau) -> None:
    values = count(told.code, load(place=told.place), SPAN, IDS)
    with writing(told, today=TODAY) as act:
        found = tell(act, "市局", "fill", [(SPAN, values[0])], head(told.code), Act(TODAY, "路人", {}))
        nobody = tell(act, " ", "fill", [(SPAN, values[0])], head(told.code), Act(TODAY, "甲", {}))
        nothing = tell(act, "市局", "fill", [], head(told.code), Act(TODAY, "甲", {}))
    assert [[one.gate for one in refused] for refused in (found, nobody, nothing)] == [["role"], ["field"], ["field"]]
    assert len(tellings(told.code)) == 1


def test_tellings_survive_a_rebuild(told: Bureau) -> None:
    live = dump(told.code)
    rebuild(told, today=TODAY)
    assert dump(told.code) == live
    assert len(tellings(told.code)) == 1
