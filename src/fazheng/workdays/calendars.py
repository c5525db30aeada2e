"""The working-day calendar: Monday to Friday, less the days off and plus the make-up days of the yearly notices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Self

from fazheng.workdays.tables import CalendarMissing, YearTable, checked

ONE_DAY = timedelta(days=1)


def _weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays among the days 1 to `ordinal`; day 1, 0001-01-01, is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _nth_weekday(n: int) -> int:
    weeks, rest = divmod(n - 1, 5)
    return weeks * 7 + rest + 1


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Which days are worked. Counting working days, and stepping over them, take the same time for any length.

    `is_working_day` and `working_days` refuse unknown years. `count`, `nth` and `on_or_after` never do: years without
    a table hold plain weekdays there, and `first_unknown` tells whether one was needed.
    Law: 国务院办公厅's yearly notices (law/calendars); 行政处罚法第八十五条 as one use.
    """

    years: frozenset[int]
    _notices: dict[date, str] = field(repr=False)
    _make_up: frozenset[date] = field(repr=False)
    _first: int = field(repr=False)  # ordinal of the first day held
    _worked: tuple[int, ...] = field(repr=False)  # working days before the first day held, up to it, up to the next…
    _working: tuple[int, ...] = field(repr=False)  # ordinals of the working days held
    days_worked: tuple[date, ...] = field(repr=False)  # the same as days, in order
    _place: dict[date, int] = field(repr=False)  # of each day held: how many working days are held up to and with it
    placed: Mapping[date, int] = field(repr=False)  # the same where no year between the first and the last is missing
    rolled: Mapping[date, date] = field(repr=False)  # of those days: the first working day from it on, itself included

    @classmethod
    def of(cls, tables: Iterable[YearTable]) -> Self:
        """The calendar of these years, in any order; of none, one that knows no day.

        Raises BadCalendar: a year twice, a day both off and worked, a day far from its year, a make-up weekday.
        Law: 国务院办公厅's yearly notices.
        """
        years = checked(tables)
        notices = {day: t.notice for t in years.values() for day in (*t.days_off, *t.make_up)}
        make_up = frozenset(day for t in years.values() for day in t.make_up)
        first = date(min(years, default=1), 1, 1).toordinal()
        last = date(max(years), 12, 31).toordinal() if years else first - 1
        held = [date.fromordinal(n) for n in range(first, last + 1)]
        # A gap between known years holds plain weekdays, whatever the next year's notice says of its December.
        works = [day in make_up if day.year in years and day in notices else day.weekday() < 5 for day in held]
        working = tuple(day.toordinal() for day, is_worked in zip(held, works, strict=True) if is_worked)
        worked = tuple(accumulate(works, initial=0))
        days = tuple(map(date.fromordinal, working))
        worked_on = frozenset(days)
        place = dict(zip(held, worked[1:], strict=True))
        whole = bool(years) and len(years) == max(years) - min(years) + 1
        placed = place if whole else {}
        rolled = {day: days[at] for day, n in placed.items() if (at := n - (day in worked_on)) < len(days)}
        return cls(frozenset(years), notices, make_up, first, worked, working, days, place, placed, rolled)

    def knows(self, day: date) -> bool:
        """Whether the year of `day` has a table."""
        return day.year in self.years

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`. Raises CalendarMissing outside the known years.

        Law: 国务院办公厅's yearly notices.
        """
        if not self.knows(day):
            raise CalendarMissing(day.year)
        return self.is_worked_or_weekday(day)

    def working_days(self, after: date, up_to: date) -> int:
        """Number of working days from the day after `after` up to and with `up_to`; negative where `up_to` is earlier.

        Raises CalendarMissing where a day between them lies in an unknown year.
        Law: 行政处罚法第八十五条; 国务院办公厅's yearly notices.
        """
        if (year := self.first_unknown(min(after, up_to), max(after, up_to))) is not None:
            raise CalendarMissing(year)
        return self.count(after, up_to)

    def notice(self, day: date) -> str | None:
        """Title of the notice that names `day` as off or as worked; None for an ordinary day or an unknown year."""
        return self._notices.get(day) if self.knows(day) else None

    def is_make_up(self, day: date) -> bool:
        """Whether `day` is a weekend day worked (调休上班); False in an unknown year."""
        return self.knows(day) and day in self._make_up

    def is_worked_or_weekday(self, day: date) -> bool:
        """As `is_working_day`, but a plain weekday counts as worked where the year is unknown."""
        return self.is_make_up(day) if self.notice(day) else day.weekday() < 5

    def first_unknown(self, after: date, up_to: date) -> int | None:
        """First year without a table that holds a day after `after` and not after `up_to`; None without one."""
        if up_to <= after:
            return None
        return next((y for y in range((after + ONE_DAY).year, up_to.year + 1) if y not in self.years), None)

    def count(self, after: date, up_to: date) -> int:
        """As `working_days`, with plain weekdays for unknown years."""
        return self._up_to(up_to.toordinal()) - self._up_to(after.toordinal())

    def nth(self, after: date, number: int) -> date:
        """The `number`th working day after `after` (at least 1), with plain weekdays for unknown years."""
        place = self._place.get(after)
        if place is not None and place + number <= len(self.days_worked):
            return self.days_worked[place + number - 1]
        wanted = self._up_to(after.toordinal()) + number
        before = _weekdays_up_to(self._first - 1)
        if wanted <= before:
            return date.fromordinal(_nth_weekday(wanted))
        if wanted <= before + len(self._working):
            return date.fromordinal(self._working[wanted - before - 1])
        last = self._first + len(self._worked) - 2
        return date.fromordinal(_nth_weekday(wanted - before - len(self._working) + _weekdays_up_to(last)))

    def nth_many(self, after: Sequence[date], numbers: Sequence[int]) -> list[date]:
        """As `nth` for each day with its number, in one pass over the table: the whole of a list at once."""
        days, place = self.days_worked, self._place
        try:
            return [days[place[day] + number - 1] for day, number in zip(after, numbers, strict=True)]
        except (KeyError, IndexError):  # a day before or beyond the years held
            return [self.nth(day, number) for day, number in zip(after, numbers, strict=True)]

    def on_or_after(self, day: date) -> date:
        """`day` if it is worked, else the next day that is, with plain weekdays for unknown years."""
        return day if self.is_worked_or_weekday(day) else self.nth(day, 1)

    def _up_to(self, ordinal: int) -> int:
        """Working days from day 1 up to and with `ordinal`."""
        inside = ordinal - self._first + 1
        if inside < 0:
            return _weekdays_up_to(ordinal)
        before = _weekdays_up_to(self._first - 1)
        if inside < len(self._worked):
            return before + self._worked[inside]
        last = self._first + len(self._worked) - 2
        return before + self._worked[-1] + _weekdays_up_to(ordinal) - _weekdays_up_to(last)
