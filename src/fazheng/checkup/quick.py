"""A first look at very many texts: four faults that need no understanding, each by one pass over the whole text.

What a report is asked in full (`run`) reads outline, figures and relations; who has thousands of old texts wants
first to know where to look.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from fazheng.checkup.catalogue import catalogue
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table

Kind = Literal["unknown_name", "duplicated_word", "odd_date", "sum_unclear"]
TOLD: dict[Kind, str] = {
    "unknown_name": "目录里没有这个名称", "duplicated_word": "字重复", "odd_date": "没有这一天",
    "sum_unclear": "合计不等于各部分相加",
}  # fmt: skip
_NAME = re.compile("《([^》\n]{2,60})》")
_DATE = re.compile(r"年(\d{1,2})月(\d{1,2})日")  # begun at 年: a tenth of the time of beginning at any digit
_SUM = re.compile(r"其中((?:[^，。、\d\n]{1,12}\d{1,12}件、?)+)，共计(\d{1,12})件")
_DIGITS = re.compile(r"\d+")
_STATE = "中华人民共和国"


class QuickWords(Table, frozen=True, kw_only=True):
    doubled: list[str]
    spared_before: str
    spared_after: str


@dataclass(frozen=True)
class _Doubled:
    words: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str]


class Look(NamedTuple):
    """A fault by kind and span."""

    kind: Kind
    start: int
    end: int


def quick(text: str, known: Collection[str], style: Style) -> Iterator[Look]:
    """The four faults of a text, kind after kind. `known` are the names that may stand in 《》."""
    for name in _NAME.finditer(text):
        if name[1] not in known:
            yield Look("unknown_name", *name.span())
    words = style.made(_doubled)
    for word in words.words:
        at = text.find(word)
        while at != -1:
            end = at + len(word)
            if not words.before.search(text[max(0, at - 2) : at]) and not words.after.match(text, end):
                yield Look("duplicated_word", at, end)
            at = text.find(word, end)
    for day in _DATE.finditer(text):
        begin = day.start() - 4
        year = text[max(0, begin) : day.start()]
        if len(year) == 4 and year.isdecimal() and not _is_day(year, *day.groups()):
            yield Look("odd_date", begin, day.end())
    for total in _SUM.finditer(text) if "共计" in text else ():
        if sum(map(int, _DIGITS.findall(total[1]))) != int(total[2]):
            yield Look("sum_unclear", *total.span())


@cache
def known_names() -> frozenset[str]:
    """Every name and short name of the catalogue, with and without the state's name. Raises LawFault."""
    names = {name for one in catalogue().values() for name in (one.name, one.short)}
    return frozenset(names | {name.removeprefix(_STATE) for name in names} | {_STATE + name for name in names})


@cache
def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _doubled(style: Style) -> _Doubled:
    read = style.read("quick", QuickWords)
    return _Doubled(tuple(read.doubled), re.compile(read.spared_before), re.compile(read.spared_after))
