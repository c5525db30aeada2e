"""A counted number beside the declared ones: which of them is the figure's, and where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from fazheng.figures.declared import Declared
from fazheng.figures.periods import Period, chinese
from fazheng.figures.value import NO_DATA, FigureValue, number_text


def with_declared(counted: FigureValue, declared: Sequence[Declared], period: Period) -> FigureValue:
    """The counted number where the book holds one, with what was declared beside it where that differs; else the
    declared one. A number that a rule nobody adopted keeps from being counted is not declared either.
    """
    if not declared:
        return counted
    said = sum(one.value for one in declared)
    if counted.value is not None:
        assert isinstance(counted.value, int)
        return counted if said == counted.value else replace(
            counted, declared=_both(counted, declared), against=(said, counted.value))  # fmt: skip
    if not counted.note.endswith(NO_DATA):
        return counted
    pieces = f"由{len(declared)}段申报数相加，" if len(declared) > 1 else ""
    told = f"{counted.definition}{pieces}账本里没有这些事项，是申报数。"
    return replace(counted, value=said, definition=told, note="", source="declared", declared=tuple(declared), rows=())


def with_opening(counted: FigureValue, opening: Declared, then: Callable[[date], int], period: Period) -> FigureValue:
    """The opening stock and what the book counts since. Where the book holds all of that day itself, what it counts;
    where it holds more than was declared, what it counts, and the two stand against each other.
    """
    if counted.value is None and not counted.note.endswith(NO_DATA):
        return counted
    day = date.fromisoformat(opening.last_day)
    held = then(day)
    now = counted.value if isinstance(counted.value, int) else 0
    if counted.value is not None and held == opening.value:
        return counted
    if held > opening.value:
        return replace(counted, declared=(opening,), against=(opening.value, held))
    since = now - held
    text = number_text(opening.value, counted.unit)
    moved = f"此后账本里{'增加' if since > 0 else '减少'}{number_text(abs(since), counted.unit)}{counted.unit}"
    told = (
        f"{counted.definition}期初数{text}{counted.unit}（{chinese(day)}，申报），"
        f"{moved if since else '此后账本里没有增减'}。"
    )
    return replace(
        counted, value=opening.value + since, definition=told, note="", parts=(), declared=(opening,),
        source="mixed" if now or held else "declared",
    )  # fmt: skip


def made_of(values: Iterable[FigureValue]) -> tuple[Declared, ...]:
    """The declarations that these numbers rest on; those that a counted number stands against are none."""
    return tuple(sorted({one for value in values if value.source != "counted" for one in value.declared}))


def _both(counted: FigureValue, declared: Sequence[Declared]) -> tuple[Declared, ...]:
    """Of a sum that rests on declared numbers those too; of any other the ones it stands against."""
    return tuple(dict.fromkeys((*declared, *(counted.declared if counted.source != "counted" else ()))))
