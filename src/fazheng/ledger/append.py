"""The only way into the book. `casework` alone imports this module, inside one transaction with its projections."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter, gt
from typing import Any

from fazheng.ledger.chain import (
    COLUMNS,
    GENESIS,
    ApartValue,
    DraftEntry,
    Head,
    NotCanonical,
    SealedEntry,
    form_of,
    seal,
)
from fazheng.ledger.chain import apart_digest as digest_of
from fazheng.ledger.models import Entry
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.rows import chunks, execute, execute_each, listed, quoted, rows
from fazheng.ledger.whole import opened
from fazheng.ledger.witness import note

_INSERT = f"INSERT INTO ledger_entry ({quoted(COLUMNS)}) VALUES ({listed(len(COLUMNS))})"
_FIND = "SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s"
_FIND_AND_LOCK = f"{_FIND} FOR UPDATE"
_FORWARD = "UPDATE ledger_chain_head SET seq = %s, digest = %s WHERE bureau = %s AND seq = %s AND digest = %s"
_FORMS: dict[str, tuple[str, int]] = {}  # by bureau: the end of its chain as it was last seen, and its form
_here = threading.local()
# SQLite keeps a text of any length and PostgreSQL does not: what one would refuse is taken by neither.
_MOST = {
    field.name: field.max_length
    for field in Entry._meta.fields
    if field.max_length and field.name in DraftEntry.__dataclass_fields__
}
_limited, _LENGTHS = attrgetter(*_MOST), tuple(_MOST.values())
_NUL = "文字里有看不见的空字符（U+0000），不能入账；请重新输入"


class OutsideTransaction(RuntimeError):
    """The book is written only inside transaction.atomic(), so that entry and projections stand or fall together."""


class StaleHead(RuntimeError):
    """The head that was handed in is no longer the end of the chain: take it anew with lock_head."""


def lock_head(bureau: str) -> Head:
    """The end of the bureau's chain, held by this transaction until it ends; (0, GENESIS) before the first entry.

    On SQLite the transaction, begun IMMEDIATE, holds the whole book already; PostgreSQL locks the bureau's row.
    Raises OutsideTransaction.
    """
    find = _FIND_AND_LOCK if _in_transaction().vendor == "postgresql" else _FIND
    found = rows(find, [bureau])
    if not found:
        execute(
            "INSERT INTO ledger_chain_head (bureau, seq, digest) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING",
            [bureau, GENESIS],
        )
        found = rows(find, [bureau])
    seq, digest = found[0]
    head = Head(seq, digest, _form(bureau, seq, digest))
    _ends()[bureau] = (seq, digest)
    return head


def _form(bureau: str, seq: int, digest: str) -> int | None:
    """The form of the bureau's entries; None before the first. Asked once of a chain: its end tells that it is it."""
    if seq == 0:
        return None
    known = _FORMS.get(bureau)
    if known is None or known[0] != digest:
        first = rows("SELECT data FROM ledger_entry WHERE bureau = %s AND seq = 1", [bureau])
        known = _FORMS[bureau] = (digest, form_of(first[0][0] if first else None))
    return known[1]


def _ends() -> dict[str, tuple[int, str]]:
    """Where this thread has found or left the chains, under their lock."""
    ends: dict[str, tuple[int, str]] | None = getattr(_here, "ends", None)
    if ends is None:
        ends = _here.ends = {}
    return ends


def append(drafts: Sequence[DraftEntry], head: Head, known: Mapping[str, int] | None = None) -> list[SealedEntry]:
    """The entries as they now stand in the book, in the order of `drafts`, all of one bureau; none for none.

    `head` is what lock_head returned in this transaction; to append again, take it anew. Each case's versions go on
    where the book stands; `known` tells the last version of cases that this transaction has read already (a wrong one
    is refused by the database). Raises OutsideTransaction, StaleHead, NotCanonical; ValueError for two bureaux.
    """
    database = _in_transaction()
    if not drafts:
        return []
    bureau = drafts[0].bureau
    versions = dict(known) if known else {}
    if asked := {draft.case_id for draft in drafts} - versions.keys():
        versions |= _last_versions(bureau, asked)
    sealed = []
    seq, prev, form = head.seq, head.digest, head.form or form_of(drafts[0].data)
    for draft in drafts:
        if draft.bureau != bureau:
            raise ValueError("entries of two bureaux in one append")
        _refuse_unfit(draft)
        seq += 1
        version = versions[draft.case_id] = versions.get(draft.case_id, 0) + 1
        entry = seal(draft, seq, version, prev, form)
        sealed.append(entry)
        prev = entry.digest
    _refuse_stale(bureau, head)
    execute_each(_INSERT, sealed)
    if execute(_FORWARD, [seq, prev, bureau, head.seq, head.digest]).rowcount != 1:
        raise StaleHead(bureau)
    _ends()[bureau], _FORMS[bureau] = (seq, prev), (prev, form)
    database.on_commit(partial(note, bureau, head, Head(seq, prev)))
    return sealed


def _refuse_stale(bureau: str, head: Head) -> None:
    """Raises StaleHead. The end that this thread found or left itself is not asked for again: the database refuses
    an entry that is not the next one, and the head moves on only from there.
    """
    if _ends().get(bureau) == (head.seq, head.digest):
        return
    if rows(_FIND, [bureau]) != [(head.seq, head.digest)]:
        raise StaleHead(bureau)


def keep_private(bureau: str, values: Iterable[ApartValue]) -> None:
    """Stores values held apart, in the transaction of the entries that name their digests; sealed where the bureau
    has a key.

    Raises OutsideTransaction, NotCanonical for a value that does not give its digest or holds a NUL character, and
    PrivateUnreadable where the key is not at hand.
    """
    _in_transaction()
    if not (kept := list(values)):
        return
    for apart in kept:
        if "\0" in apart.value:
            raise NotCanonical(_NUL)
        if digest_of(bytes.fromhex(apart.salt), apart.value) != apart.digest:
            raise NotCanonical("另存的内容与它的摘要不符，不能入账")
    sealed = Ring(bureau).rows(kept)
    execute_each("INSERT INTO ledger_private_value (bureau, digest, salt, value) VALUES (%s, %s, %s, %s)", sealed)


def _last_versions(bureau: str, cases: set[str]) -> dict[str, int]:
    versions: dict[str, int] = {}
    for some in chunks(sorted(cases)):
        sql = (
            "SELECT case_id, max(version) FROM ledger_entry"
            f" WHERE bureau = %s AND case_id IN ({listed(len(some))}) GROUP BY case_id"
        )
        versions.update(rows(sql, [bureau, *some]))
    return versions


def _refuse_unfit(draft: DraftEntry) -> None:
    texts: tuple[str, ...] = _limited(draft)
    if "\0" in "".join((*texts, draft.data, draft.defects, draft.warnings)):
        raise NotCanonical(_NUL)
    if any(map(gt, map(len, texts), _LENGTHS)):
        for text, (column, most) in zip(texts, _MOST.items(), strict=True):
            if len(text) > most:
                raise NotCanonical(f"“{text[:20]}…”太长，不能入账：{column} 最多 {most} 字，实有 {len(text)} 字")


def _in_transaction() -> Any:
    """This thread's connection, once it is sure that it is in a transaction."""
    database = opened()
    if not database.in_atomic_block:
        raise OutsideTransaction("transaction.atomic() is missing")
    return database
