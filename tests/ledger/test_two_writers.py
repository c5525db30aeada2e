"""Several writers at once: no gap, no lost entry, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from fazheng.ledger.append import append, lock_head
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries
from fazheng.ledger.verify import verify
from tests.ledger.books import BUREAU, OTHER, draft, write

pytestmark = pytest.mark.usefixtures("database")
TIMES = 25


def writes(start: Barrier, bureau: str, case: str) -> list[SealedEntry]:
    """Appends one entry after the other on a connection of its own."""
    try:
        start.wait()
        return [write([draft(n, case, bureau), draft(n, "shared", bureau)])[0] for n in range(TIMES)]
    finally:
        connections.close_all()


def test_writers_of_one_bureau_wait_for_each_other() -> None:
    start = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(writes, start, BUREAU, f"case-{n}") for n in range(3)]
        written = [entry for each in done for entry in each.result()]
    book = list(entries(BUREAU))
    assert [entry.seq for entry in book] == list(range(1, 6 * TIMES + 1))
    assert {entry.digest for entry in written} <= {entry.digest for entry in book}
    assert [entry.version for entry in book if entry.case_id == "shared"] == list(range(1, 3 * TIMES + 1))
    assert verify(BUREAU).ok


def test_writers_of_two_bureaux_keep_two_chains() -> None:
    start = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(writes, start, bureau, "own") for bureau in (BUREAU, OTHER)]
        assert [len(each.result()) for each in done] == [TIMES, TIMES]
    assert (verify(BUREAU).ok, verify(OTHER).ok) == (True, True)
    assert verify(BUREAU).entries == verify(OTHER).entries == 2 * TIMES


def test_verification_while_others_write_finds_nothing_wrong() -> None:
    write([draft(0)])
    start = Barrier(2)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(writes, start, BUREAU, "case")
        start.wait()
        while not done.done():
            found = verify(BUREAU)
            assert found.ok, found.why
    assert verify(BUREAU).entries == 2 * TIMES + 1


def test_a_head_once_locked_stays_until_the_transaction_ends() -> None:
    with transaction.atomic():
        head = lock_head(BUREAU)
        assert lock_head(BUREAU) == head
        assert append([draft(1)], head)[0].seq == 1
