"""One range of a bureau's chain, read by a process of its own. No Django here: a worker starts in a moment.

A link can be checked as soon as the digest before it is known, and that stands in the row itself. So ranges share
nothing; whoever asked ties them together. What is found here is never the last word on a fault: a range only says that
something in it is not as it should be, and the walk in order (verify.py) names the first fault.
"""

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from fazheng.ledger.chain import COLUMNS, hash_of
from fazheng.ledger.merkle import levels

RANGE = 1 << 15  # entries in one range: a whole subtree of the Merkle tree
APART = re.compile(r'\{"apart":"([^"\\]+)"\}')  # exact on canonical JSON: inside a text every quote is escaped
_BATCH = 2000
_Row = tuple[int, str, int, str, str, str | None, bytes]
_HASHED = ", ".join(f'"{column}"' for column in COLUMNS[:-1])
_TIES = "seq, case_id, version, prev, digest"
_IN_RANGE = "FROM ledger_entry WHERE bureau = %s AND seq BETWEEN %s AND %s ORDER BY seq"


@dataclass(frozen=True)
class Source:
    """Where a process of its own finds the book: a SQLite file, or what the PostgreSQL driver is given."""

    file: str = ""
    server: dict[str, Any] = field(default_factory=dict, repr=False)  # holds a password


@dataclass(frozen=True, slots=True)
class Asked:
    """Entries `first` to `last`: their digests alone below `whole_from`, every column from there on.

    `sizes` are tree sizes whose roots somebody holds.
    """

    source: Source
    bureau: str
    form: int
    first: int
    last: int
    whole_from: int
    sizes: tuple[int, ...] = ()


@dataclass(slots=True)
class Told:
    """What a range holds where all is well: how it joins its neighbours, its subtrees, its cases, its values apart."""

    before: str  # `prev` of its first entry that was read whole; "" where none was
    after: str  # the digest of its last entry
    joint: str  # the stored digest of the last entry that was not read whole; "" where all were
    peaks: list[tuple[int, bytes]]
    at: dict[int, list[bytes]]  # tree size → the roots of this range's whole subtrees up to there
    versions: dict[str, tuple[int, int]]  # case → first and last version
    apart: set[str]


class Doubt(Exception):
    """Something here is not as it should be."""


def check(asked: Asked) -> Told | None:
    """What the range holds; None where anything in it is not as it should be, or it cannot be read."""
    try:
        with contextlib.closing(_connected(asked.source)) as book:
            return _checked(book, asked)
    except Exception:  # whatever it is, the walk in order says it in words
        return None


def sample(source: Source, bureau: str, form: int, seqs: Sequence[int]) -> bool:
    """Whether each of these entries gives its digest when every column is read."""
    try:
        with contextlib.closing(_connected(source)) as book:
            for start in range(0, len(seqs), 500):
                some = seqs[start : start + 500]
                where = f"FROM ledger_entry WHERE bureau = %s AND seq IN ({', '.join(['%s'] * len(some))})"
                if sum(1 for _ in _digests(_entries(book, form, where, [bureau, *some]), form)) != len(some):
                    return False
    except Exception:
        return False
    return True


def _checked(book: Any, asked: Asked) -> Told:
    hashed = hash_of(asked.form)
    middle = min(max(asked.whole_from, asked.first), asked.last + 1)
    leaves: list[bytes] = []
    joint = ""
    due = asked.first - 1
    for seq, digest in _rows(book, f"SELECT seq, digest {_IN_RANGE}", [asked.bureau, asked.first, middle - 1]):
        due += 1
        raw = bytes.fromhex(digest)
        if seq != due or raw.hex() != digest:
            raise Doubt
        leaves.append(hashed(b"\0" + raw))
        joint = digest
    if due != middle - 1:
        raise Doubt
    told = Told("", joint, joint, [], {}, {}, set())
    if middle <= asked.last:
        _whole(book, asked, middle, told, leaves)
    _subtrees(asked, told, levels(hashed, leaves))
    return told


def _whole(book: Any, asked: Asked, first: int, told: Told, leaves: list[bytes]) -> None:
    hashed, due, after = hash_of(asked.form), first - 1, None
    versions = told.versions
    found = _entries(book, asked.form, _IN_RANGE, [asked.bureau, first, asked.last])
    for (seq, case, version, prev, digest, data, _), raw in _digests(found, asked.form):
        due += 1
        if seq != due or (after is not None and prev != after):
            raise Doubt
        if after is None:
            told.before = prev
        after = digest
        leaves.append(hashed(b"\0" + raw))
        begun = versions.get(case)
        if begun is not None and version != begun[1] + 1:
            raise Doubt
        versions[case] = (begun[0] if begun else version, version)
        if data is not None:
            told.apart.update(APART.findall(data))
    if after is None or due != asked.last:
        raise Doubt
    told.after = after


def _digests(found: Iterable[_Row], form: int) -> Iterator[tuple[_Row, bytes]]:
    """Each row with the digest that its columns give, which is the one it carries. Raises Doubt."""
    hashed = hashlib.sha256 if form == 1 else None
    other = hash_of(form)
    for row in found:
        content = row[6]
        raw = hashed(content).digest() if hashed else other(content)
        if raw.hex() != row[4]:
            raise Doubt
        yield row, raw


def _entries(book: Any, form: int, where: str, parameters: Sequence[str | int]) -> Iterator[_Row]:
    """Seq, case, version, prev and digest of each entry, its data where it names values apart, its canonical bytes.

    SQLite writes JSON itself as canonical_json does, and refuses what is no text; a third of the time is saved by not
    making sixteen values of each row here.
    """
    named = "CASE WHEN data LIKE '%%\"apart\"%%' THEN data END"
    if isinstance(book, sqlite3.Connection):
        named = "CASE WHEN instr(data, '\"apart\"') THEN data END"
        sql = f"SELECT {_TIES}, {named}, CAST(json_array({form}, {_HASHED}) AS BLOB) {where}"
        return _rows(book, sql, parameters)
    encode = msgspec.json.Encoder().encode
    found = _rows(book, f"SELECT {_TIES}, {named}, {form}, {_HASHED} {where}", parameters)
    return ((*row[:6], encode(row[6:])) for row in found)


def _subtrees(asked: Asked, told: Told, found: list[list[bytes]]) -> None:
    def up_to(size: int) -> list[tuple[int, bytes]]:
        count, at, peaks = size - asked.first + 1, 0, []
        for level in range(len(found) - 1, -1, -1):
            if count >> level & 1:
                peaks.append((level, found[level][at >> level]))
                at += 1 << level
        return peaks

    told.peaks = up_to(asked.last)
    told.at = {size: [digest for _, digest in up_to(size)] for size in asked.sizes if asked.first <= size <= asked.last}


def _connected(source: Source) -> Any:
    if source.file:
        return sqlite3.connect(f"{Path(source.file).as_uri()}?mode=ro", uri=True)
    import psycopg

    return psycopg.connect(**source.server)


def _rows(book: Any, sql: str, parameters: Sequence[str | int]) -> Iterator[Any]:
    if isinstance(book, sqlite3.Connection):
        return book.execute(sql.replace("%s", "?"), tuple(parameters))
    return _from_server(book, sql, parameters)


def _from_server(book: Any, sql: str, parameters: Sequence[str | int]) -> Iterator[Any]:
    with book.cursor(name="fazheng_range") as cursor:  # named: the server keeps the rows until they are asked for
        cursor.itersize = _BATCH
        cursor.execute(sql, parameters)
        yield from cursor
