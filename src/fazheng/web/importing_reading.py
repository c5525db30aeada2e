"""What a workbook says: read by our template, by a mapping of the place, or by one that the person made; told plainly.

Nothing of what is held apart is in what is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import Imported, UnusableWorkbook, import_workbook
from fazheng.casework.workbook.container import sheet_names
from fazheng.casework.workbook.exports import Exported, import_export, recognised
from fazheng.casework.workbook.foreign import read_foreign
from fazheng.casework.workbook.layout import layout
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.sheets import SheetMap
from fazheng.web.importing_changes import Taking, allowed, key_of, told_changes
from fazheng.web.names import procedure_name, procedure_of

MAP, MAPS = "map.json", "maps"  # beside the workbook: how the person matched its columns
MOST_FAULTS = 500  # shown; who has more mends these first
_MOST_TOLD = 50


class Unmapped(Exception):
    """The workbook is neither our template nor one that anybody has mapped yet."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the workbook, for the page; `number` of the import, 0 where nothing was recorded."""

    told: Mapping[str, Any]
    number: int
    own: bool = False  # by columns that a person here matched, now or for an earlier one


def read_in(
    path: Path, bureau: Bureau, by: str, today: date, progress: Callable[[int, int], None], *, dry_run: bool,
    taking: Taking | None = None,
) -> Read:  # fmt: skip
    """Records the workbook, with the changes that are to be taken; or with `dry_run` tries it.

    Raises UnusableWorkbook, Unmapped, BookBusy.
    """
    book = load(place=bureau.place)
    found = mapping_of(path, book)
    if found is None:
        done = import_workbook(
            path, bureau, entered_by=by, in_rights=True, dry_run=dry_run, today=today, progress=progress
        )
        return Read(_told(done, book), 0 if dry_run else done.number)
    may = allowed(bureau, book, by, today)
    exported = import_export(
        path, bureau, found, entered_by=by, in_rights=True, dry_run=dry_run, today=today, progress=progress,
        take_changes=taking.reason if taking else "",
        takes=lambda one: taking is not None and key_of(one) in taking.shown and may(one),
    )  # fmt: skip
    return Read(
        _told_export(exported, book, dry_run=dry_run) | told_changes(exported.changes, may, book),
        0 if dry_run else exported.imported.number,
        not found.file,
    )


def mapping_of(path: Path, book: LawBook) -> SheetMap | None:
    """The mapping by which the workbook is read; None for our own template. Raises UnusableWorkbook, Unmapped."""
    own = path.parent / MAP
    if own.exists():
        return msgspec.json.decode(own.read_bytes(), type=SheetMap)
    if {sheet.name for sheet in layout(book)} & set(sheet_names(path)):
        return None
    found = recognised(path, book) or _remembered(path)
    if found is None:
        raise Unmapped
    return found


def remember(folder: Path) -> None:
    """Keeps how the columns of a register of the bureau's own were matched: names of columns, nothing of its rows."""
    if (folder / MAP).exists():
        known = msgspec.json.decode((folder / MAP).read_bytes(), type=SheetMap)
        maps = folder.parent / MAPS
        maps.mkdir(mode=0o700, exist_ok=True)
        os.replace(folder / MAP, maps / f"{known.cases[0].procedure}.json")


def _remembered(path: Path) -> SheetMap | None:
    """The matching of an earlier import whose columns the workbook has, every one of them."""
    for kept in sorted((path.parent.parent / MAPS).glob("*.json")):
        known = msgspec.json.decode(kept.read_bytes(), type=SheetMap)
        with suppress(UnusableWorkbook):
            if all(read_foreign(path, known).place(head) is not None for head in known.columns()):
                return known
    return None


def _told(done: Imported, book: LawBook) -> dict[str, Any]:
    """What an import did, or would do, for the page."""
    faults = [
        {"sheet": one.sheet, "row": one.row or "", "column": one.column, "message": one.message}
        for one in done.faults[:MOST_FAULTS]
    ]
    if not done.faults and not done.rows_read:
        raise UnusableWorkbook("表格里没有一行内容。请填好再上传")
    kinds = Counter(procedure_of(case) for case in done.cases)
    return {
        "rows": done.rows_read, "skipped": done.skipped, "steps": done.steps, "defects": done.defects,
        "cases": [[procedure_name(book, procedure), n] for procedure, n in kinds.items()],
        "entered": done.rows_read - done.skipped - len(done.cases) - done.steps,
        "faults": faults, "wrong": len(done.faults), "signs_own": done.signs_own,
        "warnings": list(done.warnings[:_MOST_TOLD]),
    }  # fmt: skip


def _told_export(done: Exported, book: LawBook, *, dry_run: bool) -> dict[str, Any]:
    notes = list(done.told[:_MOST_TOLD])
    if not dry_run and (left := len(done.changes) - done.corrected):  # a trial shows each of them
        notes.append(f"与账本不同的{left}处，没有改动")
    if done.missing:
        notes.append(f"账本里有、这张表里没有的{len(done.missing)}个编号，没有改动")
    told = _told(done.imported, book)
    return {
        **told,
        "sheets": done.sheets,
        "their_rows": done.rows,
        "corrected": done.corrected,
        "warnings": [*told["warnings"], *notes],
    }
