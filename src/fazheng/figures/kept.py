"""Numbers kept for the next time: each as long as nothing comes to what it rests on, under one state of the law."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from typing import Any

import msgspec
from django.db import DatabaseError, transaction

from fazheng import __version__
from fazheng.figures.declared import Declared
from fazheng.figures.periods import Period
from fazheng.figures.wide.marks import Marks, marks_of
from fazheng.figures.wide.numbers import Counted, decoded, prune, put, read, said
from fazheng.figures.wide.planning import wide_ids
from fazheng.figures.wide.tables import MARKS, NUMBERS
from fazheng.lawbook.conditions import Condition, Linked, Registered, walk
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import listed, rows
from fazheng.procedure.case import ADD_LATE, CORRECT, WITHDRAW

_DECLARED = tuple(field.name for field in fields(Declared))
_FIELDS = ", ".join(
    f"CASE WHEN \"{name}\" THEN '1' ELSE '0' END" if name == "opening" else f'CAST("{name}" AS TEXT)'
    for name in _DECLARED
)
_NOTHING = ", NULL" * (len(_DECLARED) - 4)
_READ = (
    f"SELECT 'end' AS what, digest, CAST(seq AS TEXT), NULL, NULL{_NOTHING} FROM ledger_chain_head WHERE bureau = %s"
    f" UNION ALL SELECT 'mark', part, CAST(seq AS TEXT), digest, NULL{_NOTHING} FROM {MARKS} WHERE bureau = %s"
    f" UNION ALL SELECT 'zero', procedure, CAST(year AS TEXT), NULL, NULL{_NOTHING} FROM ledger_nothing_happened"
    f" WHERE bureau = %s UNION ALL SELECT 'said', {_FIELDS} FROM ledger_declared_figure WHERE bureau = %s"
    f" UNION ALL SELECT 'kept', part, CAST(seq AS TEXT), told, period{_NOTHING} FROM {NUMBERS} WHERE bureau = %s"
    " AND law = %s AND period IN "
)
_HEAD = "SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s"
_DIGESTS: dict[int, tuple[weakref.ref[LawBook], str]] = {}  # a book of law is never changed once it is read
_SEEN: dict[str, Marks] = {}  # of a bureau the marks that were read last
Key = tuple[Period, str]  # a period and a part


@dataclass(frozen=True)
class Standing:
    """What the book holds ready for figures at one moment: `kept` by period and part, with the entry it was up to."""

    marks: Marks
    kept: Mapping[Key, tuple[int, Counted]]
    declared: Sequence[Declared]
    zeros: Collection[tuple[str, int]]

    def good(self, key: Key, rests_on: Iterable[str]) -> Counted | None:
        """What is kept under the key, if nothing came since to the parts it rests on."""
        seq, counted = self.kept.get(key, (-1, None))
        return counted if counted is not None and seq >= self.marks.last(rests_on) else None


def standing(bureau: str, law: str, periods: Sequence[Period]) -> Standing | None:
    """What stands now for these periods; None where there is no book. One statement."""
    found = rows(_READ + f"({listed(len(periods))})", [*[bureau] * 5, law, *map(said, periods)])
    told: dict[str, list[Sequence[Any]]] = {what: [] for what in ("end", "mark", "zero", "said", "kept")}
    for what, *row in found:
        told[what].append(row)
    if not told["end"]:
        return None
    digest, seq, *_ = told["end"][0]
    marks = marks_of(Head(int(seq), digest), [(part, int(at), digest) for part, at, digest, *_ in told["mark"]])
    _SEEN[bureau] = marks
    kept = {(read(period), part): (int(at), decoded(text)) for part, at, text, period, *_ in told["kept"]}
    zeros = {(of, int(year)) for of, year, *_ in told["zero"]}
    return Standing(marks, kept, sorted(map(_declared, told["said"])), zeros)


def since(bureau: str, end: Head, parts: Iterable[str]) -> tuple[str, int] | None:
    """What stays the same as long as nothing comes to these parts of the book, for whoever keeps what follows from
    them; None where figures of the book as it ends there were not asked for in this process. No statement.
    """
    marks = _SEEN.get(bureau)
    if marks is None or marks.begun is None or not marks.current:
        return None
    return (
        (marks.begun.digest, marks.last(parts)) if (marks.now.seq, marks.now.digest) == (end.seq, end.digest) else None
    )


def _declared(row: Sequence[str]) -> Declared:
    held: dict[str, Any] = dict(zip(_DECLARED, row, strict=True))
    return Declared(**{**held, "opening": held["opening"] == "1", "value": int(held["value"]), "seq": int(held["seq"])})


def keep(bureau: str, law: str, periods: Sequence[Period], counted: Mapping[Key, tuple[int, Counted]]) -> None:
    """Keeps these numbers. Two statements; where nothing can be written, nothing is."""
    try:
        with transaction.atomic():
            prune(bureau, law, periods)
            put(bureau, law, counted)
    except DatabaseError:  # a book that is only read answers all the same
        return


def end_of(bureau: str) -> Head | None:
    """Where the chain ends; None where there is no book. One statement."""
    found = rows(_HEAD, [bureau])
    return Head(*found[0]) if found else None


def part_of(figure: Figure, book: LawBook) -> str:
    """Under which part the number of a figure is kept: its procedure, its register, or itself where it is counted by
    a statement of its own.
    """
    if figure.counts == "register":
        return f"={figure.of}"
    return figure.of if figure.id in wide_ids(book) else f"~{figure.id}"


def rests_on_parts(figure: Figure, book: LawBook) -> set[str]:
    """The parts of the book whose entries can change the figure's number."""
    if figure.counts == "register":
        return _of_register(figure.of, book)
    return {figure.of} | (_of_condition(figure.where, book) if figure.where is not None else set())


def _of_condition(where: Condition, book: LawBook) -> set[str]:
    """The procedures of linked cases, and the registers that are asked."""
    found: set[str] = set()
    for part in walk(where):
        if isinstance(part, Linked):
            found |= {part.procedure} | _of_condition(part.where, book)
        elif isinstance(part, Registered):
            found |= _of_register(part.register, book)
    return found


def _of_register(register: str, book: LawBook) -> set[str]:
    """Itself, and what moves its rows in cases: the event, those that its facts are taken from, and amendments."""
    found = {register}
    for change in book.registers[register].changes:
        facts = (change.key, *(f"{fact.event}." for fact in change.takes.values()))
        events = {change.on, ADD_LATE, CORRECT, WITHDRAW, *(fact.split(".", 1)[0] for fact in facts)}
        found |= {f"{change.of}/{event}" for event in events}
    return found


def law_key(book: LawBook) -> str:
    """One digest over the version of the program and all that the law files say."""
    return sha256(f"{__version__} {law_digest(book)}".encode()).hexdigest()[:32]


def law_digest(book: LawBook) -> str:
    """One digest over all that the law files say, the same in every run of the program."""
    known = _DIGESTS.get(id(book))
    if known is None or known[0]() is not book:
        known = weakref.ref(book), sha256(_said(book).encode()).hexdigest()
        _DIGESTS[id(book)] = known
    return known[1]


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
