"""Writing the book, the same on SQLite and PostgreSQL."""

from dataclasses import replace

import pytest
from django.db import connection, transaction

from fazheng.ledger.append import OutsideTransaction, StaleHead, append, keep_private, lock_head
from fazheng.ledger.chain import GENESIS, Head, NotCanonical, first_break
from fazheng.ledger.read import entries, head, private_value
from fazheng.ledger.verify import verify
from tests.ledger.books import BUREAU, OTHER, apart, draft, end_of, write

pytestmark = pytest.mark.usefixtures("database")


def test_entries_stand_in_order_without_a_gap() -> None:
    written = write([draft(n, f"case-{n % 3}") for n in range(10)]) + write([draft(10, "case-1")])
    assert list(entries(BUREAU)) == written
    assert [entry.seq for entry in written] == list(range(1, 12))
    assert first_break(written) is None
    assert head(BUREAU) == end_of(written)


def test_versions_go_on_where_the_book_stands() -> None:
    write([draft(1, "a"), draft(2, "b"), draft(3, "a")])
    written = write([draft(4, "b"), draft(5, "a"), draft(6, "c"), draft(7, "c")])
    assert [(entry.case_id, entry.version) for entry in written] == [("b", 2), ("a", 3), ("c", 1), ("c", 2)]


def test_more_cases_than_one_statement_can_name_keep_their_versions() -> None:
    write([draft(n, f"case-{n:04d}") for n in range(1200)])
    assert {entry.version for entry in write([draft(n, f"case-{n:04d}") for n in range(1200)])} == {2}


def test_each_bureau_has_a_chain_of_its_own() -> None:
    ours, theirs = write([draft(1), draft(2)]), write([draft(1, bureau=OTHER)])
    assert [entry.seq for entry in [*ours, *theirs]] == [1, 2, 1]
    assert theirs[0].prev == GENESIS
    assert verify(BUREAU).ok
    assert verify(OTHER).ok


def test_two_appends_in_one_transaction_join() -> None:
    with transaction.atomic():
        first = append([draft(1)], lock_head(BUREAU))
        second = append([draft(2)], lock_head(BUREAU))
    assert second[0].prev == first[0].digest
    assert verify(BUREAU).entries == 2


def test_a_transaction_that_fails_leaves_nothing() -> None:
    written = write([draft(1)])
    with transaction.atomic():
        keep_private(BUREAU, [apart(1)])
        append([draft(2)], lock_head(BUREAU))
        transaction.set_rollback(True)
    assert list(entries(BUREAU)) == written
    assert head(BUREAU) == end_of(written)
    assert private_value(BUREAU, apart(1).digest) is None


def test_nothing_appended_is_nothing_written() -> None:
    with transaction.atomic():
        assert append([], lock_head(BUREAU)) == []
    assert head(BUREAU) == Head(0, GENESIS)
    assert verify(BUREAU).ok


def test_an_old_head_is_refused() -> None:
    with transaction.atomic():
        old = lock_head(BUREAU)
        append([draft(1)], old)
        with pytest.raises(StaleHead):
            append([draft(2)], old)
    assert verify(BUREAU).entries == 1


def test_nothing_is_written_outside_a_transaction() -> None:
    for outside in (
        lambda: lock_head(BUREAU),
        lambda: append([draft(1)], Head(0, GENESIS)),
        lambda: keep_private(BUREAU, [apart(1)]),
    ):
        with pytest.raises(OutsideTransaction):
            outside()
    assert list(entries(BUREAU)) == []


def test_entries_of_two_bureaux_never_come_in_one_append() -> None:
    with pytest.raises(ValueError, match="two bureaux"), transaction.atomic():
        append([draft(1), draft(2, bureau=OTHER)], lock_head(BUREAU))
    assert list(entries(BUREAU)) == []


def test_every_sign_comes_back_as_it_went_in() -> None:
    odd = '龘𠮷 "引号" \\ \t\n 100% %s {} \u2028 é é'
    written = write([replace(draft(1, f"案-{odd}"), data=odd, source="%")])
    assert list(entries(BUREAU)) == written
    assert verify(BUREAU).ok


def test_a_value_held_apart_can_be_read_back_by_its_digest() -> None:
    with transaction.atomic():
        keep_private(BUREAU, [apart(1), apart(2, "")])
    assert private_value(BUREAU, apart(1).digest) == "示例当事人"
    assert private_value(BUREAU, apart(2, "").digest) == ""
    assert private_value(OTHER, apart(1).digest) is None


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("by", "甲" * 41, "最多 40 字，实有 41 字"),
        ("case_id", "a" * 121, "最多 120 字"),
        ("source", "甲\0", "空字符"),
        ("data", "\0", "空字符"),
    ],
)
def test_what_one_of_the_databases_could_not_hold_is_refused_on_both(column: str, text: str, why: str) -> None:
    with pytest.raises(NotCanonical, match=why):
        write([replace(draft(1), **{column: text})])
    assert list(entries(BUREAU)) == []


@pytest.mark.parametrize(
    ("value", "why"),
    [(replace(apart(1), value="另一人"), "摘要不符"), (apart(1, "甲\0乙"), "空字符")],
)
def test_a_value_that_could_not_be_verified_is_not_kept(value: object, why: str) -> None:
    with pytest.raises(NotCanonical, match=why), transaction.atomic():
        keep_private(BUREAU, [value])  # type: ignore[list-item]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_private_value")
        assert cursor.fetchone() == (0,)
