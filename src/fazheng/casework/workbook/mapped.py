"""The cells of another system's sheet as cells of our own sheets: words translated, days read, numbers named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from fazheng.casework.workbook.cells import plain_head, text_of
from fazheng.casework.workbook.faults import CellFault, without_persons
from fazheng.casework.workbook.foreign import Foreign
from fazheng.casework.workbook.grid import Grid, Row
from fazheng.casework.workbook.layout import (
    BY,
    HAPPENED,
    ON,
    PAPER,
    PROCEDURE,
    REF,
    SINCE,
    STEP,
    Sheet,
    head_of,
)
from fazheng.lawbook.figure import Register
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.sheets import From, Only, SheetCase, SheetMap, SheetRow, SheetStep, Source, source
from fazheng.procedure.fields import FieldFault, read_date

_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet
_SERIAL = range(20_000, 80_000)  # 1954 to 2119
_TIMED = re.compile(r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)[\sT]*\d{1,2}[:：时].*")
_STAMP = re.compile(r"(\d{8})\d{4,6}")
_MOST_TOLD = 12  # rows told by their numbers
_NUMBER = re.compile(r"\d{5}(\.\d+)?")
Cells = Sequence[Any]


@dataclass(slots=True)
class Part:
    """One grid that a part of the mapping fills: the opening, a step, the rows of a register."""

    of: SheetCase | SheetStep | SheetRow
    grid: Grid
    by_field: dict[str, From] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Their:
    """A row of their sheet with the number that it bears in a part of the mapping; empty where it bears none."""

    number: int
    cells: Cells
    ref: str


class Mapped:
    """A sheet read by a mapping. Columns that the mapping does not name are not looked at."""

    def __init__(self, sheet: Foreign, found: SheetMap, by: str) -> None:
        self.sheet, self.map, self._by = sheet, found, by
        self._places = {head: place for head in found.columns() if (place := sheet.place(head)) is not None}

    @property
    def missing(self) -> list[str]:
        """Columns of the mapping that the sheet has not."""
        return [head for head in self.map.columns() if head not in self._places]

    @property
    def unknown(self) -> list[str]:
        """Columns of the sheet that the mapping neither reads nor passes over."""
        known = set(self._places.values()) | {self.sheet.place(head) for head in self.map.passed_over}
        return [head for n, head in enumerate(self.sheet.heads) if head and n not in known]

    def part(self, of: SheetCase | SheetStep | SheetRow, place: int, versions: Sequence[Procedure | Register]) -> Part:
        """An empty grid for a part; `place` orders steps of one day."""
        kind, name = ("register", of.register) if isinstance(of, SheetRow) else ("further", "")
        if isinstance(of, SheetCase):
            kind, name = "opening", of.procedure
        grid = Grid(Sheet(self.sheet.sheet, kind, name, ()), place, merged=self.sheet.merged, errors=self.sheet.errors)  # type: ignore[arg-type]
        part = Part(of, grid, {name: source(one) for name, one in of.fields.items()})
        shown: dict[str, str] = {}
        for version in versions:
            shown |= {_label(version, name): one.column for name, one in part.by_field.items() if one.column}
        shown |= self._own(of)
        grid.shown = shown
        grid.positions = {ours: self._places[their] + 1 for ours, their in shown.items() if their in self._places}
        return part

    def _own(self, of: SheetCase | SheetStep | SheetRow) -> dict[str, str]:
        if isinstance(of, SheetRow):
            return {SINCE: of.since, PAPER: of.since}
        numbers = next((one.number for one in self.map.cases if one is of or of in one.steps), ("",))
        return {ON: of.on, REF: "-".join(numbers), STEP: of.on, PROCEDURE: of.on, BY: source(of.by).column or of.on}

    def taken(self, cells: Cells) -> bool:
        """Whether a row is one of the table: no sum, no note below it."""
        first = next((plain_head(cell) for cell in cells if plain_head(cell)), "")
        return bool(first) and not any(first.startswith(plain_head(word)) for word in self.map.skip_rows)

    def heads_again(self, cells: Cells) -> bool:
        """Whether the heads stand there once more, as on every page that was printed."""
        return all(plain_head(self.cell(head, cells)) in _last(head) for head in self._places)

    def theirs(self, told: list[str]) -> list[Their]:
        """The rows of the table, let go by the sheet. Those that are none are told, but what the place's own file says
        is to be skipped.
        """
        found, left, again = list[Their](), list[int](), list[int]()
        for number, cells in self.sheet.rows:
            if not self.taken(cells):
                left.append(number)
            elif self.heads_again(cells):
                again.append(number)
            else:
                found.append(Their(number, cells, ""))
        self.sheet.rows = []
        left = [] if self.map.file else left
        told += [_not_read(rows, what) for rows, what in ((left, "合计或者说明"), (again, "又写了一遍的列名")) if rows]
        return found

    def only(self, of: Only | None, cells: Cells) -> bool:
        return of is None or _word(self.cell(of.column, cells)) in of.is_

    def cell(self, head: str, cells: Cells) -> Any:
        place = self._places.get(head)
        return cells[place] if place is not None and place < len(cells) else ""

    def ref(self, of: SheetCase, cells: Cells) -> str:
        """The number with its system's name; empty where a column of it is. Raises CellFault."""
        parts = [_numbered(self.cell(head, cells), is_day=head == of.on) for head in of.number]
        return f"{self.map.system}-{'-'.join(parts)}" if all(parts) else ""

    def row(self, part: Part, their: Their, version: Procedure | Register, kinds: Mapping[str, Kind]) -> Row:
        """The row of the part's grid."""
        of, cells = part.of, their.cells
        said: dict[str, Any] = {PAPER: self.map.paper}
        if isinstance(of, SheetRow):
            said[SINCE] = day_cell(self.cell(of.since, cells))
        else:
            said |= {REF: their.ref, ON: day_cell(self.cell(of.on, cells)), BY: self._who(of.by, cells), HAPPENED: "是"}
        if isinstance(of, SheetStep):
            said |= {STEP: of.step}
        for name, one in part.by_field.items():
            said[_label(version, name)] = self._cell(one, kinds.get(name), cells)
        held = {
            head: cell for head, cell in said.items() if cell != "" and not (isinstance(cell, str) and cell.isspace())
        }
        return Row(their.number, tuple(held), tuple(held.values()))

    def _who(self, of: Source, cells: Cells) -> Any:
        one = source(of)
        return self._cell(one, None, cells) if one.column or one.always is not None else self._by

    def _cell(self, one: From, kind: Kind | None, cells: Cells) -> Any:
        if one.always is not None:
            return _said(one.always)
        cell = self.cell(one.column, cells)
        if one.values and (word := _word(cell)) in one.values:
            return _said(one.values[word])
        return day_cell(cell) if kind is not None and kind.name == "date" else cell


