"""The imports of a book: each leaves one entry of the bureau, which an undoing names again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from fazheng.casework.besides import IMPORT_UNDONE
from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.ledger.read import entries

IMPORT_DONE = "import_done"


@dataclass(frozen=True, slots=True)
class Import:
    """One import: its number in this bureau, who entered it and when, counts of its rows, and its entries' numbers.

    `file` is the workbook's HMAC under the bureau's key, not its name: names of files may name persons. `undone_on`
    is empty while it stands; `kept` names the cases and rows that an undoing left in the book.
    """

    number: int
    by: str
    recorded_at: str
    file: str
    rows: int
    skipped: int
    cases: int
    steps: int
    entered: int
    first: int
    last: int
    undone_on: str = ""
    kept: tuple[str, ...] = ()


def imports(bureau: str) -> list[Import]:
    """Every import of the bureau's book, oldest first. Empty before the first one."""
    found: dict[int, Import] = {}
    for entry in entries(bureau, case_id=BUREAU_CASE):
        if entry.event == IMPORT_DONE:
            told = json.loads(entry.data)
            number = told.pop("import")
            found[number] = Import(number, entry.by, entry.recorded_at, **told)
        elif entry.event == IMPORT_UNDONE:
            told = json.loads(entry.data)
            undone = replace(found[told["import"]], undone_on=entry.happened_on, kept=tuple(told["kept"]))
            found[undone.number] = undone
    return list(found.values())
