"""One figure over two periods: by how much it grew."""

from __future__ import annotations

from decimal import Decimal

from fazheng.figures.value import NO_DATA, NOTHING_OVER, FigureValue, per_cent


def growth(before: FigureValue, after: FigureValue) -> str:
    """By how much per cent `after` is above `before`, with its sign; 无 over nothing, 无数据 where one is missing.

    Of rates the difference in points (百分点): a rate of rates misleads.
    """
    if before.value is None or after.value is None:
        over = NOTHING_OVER in (before.note, after.note)
        return NOTHING_OVER if over else NO_DATA
    if after.counts == "rate":
        points = Decimal(after.value) - Decimal(before.value)
        return f"{points:+}个百分点"
    if before.value == 0:
        return NOTHING_OVER
    return f"{per_cent(int(after.value - before.value), int(before.value), 1):+}%"
