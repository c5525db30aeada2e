"""Words inside the strings of a rule: field kinds, lengths, fixed days. One that is not known stops start-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fazheng.lawbook.procedure import Extension, Limit, Rule, Step, Suspension

_LENGTH = re.compile(r"[1-9]\d{0,4} (?:days|working days|months|years)")
_DAY = re.compile(r"(\d\d)-(\d\d)")
# what every entry holds, or its opening one: a field of that name would be written over
OWN_KEYS = frozenset({"on", "by", "paper", "ref", "law"})
# filled by the reader; a law file that wrote them could pass for checked
INTERNAL = frozenset({"statute", "adopted_as", "file"})


def unknown_words(rule: Rule) -> Iterator[str]:
    """What is wrong with the words of a rule, in Chinese. Empty where every word is known."""
    match rule:
        case Step():
            for field in rule.fields:
                if "." in field or field in OWN_KEYS:
                    yield f"字段不能叫“{field}”"
            try:
                _ = rule.kinds
            except ValueError as fault:
                yield str(fault)
        case Limit():
            yield from _length("length", rule.length)
            yield from fixed_day("until", rule.until)
            yield from fixed_day("before", rule.before)
            if bool(rule.length) + bool(rule.until) + bool(rule.before) != 1:
                yield "length、until、before 要写且只写一个"
            if rule.years and rule.length:
                yield "years 只和 until、before 一起用"
        case Suspension() | Extension():
            yield from _length("at_most", rule.at_most)
    if isinstance(rule, Extension) and rule.times < 1:
        yield "times 至少是 1"


def _length(word: str, text: str) -> Iterator[str]:
    if text and not _LENGTH.fullmatch(text):
        yield f"{word} 写法不对：“{text}”，要写成 5 working days、90 days、2 months、1 years 的样子"


def fixed_day(word: str, text: str) -> Iterator[str]:
    """What is wrong with a day of the year (`until`, `before`), in Chinese."""
    found = _DAY.fullmatch(text)
    try:
        if text:
            date(2001, *((int(found[1]), int(found[2])) if found else (0, 0)))  # a year without February 29
    except ValueError:
        yield f"{word} 写法不对：“{text}”，要写成 03-31 的样子；二月最后一天写 before = “03-01”"
