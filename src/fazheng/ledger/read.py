"""Reading the book: entries as they stand, the end of the chain, and values held apart."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from fazheng.ledger.chain import COLUMNS, GENESIS, Head, SealedEntry
from fazheng.ledger.private_cipher import Unsealable, key_number
from fazheng.ledger.private_keys import PrivateUnreadable, Ring
from fazheng.ledger.rows import chunks, listed, paged, quoted, rows

_SELECT = f"SELECT {quoted(COLUMNS)} FROM ledger_entry WHERE bureau = %s"


def entries(bureau: str, *, case_id: str | None = None, after: int | None = 0) -> Iterator[SealedEntry]:
    """The bureau's entries with a number above `after`, in order, read a page at a time; of one case where named.

    None after `after` begins with the very first row, whatever its number: only a verification wants that.
    """
    if case_id is not None:
        # by the case alone: without the sign SQLite would walk the whole book by its numbers
        found = rows(f"{_SELECT} AND case_id = %s AND +seq > %s ORDER BY version", [bureau, case_id, after or 0])
        return (SealedEntry(*row) for row in found)
    start = None if after is None else [after]
    return (SealedEntry(*row) for row in paged("ledger_entry", COLUMNS, bureau, ["seq"], start))


def cases_entries(bureau: str, case_ids: Sequence[str] | None = None) -> Iterator[tuple[str, list[SealedEntry]]]:
    """Each case with its entries by version, in the order of case ids; all cases of the bureau when none are named.

    A named case that the book does not hold is left out.
    """
    return ((case_id, list(of_case)) for case_id, of_case in groupby(_by_case(bureau, case_ids), attrgetter("case_id")))


def case_and_linked(bureau: str, case_id: str) -> Iterator[tuple[str, list[SealedEntry]]]:
    """The case, those it names and those that name it, each with its entries by version. One statement.

    By an equal sign SQLite takes the key of the links for who names the case, and walks all of the bureau's.
    """
    linked = (
        "SELECT CAST(%s AS varchar(120))"
        " UNION SELECT to_case FROM ledger_case_link WHERE bureau = %s AND from_case = %s"
        " UNION SELECT from_case FROM ledger_case_link WHERE bureau = %s AND to_case BETWEEN %s AND %s"
    )
    found = rows(
        f"{_SELECT} AND case_id IN ({linked}) ORDER BY case_id, version",
        [bureau, case_id, bureau, case_id, bureau, case_id, case_id],
    )
    every = (SealedEntry(*row) for row in found)
    return ((one, list(of_case)) for one, of_case in groupby(every, attrgetter("case_id")))


def entries_under(bureau: str, prefix: str) -> Iterator[SealedEntry]:
    """The entries whose case id begins with `prefix`, which ends in a colon, by case id and version.

    A PostgreSQL database sorts as its language does, where a semicolon may come before a colon, and not by bytes. In
    either order all of them stand between the prefix and the same word with a letter more; what else does is left out.
    """
    sql = f"{_SELECT} AND case_id >= %s AND case_id < %s AND substr(case_id, 1, {len(prefix)}) = %s"
    found = (SealedEntry(*row) for row in rows(sql, [bureau, prefix, f"{prefix[:-1]}a", prefix]))
    return iter(sorted(found, key=attrgetter("case_id", "version")))


def head(bureau: str) -> Head:
    """The end of the bureau's chain as the head row says; (0, GENESIS) for a bureau without entries."""
    found = rows("SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s", [bureau])
    return Head(*found[0]) if found else Head(0, GENESIS)


def head_and_making(bureau: str) -> tuple[Head, int]:
    """The end of the chain, and how often its projections were made anew: what was made of them is good for both. One
    statement.
    """
    sql = "SELECT h.seq, h.digest, r.times FROM ledger_chain_head h LEFT JOIN ledger_remade r ON r.bureau = h.bureau"
    found = rows(f"{sql} WHERE h.bureau = %s", [bureau])
    return (Head(*found[0][:2]), found[0][2] or 0) if found else (Head(0, GENESIS), 0)


def private_value(bureau: str, digest: str) -> str | None:
    """The value held apart under `digest`; None once it has been erased. Raises PrivateUnreadable."""
    return private_values(bureau, [digest]).get(digest)


def private_values(bureau: str, digests: Sequence[str]) -> dict[str, str]:
    """The values held apart under these digests; those that were erased are left out. Raises PrivateUnreadable."""
    values: dict[str, str] = {}
    ring: Ring | None = None
    for some in chunks(digests):
        sql = "SELECT digest, salt, value FROM ledger_private_value WHERE bureau = %s AND digest IN"
        for digest, salt, value in rows(f"{sql} ({listed(len(some))})", [bureau, *some]):
            if key_number(salt, value) is None:
                values[digest] = value
                continue
            try:
                ring = ring or Ring(bureau)
                values[digest] = ring.value(digest, salt, value).value
            except Unsealable as fault:
                said = "另存的内容打不开：它已被改动。请核验账本，再用备份恢复"
                raise PrivateUnreadable(said) from fault
    return values


def private_counts(bureau: str) -> tuple[int, int]:
    """How many values of the bureau are sealed, and how many stand as they are."""
    found = rows(
        "SELECT COALESCE(SUM(CASE WHEN salt = '' THEN 1 ELSE 0 END), 0), count(*) FROM ledger_private_value"
        " WHERE bureau = %s",
        [bureau],
    )
    sealed = int(found[0][0])
    return sealed, int(found[0][1]) - sealed


def bureaux() -> list[str]:
    """The codes of all bureaux in this book, sorted; found by stepping through the index, not by reading all rows."""
    found = rows("SELECT bureau FROM ledger_chain_head", [])
    codes = {row[0] for row in found}
    step = rows("SELECT min(bureau) FROM ledger_entry", [])
    while step[0][0] is not None:
        codes.add(step[0][0])
        step = rows("SELECT min(bureau) FROM ledger_entry WHERE bureau > %s", [step[0][0]])
    return sorted(codes)


def _by_case(bureau: str, case_ids: Sequence[str] | None) -> Iterator[SealedEntry]:
    if case_ids is None:
        for row in paged("ledger_entry", COLUMNS, bureau, ["case_id", "version"], None):
            yield SealedEntry(*row)
        return
    for some in chunks(sorted(set(case_ids))):
        sql = f"{_SELECT} AND case_id IN ({listed(len(some))}) ORDER BY case_id, version"
        for row in rows(sql, [bureau, *some]):
            yield SealedEntry(*row)
