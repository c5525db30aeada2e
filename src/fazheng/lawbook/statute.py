"""Statutes and calendars: names, versions, how days are counted; days off and made-up working days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from fazheng.lawbook.procedure import Mark, Table

ONE_DAY = timedelta(days=1)


class Counting(Table, frozen=True, kw_only=True):
    """How a statute counts its days: which numbers of days are working days. Absent: calendar days."""

    working: list[int] | Literal["all"] = []
    working_up_to: int = 0
    article: str = ""

    def is_working(self, days: int) -> bool:
        """Whether `days` 日 in this statute are working days (工作日)."""
        return self.working == "all" or days in self.working or days <= self.working_up_to


class Version(Table, frozen=True, kw_only=True):
    """One wording of a statute, from its first day until the next one's."""

    from_: date
    passed: date | None = None  # adopted by the congress; of what is no law: the day it was made public
    until: date | None = None
    number: str = ""
    change: Literal["enacted", "revised", "amended", ""] = ""
    mark: Mark = "read"  # how well `from` is known
    days: Counting | None = None
    text: str = ""  # "package", "file:…" under the law's root, or "" where no text is installed

    @property
    def checked(self) -> bool:
        """Whether the first day was read in a text, ours or another's."""
        return self.mark in ("read", "second_hand")


class Statute(Table, frozen=True, kw_only=True):
    """A law, regulation, rule or document with every version known, oldest first."""

    name: str
    short: str
    kind: Literal["law", "regulation", "rule", "document", "party", "standard", "interpretation", ""] = ""
    number: str = ""  # where no version is known that could bear it
    aliases: list[str] = []
    wrong: list[str] = []
    status: Literal["", "有效", "有效（待核）", "试行", "已废止", "已废止（待核）", "期满", "待核"] = ""
    issuer: str = ""
    note: str = ""  # shown to readers
    until: date | None = None  # the last day of the whole statute
    until_mark: Mark = "read"
    replaced_by: list[str] = []
    versions: tuple[Version, ...] = ()
    file: str = ""

    def spans(self) -> list[tuple[Version, date, date]]:
        """Each version with its first and last day (date.max where none is known), oldest first."""
        by_day = sorted(self.versions, key=lambda v: v.from_)
        ends = [later.from_ - ONE_DAY for later in by_day[1:]] + [self.until or date.max]
        return [(v, v.from_, min(v.until or date.max, end)) for v, end in zip(by_day, ends, strict=False)]

    def version_on(self, day: date) -> Version | None:
        """The version in force on `day`; None before the first, in a gap, and after the end."""
        return next((v for v, first, last in self.spans() if first <= day <= last), None)

    @property
    def ended(self) -> bool:
        """Whether it stands in the catalogue as repealed or run out, by a known day or not."""
        return self.status.startswith(("已废止", "期满"))

    @property
    def numbers(self) -> list[str]:
        """Document numbers (文号) of the statute and its versions, without the empty ones."""
        return [number for number in (self.number, *(v.number for v in self.versions)) if number]


class CalendarYear(Table, frozen=True, kw_only=True):
    """One year's notice of the State Council: days off and weekend days worked."""

    year: int
    notice: str
    number: str = "文号待核"
    days_off: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()


class ParameterValue(Table, frozen=True, kw_only=True):
    from_: date
    value: int
    article: str = ""
    mark: Mark = "unverified"


class Parameter(Table, frozen=True, kw_only=True):
    """A threshold of the law by date. Money in fen."""

    id: str
    unit: str
    name: str = ""
    place: str = ""
    values: tuple[ParameterValue, ...] = ()

    def on(self, day: date) -> int | None:
        """The value in force on `day`; None before the first, or where the one in force is not adopted."""
        standing = [v for v in self.values if v.from_ <= day]
        last = max(standing, key=lambda v: v.from_, default=None)
        return last.value if last is not None and last.mark == "read" else None


def rename_from(raw: dict[str, Any]) -> dict[str, Any]:
    """TOML says `from`, which Python keeps for itself."""
    return {("from_" if key == "from" else key): value for key, value in raw.items()}
