"""Packages as workbooks or CSV, and the platform's receipt read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from fazheng.lawbook.platform import Platform, Receipt
from fazheng.publication.rows import Row

MOST_BYTES = 50_000_000
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what makes a cell a formula in some program


class ReceiptFault(Exception):
    """The receipt cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the platform says of one row. `reason` why it was sent back, as the platform wrote it; may name somebody."""

    line: int
    row: str
    package: str
    accepted: bool
    reason: str


def workbook(platform: Platform, rows: Sequence[Row]) -> bytes:
    """The package in the platform's form. Every cell is text: nothing is a formula."""
    heads = {sheet.name: [column.head for column in sheet.columns] for sheet in platform.sheets}
    if platform.form == "csv":
        held = io.StringIO(newline="")
        writer = csv.writer(held)
        for name, columns in heads.items():
            writer.writerow([safe(head) for head in columns])
            writer.writerows([safe(row.cells[head]) for head in columns] for row in rows if row.sheet == name)
        return held.getvalue().encode("utf-8-sig")
    taken = io.BytesIO()
    book = xlsxwriter.Workbook(taken, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, columns in heads.items():
        sheet = book.add_worksheet(name[:31])
        for column, head in enumerate(columns):
            sheet.write_string(0, column, head)
        for line, row in enumerate([row for row in rows if row.sheet == name], 1):
            for column, head in enumerate(columns):
                sheet.write_string(line, column, row.cells[head])
    book.close()
    return taken.getvalue()


def safe(text: str) -> str:
    """The text as no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def read_receipt(path: Path, receipt: Receipt) -> list[Answered]:
    """Each row's answer, in the order of the file. Raises ReceiptFault for what is no receipt of this form."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReceiptFault("回执文件太大：请核对是不是选错了文件")
        tables = _csv(path) if path.suffix.lower() == ".csv" else _xlsx(path)
    except OSError as fault:
        raise ReceiptFault(f"读不到回执文件：{fault.strerror}") from fault
    except (UnicodeDecodeError, CalamineError, csv.Error) as fault:
        raise ReceiptFault("回执不是完好的 xlsx 或者 UTF-8 的 csv：请重新下载") from fault
    found = [answer for table in tables for answer in _answers(table, receipt)]
    if not found:
        raise ReceiptFault(f"回执里没有一行：要有“{receipt.row}”“{receipt.result}”这几列")
    return found


def _csv(path: Path) -> list[list[list[str]]]:
    return [list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))]


def _xlsx(path: Path) -> list[list[list[str]]]:
    book = CalamineWorkbook.from_path(str(path))
    return [
        [[str(cell).strip() for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    ]


def _answers(table: list[list[str]], receipt: Receipt) -> list[Answered]:
    wanted = (receipt.row, receipt.package, receipt.result, receipt.reason)
    start = next((n for n, row in enumerate(table) if set(wanted) <= set(row)), None)
    if start is None:
        return []
    place = {head: table[start].index(head) for head in wanted}
    found = []
    for number, row in enumerate(table[start + 1 :], start + 2):
        cells = {head: row[at].strip() if at < len(row) else "" for head, at in place.items()}
        if any(cells.values()):
            found.append(_answer(number, cells, receipt))
    return found


def _answer(number: int, cells: Mapping[str, str], receipt: Receipt) -> Answered:
    said = cells[receipt.result]
    if said not in (*receipt.accepted, *receipt.rejected):
        known = "、".join((*receipt.accepted, *receipt.rejected))
        raise ReceiptFault(f"第{number}行的“{receipt.result}”不是认识的词；认识的有：{known}。没有登记")
    if said in receipt.rejected and not cells[receipt.reason]:
        raise ReceiptFault(f"第{number}行退回而没有写“{receipt.reason}”。没有登记")
    return Answered(number, cells[receipt.row], cells[receipt.package], said in receipt.accepted, cells[receipt.reason])
