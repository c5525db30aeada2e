"""Answers kept for the same question: good for one end of the chain and one state of the law, and for nothing else."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

import msgspec
from django.db import DatabaseError, transaction

from fazheng import __version__
from fazheng.figures.lazy import LazyRows
from fazheng.figures.periods import Period
from fazheng.figures.value import FigureValue
from fazheng.figures.wide.reader import Numbers, RowsOf
from fazheng.figures.wide.tables import KEPT, lay, run, there
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import listed, rows

_READ = (
    f"SELECT h.seq, h.digest, k.question, k.told FROM ledger_chain_head h LEFT JOIN {KEPT} k ON k.bureau = h.bureau"
    " AND k.seq = h.seq AND k.digest = h.digest AND k.question IN (%s) WHERE h.bureau = %%s"
)
_HEAD = "SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s"
_DIGESTS: dict[int, tuple[weakref.ref[LawBook], str]] = {}  # a book of law is never changed once it is read


class _Answer(msgspec.Struct, frozen=True):
    """Values without their rows; of each the figures whose rows it has; of those figures what was counted."""

    values: tuple[FigureValue, ...]
    rows: tuple[tuple[str, ...], ...]
    counted: dict[str, tuple[int, dict[str, int]]]


@dataclass(frozen=True, eq=False)
class Question:
    """What was asked of a bureau's book; `ids` None for every figure."""

    bureau: str
    book: LawBook
    period: Period
    ids: Collection[str] | None

    @cached_property
    def digest(self) -> str:
        asked = sorted(self.ids) if self.ids is not None else "*"
        return sha256(f"{__version__} {law_digest(self.book)} {self.period} {asked}".encode()).hexdigest()

    def _told(self, answer: _Answer) -> list[FigureValue]:
        look_up = RowsOf(self.bureau, self.book, self.period, answer.counted)
        return [
            replace(value, rows=LazyRows(figures, look_up) if figures else ())
            for value, figures in zip(answer.values, answer.rows, strict=True)
        ]


def answered_together(questions: Iterable[Question]) -> tuple[Head | None, dict[Period, list[FigureValue]]]:
    """The end of the chain, None where there is no book, and by period the answers kept for these questions of one
    bureau, those that there are. Two statements.
    """
    asked = {question.digest: question for question in questions}
    if not asked:
        return None, {}
    bureau = next(iter(asked.values())).bureau
    if KEPT not in there():
        return end_of(bureau), {}
    found = rows(_READ % listed(len(asked)), [*asked, bureau])
    told = [(asked[digest], text) for _, _, digest, text in found if digest is not None]
    return (Head(*found[0][:2]) if found else None), {one.period: one._told(_decoded(text)) for one, text in told}


def end_of(bureau: str) -> Head | None:
    """Where the chain ends; None where there is no book. One statement."""
    found = rows(_HEAD, [bureau])
    return Head(*found[0]) if found else None


def keep_together(now: Head, answers: Mapping[Question, tuple[list[FigureValue], Numbers]]) -> None:
    """Keeps the answers to these questions of one bureau; what stands for another end of the chain goes. Where nothing
    can be written, nothing is.
    """
    bureau, digests = next(iter(answers)).bureau, [one.digest for one in answers]
    kept = [
        value
        for digest, (values, counted) in zip(digests, answers.values(), strict=True)
        for value in (bureau, digest, now.seq, now.digest, _encoded(values, counted))
    ]
    try:
        with transaction.atomic():
            lay(KEPT)
            run(f"DELETE FROM {KEPT} WHERE bureau = %s AND (question IN ({listed(len(digests))}) OR seq <> %s"
                " OR digest <> %s)", [bureau, *digests, now.seq, now.digest])  # fmt: skip
            run(f"INSERT INTO {KEPT} (bureau, question, seq, digest, told) VALUES"
                f" {', '.join([f'({listed(5)})'] * len(digests))}", kept)  # fmt: skip
    except DatabaseError:  # a book that is only read answers all the same
        return


def _encoded(values: Sequence[FigureValue], counted: Numbers) -> str:
    told = _Answer(
        tuple(replace(value, rows=()) for value in values),
        tuple(value.rows.figures if isinstance(value.rows, LazyRows) else () for value in values),
        {id: (number, dict(parts)) for id, (number, parts) in counted.items()},
    )
    return msgspec.json.encode(told).decode()


def law_digest(book: LawBook) -> str:
    """One digest over all that the law files say, the same in every run of the program."""
    known = _DIGESTS.get(id(book))
    if known is None or known[0]() is not book:
        known = weakref.ref(book), sha256(_said(book).encode()).hexdigest()
        _DIGESTS[id(book)] = known
    return known[1]


@lru_cache(maxsize=64)
def _decoded(told: str) -> _Answer:
    return msgspec.json.decode(told, type=_Answer)


def _said(value: Any) -> str:
    """The value in words that differ where it differs; a set in one order, whatever the run."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_said(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "(" + ",".join(map(_said, value)) + ")"
    if isinstance(value, set | frozenset):
        return "<" + ",".join(sorted(map(_said, value))) + ">"
    if isinstance(value, msgspec.Struct):
        names: Collection[str] = value.__struct_fields__
    elif is_dataclass(value):
        names = [field.name for field in fields(value)]
    else:
        return repr(value)
    return f"{type(value).__name__}(" + ",".join(_said(getattr(value, name)) for name in names) + ")"
