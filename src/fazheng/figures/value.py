"""A counted figure: the number, what it was counted from, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from fazheng.figures.declared import Declared

NO_DATA = "无数据"  # the book was not kept: nothing is known
NOTHING_OVER = "无"  # a rate over nothing
NOT_ADOPTED = "本地规则未采用"  # the condition names a local rule that the place did not adopt
UNREAD = "规则待核，未启用"  # it names a rule that nobody has read in its source
Source = Literal["counted", "declared", "mixed"]
State = Literal["some", "zero", "nothing_over", "no_data"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a split: the key of the choice ("" for 未填), its Chinese name, its number."""

    key: str
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure over a period. `value`: an integer (元: in fen), for a rate a Decimal of per cent, None without data.

    `rows` are case ids or register keys, sorted; of a rate or a sum those of its figures. `parts` are in the order of
    the choices, 未填 last; of a sum what it adds up. `note` says why there is no value; empty where there is one.

    `source` says where the number comes from: counted in the book, declared (申报) by a section, or mixed, where what
    it rests on is both. `declared` are the declarations that made it, or those that a counted number stands against:
    then `against` holds what they say and what was counted for the same days.
    """

    id: str
    name: str
    unit: str
    value: int | Decimal | None
    definition: str
    rows: Sequence[str] = ()  # looked up when they are asked for
    numerator: int | None = None
    denominator: int | None = None
    parts: tuple[Part, ...] = ()
    note: str = ""
    digits: int = 0
    of: str = ""  # procedure or register whose cases or rows were counted
    counts: str = ""  # cases, events, register, sums, rate, adds
    rests_on: tuple[str, ...] = ()  # of a rate: the two figures; of a sum: those it adds up
    source: Source = "counted"
    declared: tuple[Declared, ...] = ()
    against: tuple[int, int] | None = None

    @property
    def state(self) -> State:
        """Some, zero, a rate over nothing, or no data."""
        if self.value is None:
            return "nothing_over" if self.note == NOTHING_OVER else "no_data"
        counted = self.numerator if self.numerator is not None else self.value
        return "some" if counted else "zero"

    @property
    def shown(self) -> str:
        """The number as a sentence writes it: 12, 0.6%, 1234.50 (元, without the unit), 无, 无数据."""
        if self.value is None:
            return NOTHING_OVER if self.note == NOTHING_OVER else NO_DATA
        return f"{self.value}%" if self.counts == "rate" else number_text(self.value, self.unit)


def source_of(values: Iterable[FigureValue]) -> Source:
    """Where a number comes from that rests on these: counted or declared where all are, else mixed."""
    found: set[Source] = {value.source for value in values}
    return found.pop() if len(found) == 1 else "mixed"


def number_text(value: int | Decimal, unit: str) -> str:
    """A number in its unit: 元 is printed from fen with two decimals, anything else as it is."""
    if unit != "元":
        return str(value)
    sign, fen = ("-" if value < 0 else ""), abs(int(value))
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def per_cent(numerator: int, denominator: int, digits: int) -> Decimal:
    """The rate in per cent, halves rounded up; 100 only where both are equal. `denominator` is not 0."""
    step = Decimal(1).scaleb(-digits)
    rounded = (Decimal(numerator) * 100 / Decimal(denominator)).quantize(step, ROUND_HALF_UP)
    if rounded == 100 and numerator != denominator:
        return rounded - step if abs(numerator) < abs(denominator) else rounded + step
    return rounded
