"""The workbook a bureau fills: heads, notes, drop-downs, formats; filled from rows where there are some."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from fazheng.casework import clock
from fazheng.casework.workbook.container import UnusableWorkbook
from fazheng.casework.workbook.guide import guide
from fazheng.casework.workbook.layout import GUIDE, OPTIONS, Column, Sheet, Versions, layout, procedures_of
from fazheng.casework.workbook.notes import note
from fazheng.lawbook.load import LawBook
from fazheng.procedure.fields import FieldFault, read_date

_FORMATS = {"date": "yyyy-mm-dd", "number": "0", "yuan": "0.00"}
_ROOM = 5000  # rows below the last one that still have the drop-downs
_DIGITS = 15  # a spreadsheet keeps no more of a number
Rows = Sequence[Mapping[str, str]]


def write_template(path: Path, book: LawBook, of: Collection[str] = ()) -> None:
    """Writes the empty workbook; `of` ids of procedures, with their sheets alone.

    Raises UnusableWorkbook where the file cannot be written.
    """
    write_workbook(path, book, {}, of)


def write_workbook(path: Path, book: LawBook, sheets: Mapping[str, Rows], of: Collection[str] = ()) -> None:
    """Writes the workbook with rows: by sheet name, each a table of column head (with or without *) and text.

    Dates and numbers become dates and numbers; what does not read as one stays text, for the import to find fault
    with. Raises KeyError for a sheet or head the workbook has not; UnusableWorkbook where the file cannot be written.
    """
    plan = layout(book, of)
    if unknown := set(sheets) - {sheet.name for sheet in plan}:
        raise KeyError(f"工作簿没有“{'、'.join(sorted(unknown))}”表")
    if path.suffix.lower() != ".xlsx":
        raise UnusableWorkbook(f"模板要存成 .xlsx 文件，“{path.name}”不是")
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"title": "法正导入模板", "created": clock.now().replace(tzinfo=None)})
    paper = _Paper(workbook)
    _write_guide(workbook.add_worksheet(GUIDE), procedures_of(book, of), paper)
    pages = [(workbook.add_worksheet(sheet.name), sheet) for sheet in plan]
    ranges = _write_options(workbook, plan)
    for page, sheet in pages:
        _write_sheet(page, sheet, sheets.get(sheet.name, ()), ranges, paper)
    try:
        workbook.close()
    except (OSError, XlsxWriterException):
        raise UnusableWorkbook(f"写不了 {path}：请检查文件夹和权限；文件正开着的，请先关闭") from None


class _Paper:
    """The cell formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        head = {"bold": True, "bg_color": "#E7EEF7", "bottom": 1, "text_wrap": True, "valign": "top"}
        self.head = workbook.add_format(head)
        self.starred = workbook.add_format(head | {"font_color": "#A61B1B"})
        self.heading = workbook.add_format({"bold": True, "font_size": 13})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._cells = {form: workbook.add_format({"num_format": code}) for form, code in _FORMATS.items()}
        self._text = workbook.add_format({"num_format": 49})  # @, the built-in one

    def cell(self, form: str) -> Any:
        return self._cells.get(form, self._text)


def _write_guide(page: Any, procedures: Versions, paper: _Paper) -> None:
    page.set_column(0, 0, 110)
    for row, (heading, text) in enumerate(guide(procedures)):
        page.write_string(row, 0, heading or text, paper.heading if heading else paper.wrapped)


def _write_options(workbook: Any, plan: Iterable[Sheet]) -> dict[tuple[str, ...], str]:
    """The hidden sheet with every set of options, a column each; where each stands, as a formula."""
    page = workbook.add_worksheet(OPTIONS)
    page.hide()
    wanted = dict.fromkeys(column.options for sheet in plan for column in sheet.columns if column.options)
    ranges = {}
    for n, options in enumerate(wanted):
        for row, option in enumerate(options):
            page.write_string(row, n, option)
        letter = xlsxwriter.utility.xl_col_to_name(n, col_abs=True)
        ranges[options] = f"='{OPTIONS}'!{letter}$1:{letter}${len(options)}"
    return ranges


def _write_sheet(page: Any, sheet: Sheet, rows: Rows, ranges: Mapping[tuple[str, ...], str], paper: _Paper) -> None:
    last = len(rows) + _ROOM
    for n, column in enumerate(sheet.columns):
        title = column.head + ("*" if column.required else "")
        page.set_column(n, n, min(max(2 * len(title) + 2, 11), 36), paper.cell(column.form))
        page.write_string(0, n, title, paper.starred if column.required else paper.head)
        text = note(column)
        page.write_comment(0, n, text, {"x_scale": 2, "y_scale": 1 + len(text) // 60, "visible": False})
        if column.options:
            page.data_validation(1, n, last, n, {
                "validate": "list", "source": ranges[column.options],
                "error_title": "不在可选项里", "error_message": "请从下拉框里选",
            })  # fmt: skip
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(sheet.columns) - 1)
    places = {column.head: (n, column) for n, column in enumerate(sheet.columns)}
    for row, values in enumerate(rows, 1):
        for head, text in values.items():
            if text.strip():
                n, column = places[head.rstrip("*")]
                _write_cell(page, row, n, column, text.strip(), paper)


def _write_cell(page: Any, row: int, n: int, column: Column, text: str, paper: _Paper) -> None:
    shown = paper.cell(column.form)
    if column.form == "date" and (day := _day(text)):
        page.write_datetime(row, n, day, shown)
    elif column.form in ("number", "yuan") and (number := _number(text)) is not None:
        page.write_number(row, n, number, shown)
    else:
        page.write_string(row, n, text, shown)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(read_date(text))
    except FieldFault:
        return None


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "")
    if not re.fullmatch(r"-?[\d.]+", plain) or len(plain) > _DIGITS:
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None
