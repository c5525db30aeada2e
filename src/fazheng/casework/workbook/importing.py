"""A filled workbook into the book: every row, or none and every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fazheng.casework.bureaux import BUREAU_CASE, Bureau
from fazheng.casework.workbook.cases import Cases
from fazheng.casework.workbook.digests import Digests
from fazheng.casework.workbook.faults import Fault
from fazheng.casework.workbook.further import take_steps
from fazheng.casework.workbook.grid import Grid, read_grids
from fazheng.casework.workbook.imports import IMPORT_DONE, imports
from fazheng.casework.workbook.judging import NOBODY_NAMED, Importing
from fazheng.casework.workbook.layout import layout
from fazheng.casework.workbook.openings import open_cases
from fazheng.casework.workbook.registering import enter_register
from fazheng.casework.workbook.seldom import collected_seldom
from fazheng.casework.workbook.zeros import declare_zeros
from fazheng.casework.writing import Act, Writing, writing
from fazheng.lawbook.load import load
from fazheng.ledger.read import head
from fazheng.staff.rights import viewer
from fazheng.staff.roster import REGISTER as STAFF

_TOLD_EVERY = 100  # rows between two reports of progress


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; with faults, nothing: the counts then say what was read.

    `recorded` counts entries, `skipped` rows that were in the book already, `steps` rows of 后续步骤 recorded, `cases`
    the ids of cases opened, `defects` gates broken by what was recorded as 如实补录. `number` is the import's own in
    this bureau, by which it can be undone; 0 where nothing was recorded. `signs_own`: with `in_rights`, whether a
    row is a signature of who enters it.
    """

    rows_read: int
    recorded: int
    skipped: int
    cases: tuple[str, ...]
    steps: int
    faults: tuple[Fault, ...]
    warnings: tuple[str, ...]
    defects: int
    number: int = 0
    signs_own: bool = False


class _Undone(Exception):
    """Leaves the transaction without a trace."""


def import_workbook(
    path: Path,
    bureau: Bureau,
    *,
    entered_by: str = "",
    in_rights: bool = False,
    dry_run: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda done, rows: None,
) -> Imported:
    """Records every row of the workbook that is not in the book yet, in one transaction, or nothing where one is at
    fault. `dry_run` does everything and undoes it. `progress` is told how many of how many rows are done.

    `in_rights`: sheets and signatures that `entered_by` may not enter are faults; the operator's command asks nothing.
    A row is 如实补录 only where its cell says so. Faults come in the order of the sheets. Raises UnusableWorkbook.
    """  # fmt: skip
    with collected_seldom():
        return _imported(path, bureau, entered_by, in_rights, dry_run, today, progress)


def _imported(
    path: Path,
    bureau: Bureau,
    entered_by: str,
    in_rights: bool,
    dry_run: bool,
    today: date | None,
    progress: Callable[[int, int], None],
) -> Imported:
    book = load(place=bureau.place)
    grids, faults = read_grids(path, layout(book))
    rows = sum(len(grid.rows) for grid in grids)
    if not rows:
        return Imported(0, 0, 0, (), 0, tuple(faults), (), 0)
    done: Imported | None = None
    try:
        with writing(bureau, today=today) as act:
            done = record_grids(act, grids, faults, rows, entered_by, progress, in_rights=in_rights)
            if done.recorded:
                done = replace(done, number=noted(act, done, path, entered_by or NOBODY_NAMED))
            if done.faults or dry_run:
                raise _Undone
    except _Undone:
        pass
    assert done is not None
    return done


def record_grids(
    act: Writing,
    grids: list[Grid],
    faults: list[Fault],
    rows: int,
    entered_by: str,
    progress: Callable[[int, int], None],
    *,
    in_rights: bool = False,
) -> Imported:
    """Records the rows of the grids, unless one of them is at fault; what it did."""
    before = head(act.bureau.code).seq
    who = entered_by or NOBODY_NAMED
    importing = Importing(act, who, Digests(act, who), _advancing(rows, progress), faults=list(faults))
    importing.importer = viewer(act.roster, who, act.today) if in_rights else None
    importing.refuse_sheets(grids)
    of_kind = {kind: [grid for grid in grids if grid.sheet.kind == kind] for kind in
               ("register", "opening", "further", "nothing")}  # fmt: skip
    for grid in sorted(of_kind["register"], key=lambda grid: grid.sheet.of != STAFF):
        enter_register(importing, grid)
    if entered_by and not act.roster.known(entered_by):
        importing.faults.append(Fault("", 0, "", f"人员名册里没有录入人“{entered_by}”，请核对人员编号"))
        importing.who = NOBODY_NAMED  # said once
    cases = Cases(act)
    open_cases(importing, cases, of_kind["opening"])
    take_steps(importing, cases, of_kind["further"])
    if not importing.faults:
        act.flush()
    declare_zeros(importing, of_kind["nothing"])
    recorded = 0 if importing.faults else _recorded(importing, rows, before)
    progress(rows, rows)
    return Imported(
        rows, recorded, importing.skipped, tuple(importing.cases), importing.steps,
        _sorted(importing.faults, grids), importing.told(), importing.defects, signs_own=importing.signs_own,
    )  # fmt: skip


def _recorded(importing: Importing, rows: int, before: int) -> int:
    """Entries made since `before`, the key's own not counted, once all rows are found in the book."""
    importing.act.flush()
    known = importing.skipped + importing.entered + len(importing.cases) + importing.steps
    assert known == rows, f"{rows - known} rows were lost"
    return head(importing.act.bureau.code).seq - before - importing.digests.made_key


def noted(act: Writing, done: Imported, path: Path, who: str) -> int:
    """Seals the entry by which the import can be named, listed and undone; its number."""
    number, last = len(imports(act.bureau.code)) + 1, head(act.bureau.code).seq
    told = {
        "import": number, "file": Digests(act, who).of_file(path), "rows": done.rows_read, "skipped": done.skipped,
        "cases": len(done.cases), "steps": done.steps, "first": last - done.recorded + 1, "last": last,
        "entered": done.rows_read - done.skipped - len(done.cases) - done.steps,
    }  # fmt: skip
    act.record(BUREAU_CASE, IMPORT_DONE, Act(act.today, who, {}), told)
    return number


def _advancing(rows: int, progress: Callable[[int, int], None]) -> Callable[[], None]:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % _TOLD_EVERY == 0:
            progress(min(done, rows), rows)

    return advance


def _sorted(faults: list[Fault], grids: list[Grid]) -> tuple[Fault, ...]:
    """Faults once each, as a reader goes through the workbook: sheet, row, column."""
    places = {grid.sheet.name: (grid.place, grid.positions) for grid in grids}

    def key(fault: Fault) -> tuple[int, int, int]:
        place, positions = places.get(fault.sheet, (-1, {}))
        return place, fault.row, positions.get(fault.column, 0)

    return tuple(sorted(dict.fromkeys(faults), key=key))
