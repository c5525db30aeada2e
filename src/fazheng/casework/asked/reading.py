"""The sheet read back: what was filled in becomes declared numbers, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from fazheng.casework.act import Act
from fazheng.casework.asked.sheet import BUREAU, CODE, HEADS, NAME, PAPER, PERIOD, SECTION, SIGNED, VALUE
from fazheng.casework.bureaux import Bureau
from fazheng.casework.declared_numbers import Number, NumberFault, declare_number, number_from, standing_number
from fazheng.casework.workbook.container import UnusableWorkbook, damaged, examine, refuse_too_wide
from fazheng.casework.workbook.faults import Fault, refused
from fazheng.casework.writing import Writing, writing
from fazheng.figures import FigureValue, Period, PeriodFault, between, count
from fazheng.lawbook.load import LawBook

_SEARCHED = 20  # rows at the top among which the heads are looked for
CORRECTED = "数据核对表更正"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet. With faults nothing was entered. `differing`: declared beside another counted number."""

    period: Period
    section: str
    declared: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    unchanged: int = 0
    blank: int = 0
    faults: tuple[Fault, ...] = ()


class SheetRefused(Exception):
    """Ends the transaction, so that nothing of the sheet is entered; `taken` says which faults it has."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    id: str
    value: Any
    paper: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that came back: what its lines say, beside what the book has for them now."""

    period: Period
    section: str
    lines: tuple[_Line, ...]
    known: Mapping[str, FigureValue]


def take_back(filled: Filled, bureau: Bureau, by: Act, paper: str = "") -> Taken:
    """Enters what the section filled in or changed. `paper` is that of rows which name none.

    A counted number that was changed is declared beside it and stands against it; a blank stays no data; what stands
    already is left.
    """
    try:
        with writing(bureau) as act:
            return take_in(act, filled, by, paper)
    except SheetRefused as fault:
        return fault.taken


def read_filled(path: Path, bureau: Bureau, book: LawBook) -> Filled:
    """The sheet, read before the book is held for it. Raises UnusableWorkbook for a file that is no such sheet, or one
    of another bureau.
    """
    cells = _cells(path)
    period, section = _about(path, cells, bureau)
    lines = _lines(path, cells)
    ids = [line.id for line in lines if line.id in book.figures]
    known = {value.id: value for value in count(bureau.code, book, period, ids)} if ids else {}
    return Filled(period, section, tuple(lines), known)


def take_in(act: Writing, filled: Filled, by: Act, paper: str = "") -> Taken:
    """Enters the sheet as `take_back` does, within a transaction that SheetRefused ends where a line has a fault.

    Taken in twice it changes nothing the second time: what stands declared is left.
    """
    faults: list[Fault] = []
    taken = Taken(filled.period, filled.section, blank=sum(line.value in ("", None) for line in filled.lines))
    for line in filled.lines:
        if line.value not in ("", None):
            taken = _take(act, line, filled.known, taken, by, paper, faults)
    if faults:
        raise SheetRefused(Taken(filled.period, filled.section, faults=tuple(faults)))
    return taken


def _take(
    act: Writing, line: _Line, known: Mapping[str, FigureValue], taken: Taken, by: Act, paper: str, faults: list[Fault]
) -> Taken:
    value = known.get(line.id)
    if value is None:
        faults.append(Fault(NAME, line.row, CODE, f"没有统计项“{line.id}”；编号一栏不改"))
        return taken
    if value.counts == "rate":
        if str(line.value).strip() != value.shown:
            faults.append(Fault(NAME, line.row, VALUE, "比率不填，由它的两个数算出；请改那两个数，把这一格恢复原样"))
        return taken
    try:
        number = number_from(line.value, act.book.figures[line.id])
    except NumberFault as fault:
        faults.append(Fault(NAME, line.row, VALUE, str(fault)))
        return taken
    asked = Number(line.id, taken.period, number, line.paper or paper, taken.section)
    stands = standing_number(act.bureau.code, asked)
    if value.value == number or (stands is not None and stands.value == number):
        return replace(taken, unchanged=taken.unchanged + 1)
    if not asked.paper.strip():
        faults.append(Fault(NAME, line.row, PAPER, "这个数与账本不同或账本里没有，要写出自哪份文件"))
        return taken
    if refusals := declare_number(act, replace(asked, reason=CORRECTED if stands else ""), by):
        faults.extend(refused(NAME, line.row, VALUE, value.name, one) for one in refusals)
        return taken
    counted = value.value is not None and value.source != "declared"
    differing = (*taken.differing, line.id) if counted else taken.differing
    return replace(taken, declared=(*taken.declared, line.id), differing=differing)


def _cells(path: Path) -> list[list[Any]]:
    extents = examine(path)
    if NAME not in extents:
        raise UnusableWorkbook(f"“{path.name}”里没有“{NAME}”表。请用法正做出的核对表填写")
    refuse_too_wide(path, NAME, extents[NAME])
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return book.get_sheet_by_name(NAME).to_python(skip_empty_area=False)
    except CalamineError:
        raise damaged(path) from None


def _about(path: Path, cells: Sequence[Sequence[Any]], bureau: Bureau) -> tuple[Period, str]:
    """The period and section that the sheet itself names."""
    marks = {PERIOD: "", SECTION: "", BUREAU: ""}
    for row in cells[:_SEARCHED]:
        texts = [str(cell).strip() for cell in row]
        marks |= {one: two for one, two in pairwise(texts) if one in marks and two}
    if marks[BUREAU] != bureau.code:
        raise UnusableWorkbook(f"“{path.name}”不是“{bureau.name}”（{bureau.code}）的表：单位编号一格要照原样")
    begins, _, ends = marks[PERIOD].partition("..")
    try:
        return between(begins, ends), marks[SECTION]
    except PeriodFault as fault:
        raise UnusableWorkbook(f"“{path.name}”的期间一格要照原样：{fault}") from fault


def _lines(path: Path, cells: Sequence[Sequence[Any]]) -> list[_Line]:
    """The rows below the heads, down to the line to sign."""
    at, heads = _heads(path, cells)
    found = []
    for number, row in enumerate(cells[at + 1 :], at + 2):
        id = str(row[heads[CODE]]).strip()
        if id and not id.startswith(SIGNED[:3]):
            found.append(_Line(number, id, row[heads[VALUE]], str(row[heads[PAPER]]).strip()))
    return found


def _heads(path: Path, cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """The row of heads, counted from 0, and the column of each. Raises UnusableWorkbook."""
    for at, row in enumerate(cells[:_SEARCHED]):
        heads = {str(cell).strip(): column for column, cell in enumerate(row)}
        if {CODE, VALUE, PAPER} <= heads.keys():
            return at, heads
    raise UnusableWorkbook(f"“{path.name}”里找不到表头（{'、'.join(HEADS)}），请照原样保留")
