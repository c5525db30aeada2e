"""Every day of a count is told, counted or not, with a reason that a clerk can read aloud."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.workdays import BadSpan, Calendar, Explanation, Length, Span, due, estimate, explain, run
from tests.workdays.notices import calendar

NOTICE_2026 = "国务院办公厅关于2026年部分节假日安排的通知"


def told(found: Explanation) -> list[str]:
    return [f"{row.date:%m-%d} {'计' if row.counted else '　'} {row.why}" for row in found.days]


def test_five_working_days_over_national_day_are_told_day_by_day() -> None:
    found = explain(date(2026, 9, 29), Length.parse("5 working days"), calendar())
    assert found.due == date(2026, 10, 12)
    assert not found.is_estimate
    assert told(found) == [
        "09-29 　 起始日，不计入",
        "09-30 计 第1个工作日",
        *[f"10-0{n} 　 节假日放假（依据{NOTICE_2026}），不计" for n in range(1, 8)],
        "10-08 计 第2个工作日",
        "10-09 计 第3个工作日",
        f"10-10 计 第4个工作日：调休上班，计入（依据{NOTICE_2026}）",
        "10-11 　 周日，不计",
        "10-12 计 第5个工作日，期限届满",
    ]


def test_calendar_days_that_end_on_a_day_off_are_told_to_roll_on() -> None:
    assert told(explain(date(2026, 9, 28), Length.parse("5 days"), calendar())) == [
        "09-28 　 起始日，不计入",
        "09-29 计 第1日",
        "09-30 计 第2日",
        "10-01 计 第3日",
        "10-02 计 第4日",
        f"10-03 计 第5日，末日为休息日：节假日放假（依据{NOTICE_2026}）",
        *[f"10-0{n} 　 末日为休息日，顺延；本日仍休息：节假日放假（依据{NOTICE_2026}）" for n in range(4, 8)],
        "10-08 　 末日为休息日，顺延至本日，期限届满",
    ]


def test_a_limit_that_does_not_roll_ends_where_it_ends() -> None:
    assert told(explain(date(2026, 10, 2), Length.parse("1 days"), calendar(), rolls=False)) == [
        "10-02 　 起始日，不计入",
        "10-03 计 第1日，期限届满",
    ]


def test_days_of_a_year_without_a_notice_say_that_they_are_a_guess() -> None:
    found = explain(date(2026, 12, 31), Length.parse("2 working days"), calendar())
    assert found.is_estimate
    assert told(found)[1:] == [
        "01-01 计 第1个工作日（预计：没有2027年的放假通知）",
        "01-02 　 周六（预计：没有2027年的放假通知），不计",
        "01-03 　 周日（预计：没有2027年的放假通知），不计",
        "01-04 计 第2个工作日（预计：没有2027年的放假通知），期限届满",
    ]
    rolled = explain(date(2026, 12, 31), Length.parse("2 days"), calendar())
    assert told(rolled)[-1] == "01-04 　 末日为休息日，顺延至本日，期限届满（预计：没有2027年的放假通知）"


def test_a_suspension_is_told_and_what_was_left_goes_on_after_it() -> None:
    spans = [Span(date(2026, 3, 4), date(2026, 3, 6))]
    assert told(explain(date(2026, 3, 2), Length.parse("3 working days"), calendar(), spans=spans)) == [
        "03-02 　 起始日，不计入",
        "03-03 计 第1个工作日",
        "03-04 计 第2个工作日",
        "03-05 　 中止期间，不计",
        "03-06 　 中止期间，不计",
        "03-07 　 周六，不计",
        "03-08 　 周日，不计",
        "03-09 计 第3个工作日，期限届满",
    ]


def test_a_limit_stopped_with_nothing_left_ends_on_the_day_it_goes_on() -> None:
    spans = [Span(date(2026, 3, 8), date(2026, 3, 11))]
    assert told(explain(date(2026, 3, 5), Length.parse("2 days"), calendar(), spans=spans))[2:] == [
        "03-07 计 第2日，末日为休息日：周六",
        "03-08 　 末日为休息日，顺延；本日仍休息：周日",
        "03-09 　 中止期间，不计",
        "03-10 　 中止期间，不计",
        "03-11 　 中止期间，不计；期限已无剩余，恢复之日届满",
    ]


def test_while_the_clock_stands_there_is_nothing_to_explain() -> None:
    with pytest.raises(BadSpan, match="恢复计算之后才有到期日"):
        explain(date(2026, 3, 2), Length.parse("5 days"), calendar(), spans=[Span(date(2026, 3, 4), None)])


starts = st.dates(date(2004, 1, 1), date(2024, 12, 31))
lengths = st.one_of(
    st.builds(Length, st.integers(1, 90), st.sampled_from(["days", "working days"])),
    st.builds(Length, st.integers(1, 12), st.just("months")),
    st.builds(Length, st.just(1), st.just("years")),
)


@given(start=starts, length=lengths, rolls=st.booleans())
def test_the_days_told_lead_without_a_gap_to_the_due_day(start: date, length: Length, rolls: bool) -> None:
    found = explain(start, length, calendar(), rolls=rolls)
    assert found.due == due(start, length, calendar(), rolls=rolls)
    assert [row.date for row in found.days] == [start + timedelta(days=n) for n in range((found.due - start).days + 1)]
    assert not found.days[0].counted
    assert "届满" in found.days[-1].why
    assert not any("届满" in row.why for row in found.days[:-1])
    assert all(row.why for row in found.days)


@given(start=starts, length=lengths, rolls=st.booleans())
def test_as_many_days_are_counted_as_the_length_has(start: date, length: Length, rolls: bool) -> None:
    counted = [row for row in explain(start, length, calendar(), rolls=rolls).days if row.counted]
    if length.unit in ("days", "working days"):
        assert len(counted) == length.number
    else:
        assert len(counted) == (due(start, length, calendar(), rolls=False) - start).days
    if length.unit == "working days":
        assert all(calendar().is_working_day(row.date) for row in counted)


@given(start=starts, length=lengths, stop=st.integers(-10, 120), stands=st.integers(0, 40))
def test_with_a_suspension_the_same_number_is_counted(start: date, length: Length, stop: int, stands: int) -> None:
    spans = [Span(start + timedelta(days=stop), start + timedelta(days=stop + stands))]
    found = explain(start, length, calendar(), spans=spans)
    assert found.due == run(start, [length], spans, calendar()).due == found.days[-1].date
    plain = explain(start, length, calendar())
    assert sum(row.counted for row in found.days) == sum(row.counted for row in plain.days)


@given(
    start=st.one_of(st.dates(date(2003, 6, 1), date(2004, 3, 1)), st.dates(date(2026, 6, 1), date(2027, 12, 31))),
    length=lengths,
    rolls=st.booleans(),
)
def test_an_explanation_says_that_it_guesses_exactly_when_its_due_day_is_an_estimate(
    start: date, length: Length, rolls: bool
) -> None:
    found = explain(start, length, calendar(), rolls=rolls)
    expected = estimate(start, length, calendar(), rolls=rolls)
    assert (found.due, found.is_estimate) == (expected.day, expected.is_estimate)
    assert any("预计" in row.why for row in found.days) == found.is_estimate


def test_a_calendar_that_knows_nothing_still_explains() -> None:
    assert explain(date(2026, 3, 2), Length.parse("1 working days"), Calendar.of([])).is_estimate
