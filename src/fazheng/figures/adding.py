"""A figure that adds others up: the sum of their numbers over the union of their rows, each a part of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazheng.figures.declaring import made_of
from fazheng.figures.lazy import united
from fazheng.figures.periods import Period
from fazheng.figures.value import FigureValue, Part, source_of
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook


def rests_on(figure: Figure) -> tuple[str, ...]:
    """The figures it is worked out from, in their order: two of a rate, those it adds up, none of a count."""
    return (figure.rate.of, figure.rate.over) if figure.rate is not None else figure.adds


def added(figure: Figure, addends: Sequence[FigureValue], said: str) -> FigureValue:
    """The sum. Without data where one addend has none, for half a sum would read as the whole; `note` names it."""
    rows = united([one.rows for one in addends])
    parts = tuple(Part(one.id, one.name, one.value) for one in addends if isinstance(one.value, int))
    missing = next((one for one in addends if one.value is None), None)
    return FigureValue(
        figure.id, figure.name, figure.unit, None if missing else sum(part.value for part in parts), said, rows,
        parts=parts, note=f"“{missing.name}”{missing.note}" if missing else "", counts="adds", rests_on=figure.adds,
        source="counted" if missing else source_of(addends), declared=() if missing else made_of(addends),
    )  # fmt: skip


def added_said(figure: Figure, book: LawBook, period: Period) -> str:
    """What is added, in one sentence."""
    names = "、".join(f"“{book.figures[id].name}”" for id in figure.adds)
    return f"{names}相加，有一项无数据的，合计无数据；期间{period[0]}至{period[1]}。"


def adds_faults(figure: Figure, book: LawBook) -> Iterator[str]:
    """What is wrong with a sum: only counts of cases or events and sums of one unit add up, each once."""
    if any((figure.of, figure.event, figure.where, figure.splits, figure.distinct, figure.digits, figure.moved)):
        yield "adds 不写 of、event、where、splits、distinct、digits、moved，写在它的各个统计项里"
    if len(figure.adds) < 2 or len(set(figure.adds)) < len(figure.adds):
        yield "adds 至少写两个统计项，每个只写一次"
    for id in dict.fromkeys(figure.adds):
        addend = book.figures.get(id)
        if addend is None:
            yield f"没有统计项“{id}”"
        elif addend.rate is not None or addend.adds or addend.counts == "register":
            yield f"“{id}”是比率、合计或者台账的行数，不能相加"
        elif addend.unit != figure.unit:
            yield f"“{id}”的单位是{addend.unit}，不能加成{figure.unit}"
