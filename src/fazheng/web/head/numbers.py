"""Figures on a page of the head: each with what it means, and its cases one click away."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from fazheng.figures import FigureValue
from fazheng.figures.value import NO_DATA, NOTHING_OVER
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_COLUMNS = (Column("name", "统计项", frozen=True), Column("value", "数", number=True), Column("base", "分子/分母"),
            Column("definition", "怎么数的"))  # fmt: skip
_LONG = 120  # characters of a definition
_NO_DATA = "没有数据"
_SOURCES = {"counted": "", "declared": "（申报数）", "mixed": "（含申报数）"}


def numbers(asked: Asked, question: Question) -> Part:
    """The figures of the question in its year."""
    year = asked.year_of(question)
    values = asked.values(year)
    rows = [_row(values[id], year) for id in question.figures if id in values]
    title = f"{year}年{'' if year < asked.this_year else f'（截至{asked.visit.today}）'}"
    table = Table(f"{question.asks}的统计数", _COLUMNS, rows, "法条文件里没有这些统计项。")
    return Part(title, table)


def _row(value: FigureValue, year: int) -> list[Cell]:
    base = f"{value.numerator}/{value.denominator}" if value.denominator is not None else ""
    return [
        Cell(value.name),
        Cell(shown(value), rows_url(value, year)),
        Cell(base),
        Cell(f"{_cut(value.definition)}{_SOURCES[value.source]}"),
    ]


def _cut(definition: str) -> str:
    """The beginning of a definition that names fifty rules; all of it stands on the number's own page."""
    return definition if len(definition) <= _LONG else f"{definition[:_LONG]}……（全文点数看）"


def shown(value: FigureValue) -> str:
    """The number with its unit; without one, why: what nobody entered is no nought."""
    if value.value is None:
        return {NO_DATA: _NO_DATA, NOTHING_OVER: "没有可比的基数"}.get(value.note, value.note or _NO_DATA)
    return value.shown if value.counts == "rate" else f"{value.shown} {value.unit}"


def rows_url(value: FigureValue, year: int) -> str:
    """Where the cases or rows of the figure stand; "" where it has none to show."""
    return reverse("head_rows", args=[year, quote(value.id)]) if value.value is not None else ""


def case_url(case_id: str) -> str:
    return reverse("case", args=[case_id])
