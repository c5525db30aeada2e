"""law/calendars: twenty-three years of notices, held against two packages that nobody here wrote."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest
from chinese_calendar.constants import holidays as named_off
from chinese_calendar.constants import workdays as named_worked

from fazheng.lawbook.load import load
from fazheng.procedure.examples import calendar_of
from fazheng.workdays import BadCalendar, Calendar
from tests.workdays.naive import FORGOTTEN, YEARS
from tests.workdays.notices import FOLDER, Table, calendar, tables


def days_of(year: int) -> list[date]:
    return [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]


def missing(today: date, years: set[int]) -> str:
    """What is to be done about next year's table on `today`; empty before 1 December, or where it is there."""
    if today.month < 12 or today.year + 1 in years:
        return ""
    year = today.year + 1
    return (
        f"law/calendars/{year}.toml 还没有。国务院办公厅关于{year}年部分节假日安排的通知一般在11月公布，"
        "登在中国政府网（www.gov.cn）“政策”栏和国务院公报上："
        f"照 law/calendars/{today.year}.toml 的样子写出放假和调休上班的日子，再运行 make test。"
        "没有它，跨年的期限只能预计，不能判定逾期。"
    )


def test_every_year_from_2004_has_a_table() -> None:
    assert sorted(tables()) == list(range(YEARS[0], max(tables()) + 1))
    assert set(YEARS) <= set(tables())


def test_a_number_is_one_of_the_state_council_or_is_said_to_be_unchecked() -> None:
    """A number that stands here was read at the head of the notice; whatever was only quoted is 文号待核."""
    for table in tables().values():
        for number in table.number.split("、"):
            assert number == "文号待核" or re.fullmatch(r"国(?:办)?发明电〔20\d\d〕\d{1,2}号", number), table.year


@pytest.mark.parametrize("year", tables())
def test_a_table_names_its_year_and_notice_and_no_day_twice(year: int) -> None:
    table = tables()[year]
    assert table.year == year
    assert f"国务院办公厅关于{year}年部分节假日安排的通知" in table.notice
    assert table.number
    assert table.number.count("、") == table.notice.count("、国务院"), "one number for each notice"
    for days in (table.days_off, table.make_up):
        assert list(days) == sorted(set(days))


def test_next_years_table_is_there_from_december_on() -> None:
    """Fails from 1 December until the file is written; the message says what to write."""
    assert missing(datetime.now(ZoneInfo("Asia/Shanghai")).date(), set(tables())) == ""


