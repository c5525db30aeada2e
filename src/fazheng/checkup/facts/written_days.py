"""Months and days as the text writes them in digits, whether they exist or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.checkup.report import Report

# begins with a digit and nothing else, so that the search leaps from digit to digit
_MONTH = re.compile(
    r"[0-9]{1,2} ?月(?: ?(?P<d>[0-9]{1,2}) ?日(?: ?[（，]? ?(?:星期|周)(?P<w>[一二三四五六日天])(?![内末期]))?)?"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年 ?$")
_NO_DATE = re.compile(r" ?(?:龄|\d)")
_BACK = 8


@dataclass(frozen=True, slots=True)
class Written:
    """A month, with its year and day where they stand beside it; `weekday` is its sign, empty where none."""

    year: int | None
    month: int
    day: int | None
    weekday: str
    start: int
    end: int


def written_days(report: Report) -> tuple[Written, ...]:
    """Every month with a year before it or a day behind it, in order."""
    return tuple(_written(report.plain))


def _written(plain: str) -> Iterator[Written]:
    for found in _MONTH.finditer(plain):
        at, end = found.span()
        if at and (plain[at - 1].isdecimal() or plain[at - 1] == "."):
            continue
        before = _YEAR.search(plain[max(0, at - _BACK) : at])
        if (found["d"] is None and before is None) or _NO_DATE.match(plain, end):
            continue
        start = at - len(before[0]) if before else at
        day = int(found["d"]) if found["d"] else None
        month = int(found[0].split("月", 1)[0])
        yield Written(int(before[1]) if before else None, month, day, found["w"] or "", start, end)
