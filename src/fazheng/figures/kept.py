"""Answers kept for the same question: good for one end of the chain and one state of the law, and for nothing else."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
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
from fazheng.ledger.rows import rows

_READ = (
    f"SELECT h.seq, h.digest, k.told FROM ledger_chain_head h LEFT JOIN {KEPT} k ON k.bureau = h.bureau"
    " AND k.question = %s AND k.seq = h.seq AND k.digest = h.digest WHERE h.bureau = %s"
)
_READ_ALL = (
    f"SELECT h.seq, h.digest, k.question, k.told FROM ledger_chain_head h LEFT JOIN {KEPT} k ON k.bureau = h.bureau"
    " AND k.seq = h.seq AND k.digest = h.digest AND k.question IN (%s) WHERE h.bureau = %%s"
)
_DIGESTS: dict[int, tuple[weakref.ref[LawBook], str]] = {}  # a book of law is never changed once it is read


class _Answer(msgspec.Struct, frozen=True):
    """Values without their rows; of each the figures whose rows it has; of those figures what was counted."""

    values: tuple[FigureValue, ...]
    rows: tuple[tuple[str, ...], ...]
    counted: dict[str, tuple[int, dict[str, int]]]


@dataclass(frozen=True)
class Question:
    """What was asked of a bureau's book; `ids` None for every figure."""

    bureau: str
    book: LawBook
    period: Period
    ids: Collection[str] | None

    @property
    def digest(self) -> str:
        asked = sorted(self.ids) if self.ids is not None else "*"
        return sha256(f"{__version__} {law_digest(self.book)} {self.period} {asked}".encode()).hexdigest()

    def answered(self) -> tuple[Head | None, list[FigureValue] | None]:
        """The end of the chain, None where there is no book, and the answer kept for it, None where there is none."""
        if KEPT not in there():
            found = rows("SELECT seq, digest, NULL FROM ledger_chain_head WHERE bureau = %s", [self.bureau])
        else:
            found = rows(_READ, [self.digest, self.bureau])
        if not found:
            return None, None
        seq, digest, told = found[0]
        return Head(seq, digest), None if told is None else self._told(_decoded(told))

    def keep(self, now: Head, values: list[FigureValue], counted: Numbers) -> None:
        """Keeps the answer; what stands for another end of the chain goes. Where nothing can be written, nothing is."""
        told = _Answer(
            tuple(replace(value, rows=()) for value in values),
            tuple(value.rows.figures if isinstance(value.rows, LazyRows) else () for value in values),
            {id: (number, dict(parts)) for id, (number, parts) in counted.items()},
        )
        try:
            with transaction.atomic():
                lay(KEPT)
                run(f"DELETE FROM {KEPT} WHERE bureau = %s AND (question = %s OR seq <> %s OR digest <> %s)",
                    [self.bureau, self.digest, now.seq, now.digest])  # fmt: skip
                run(f"INSERT INTO {KEPT} (bureau, question, seq, digest, told) VALUES (%s, %s, %s, %s, %s)",
                    [self.bureau, self.digest, now.seq, now.digest, msgspec.json.encode(told).decode()])  # fmt: skip
        except DatabaseError:  # a book that is only read answers all the same
            return

    def _told(self, answer: _Answer) -> list[FigureValue]:
        look_up = RowsOf(self.bureau, self.book, self.period, answer.counted)
        return [
            replace(value, rows=LazyRows(figures, look_up) if figures else ())
            for value, figures in zip(answer.values, answer.rows, strict=True)
        ]


def answered_together(questions: Sequence[Question]) -> list[list[FigureValue] | None]:
    """The answers kept for these questions of one bureau, in their order; None where none is. Two statements for all
    of them: a page that puts years side by side asks so.
    """
    if not questions or KEPT not in there():
        return [None] * len(questions)
    asked = [question.digest for question in questions]
    found = rows(_READ_ALL % ", ".join(["%s"] * len(asked)), [*asked, questions[0].bureau])
    told = {question: text for _, _, question, text in found if text is not None}
    return [one._told(_decoded(told[one.digest])) if one.digest in told else None for one in questions]


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
