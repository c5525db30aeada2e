"""Rows of registers, out of what moved them: entries of the register, and events of procedures by `[[change]]`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from fazheng.casework.folding import CaseFile
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.models import RegisterMove, RegisterRow

_BATCH = 500


def moves_of_case(bureau: str, file: CaseFile, book: LawBook) -> Iterator[RegisterMove]:
    """What the standing events of a case change in registers."""
    seqs = {entry.version: entry.seq for entry in file.entries}
    for register in book.registers.values():
        for nth, change in enumerate(register.changes, 1):
            if change.of != file.procedure:
                continue
            named, field = change.key.split(".")
            for event in file.case.all(change.on):
                source = file.case.until(event.on).last(named)
                key = source.fact(field) if source else None
                if key:
                    yield RegisterMove(
                        bureau=bureau,
                        register=register.id,
                        key=str(key),
                        seq=seqs[event.version],
                        nth=nth,
                        kind="change",
                        on_day=event.on.isoformat(),
                        data=canonical_json(dict(change.sets)),
                    )


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
            rows = [row for _, of_key in groupby(ordered, lambda move: move.key) for row in _rows(list(of_key))]
            RegisterRow.objects.bulk_create(rows, batch_size=_BATCH)


def _rows(moves: list[RegisterMove]) -> Iterator[RegisterRow]:
    """Each move begins a row that stands until the next one; what came last on a day holds for the day."""
    data: dict[str, object] = {}
    for n, move in enumerate(moves):
        if move.kind == "strike":
            data = {}  # a row entered again does not inherit what the struck one held
            continue
        data = {key: value for key, value in {**data, **json.loads(move.data)}.items() if value is not None}
        until = moves[n + 1].on_day if n + 1 < len(moves) else None
        if until != move.on_day:
            yield RegisterRow(
                bureau=move.bureau,
                register=move.register,
                key=move.key,
                nth=n + 1,
                from_day=move.on_day,
                to_day=until,
                data=canonical_json(data),
            )