def test_next_years_table_is_asked_for_from_december_on() -> None:
    assert missing(date(2026, 11, 30), {2026}) == ""
    assert missing(date(2026, 12, 1), {2026, 2027}) == ""
    said = missing(date(2026, 12, 1), {2026})
    assert "law/calendars/2027.toml" in said
    assert "www.gov.cn" in said


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    """But for one day, of which the notice for 2006 says in so many words that it is worked."""
    differ = [d for d in days_of(year) if calendar().is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differ == ([FORGOTTEN] if year == FORGOTTEN.year else [])


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    """`holidays` must be asked for the year after too: the notice of 2019 moved working days of December 2018."""
    china = holidays.country_holidays("CN", years=[year, year + 1])
    assert [d for d in days_of(year) if calendar().is_working_day(d) != china.is_working_day(d)] == []


def test_the_days_named_are_those_of_chinesecalendar_but_for_weekends() -> None:
    """Where a notice says 与周末连休 or 补休 without dating the weekend, chinesecalendar sometimes lists it as holiday
    and our files never; three weekend days that a notice does date are missing there. Nobody works on any of them by
    either, so no due day depends on it. Make-up days are the same but for the one that it forgot.
    """
    ours = {day for table in tables().values() for day in table.days_off if day.year in YEARS}
    theirs = {day for day in named_off if day.year in YEARS}
    worked = {day for table in tables().values() for day in table.make_up}
    assert worked == {d for d in named_worked if d.year in YEARS} | {FORGOTTEN}
    assert ours - theirs == {
        date(2011, 6, 5), date(2012, 6, 23),  # 端午节 of 2011 and 2012
        date(2015, 9, 5),  # 抗战胜利纪念日 of 2015
    }  # fmt: skip
    assert theirs - ours == {
        date(2014, 4, 6),  # 清明节 of 2014
        date(2019, 4, 6), date(2019, 4, 7),  # 清明节 of 2019
        date(2019, 6, 8), date(2019, 6, 9),  # 端午节 of 2019
        date(2019, 9, 14), date(2019, 9, 15),  # 中秋节 of 2019
        date(2023, 12, 30), date(2023, 12, 31),  # 元旦 of 2024
    }  # fmt: skip


def test_the_golden_weeks_before_2008_and_the_holidays_since_hold() -> None:
    off = ("2007-05-07", "2007-10-05", "2008-04-04", "2008-06-09", "2008-09-15")
    worked = ("2007-04-28", "2007-04-29", "2007-04-05", "2007-06-19", "2007-09-25", "2008-05-05", "2008-05-07")
    assert [day for day in off if calendar().is_working_day(date.fromisoformat(day))] == []
    assert [day for day in worked if not calendar().is_working_day(date.fromisoformat(day))] == []


def test_the_second_notice_of_2015_holds() -> None:
    assert [calendar().is_working_day(date(2015, 9, day)) for day in range(2, 8)] == [
        True,
        False,
        False,
        False,
        True,
        True,
    ]
    assert not calendar().is_working_day(date(2016, 9, 4))
    assert calendar().is_working_day(date(2014, 9, 3)), "a holiday of that one year"
    assert "胜利70周年纪念日" in tables()[2015].notice


def test_the_second_notices_of_2019_and_2020_hold() -> None:
    for text in ("2019-04-28", "2019-05-05"):
        assert calendar().is_working_day(date.fromisoformat(text))
    for text in ("2019-05-02", "2019-05-03", "2020-01-31", "2020-02-01", "2020-02-02"):
        assert not calendar().is_working_day(date.fromisoformat(text))
    assert "延长2020年春节假期" in tables()[2020].notice
    assert "调整2019年劳动节假期" in tables()[2019].notice


def test_days_of_december_rest_on_the_notice_of_the_year_after() -> None:
    for text, year in (("2005-12-31", 2006), ("2006-12-31", 2007), ("2007-12-29", 2008), ("2011-12-31", 2012)):
        assert calendar().notice(date.fromisoformat(text)) == tables()[year].notice
        assert calendar().is_make_up(date.fromisoformat(text))
    assert calendar().notice(date(2018, 12, 29)) == tables()[2019].notice
    assert calendar().is_make_up(date(2018, 12, 29))
    assert calendar().notice(date(2022, 12, 31)) == tables()[2023].notice


def a_table(year: int = 2026, off: str = "", worked: str = "") -> Table:
    return Table(year, "示例通知", "", *([date.fromisoformat(t) for t in days.split()] for days in (off, worked)))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([a_table(), a_table()], "有两份"),
        ([a_table(off="2026-10-10", worked="2026-10-10")], "既写作放假又写作上班"),
        ([a_table(2026, worked="2025-12-27"), a_table(2025, off="2025-12-27")], "既写作放假又写作上班"),
        ([a_table(worked="2026-10-09")], "不是周六、周日"),
        ([a_table(off="2025-11-30")], "只能写当年的日子"),
        ([a_table(off="2027-01-01")], "只能写当年的日子"),
    ],
)
def test_tables_that_contradict_themselves_are_refused(given: list[Table], said: str) -> None:
    with pytest.raises(BadCalendar, match=said):
        Calendar.of(given)


def test_every_file_is_a_year() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [f"{year}.toml" for year in sorted(tables())]


def test_many_days_at_once_are_the_days_one_by_one() -> None:
    calendar = calendar_of(load())
    days = [date(2003, 11, 1) + timedelta(days=13 * n) for n in range(900)]  # from before the years held to beyond
    numbers = [n % 40 + 1 for n in range(900)]
    assert calendar.nth_many(days, numbers) == [calendar.nth(day, n) for day, n in zip(days, numbers, strict=True)]
    for day, n, found in zip(days, numbers, calendar.nth_many(days, numbers), strict=True):
        assert calendar.count(day, found) == n
        assert calendar.is_worked_or_weekday(found)
    inside = [day for day in days if 2005 < day.year < 2026]
    assert calendar.nth_many(inside, [1] * len(inside)) == [calendar.nth(day, 1) for day in inside]
    assert calendar.nth_many([], []) == []
