"""Rows of the sheet 零申报: in that year no case of that procedure, signed by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fazheng.casework.declaring import declare_nothing
from fazheng.casework.workbook.digests import PREFIX
from fazheng.casework.workbook.faults import refused
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.judging import Importing
from fazheng.casework.workbook.layout import NOTHING, ON, PROCEDURE, SIGNER, YEAR, procedures_named
from fazheng.casework.workbook.lines import Line
from fazheng.casework.writing import Act


@dataclass(slots=True)
class _Zero:
    line: Line
    procedure: str
    year: int
    signer: str
    on: date


def declare_zeros(importing: Importing, grids: Iterable[Grid]) -> None:
    """Signs each zero that is not in the book yet."""
    lines = [Line(grid, row, importing.faults.append) for grid in grids for row in grid.rows]
    zeros = [zero for line in lines if (zero := _zero(importing, line))]
    fresh = {id(line) for line in importing.skip([zero.line for zero in zeros])}
    for _ in range(len(lines) - len(zeros)):
        importing.advance()
    for zero in zeros:
        importing.advance()
        if id(zero.line) in fresh:
            _declare(importing, zero)


def _zero(importing: Importing, line: Line) -> _Zero | None:
    name, year = line.text(PROCEDURE, "text", required=True), line.text(YEAR, "number", required=True)
    signer, on = line.text(SIGNER, required=True), line.day(ON)
    found = tuple(procedures_named(name, importing.act.book)) if name else ()
    if name and not found:
        line.fault(PROCEDURE, f"没有叫“{name}”的程序，请从下拉框里选")
    year = year.removesuffix("年")
    if year and not (year.isdecimal() and len(year) == 4):
        line.fault(YEAR, f"“{year}”不是年份，要写成 2024 的样子")
    if on and on > importing.act.today:
        line.fault(ON, f"{on}还没有到；今天是{importing.act.today}，请核对日期")
    if not line.sound or on is None:
        return None
    line.digest = importing.digests.digest(NOTHING, {"": [found[0], int(year), signer, on.isoformat()]})
    return _Zero(line, found[0], int(year), signer, on)


def _declare(importing: Importing, zero: _Zero) -> None:
    by = Act(zero.on, zero.signer, {}, entered_by=importing.who, source=PREFIX + zero.line.digest)
    refusals = declare_nothing(importing.act, zero.procedure, zero.year, by)
    importing.entered += not refusals
    for refusal in refusals:
        head = SIGNER if refusal.gate == "role" else YEAR
        zero.line.tell(refused(*zero.line.place, head, NOTHING, refusal))
