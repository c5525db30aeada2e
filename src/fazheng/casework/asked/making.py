"""The sheet as a workbook: numbers of the book filled in, blanks to be filled, a line to sign."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from fazheng.casework import clock
from fazheng.casework.asked.sheet import BUREAU, HEADS, NAME, PERIOD, SECTION, SIGNED, AskedRow, AskedSheet
from fazheng.figures import FigureValue

HOW = (
    "请核对“本期数”：与账本不符的，直接改，并写明依据的文件；空着的，有数填数，确实没有发生的填0；不知道的不填。"
    "比率不填，由它的两个数算出。其他各栏不改。"
)
_WIDTHS = (30, 30, 6, 12, 12, 34, 8, 34, 60)


def as_workbook(sheet: AskedSheet) -> bytes:
    """The file, .xlsx."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"title": sheet.title, "created": clock.now().replace(tzinfo=None)})
    page = book.add_worksheet(NAME)
    bold = book.add_format({"bold": True, "font_size": 16})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EEEEEE"})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    fill = book.add_format({"border": 1, "valign": "top", "bg_color": "#FFF8DC"})
    page.write_string(0, 0, ("【示例】" if sheet.example else "") + sheet.title, bold)
    for column, text in enumerate((PERIOD, sheet.days, SECTION, sheet.section, BUREAU, sheet.bureau.code)):
        page.write_string(1, column, text)
    page.write_string(2, 0, HOW)
    for column, (text, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(3, column, text, head)
    for number, row in enumerate(sheet.rows, 4):
        _row(page, number, row, plain, plain if row.rate else fill)
    last = len(sheet.rows) + 5
    page.write_string(last, 0, SIGNED)
    page.write_string(last, 3, "日期：")
    _printed(page, last)
    book.close()
    return held.getvalue()


def _row(page: Any, number: int, row: AskedRow, plain: Any, fill: Any) -> None:
    value = row.value
    for column, text in ((0, value.id), (1, value.name), (2, value.unit), (5, row.source), (8, value.definition)):
        page.write_string(number, column, text, plain)
    _number(page, number, 3, row.before, plain)
    _number(page, number, 4, value, fill)
    page.write(number, 6, len(value.rows) if value.rows else "", plain)
    page.write_string(number, 7, "", plain if row.rate else fill)


def _number(page: Any, row: int, column: int, value: FigureValue, form: Any) -> None:
    """A number as a number, 元 with its decimals; a rate as text with its sign; nothing where there is no data."""
    if value.value is None:
        page.write_blank(row, column, None, form)
    elif value.counts == "rate":
        page.write_string(row, column, value.shown, form)
    else:
        page.write_number(row, column, value.value / 100 if value.unit == "元" else value.value, form)


def _printed(page: Any, last: int) -> None:
    page.freeze_panes(4, 2)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    page.print_area(0, 0, last, 7)
