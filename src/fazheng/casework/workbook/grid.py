"""The sheets of a workbook as rows of named cells: the row of heads found, columns known, nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from fazheng.casework.workbook.cells import plain_head
from fazheng.casework.workbook.container import damaged, examine, refuse_too_wide
from fazheng.casework.workbook.extents import Extent
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.layout import GUIDE, Sheet

_SEARCHED = 20  # rows at the top among which the heads are looked for
_REPEATED = 1000  # values of one column that are kept once each: days, codes, choices
Cells = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as the spreadsheet program shows it; empty cells left out. `heads` is one tuple for all rows alike:
    a year of rows is held at once, and a table for each would be most of the memory.
    """

    number: int
    heads: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def cells(self) -> Mapping[str, Any]:
        """The filled cells by head."""
        return dict(zip(self.heads, self.values, strict=True))


@dataclass(slots=True)
class Grid:
    """One sheet as it came, at `place` among the sheets. `missing`: required heads it lacks, any it has twice."""

    sheet: Sheet
    place: int
    rows: list[Row] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)  # head → column, from 1
    missing: frozenset[str] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)  # from 0, both ends included
    shown: Mapping[str, str] = field(default_factory=dict)  # our head → what another system's sheet calls it

    def given(self) -> Iterator[Row]:
        """The rows, each let go as it is given: what has been read need not be held twice."""
        rows, self.rows = self.rows[::-1], []
        while rows:
            yield rows.pop()

    def is_error(self, row: int, head: str) -> bool:
        """Whether the cell holds an error of a formula."""
        return (row, self.positions.get(head, 0)) in self.errors

    def is_merged(self, row: int, head: str) -> bool:
        """Whether the cell is covered by a merged one and is not its first."""
        column = self.positions.get(head, 0) - 1
        return any(
            top <= row - 1 <= bottom and left <= column <= right and (row - 1, column) != (top, left)
            for (top, left), (bottom, right) in self.merged
        )


def read_grids(path: Path, plan: Iterable[Sheet]) -> tuple[list[Grid], list[Fault]]:
    """The sheets of the workbook that the plan knows, and what is wrong with its sheets and heads.

    Sheets whose name begins with 说明 or # are passed over, empty ones too. Raises UnusableWorkbook.
    """
    extents = examine(path)
    known = {sheet.name: sheet for sheet in plan}
    grids, faults = list[Grid](), list[Fault]()
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for place, meta in enumerate(workbook.sheets_metadata):
                name = meta.name.strip()
                if meta.typ is not SheetTypeEnum.WorkSheet or name.startswith((GUIDE, "#", "＃")):
                    continue
                extent = extents.get(meta.name)
                if extent is None:
                    raise damaged(path)
                refuse_too_wide(path, name, extent)
                table = workbook.get_sheet_by_name(meta.name)
                if not any(map(_filled, _rows(table))):
                    continue
                if name not in known:
                    faults.append(_unknown_sheet(name, list(known)))
                    continue
                if any(grid.sheet.name == name for grid in grids):
                    faults.append(Fault(name, 0, "", f"有两张表都叫“{name}”，请并成一张"))
                    continue
                grid = Grid(known[name], place)
                faults += _fill(grid, table, extent)
                grids.append(grid)
                del table  # one sheet at a time
    except BaseException as fault:
        if not isinstance(fault, CalamineError | OSError) and type(fault).__name__ != "PanicException":
            raise
        raise damaged(path) from None
    return grids, faults


def _rows(table: CalamineSheet) -> Iterator[list[Any]]:
    """The rows from the first row and column of the sheet on, one by one."""
    before = [""] * (table.start[1] if table.start else 0)
    return (before + row for row in table.iter_rows()) if before else table.iter_rows()


def _unknown_sheet(name: str, known: list[str]) -> Fault:
    near = get_close_matches(name, known, n=1, cutoff=0)
    return Fault(name, 0, "", (
        f"没有叫“{name}”的表，最接近的是“{near[0]}”；可用的表：{'、'.join(known)}。自己用的表，请在表名前加 #"
    ))  # fmt: skip


def _filled(row: Sequence[Any]) -> bool:
    return any(cell != "" and not _is_blank(cell) for cell in row)


def _is_blank(cell: Any) -> bool:
    return isinstance(cell, str) and (not cell or cell.isspace())


