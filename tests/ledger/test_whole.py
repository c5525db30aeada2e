"""A transaction of the book keeps what Django's own keeps: all or nothing, and what waits for the commit."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from fazheng.ledger.append import append, lock_head
from fazheng.ledger.read import head
from fazheng.ledger.whole import apart, opened, whole
from tests.ledger.books import BUREAU, draft

pytestmark = pytest.mark.usefixtures("database")


class Undone(Exception):
    pass


def add(number: int) -> None:
    append([draft(number)], lock_head(BUREAU))


def length() -> int:
    return head(BUREAU).seq


def test_what_is_done_is_committed_and_what_waited_for_it_is_done_then() -> None:
    seen: list[tuple[int, bool]] = []
    with whole():
        add(1)
        opened().on_commit(lambda: seen.append((length(), connection.in_atomic_block)))
        assert (connection.in_atomic_block, seen) == (True, [])
    assert (length(), seen) == (1, [(1, False)])
    assert connection.get_autocommit()


def test_a_fault_undoes_all_and_what_waited_for_the_commit_is_dropped() -> None:
    seen: list[int] = []
    with suppress(Undone), whole():
        add(1)
        opened().on_commit(lambda: seen.append(1))
        raise Undone
    assert (length(), seen, connection.in_atomic_block) == (0, [], False)
    with whole():
        add(1)
    assert (length(), seen) == (1, [])


def test_a_part_that_fails_takes_with_it_only_what_it_did_itself() -> None:
    seen: list[int] = []
    with whole():
        for number in (1, 2, 3):
            with suppress(Undone), apart():
                add(number)
                opened().on_commit(lambda n=number: seen.append(n))
                if number == 2:
                    raise Undone
    assert (length(), seen) == (2, [1, 3])


def test_a_statement_that_the_database_refused_leaves_the_other_parts() -> None:
    with whole():
        with apart():
            add(1)
        with pytest.raises(IntegrityError), apart():
            append([draft(1), draft(1)], lock_head(BUREAU), {draft(1).case_id: 7})
        assert not opened().get_rollback()
        with apart():
            add(2)
    assert length() == 2


def test_django_s_own_transactions_go_inside_and_around() -> None:
    with whole():
        with suppress(Undone), transaction.atomic():
            add(1)
            raise Undone
        with whole(), apart():
            add(1)
        with suppress(Undone), apart(), transaction.atomic():
            add(2)
            raise Undone
    assert length() == 1
    with suppress(Undone), transaction.atomic():
        with whole():
            add(2)
        raise Undone
    assert length() == 1


def test_a_transaction_that_is_marked_to_be_undone_is_undone() -> None:
    with whole():
        add(1)
        transaction.set_rollback(True)
    assert (length(), connection.in_atomic_block) == (0, False)


def test_a_commit_that_fails_is_undone_and_the_next_goes_well(database: str) -> None:
    seen: list[int] = []
    with connection.cursor() as cursor:  # a reference that is looked at when all is committed
        cursor.execute("CREATE TABLE one (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE other (id integer REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED)")

    def against_it() -> None:
        with whole():
            add(1)
            opened().on_commit(lambda: seen.append(1))
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO other VALUES (7)")

    with pytest.raises(IntegrityError):
        against_it()
    assert (length(), seen, connection.in_atomic_block) == (0, [], False)
    with whole():
        add(1)
    assert (length(), seen) == (1, [])
