"""The book as it stood when a certain entry was its last: rows of registers and figures, from the entries alone."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import groupby

from fazheng.casework.besides import move_of_entry
from fazheng.casework.folding import case_file
from fazheng.casework.moves import moves_of_case, rows_of_moves
from fazheng.figures import FigureValue, Period, count_by
from fazheng.figures.python import PythonReader, Spans
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import RegisterMove
from fazheng.ledger.read import cases_entries
from fazheng.procedure.standing import RowSpan


def counted_then(
    bureau: str, book: LawBook, period: Period, until: int, ids: Collection[str], spans: Spans
) -> dict[str, FigureValue]:
    """The figures over a period, by today's law files, from the entries up to number `until`. `spans`: spans_then."""
    found = count_by(lambda asked: PythonReader(bureau, book, asked, until, spans), book, period, ids)
    return {value.id: value for value in found}


def spans_then(bureau: str, book: LawBook, until: int) -> Spans:
    """Every row of every register as the entries up to number `until` make it."""
    moves: list[RegisterMove] = []
    for case_id, entries in cases_entries(bureau):
        known = [entry for entry in entries if entry.seq <= until]
        moves += [move for entry in known if (move := move_of_entry(bureau, entry))]
        if file := case_file(case_id, known, book):
            moves += moves_of_case(bureau, file, book)
    moves.sort(key=lambda move: (move.register, move.key, move.on_day, move.seq, move.nth))
    return {
        key: [RowSpan(row.from_day, row.to_day, json.loads(row.data)) for row in rows_of_moves(list(of_key))]
        for key, of_key in groupby(moves, lambda move: (move.register, move.key))
    }