def _fill(grid: Grid, table: CalamineSheet, extent: Extent) -> list[Fault]:
    sheet = grid.sheet
    known = {plain_head(column.head): column.head for column in sheet.columns}
    top = list(islice(_rows(table), _SEARCHED))
    at, found = max(
        ((n, sum(plain_head(cell) in known for cell in row)) for n, row in enumerate(top)),
        key=lambda scored: scored[1], default=(0, 0),
    )  # fmt: skip
    if found < 2:
        some = "、".join(column.head for column in sheet.columns[:4])
        return [Fault(sheet.name, 0, "", f"找不到列名那一行：请保留模板里的列名（{some}等）")]
    heads = [known.get(plain_head(cell), str(cell).strip().rstrip("*＊")) for cell in top[at]]
    faults = list(_head_faults(sheet, heads, at + 1))
    for n, head in enumerate(heads, 1):
        if sheet.column(head) and heads.count(head) == 1:
            grid.positions[head] = n
    absent = [column for column in sheet.columns if column.head not in grid.positions]
    grid.missing = frozenset(column.head for column in absent if column.required or column.head in heads)
    grid.merged = table.merged_cell_ranges or []
    grid.errors = extent.errors
    nameless = _Nameless(heads)
    grid.rows = list(_held(grid, nameless.watched(islice(_rows(table), at + 1, None), at + 2), at + 2))
    return faults + nameless.faults(sheet)


def _held(grid: Grid, rows: Cells, first: int) -> Iterator[Row]:
    """The rows that hold something, `first` being the number of the first one."""
    places = [(head, n - 1) for head, n in grid.positions.items()]
    broken = {row for row, _ in grid.errors}
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}
    seen: dict[str, dict[Any, Any]] = {head: {} for head, _ in places}
    for number, row in enumerate(rows, first):
        held = {head: cell for head, n in places if (cell := row[n]) != "" and not _is_blank(cell)}
        if held or (number in broken and any(grid.is_error(number, head) for head in grid.positions)):
            heads = tuple(held)
            yield Row(number, alike.setdefault(heads, heads), tuple(_once(seen[head], held[head]) for head in held))


def _once(seen: dict[Any, Any], cell: Any) -> Any:
    """The cell, or the same value as it stood in an earlier row of a column that has few of them."""
    if isinstance(cell, bool | int | float):  # 1, 1.0 and True are equal and not the same
        return cell
    return seen.setdefault(cell, cell) if len(seen) < _REPEATED else seen.get(cell, cell)


def _head_faults(sheet: Sheet, heads: Sequence[str], row: int) -> Iterable[Fault]:
    known = [column.head for column in sheet.columns]
    for head in dict.fromkeys(heads):
        if not head or head.startswith(("#", "＃")):
            continue
        if head not in known:
            near = get_close_matches(head, known, n=1, cutoff=0)
            yield Fault(sheet.name, row, head, (
                f"没有叫“{head}”的列，最接近的是“{near[0]}”。写错的请改正；自己用的列，请在列名前加 #"
            ))  # fmt: skip
        elif heads.count(head) > 1:
            yield Fault(sheet.name, row, head, f"有{heads.count(head)}列都叫“{head}”，请只留一列")
    for column in sheet.columns:
        if column.required and column.head not in heads:
            yield Fault(sheet.name, row, column.head, f"缺少“{column.head}”这一列，请照模板补上")


class _Nameless:
    """Columns that hold something under no head: it would be lost without a word."""

    def __init__(self, heads: Sequence[str]) -> None:
        self._found = {n: 0 for n, head in enumerate(heads) if not head}  # column → the first row that holds something

    def watched(self, rows: Cells, first: int) -> Iterator[Sequence[Any]]:
        """The rows as they are, looked at in passing."""
        open_ones = set(self._found)
        for number, row in enumerate(rows, first):
            for n in [n for n in open_ones if row[n] != "" and _filled(row[n : n + 1])]:
                self._found[n] = number
                open_ones.discard(n)
            yield row

    def faults(self, sheet: Sheet) -> list[Fault]:
        """One fault for each such column."""
        told = "第{}列没有列名却有内容：请补上列名，或者清空这一列"
        return [Fault(sheet.name, first, "", told.format(n + 1)) for n, first in self._found.items() if first]
