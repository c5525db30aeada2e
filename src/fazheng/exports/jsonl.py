"""JSON lines: an entry a line, the keys are the columns of ledger_entry, so that the stand-alone verifier reads them.

Whole, each line is exactly what is hashed. Masked, `prev` and `digest` are still those of the book: the links can be
followed to the head, and the content of an entry can be told to be the book's only by who has the book.
"""

from __future__ import annotations

import json
from pathlib import Path

from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection
from fazheng.ledger.chain import COLUMNS
from fazheng.ledger.read import entries

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_PEOPLE = "by", "entered_by"
_EVERY = 2000


def write(path: Path, selection: Selection, mask: Mask) -> dict[str, int]:
    """How many entries were written, in the order of the book."""
    wanted = None if selection.whole else selection.case_ids()
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in entries(selection.bureau):
            if wanted is not None and entry.case_id not in wanted:
                continue
            told = {column: getattr(entry, column) for column in COLUMNS}
            if not mask.whole:
                told |= {column: mask.person(told[column]) for column in _PEOPLE}
                told["case_id"], told["data"] = mask.entry(entry.case_id, entry.event, entry.data)
                told["source"] = ""
            file.write(_write(told) + "\n")
            number += 1
            if number % _EVERY == 0:
                selection.told(number)
    return {"entries": number}
