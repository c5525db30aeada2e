"""A figure in one sentence: its number, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from fazheng.figures.declared import Declared
from fazheng.figures.value import FigureValue, number_text

DECLARED_MARK = "申报"


def saying(value: FigureValue, sections: Mapping[str, str]) -> str:
    """The number with its source: rows counted, a zero, who declared it on which paper, or why there is none.

    `sections` are the names of those who declare, by role.
    """
    if value.value is None:
        why = "基数为零" if value.state == "nothing_over" else value.note
        return f"{value.name}{value.shown}" + (f"（{why}）" if why != value.shown else "") + "。"
    unit = "" if value.counts == "rate" else value.unit
    base = f"{value.numerator}/{value.denominator}，" if value.denominator is not None else ""
    return f"{value.name}{value.shown}{unit}（{base}{origin(value, sections)}）。"


def origin(value: FigureValue, sections: Mapping[str, str]) -> str:
    """Where the number comes from: 12件案件, 申报：…, or both."""
    told = []
    if value.source != "counted":
        said = dict.fromkeys(f"{DECLARED_MARK}：{who(one, sections)}" for one in value.declared)
        told = ["；".join(said)]  # two figures of a rate are often signed on one paper
    if value.rows:
        told.append(f"{'另' if told else ''}数出{len(value.rows)}{'行' if value.counts == 'register' else '件案件'}")
    elif value.source == "counted":
        told.append("零，账本里有记录，没有符合的")
    if value.against is not None:
        told.append(against(value, sections))
    return "，".join(told)


def against(value: FigureValue, sections: Mapping[str, str]) -> str:
    """How a counted number and a declared one differ; empty where they do not."""
    if value.against is None:
        return ""
    said, counted = (number_text(number, value.unit) for number in value.against)
    told = "；".join(who(one, sections) for one in value.declared)
    opening = any(one.opening for one in value.declared)
    return f"{'期初数' if opening else ''}申报{said}，账本数出{counted}（{told}）"


def who(one: Declared, sections: Mapping[str, str]) -> str:
    """Section, signer, day and paper of a declared number."""
    days = f"{one.first_day}至{one.last_day}，" if not one.opening else f"{one.last_day}期初，"
    return f"{days}{sections.get(one.section, one.section)}，{one.by}，{one.on_day}，{one.reference}"
