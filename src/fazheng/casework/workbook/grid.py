"""The sheets of a workbook as rows of named cells: the row of heads found, columns known, nothing interpreted yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from fazheng.casework.workbook.cells import plain_head
from fazheng.casework.workbook.container import damaged, examine, refuse_too_wide
from fazheng.casework.workbook.extents import Extent
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.layout import GUIDE, Sheet

_SEARCHED = 20  # rows at the top among which the heads are looked for
Cells = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """`number` as the spreadsheet program shows it; `cells` by head, empty ones left out."""

    number: int
    cells: Mapping[str, Any]


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
                cells = table.to_python(skip_empty_area=False)
                if not any(map(_filled, cells)):
                    continue
                if name not in known:
                    faults.append(_unknown_sheet(name, list(known)))
                    continue
                if any(grid.sheet.name == name for grid in grids):
                    faults.append(Fault(name, 0, "", f"有两张表都叫“{name}”，请并成一张"))
                    continue
                grid = Grid(known[name], place)
                faults += _fill(grid, cells, table, extent)
                grids.append(grid)
    except BaseException as fault:
        if not isinstance(fault, CalamineError | OSError) and type(fault).__name__ != "PanicException":
            raise
        raise damaged(path) from None
    return grids, faults


def _unknown_sheet(name: str, known: list[str]) -> Fault:
    near = get_close_matches(name, known, n=1, cutoff=0)
    return Fault(name, 0, "", (
        f"没有叫“{name}”的表，最接近的是“{near[0]}”；可用的表：{'、'.join(known)}。自己用的表，请在表名前加 #"
    ))  # fmt: skip


def _filled(row: Sequence[Any]) -> bool:
    return any(cell != "" and not _is_blank(cell) for cell in row)


def _is_blank(cell: Any) -> bool:
    return isinstance(cell, str) and (not cell or cell.isspace())


def _fill(grid: Grid, cells: Cells, table: CalamineSheet, extent: Extent) -> list[Fault]:
    sheet = grid.sheet
    known = {plain_head(column.head): column.head for column in sheet.columns}
    at, found = max(
        ((n, sum(plain_head(cell) in known for cell in row)) for n, row in enumerate(cells[:_SEARCHED])),
        key=lambda scored: scored[1], default=(0, 0),
    )  # fmt: skip
    if found < 2:
        some = "、".join(column.head for column in sheet.columns[:4])
        return [Fault(sheet.name, 0, "", f"找不到列名那一行：请保留模板里的列名（{some}等）")]
    heads = [known.get(plain_head(cell), str(cell).strip().rstrip("*＊")) for cell in cells[at]]
    faults = list(_head_faults(sheet, heads, at + 1))
    for n, head in enumerate(heads, 1):
        if sheet.column(head) and heads.count(head) == 1:
            grid.positions[head] = n
    absent = [column for column in sheet.columns if column.head not in grid.positions]
    grid.missing = frozenset(column.head for column in absent if column.required or column.head in heads)
    grid.merged = table.merged_cell_ranges or []
    grid.errors = extent.errors
    places = [(head, n - 1) for head, n in grid.positions.items()]
    broken = {row for row, _ in grid.errors}
    for number, row in enumerate(cells[at + 1 :], at + 2):
        held = {head: cell for head, n in places if (cell := row[n]) != "" and not _is_blank(cell)}
        if held or (number in broken and any(grid.is_error(number, head) for head in grid.positions)):
            grid.rows.append(Row(number, held))
    return faults + list(_nameless(grid, heads, cells, at))


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


def _nameless(grid: Grid, heads: Sequence[str], cells: Cells, at: int) -> Iterable[Fault]:
    """Columns that hold something under no head: it would be lost without a word."""
    for n, head in enumerate(heads):
        if head:
            continue
        first = next((number for number, row in enumerate(cells[at + 1 :], at + 2) if _filled(row[n : n + 1])), 0)
        if first:
            yield Fault(grid.sheet.name, first, "", f"第{n + 1}列没有列名却有内容：请补上列名，或者清空这一列")
