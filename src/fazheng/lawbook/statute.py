"""Statutes and calendars: names, versions, how days are counted; days off and made-up working days."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fazheng.lawbook.procedure import Mark, Table


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
    text: str = ""  # "package", "file:…", or "" where no text is installed


class Statute(Table, frozen=True, kw_only=True):
    """A law, regulation, rule or document with every version known, oldest first."""

    name: str
    short: str
    kind: Literal["law", "regulation", "rule", "document", "party", "standard", "interpretation", ""] = ""
    number: str = ""  # where no version is known that could bear it
    aliases: list[str] = []
    wrong: list[str] = []
    status: str = ""
    issuer: str = ""
    until: date | None = None  # the last day of the whole statute
    until_mark: Mark = "read"
    replaced_by: list[str] = []
    versions: tuple[Version, ...] = ()


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
