"""A figure beside last year's and the year before: what may be said of the change, and what may not.

Never a percentage over nothing, never a change against a year of which nothing is known, never a comparison of a
year that is still running with a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fazheng.figures import FigureValue
from fazheng.figures.value import per_cent
from fazheng.report.sentences import in_a_sentence, money

ASPECTS = ("last", "change", "trend", "split", "limits", "articles")
EARLIER = ("last", "change", "trend")  # those that ask for years before


def last(value: FigureValue | None) -> str:
    """Last year's number with its unit; empty where nothing is known."""
    if value is None or value.value is None:
        return ""
    return _with_unit(value) + _declared(value)


def change(now: FigureValue, before: FigureValue | None) -> str:
    """比上年增加12件，增长8.5%; 与上年持平; of a rate in 百分点. Empty where a year is unknown or both are zero."""
    if before is None or now.value is None or before.value is None:
        return ""
    difference = now.value - before.value
    if not difference:
        return f"与上年持平{_declared(before)}" if now.value else ""
    up = difference > 0
    if now.counts == "rate":
        return f"比上年{'提高' if up else '降低'}{abs(difference)}个百分点{_declared(before)}"
    told = f"比上年{'增加' if up else '减少'}{_amount(abs(int(difference)), now.unit)}{_declared(before)}"
    if not now.value or not before.value:
        return told
    return f"{told}，{'增长' if up else '下降'}{per_cent(abs(int(difference)), int(before.value), 1)}%"


def trend(values: Sequence[FigureValue | None], year: int) -> str:
    """Three years in turn, the oldest first, with the direction where there is one; empty unless all are known."""
    numbers = [value.value for value in values if value is not None and value.value is not None]
    if len(numbers) < 3 or len(numbers) != len(values) or not any(numbers):
        return ""
    told = "、".join(
        f"{year - len(values) + n}年{_with_unit(value)}" for n, value in enumerate(values, 1) if value is not None
    )
    rising = all(a < b for a, b in pairwise(numbers))
    falling = all(a > b for a, b in pairwise(numbers))
    return told + ("，逐年上升" if rising else "，逐年下降" if falling else "")


def split(value: FigureValue) -> str:
    """The parts above zero as a list: 走访6件、来信8件. Empty where there are none."""
    return "、".join(f"{part.name}{_amount(part.value, value.unit)}" for part in value.parts if part.value)


def _with_unit(value: FigureValue) -> str:
    return in_a_sentence(value) + ("" if value.counts == "rate" else value.unit)


def _amount(number: int, unit: str) -> str:
    return f"{money(number)}元" if unit == "元" else f"{number}{unit}"


def _declared(value: FigureValue) -> str:
    """Said of a year that nobody kept in the book and a section declared."""
    return "" if getattr(value, "source", "counted") == "counted" else "（上年为申报数）"
