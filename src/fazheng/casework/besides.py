"""Projections of entries that are no step of a case: register rows, signed zeros, declared numbers, attached files,
rows of sheets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from fazheng.casework.declared_rows import project_declared
from fazheng.casework.moves import project_rows
from fazheng.figures.declared import DECLARED, WITHDRAWN
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import FORMS, SealedEntry, canonical_json
from fazheng.ledger.models import Attachment, ImportedRow, NothingHappened, RegisterMove
from fazheng.ledger.read import cases_entries
from fazheng.ledger.rows import insert
from fazheng.ledger.tree import grow
from fazheng.procedure.case import LIMIT_MISSED

IMPORTED, UNDO = "import:", "undo:"  # how the source of an entry begins that an import made, and that undoes one
FORM = "form:"  # and of one that was sent from a page, with the key of that form
IMPORT_UNDONE, NOTHING_HAPPENED, ZERO_WITHDRAWN = "import_undone", "nothing_happened", "zero_withdrawn"
ATTACHED, CHECKPOINT_MADE = "attached", "checkpoint_made"
_DECLARING = frozenset({DECLARED, WITHDRAWN})
_BESIDES = _DECLARING | {IMPORT_UNDONE, NOTHING_HAPPENED, ZERO_WITHDRAWN, ATTACHED, CHECKPOINT_MADE}
_BATCH = 500


def project_other(bureau: str, sealed: Iterable[SealedEntry], book: LawBook) -> None:
    """Projects entries that are no step of a case: register rows, signed zeros, declared numbers, attached files, and
    which rows of a sheet were imported.

    The entries come in order: an undone import frees its rows and a withdrawn zero its year, for what comes after.
    """
    moves, imported, nothing = list[RegisterMove](), dict[str, int](), dict[tuple[str, int], tuple[str, int]]()
    declared, attached, checked = list[SealedEntry](), list[Attachment](), dict[str, Any]()
    for entry in sealed:
        if entry.event == CHECKPOINT_MADE:
            checked = json.loads(entry.data)
        elif entry.event in _DECLARING:
            declared.append(entry)
        elif entry.event == ATTACHED:
            attached.append(_attachment(entry, json.loads(entry.data)))
        if entry.event != LIMIT_MISSED and (row := _row_of(entry.source)):
            imported[row] = entry.seq
        if entry.event == IMPORT_UNDONE:
            freed = _freed(bureau, json.loads(entry.data))
            imported = {row: seq for row, seq in imported.items() if not freed(seq)}
        elif entry.event == NOTHING_HAPPENED:
            data = json.loads(entry.data)
            nothing[data["of"], data["year"]] = entry.by, entry.seq
        elif entry.event == ZERO_WITHDRAWN:
            data = json.loads(entry.data)
            nothing.pop((data["of"], data["year"]), None)
            NothingHappened.objects.filter(bureau=bureau, procedure=data["of"], year=data["year"]).delete()
        if move := move_of_entry(bureau, entry):
            moves.append(move)
    project_declared(bureau, declared)
    Attachment.objects.bulk_create(attached, batch_size=_BATCH)
    seen = [(bureau, row, seq) for row, seq in imported.items()]
    insert(ImportedRow._meta.db_table, ("bureau", "row_digest", "seq"), seen, unless_there=True)
    zeros = [(bureau, *of_year, *signed) for of_year, signed in nothing.items()]
    insert(NothingHappened._meta.db_table, ("bureau", "procedure", "year", "by", "seq"), zeros, unless_there=True)
    RegisterMove.objects.bulk_create(moves, batch_size=_BATCH)
    project_rows(bureau, {(move.register, move.key) for move in moves})
    if checked:
        grow(bureau, next(form for form, name in FORMS.items() if name == checked["digest"]), checked["size"])


def _row_of(source: str) -> str:
    """Under what the row of a sheet, or the form, that the entry comes from is known; "" for any other source."""
    return source if source.startswith(FORM) else source.removeprefix(IMPORTED) if source.startswith(IMPORTED) else ""


def beside_steps(entry: SealedEntry) -> bool:
    """Whether the entry is projected by itself, whatever becomes of a case."""
    return entry.source != "" or entry.event in _BESIDES or entry.event.startswith("row_")


def _attachment(entry: SealedEntry, data: Mapping[str, Any]) -> Attachment:
    return Attachment(
        bureau=entry.bureau,
        seq=entry.seq,
        case_id=entry.case_id,
        digest=data["digest"],
        size=data["size"],
        media=data["media"],
        key=data["key"]["apart"],
    )


def _freed(bureau: str, undone: Mapping[str, Any]) -> Callable[[int], bool]:
    """Frees the rows of an undone import, those of what was kept excepted; whether an entry is among the freed."""
    first, last = undone["first"], undone["last"]
    of_kept = cases_entries(bureau, undone["kept"]) if undone["kept"] else ()
    kept = {entry.seq for _, rows in of_kept for entry in rows if first <= entry.seq <= last}
    rows = ImportedRow.objects.filter(bureau=bureau, seq__gte=first, seq__lte=last)
    for some in _chunks([row for row, seq in rows.values_list("row_digest", "seq") if seq not in kept]):
        ImportedRow.objects.filter(bureau=bureau, row_digest__in=some).delete()
    return lambda seq: first <= seq <= last and seq not in kept


def move_of_entry(bureau: str, entry: SealedEntry) -> RegisterMove | None:
    """What an entry of a register itself moves; None for any other."""
    if not entry.event.startswith("row_"):
        return None
    register, key = entry.case_id.split(":", 1)
    return RegisterMove(
        bureau=bureau,
        register=register,
        key=key,
        seq=entry.seq,
        nth=0,
        kind=entry.event.removeprefix("row_"),
        on_day=entry.happened_on,
        data=canonical_json(json.loads(entry.data).get("row", {})),
    )


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[n : n + _BATCH] for n in range(0, len(items), _BATCH))
