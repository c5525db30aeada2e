"""Another system's export into the book by its mapping: the new recorded, the changed shown, the missing told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.registers import change_row
from fazheng.casework.workbook.container import UnusableWorkbook, sheet_names
from fazheng.casework.workbook.faults import Fault, without_persons
from fazheng.casework.workbook.foreign import read_foreign
from fazheng.casework.workbook.importing import Imported, noted, record_grids
from fazheng.casework.workbook.judging import NOBODY_NAMED
from fazheng.casework.workbook.layout import layout
from fazheng.casework.workbook.sorting import Sorted, sort_rows
from fazheng.casework.workbook.standing_rows import Change
from fazheng.casework.writing import Act, Writing, writing
from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.sheet_faults import map_faults
from fazheng.lawbook.sheets import SheetMap, read_sheet_map
from fazheng.ledger.read import head
from fazheng.procedure.amend import OF_EVENT, OWN_WORDS
from fazheng.procedure.case import CORRECT


@dataclass(frozen=True, slots=True)
class Exported:
    """What the import of an export did. `imported` counts acts and not rows: a row may hold several.

    `changes` differ from what stands in the book; `corrected` of them were taken. `missing` numbers are in the book
    and not in the export: nothing is done about them.
    """

    sheets: str
    rows: int
    imported: Imported
    changes: tuple[Change, ...]
    missing: tuple[str, ...]
    told: tuple[str, ...]
    corrected: int = 0


class _Undone(Exception):
    """Leaves the transaction without a trace."""


def recognised(path: Path, book: LawBook) -> SheetMap | None:
    """The place's mapping whose heads the workbook has; None for a workbook of our own, or one that nobody mapped.

    Raises UnusableWorkbook where two mappings fit alike.
    """
    if not book.sheets or {sheet.name for sheet in layout(book)} & set(sheet_names(path)):
        return None
    fitting = []
    for one in book.sheets.values():
        try:
            read_foreign(path, one)
        except UnusableWorkbook:
            continue
        fitting.append(one)
    if len(fitting) > 1:
        names = "、".join(one.name for one in fitting)
        raise UnusableWorkbook(f"“{path.name}”的列名几份对应文件都认得（{names}）：请写明用哪一份")
    return fitting[0] if fitting else None


def mapping_named(name: str, book: LawBook, *, draft: bool = False) -> SheetMap:
    """The mapping of that id or name, or that file. Raises UnusableWorkbook; LawFault where its file has faults: a
    `draft` may have open questions.
    """
    found = next((one for one in book.sheets.values() if name in (one.id, one.name)), None)
    if found is not None:
        return found
    path = Path(name)
    if not path.is_file():
        known = "、".join(book.sheets) or "无"
        raise UnusableWorkbook(f"没有叫“{name}”的对应文件；现有：{known}。也可以写一个 .toml 文件的路径")
    findings: list[Finding] = []
    read = read_sheet_map(path, path.name, findings)
    findings += list(map_faults(read, book)) if read and not draft else []
    if findings or read is None:
        raise LawFault(findings)
    return read


def import_export(
    path: Path,
    bureau: Bureau,
    found: SheetMap,
    *,
    entered_by: str = "",
    in_rights: bool = False,
    dry_run: bool = False,
    take_changes: str = "",
    takes: Callable[[Change], bool] = lambda change: True,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda done, acts: None,
) -> Exported:
    """Records what the export says and the book has not, in one transaction, or nothing where one row is at fault.

    All of it is 如实补录: it happened, and the export shows it. What differs from the book is only shown, unless
    `take_changes` says why it is corrected; `takes` then says which of it. `in_rights` as for `import_workbook`.
    Raises UnusableWorkbook.
    """
    sheet = read_foreign(path, found)
    done: Exported | None = None
    try:
        with writing(bureau, today=today) as act:
            sorted_ = sort_rows(act, sheet, found, entered_by)
            imported, corrected = _recorded(act, sorted_, entered_by, take_changes, takes, progress, in_rights)
            if imported.recorded:
                imported = replace(imported, number=noted(act, imported, path, entered_by or NOBODY_NAMED))
            done = Exported(
                found.name, sorted_.rows, imported, tuple(sorted_.changes), tuple(sorted_.missing),
                tuple(sorted_.told), corrected,
            )  # fmt: skip
            if imported.faults or dry_run:
                raise _Undone
    except _Undone:
        pass
    assert done is not None
    return done


def _recorded(
    act: Writing,
    found: Sorted,
    by: str,
    reason: str,
    takes: Callable[[Change], bool],
    progress: Callable[[int, int], None],
    in_rights: bool,
) -> tuple[Imported, int]:
    acts = sum(len(grid.rows) for grid in found.grids)
    done = record_grids(act, found.grids, found.faults, acts, by, progress, in_rights=in_rights)
    done = replace(done, rows_read=acts + found.known, skipped=done.skipped + found.known)
    if done.faults or not reason.strip():
        return done, 0
    middle = head(act.bureau.code).seq
    faults, taken = list[Fault](), [one for one in found.changes if one.field != "!" and takes(one)]
    for _, same in groupby(taken, key=lambda one: (one.case_id, one.entry, one.register, one.key)):
        faults += _corrected(act, list(same), by, reason)
    if faults:
        return replace(done, faults=tuple(faults), recorded=0), 0
    act.flush()
    return replace(done, recorded=head(act.bureau.code).seq - middle + done.recorded), len(taken)


def _corrected(act: Writing, same: list[Change], by: str, reason: str) -> list[Fault]:
    """Amends one entry, or one row of a register, by all that differs; the faults where it may not be."""
    first = same[0]
    if first.register:
        fields = {one.field: one.value for one in same}
        refusals = change_row(act, first.register, first.key, Act(act.today, by, fields, entered_by=by, paper=reason))
    else:
        data: dict[str, Any] = {"entry": first.entry, "reason": reason}
        for one in same:
            data[_field(one.field)] = one.value
        refusals = act.do(first.case_id, CORRECT, Act(act.today, by, data, entered_by=by)).decision.refusals
    return [
        Fault("", first.row, first.column, without_persons(f"不能更正：{one.says}；{one.todo}")) for one in refusals
    ]


def _field(name: str) -> str:
    return "on" if not name else f"{OF_EVENT}{name}" if name in OWN_WORDS else name
