"""Whether a number of a text is the book's number, as precisely as the text writes it."""

from __future__ import annotations

import re
from decimal import Decimal

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.figures import in_ones
from fazheng.figures import FigureValue

_BASE = re.compile(r"[（(，,]\D{0,4}?(\d+)/(\d+)[）)]")
_DECIMALS = re.compile(r"\.(\d+)")
FEN = 100


def agrees(figure: Figure, value: FigureValue) -> bool:
    """Equal, or equal once the book's number is rounded to the text's decimals; 余, 多, 约: within a round ten."""
    if value.value is None:
        return False
    said, book = in_ones(figure).number, _exact(value)
    if figure.vague:
        return abs(book - said) < _step(said)
    found = _DECIMALS.search(figure.raw)
    factor = said / figure.number if figure.number else Decimal(1)
    if found and (value.counts == "rate" or factor > 1):
        return abs(book - said) <= factor * Decimal(1).scaleb(-len(found[1])) / 2
    if value.counts == "rate" and value.denominator:
        return abs(book - said) < Decimal("0.5") and (said < 100 or book == 100)
    return book == said


def written_base(plain: str, end: int) -> tuple[int, int] | None:
    """Part and whole as written in brackets behind a rate; None where there is none."""
    found = _BASE.match(plain, end)
    return (int(found[1]), int(found[2])) if found else None


def _exact(value: FigureValue) -> Decimal:
    if value.numerator is not None and value.denominator:
        return Decimal(value.numerator) * 100 / Decimal(value.denominator)
    return Decimal(value.value or 0) / (FEN if value.unit == "元" else 1)


def _step(said: Decimal) -> Decimal:
    """The last round ten of a number: 10 of 160, 100 of 1200; 10 at least."""
    step = Decimal(10)
    while said and said % (step * 10) == 0:
        step *= 10
    return step
