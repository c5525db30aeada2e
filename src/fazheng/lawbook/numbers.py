"""The number and the day in a rule's words, held against the number and the day in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fazheng.lawbook.citation import number
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.procedure import Extension, Limit, Rule, Suspension
from fazheng.lawbook.statute import Statute, Version

_SIGNS = "〇零一二两三四五六七八九十百千\\d"
_SPELT = re.compile(rf"([{_SIGNS}]+)\s*个?(工作日|小时|日|周|月|年)(?!前?[{_SIGNS}]+日)")
_DAY = re.compile(rf"([{_SIGNS}]+)月([{_SIGNS}]+)日")
_UNITS = {
    "日": ("days", "working days"),
    "工作日": ("working days",),
    "小时": ("days",),
    "周": ("days",),
    "月": ("months",),
    "年": ("years",),
}
_WORDS = {"半年": (6, "months"), "次日": (1, "days"), "当日": (1, "days")}


def numbers(rule: Rule, statute: Statute, versions: Sequence[Version], *, must: bool) -> Iterator[str]:
    """Where the words of a limit, an extension, a suspension or a duty say another number, unit or day than the file,
    or (`must`: the article was read) none at all. Empty where they agree, and for rules without a length or a day.

    Whether 日 are working days follows each version's own counting clause.
    """
    match rule:
        case Limit():
            yield from _length(rule, rule.length, statute, versions, must)
            yield from _day(rule, rule.until or rule.before, must)
        case Extension() | Suspension():
            yield from _length(rule, rule.at_most, statute, versions, must)
        case Duty():
            yield from _day(rule, rule.until or rule.before, must)


def _length(rule: Rule, length: str, statute: Statute, versions: Sequence[Version], must: bool) -> Iterator[str]:
    if not length:
        return
    told = length.split(" ", 1)
    amount, unit = int(told[0]), told[1]
    if any(word in rule.says and (amount, unit) == meant for word, meant in _WORDS.items()):
        return
    spelt = [(found[0], number(found[1]), found[2]) for found in _SPELT.finditer(rule.says)]
    if not spelt:
        if must:
            yield f"says 里没有天数，核不出“{length}”：改引条文里写着天数的几个字"
        return
    best = next((one for one in spelt if _same(one, amount, unit)), spelt[0])
    if not _same(best, amount, unit):
        if _scaled(best) != amount:
            yield f"条文写“{best[0]}”，文件写“{length}”"
        if unit not in _UNITS[best[2]]:
            yield f"条文写“{best[0]}”，文件的单位是“{unit}”"
    for version in versions if best[2] == "日" else ():
        working = version.days is not None and version.days.is_working(amount)
        if working != (unit == "working days"):
            article = version.days.article if version.days else ""
            yield f"按{statute.short}{article}，{amount}日是{'工作日' if working else '自然日'}"


def _same(spelt: tuple[str, int, str], amount: int, unit: str) -> bool:
    return _scaled(spelt) == amount and unit in _UNITS[spelt[2]]


def _scaled(spelt: tuple[str, int, str]) -> int:
    """The number in the unit of the file: hours as days, begun ones whole; weeks as days."""
    _, amount, unit = spelt
    return -(-amount // 24) if unit == "小时" else amount * 7 if unit == "周" else amount


def _day(rule: Rule, day: str, must: bool) -> Iterator[str]:
    if not day:
        return
    found = _DAY.search(rule.says)
    if found is None:
        if must:
            yield f"says 里没有日期，核不出“{day}”：改引条文里写着日期的几个字"
    elif f"{number(found[1]):02d}-{number(found[2]):02d}" != day:
        yield f"条文写“{found[0]}”，文件写“{day}”"