def _last(head: str) -> tuple[str, str]:
    """The head as it is called, and where it was joined of two rows, the lower one alone."""
    return plain_head(head), plain_head(head.rpartition("/")[2])


def _not_read(rows: list[int], what: str) -> str:
    some = "、".join(map(str, rows[:_MOST_TOLD])) + ("等" if len(rows) > _MOST_TOLD else "")
    return f"第{some}行没有读，共{len(rows)}行：是{what}"


def _numbered(cell: Any, *, is_day: bool) -> str:
    """A part of a number; a day however it is written in one way. Raises CellFault."""
    if not is_day:
        return text_of(cell, "code")
    text = text_of(day_cell(cell), "date")
    try:
        return read_date(text) if text else ""
    except FieldFault as fault:
        raise CellFault(without_persons(str(fault))) from None


def _label(version: Procedure | Register, name: str) -> str:
    return head_of(version.labels.get(name, name))


def _said(value: str | bool | int) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _word(cell: Any) -> str:
    try:
        return text_of(cell, "text")
    except CellFault:
        return str(cell)


def day_cell(cell: Any) -> Any:
    """A day however it is written: with its time, as a spreadsheet's number 45356, as 20240305142231; else as it is."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIAL:
        return _ZERO + timedelta(days=int(cell))
    if isinstance(cell, str):
        text = cell.strip()
        if timed := _TIMED.fullmatch(text):
            return timed[1]
        if stamp := _STAMP.fullmatch(text):
            return stamp[1]
        if _NUMBER.fullmatch(text) and int(text.partition(".")[0]) in _SERIAL:
            return _ZERO + timedelta(days=int(text.partition(".")[0]))
    return cell
