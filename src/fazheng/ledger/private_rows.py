"""The rows of the private store: erased, sealed anew, and their old bytes gone from the file. casework alone writes.

A value is never changed: its row goes and one with the same digest comes, in one transaction. The digest is what binds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from fazheng.ledger.chain import apart_digest
from fazheng.ledger.private_cipher import Unsealable, key_number
from fazheng.ledger.private_keys import PrivateUnreadable, Ring
from fazheng.ledger.rows import chunks, listed, paged

_COLUMNS = ("digest", "salt", "value")
_KEEP = "INSERT INTO ledger_private_value (bureau, digest, salt, value) VALUES (%s, %s, %s, %s)"


def add_key(bureau: str, number: int, cipher: str, kek: str, wrapped: str) -> None:
    """Enters a data key; new values are sealed with it from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_data_key (bureau, number, cipher, kek, wrapped) VALUES (%s, %s, %s, %s, %s)",
            [bureau, number, cipher, kek, wrapped],
        )


def drop_keys(bureau: str, below: int) -> None:
    """Removes the data keys of lower numbers. Nothing may be sealed with them any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_data_key WHERE bureau = %s AND number < %s", [bureau, below])


def erase(bureau: str, digests: Sequence[str]) -> int:
    """Removes the values of these digests, and what the search index holds of them; how many values there were."""
    gone = 0
    with connection.cursor() as cursor:
        _secure(cursor)
        for some in chunks(digests):
            cursor.execute(
                f"DELETE FROM ledger_private_value WHERE bureau = %s AND digest IN ({listed(len(some))})",
                [bureau, *some],
            )
            gone += cursor.rowcount
            cursor.execute(
                f"DELETE FROM ledger_search_token WHERE bureau = %s AND digest IN ({listed(len(some))})",
                [bureau, *some],
            )
    return gone


def reseal(bureau: str, at_hand: Mapping[str, bytes] | None = None) -> int:
    """Seals with the last key every value that is not; how many there were. Raises PrivateUnreadable.

    `at_hand`: keys outside by their names, which no file or variable tells of yet.

    A value that does not give its digest stops it all: nothing is sealed over a fault.
    """
    ring, done = Ring(bureau, at_hand), 0
    page: list[tuple[str, str, str]] = []
    for row in paged("ledger_private_value", _COLUMNS, bureau, ["digest"], None):
        if key_number(row[1], row[2]) != ring.last:
            page.append((str(row[0]), str(row[1]), str(row[2])))
        if len(page) >= 2000:
            done += _resealed(bureau, ring, page)
            page = []
    return done + _resealed(bureau, ring, page)


def _resealed(bureau: str, ring: Ring, page: Sequence[tuple[str, str, str]]) -> int:
    try:
        values = [ring.value(*row) for row in page]
        sound = all(apart_digest(bytes.fromhex(one.salt), one.value) == one.digest for one in values)
    except (Unsealable, ValueError):
        sound = False
    if not sound:
        raise PrivateUnreadable("另存的内容有一处与登记时的摘要不符，没有改动任何内容。请先核验账本")
    erase(bureau, [one.digest for one in values])
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, ring.rows(values))
    return len(values)


def scrub() -> None:
    """Removes from the file what erased rows leave behind in it: free pages, old places, the -wal file.

    Outside a transaction, while nobody else has the book open. What a disk or a copy keeps is beyond its reach.
    Raises DatabaseError where others use the book: nothing is lost then, it can be done again.
    """
    assert not transaction.get_connection().in_atomic_block
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL ledger_private_value")
            cursor.execute("VACUUM FULL ledger_data_key")
            return
        _secure(cursor)
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _secure(cursor: object) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA secure_delete=ON")  # type: ignore[attr-defined]
