"""What a longer export says otherwise than the book: shown at the trial, and taken along where the person says so.

Only what was shown is taken: a change that came up after the trial waits for the next one. What a person may not amend
on the case's own page they may not amend by a workbook either, and are not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.on_paper import signs
from fazheng.casework.workbook.standing_rows import Change
from fazheng.lawbook.load import LawBook
from fazheng.staff import load_roster
from fazheng.staff.rights import Reach, may_do, reads_all, row_command, viewer
from fazheng.web.names import procedure_of
from fazheng.web.tables import Cell, Column, Table

SHOWN = 200  # changes on the page: what one confirmation takes
_NOT_BY_A_SHEET = "!"  # a step that the book has and the export does not
COLUMNS = (
    Column("number", "编号", frozen=True), Column("field", "栏目"), Column("old", "账本里是"), Column("new", "表里是"),
    Column("at", "表里哪里"),
)  # fmt: skip
Key = tuple[str, int, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Taking:
    """Why the shown changes are taken, and which those were."""

    reason: str
    shown: Collection[Key]


def key_of(change: Change) -> Key:
    """What makes a change this one: where it stands, and what stood there when it was shown."""
    return change.case_id, change.entry, change.register, change.key, change.field, change.old, change.stood


def allowed(bureau: Bureau, book: LawBook, by: str, today: date) -> Callable[[Change], bool]:
    """Whether the person may amend what a change amends: a case they read and have a role in, a row they may change."""
    roster = load_roster(bureau.code)
    who, known = viewer(roster, by, today), dict[str, bool]()

    def may(change: Change) -> bool:
        if change.register:
            return may_do(who, row_command(change.register))
        procedure = procedure_of(change.case_id)
        if procedure not in known:
            version = book.procedures[procedure][-1]
            whole = reads_all(who, version, roster.sections_of(procedure, today)) is Reach.WHOLE
            known[procedure] = whole and (who.heads or bool(who.roles & version.everybody))
        return known[procedure]

    return may


def _by_a_sheet(change: Change, book: LawBook) -> bool:
    """Whether a workbook corrects it: no day that it only lacks, and no signature, which asks for a hand or a paper."""
    if change.field == _NOT_BY_A_SHEET:
        return False
    versions = book.procedures.get(procedure_of(change.case_id), ())
    return not any(change.step in one.steps and signs(book, one.steps[change.step]) for one in versions)


def told_changes(changes: Sequence[Change], may: Callable[[Change], bool], book: LawBook) -> dict[str, Any]:
    """The changes as the desk keeps them for the page. What is held apart was covered where they were found."""
    seen = [one for one in changes if may(one)]
    able = [one for one in seen if _by_a_sheet(one, book)]
    takes = [list(key_of(one)) for one in seen[:SHOWN] if _by_a_sheet(one, book)]
    return {
        "changes": [[one.number, one.label, one.old, one.new, f"第{one.row}行“{one.column}”"] for one in seen[:SHOWN]],
        "changed": len(seen), "unseen": len(changes) - len(seen), "takes": takes,
        "takeable": len(able), "fixed": len(seen) - len(able),
    }  # fmt: skip


def taking(told: Mapping[str, Any], reason: str) -> Taking | None:
    """What a confirmation takes along of what its page showed; None where it shows none."""
    shown = {
        (case, entry, register, key, field, old, stood)
        for case, entry, register, key, field, old, stood in told.get("takes", ())
    }
    return Taking(reason, shown) if shown else None


def changes_table(told: Mapping[str, Any]) -> Table | None:
    """The table of the changes that were shown; None where there are none."""
    rows = [[Cell(str(text)) for text in row] for row in told.get("changes", ())]
    return Table("与账本不同的地方", COLUMNS, rows) if rows else None
