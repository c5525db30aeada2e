"""What other entries have built upon an import since: steps on its cases, cases that name them, rows that are used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fazheng.casework.besides import UNDO
from fazheng.casework.bureaux import BUREAU_CASE
from fazheng.casework.workbook.imports import Import, imports
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import cases_entries, entries
from fazheng.procedure.case import BOOKKEEPING, WITHDRAW
from fazheng.staff.roster import REGISTER as STAFF

Made = dict[str, bool]  # case, row or zero by its entries' name: whether the import began it


def entries_of(bureau: str, found: Import) -> Iterator[SealedEntry]:
    """The entries of the import, in order, read a page at a time."""
    for entry in entries(bureau, after=found.first - 1):
        if entry.seq > found.last:
            return
        yield entry


def made_by(bureau: str, found: Import) -> Made:
    """What the import recorded something of."""
    made: Made = {}
    for entry in entries_of(bureau, found):
        if entry.case_id != BUREAU_CASE:
            made[entry.case_id] = made.get(entry.case_id, False) or entry.version == 1 or _is_row(entry)
    return made


def built_upon(bureau: str, found: Import, made: Made, kept: set[str]) -> set[str]:
    """Which of `made` something rests on that stays in the book: a later entry, or `kept` and what is kept with it."""
    names = _names(made)
    built = set(kept)
    for entry, stands in _later(bureau, found):
        if stands and entry.case_id in made:
            built.add(entry.case_id)
        built |= _used(entry, names, stands=stands)
    beneath = set(built)
    while beneath:  # what is kept rests on rows and cases of the same import
        rows = (entry for _, of_case in cases_entries(bureau, sorted(beneath)) for entry in of_case)
        ours = (entry for entry in rows if found.first <= entry.seq <= found.last)
        used = set[str]().union(*(_used(entry, names, stands=True) for entry in ours))
        beneath = used - built
        built |= used
    return built


def _is_row(entry: SealedEntry) -> bool:
    return entry.event == "row_enter"


def _names(made: Made) -> dict[str, set[str]]:
    """What another entry would call it: a case by its id, a row by its key."""
    names: dict[str, set[str]] = {}
    for name, begun in made.items():
        if begun:
            names.setdefault(name.partition(":")[2] or name, set()).add(name)
    return names


def _used(entry: SealedEntry, names: dict[str, set[str]], *, stands: bool) -> set[str]:
    """What the entry names: who did it and who entered it in any case, and, where it stands, all that it says."""
    people = {f"{STAFF}:{who}" for who in (entry.by, entry.entered_by) if who in names}
    found = {name for who in (entry.by, entry.entered_by) for name in names.get(who, ()) if name in people}
    if stands:
        found |= {name for text in _texts(json.loads(entry.data)) for name in names.get(text, ())}
    return found - {entry.case_id}


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _later(bureau: str, found: Import) -> Iterator[tuple[SealedEntry, bool]]:
    """Entries after the import that were not undone themselves, each with whether it stands: a step withdrawn since
    rests on nothing, and neither does its withdrawal.
    """
    undone = [one for one in imports(bureau) if one.undone_on]
    gone = {
        (entry.case_id, json.loads(entry.data)["entry"])
        for entry in entries(bureau, after=found.last)
        if entry.event == WITHDRAW
    }
    for entry in entries(bureau, after=found.last):
        if entry.case_id == BUREAU_CASE or entry.source.startswith(UNDO) or _in(undone, entry):
            continue
        withdrawn = entry.event == WITHDRAW or (entry.case_id, entry.version) in gone
        late = entry.event in BOOKKEEPING and (entry.case_id, entry.version - 1) in gone
        yield entry, not (withdrawn or late)


def _in(undone: list[Import], entry: SealedEntry) -> bool:
    return any(one.first <= entry.seq <= one.last and entry.case_id not in one.kept for one in undone)
