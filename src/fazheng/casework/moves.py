"""Rows of registers, out of what moved them: entries of the register, and events of procedures by `[[change]]`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fazheng.casework.folding import CaseFile
from fazheng.lawbook.conditions import Fact
from fazheng.lawbook.figure import Change
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.models import RegisterMove, RegisterRow
from fazheng.procedure.case import Case, Event

_BATCH = 500
_BY_HAND = 0  # `nth` of a move that an entry of the register made; those of procedures count from 1


@dataclass(frozen=True, slots=True)
class Moved:
    """What a standing event of a case does to a row: `nth` is the place of the `[[change]]` in its register."""

    register: str
    key: str
    nth: int
    change: Change
    event: Event


def moved_by(case: Case, procedure: str, book: LawBook) -> Iterator[Moved]:
    """The rows that the standing events of a case move. None for most procedures."""
    for register in book.registers.values():
        for nth, change in enumerate(register.changes, 1):
            for event in case.all(change.on) if change.of == procedure else ():
                key = _fact(Fact.parse(change.key), event, case)
                for one in key if isinstance(key, list) else [key] if key else []:
                    yield Moved(register.id, str(one), nth, change, event)


def _fact(fact: Fact, event: Event, case: Case) -> Any:
    """A fact of the very event that moves the row, else of the latest of that name by its day; None: not entered."""
    source = event if event.event == fact.event else case.until(event.on).last(fact.event)
    found = source.fact(fact.field) if source else None
    return found.isoformat() if isinstance(found, date) else found


def moves_of_case(bureau: str, file: CaseFile, book: LawBook) -> Iterator[RegisterMove]:
    """What the standing events of a case change in registers."""
    seqs = {entry.version: entry.seq for entry in file.entries}
    for moved in moved_by(file.case, file.procedure, book):
        yield RegisterMove(
            bureau=bureau,
            register=moved.register,
            key=moved.key,
            seq=seqs[moved.event.version],
            nth=moved.nth,
            kind=moved.change.does,
            on_day=moved.event.on.isoformat(),
            data=canonical_json(_put(moved, file.case, book.registers[moved.register].key)),
        )


def _put(moved: Moved, case: Case, key: str) -> dict[str, Any]:
    """What the row holds from now on; a fact that was not entered changes nothing."""
    if moved.change.does == "strike":
        return {}
    sets = {field: v.isoformat() if isinstance(v, date) else v for field, v in moved.change.sets.items()}
    taken = {field: _fact(fact, moved.event, case) for field, fact in moved.change.takes.items()}
    return {key: moved.key} | sets | {field: value for field, value in taken.items() if value is not None}


def project_rows(bureau: str, keys: Iterable[tuple[str, str]]) -> None:
    """Makes the rows of these (register, key) anew from their moves."""
    wanted: dict[str, list[str]] = {}
    for register, key in sorted(set(keys)):
        wanted.setdefault(register, []).append(key)
    for register, names in wanted.items():
        for start in range(0, len(names), _BATCH):
            some = names[start : start + _BATCH]
            RegisterRow.objects.filter(bureau=bureau, register=register, key__in=some).delete()
            moves = RegisterMove.objects.filter(bureau=bureau, register=register, key__in=some)
            ordered = sorted(moves, key=lambda move: (move.key, move.on_day, move.seq, move.nth))
            rows = [row for _, of_key in groupby(ordered, lambda move: move.key) for row in rows_of_moves(list(of_key))]
            RegisterRow.objects.bulk_create(rows, batch_size=_BATCH)


def rows_of_moves(moves: list[RegisterMove]) -> Iterator[RegisterRow]:
    """The rows of one key, not saved. Each move begins a row that stands until the next one; what came last on a day
    holds for the day.

    A change begins none where none stands: its row was struck, or its entry withdrawn, as of an earlier day. What a
    procedure changed waits for the entry, as with a certificate issued before its holder was entered; what was changed
    by hand is left out.
    """
    data: dict[str, object] = {}
    stands = False
    for n, move in enumerate(moves):
        if move.kind == "strike":
            data, stands = {}, False  # a row entered again does not inherit what the struck one held
            continue
        stands = stands or move.kind == "enter"
        if not stands and move.nth == _BY_HAND:
            continue
        data = {key: value for key, value in {**data, **json.loads(move.data)}.items() if value is not None}
        until = moves[n + 1].on_day if n + 1 < len(moves) else None
        if stands and until != move.on_day:
            yield RegisterRow(
                bureau=move.bureau,
                register=move.register,
                key=move.key,
                nth=n + 1,
                from_day=move.on_day,
                to_day=until,
                data=canonical_json(data),
            )
