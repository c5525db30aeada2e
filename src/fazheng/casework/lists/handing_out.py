"""A list as a file: a line at a time, nothing in it that a spreadsheet would run; entered before it leaves."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

import xlsxwriter

from fazheng.casework.exporting import exportable, record_export
from fazheng.casework.writing import Act, Writing
from fazheng.procedure.surroundings import Refusal
from fazheng.publication.sheets import safe

Form = Literal["xlsx", "csv"]
FORMS: tuple[Form, ...] = ("xlsx", "csv")
_MOST = 1_000_000  # lines of a sheet; Excel holds no more


@dataclass(frozen=True)
class HandedOut:
    """What leaves: its name in the file's name, the heads with whether their column holds numbers, its lines, and what
    was asked, in Chinese.
    """

    name: str
    heads: Sequence[tuple[str, bool]]
    lines: Iterator[list[str]]
    said: str


def write_csv(path: Path, out: HandedOut) -> int:
    """Writes the list; how many lines. With the mark that lets Excel and WPS read it as UTF-8."""
    many = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe(head) for head, _ in out.heads])
        for line in out.lines:
            writer.writerow([safe(text) for text in line])
            many += 1
    return many


def write_xlsx(path: Path, out: HandedOut) -> int:
    """Writes the list in constant memory; how many lines. Numbers are numbers, all else is text and never a formula."""
    many = 0
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet("台账")
        bold = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for column, (head, _) in enumerate(out.heads):
            sheet.write_string(0, column, head, bold)
        for line in out.lines:
            many += 1
            if many > _MOST:
                raise ListTooLong
            for column, text in enumerate(line):
                number = _number(text) if out.heads[column][1] else None
                if number is not None:
                    sheet.write_number(many, column, number)
                elif text:
                    sheet.write_string(many, column, safe(text))
    return many


class ListTooLong(ValueError):
    """More lines than a sheet holds."""


def hand_out(act: Writing, by: Act, out: HandedOut, form: Form, to: str, many: int, path: Path) -> tuple[Refusal, ...]:
    """Enters that the file leaves, with its digest; refused where nobody says to whom. The file is written already."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return record_export(
        act,
        by,
        form=form,
        to=to,
        said=out.said,
        whole=False,
        reason="",
        counts={"rows": many},
        digests={f"{out.name}.{form}": digest},
    )


def may_leave(act: Writing, by: Act, to: str) -> tuple[Refusal, ...]:
    """Why the list may not be handed out; asked before it is written."""
    return exportable(act, by, to=to, whole=False, reason="")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
