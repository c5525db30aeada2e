"""去年报告里有哪些话，今年还在: the signed words of two years side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from fazheng.ledger.signed import CASE, Line, Signature, signatures_under
from fazheng.report import compose
from fazheng.report.paper import lines_of
from fazheng.report.two_years import Beside, State, beside
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_COLUMNS = (Column("state", "今年"), Column("before", "上一份签发的报告"), Column("now", "这一份"))
_STATES: Mapping[State, str] = {
    "same": "一字未改",
    "numbers": "只换了数",
    "reworded": "改写",
    "new": "新写的",
    "gone": "没有了",
}
_NONE = "账本里没有签发过的年度报告：没有签发的原文，就没有可以对照的。"


def short(asked: Asked, question: Question) -> str:
    """Which reports there are to compare. One statement, where one was signed since."""
    signed = asked.standing(("signed_reports",), ("report",), lambda: _signed(asked))
    if not signed:
        return "没有签发过的年度报告，无从对照。"
    last = signed[-1]
    if len(signed) > 1:
        found = beside(signed[-2].lines, last.lines)
        return f"{last.year}年的报告有{len(found)}句可对照，{_told(found)}。"
    return f"签发过{last.year}年的报告；打开本页，与{last.year + 1}年的底稿对照。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """Every sentence of the last two reports beside each other; where only one is signed, with the draft of the year
    after it, which is composed anew: then as many statements as a report needs.
    """
    signed = _signed(asked)
    if not signed:
        yield Part("两年的报告", said=(_NONE,))
        return
    before, now, name = _two(asked, signed)
    found = beside(before.lines, now)
    rows = [[Cell(_STATES[one.state]), Cell(one.before), Cell(one.now)] for one in found]
    said = (
        f"左边：{before.year}年，{before.on}签发；右边：{name}。{_told(found)}。",
        "一字未改的句子，请看一看今年是不是还是这样。",
    )
    yield Part(
        "两年的报告",
        Table("两年的报告逐句对照", _COLUMNS, rows, "两份报告都没有句子。"),
        said,
        form="head/sentences.html",
    )


def _two(asked: Asked, signed: Sequence[Signature]) -> tuple[Signature, tuple[Line, ...], str]:
    """The report before, the words of the one after, and what that one is."""
    last, visit = signed[-1], asked.visit
    if last.year + 1 <= asked.this_year:
        made = compose(visit.bureau.code, visit.bureau.name, visit.book, last.year + 1, {}, with_cases=False,
                       today=visit.today)  # fmt: skip
        return last, lines_of(made), f"{last.year + 1}年底稿（现在的账本数出来的，人写的文字不在内）"
    return signed[-2], last.lines, f"{last.year}年，{last.on}签发"


def _signed(asked: Asked) -> list[Signature]:
    """The reports as they were signed, by year."""
    every = [one for one in signatures_under(asked.visit.bureau.code, f"{CASE}:") if not one.changed]
    return sorted(every, key=lambda one: one.year)


def _told(found: Sequence[Beside]) -> str:
    numbers = Counter(one.state for one in found)
    return "、".join(f"{name}{numbers[state]}句" for state, name in _STATES.items() if numbers[state]) or "没有句子"
