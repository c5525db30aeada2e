"""What a calendar is made of: one table a year, and what can be wrong with it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol


class YearTable(Protocol):
    """One year's notice. Days of the December before may stand in it too: a 元旦 holiday can begin there."""

    @property
    def year(self) -> int: ...
    @property
    def notice(self) -> str: ...
    @property
    def days_off(self) -> Collection[date]: ...
    @property
    def make_up(self) -> Collection[date]: ...


class CalendarMissing(LookupError):
    """A day of a year that no table covers was needed. `year` is that year."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"没有{year}年的节假日安排，算不出确定的日期。请依国务院办公厅的放假通知补上 law/calendars/{year}.toml。"
        )


class BadCalendar(ValueError):
    """Tables that contradict each other or themselves; the text says in Chinese which day of which year."""


def checked(tables: Iterable[YearTable]) -> dict[int, YearTable]:
    """The tables by year. Raises BadCalendar at the first thing that is wrong."""
    by_year: dict[int, YearTable] = {}
    off: set[date] = set()
    worked: set[date] = set()
    for table in tables:
        if table.year in by_year:
            raise BadCalendar(f"{table.year}年的节假日安排有两份，只能留一份。")
        by_year[table.year] = table
        off.update(table.days_off)
        worked.update(table.make_up)
        for day in sorted((*table.days_off, *table.make_up)):
            if day.year != table.year and (day.year, day.month) != (table.year - 1, 12):
                raise BadCalendar(f"{table.year}年的节假日安排里有{day}：只能写当年的日子，或者上一年12月的日子。")
    for day in sorted(off & worked):
        raise BadCalendar(f"{day}既写作放假又写作上班，请依通知改正。")
    for day in sorted(worked):
        if day.weekday() < 5:
            raise BadCalendar(f"{day}不是周六、周日，不会是调休上班的日子，请依通知改正。")
    return by_year
