"""The tables of a report as a workbook: a sheet a table, numbers as numbers, its rules below it."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import Any

import xlsxwriter

from fazheng.report.composed import Composed
from fazheng.report.tabled import TableText

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
MOST = 31  # characters of a sheet's name


def workbook(composed: Composed) -> bytes:
    """The file, .xlsx; the same book gives the same cells. What is not known is the word 无数据, not an empty cell."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": composed.title, "created": datetime.combine(composed.period[1], time())})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EEEEEE"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"border": 1, "valign": "top", "num_format": "0.00"}),
        "note": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for table in composed.tables:
        page = book.add_worksheet(_NOT_IN_NAMES.sub("", table.name)[:MOST])
        _sheet(page, table, composed, forms)
    book.close()
    return held.getvalue()


def _sheet(page: Any, table: TableText, composed: Composed, forms: dict[str, Any]) -> None:
    first, last = composed.period
    page.write_string(0, 0, f"{'【示例】' if composed.example else ''}{composed.title}　{table.name}", forms["title"])
    page.write_string(1, 0, f"统计期间：{first}至{last}；所据账本：至第{composed.seq}条")
    page.set_column(0, 0, 40)
    page.set_column(1, len(table.head), 22)
    for column, name in enumerate(table.head):
        page.write_string(2, column, name, forms["head"])
    for number, row in enumerate(table.rows, 3):
        for column, cell in enumerate(row):
            if cell.number is None:
                page.write_string(number, column, cell.text, forms["cell"])
            else:
                whole = cell.number == cell.number.to_integral_value() and "." not in cell.text
                page.write_number(number, column, float(cell.number), forms["cell" if whole else "money"])
    below = len(table.rows) + 4
    for number, note in enumerate(table.notes, below):
        page.merge_range(number, 0, number, len(table.head) - 1, f"{note}。", forms["note"])
        page.set_row(number, 32)
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
