"""Figures of several periods beside each other: the difference, and by how much per cent they grew."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from fazheng.figures import FigureValue, Period, number_text, told
from fazheng.figures.comparing import growth

_MARKS = {"counted": "", "declared": "（申报）", "mixed": "（含申报）"}


def in_unit(value: int | Decimal | None, unit: str) -> int | float | None:
    """The number for a program: 元 with its decimals, a rate as a number, null without data."""
    if value is None or (isinstance(value, int) and unit != "元"):
        return value
    return value / 100 if isinstance(value, int) else float(value)


def _difference(before: FigureValue, after: FigureValue) -> int | Decimal | None:
    if before.value is None or after.value is None:
        return None
    return Decimal(after.value) - Decimal(before.value) if after.counts == "rate" else int(after.value - before.value)


def as_json(spans: Sequence[Period], found: Sequence[Sequence[FigureValue]]) -> dict[str, Any]:
    """For a program: each figure with its values by period and the steps between neighbours."""
    return {
        "periods": [{"first": str(first), "last": str(last), "name": told((first, last))} for first, last in spans],
        "figures": [_row_as_json(values) for values in zip(*found, strict=True)],
    }


def _row_as_json(values: Sequence[FigureValue]) -> dict[str, Any]:
    steps = [
        {"difference": in_unit(_difference(one, two), one.unit), "growth": growth(one, two)}
        for one, two in pairwise(values)
    ]
    last = values[-1]
    return {
        "id": last.id, "name": last.name, "unit": last.unit, "steps": steps,
        "values": [{"value": in_unit(one.value, one.unit), "shown": one.shown, "source": one.source} for one in values],
    }  # fmt: skip


def as_text(spans: Sequence[Period], found: Sequence[Sequence[FigureValue]]) -> str:
    """A line a figure: 收到工单数［…］ 2023年12件；2024年15件，增加3件，+25.0%."""
    return "\n".join(_line(spans, values) for values in zip(*found, strict=True))


def _line(spans: Sequence[Period], values: Sequence[FigureValue]) -> str:
    pieces = [f"{told(spans[0])}{_shown(values[0])}"]
    for span, one, two in zip(spans[1:], values, values[1:], strict=False):
        step, grown = _difference(one, two), growth(one, two)
        moved = ""
        if step is not None and two.counts != "rate":
            word = "增加" if step > 0 else "减少"
            moved = f"，{word}{number_text(abs(int(step)), two.unit)}{two.unit}" if step else "，持平"
        pieces.append(f"{told(span)}{_shown(two)}{moved}，增长{grown}")
    return f"{values[0].name}［{values[0].id}］ " + "；".join(pieces)


def _shown(value: FigureValue) -> str:
    unit = value.unit if value.value is not None and value.counts != "rate" else ""
    return f"{value.shown}{unit}{_MARKS[value.source] if value.value is not None else ''}"
