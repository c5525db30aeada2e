"""A workbook as another system exports it: title rows passed over, merged heads joined, rows as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from fazheng.casework.workbook.cells import plain_head
from fazheng.casework.workbook.container import UnusableWorkbook, damaged, examine, refuse_too_wide
from fazheng.casework.workbook.extents import Extent
from fazheng.lawbook.sheets import FIRST, SheetMap

_SEARCHED = 20  # rows at the top among which the heads are looked for
_OF_A_TABLE = 3  # cells filled in one row: fewer are a cover's, or a note's
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Foreign:
    """The sheet as it came. `heads` are joined, empty where a column has none; rows are numbered as a reader sees them.

    `rows` hold the cells of every column: what is not mapped is let go when they are taken. `alike`: other sheets
    with the same heads, which are not read.
    """

    sheet: str
    heads: list[str]
    rows: Sequence[tuple[int, Sequence[Any]]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    errors: frozenset[tuple[int, int]] = frozenset()
    alike: tuple[str, ...] = ()

    def place(self, head: str) -> int | None:
        """The column of that head, from 0; None where the sheet has none."""
        plain = plain_head(head)
        return next((n for n, one in enumerate(self.heads) if plain_head(one) == plain), None)

    def nearest(self, head: str) -> str:
        """The head that looks most like it; empty for a sheet without heads."""
        near = get_close_matches(head, [one for one in self.heads if one], n=1, cutoff=0)
        return near[0] if near else ""


def read_foreign(path: Path, found: SheetMap) -> Foreign:
    """The sheet that the mapping means; of several alike the first. Raises UnusableWorkbook where its row of heads is
    not there.
    """
    with _tables(path, found.sheet) as tables:
        first: Foreign | None = None
        read: Foreign | None = None
        for name, table, extent in tables:
            if found.sheet not in (FIRST, name):
                continue
            top = list(islice(_rows(table), _SEARCHED))
            merged: list[Range] = table.merged_cell_ranges or []
            at = _row_of_heads(top, merged, found)
            if at is not None and read is not None:
                read.alike += (name,)
            elif at is not None:
                heads = joined(top, merged, at, found.head_rows)
                begins = at + found.head_rows
                rows = [(n, row) for n, row in enumerate(islice(_rows(table), begins, None), begins + 1) if _any(row)]
                read = Foreign(name, heads, rows, merged, extent.errors)
            first = first or Foreign(name, [str(cell).strip() for row in top for cell in row])
        if read is not None:
            return read
        if first is None:
            raise UnusableWorkbook(f"“{path.name}”没有叫“{found.sheet}”的表：请核对，或者改对应文件里的 sheet")
        absent = [head for head in found.heads if first.place(head.split("/")[-1]) is None] or list(found.heads)
        near = f"，表里最接近的是“{first.nearest(absent[0].split('/')[-1])}”" if any(first.heads) else ""
        raise UnusableWorkbook(
            f"“{path.name}”的“{first.sheet}”表里找不到列名那一行：没有“{'”“'.join(absent)}”{near}。"
            f"列名改了的，请改对应文件（{found.name}）的 heads 和 head_rows"
        )


def first_rows(path: Path) -> tuple[str, list[list[Any]], list[Range]]:
    """The first sheet that looks like a table, else the first that holds something: its name, its first rows, its
    merged cells. Raises UnusableWorkbook.
    """
    first: tuple[str, list[list[Any]], list[Range]] | None = None
    with _tables(path) as tables:
        for name, table, _ in tables:
            found = name, list(islice(_rows(table), _SEARCHED)), table.merged_cell_ranges or []
            if any(len({str(cell).strip() for cell in row} - {""}) >= _OF_A_TABLE for row in found[1]):
                return found
            first = first or found
    if first is not None:
        return first
    raise UnusableWorkbook(f"“{path.name}”是空的：没有一张表有内容")


def joined(top: Sequence[Sequence[Any]], merged: Sequence[Range], at: int, deep: int) -> list[str]:
    """The heads of `deep` rows from `at` on: an upper one and a lower one as “上级/下级”, one merged over both once."""
    heads = []
    for n in range(len(top[at])):
        parts = [_head(top, merged, at + below, n) for below in range(deep)]
        heads.append("/".join(dict.fromkeys(part for part in parts if part)))
    return heads


def _head(top: Sequence[Sequence[Any]], merged: Sequence[Range], row: int, column: int) -> str:
    for (first, left), (last, right) in merged:
        if first <= row <= last and left <= column <= right:
            row, column = first, left
            break
    text = str(top[row][column]) if row < len(top) and column < len(top[row]) else ""
    return "".join(text.split()).strip("*＊")


def _row_of_heads(top: Sequence[Sequence[Any]], merged: Sequence[Range], found: SheetMap) -> int | None:
    wanted = {plain_head(head) for head in found.heads}
    for at in range(len(top) - found.head_rows + 1):
        if wanted <= {plain_head(head) for head in joined(top, merged, at, found.head_rows)}:
            return at
    return None


@contextmanager
def _tables(path: Path, named: str = "") -> Iterator[Iterator[tuple[str, CalamineSheet, Extent]]]:
    """The sheets that are seen and hold something, read one at a time; a hidden one where it is `named`.

    Raises UnusableWorkbook.
    """
    extents = examine(path)

    def sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, CalamineSheet, Extent]]:
        given = False
        for meta in workbook.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            if meta.visible is not SheetVisibleEnum.Visible and meta.name.strip() != named:
                continue
            extent = extents.get(meta.name)
            if extent is None:
                raise damaged(path)
            try:
                refuse_too_wide(path, meta.name, extent)
            except UnusableWorkbook:
                if given:  # a sheet beside the one that is read
                    continue
                raise
            table = workbook.get_sheet_by_name(meta.name)
            if any(map(_any, _rows(table))):
                given = True
                yield meta.name.strip(), table, extent

    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            yield sheets(workbook)
    except BaseException as fault:
        if not isinstance(fault, CalamineError | OSError) and type(fault).__name__ != "PanicException":
            raise
        raise damaged(path) from None


def _rows(table: CalamineSheet) -> Iterator[list[Any]]:
    """The rows from the first row and column of the sheet on."""
    before = [""] * (table.start[1] if table.start else 0)
    return (before + row for row in table.iter_rows()) if before else table.iter_rows()


def _any(row: Sequence[Any]) -> bool:
    return any(cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in row)
