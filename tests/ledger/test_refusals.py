"""The database itself refuses to change the book, whoever asks. SQLite has no TRUNCATE: DELETE without WHERE is its."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from fazheng.ledger.append import keep_private
from fazheng.ledger.chain import COLUMNS, DraftEntry, seal
from fazheng.ledger.models import ChainHead, Entry, PrivateValue
from fazheng.ledger.read import entries, private_value
from fazheng.ledger.rows import listed
from tests.ledger.books import BUREAU, ROW, apart, book_of_six, draft, end_of, following, refused, row, run

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_an_entry_can_be_updated(column: str) -> None:
    book = book_of_six()
    with refused("不得修改"):
        run(f'UPDATE ledger_entry SET "{column}" = %s WHERE seq = 3', [getattr(book[2], column)])


@pytest.mark.parametrize("where", ["WHERE seq = 6", "WHERE seq = 1", "WHERE bureau = '999001'", ""])
def test_no_entry_can_be_deleted(where: str) -> None:
    book_of_six()
    with refused("不得删除"):
        run(f"DELETE FROM ledger_entry {where}")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Entry.objects.filter(seq=2).update(by="B01"),
        lambda: Entry.objects.filter(seq=2).delete(),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.get(pk=(BUREAU, 2)).save(),
        lambda: ChainHead.objects.update(seq=1),
        lambda: ChainHead.objects.all().delete(),
    ],
)
def test_the_orm_is_refused_too(change: Callable[[], object]) -> None:
    book_of_six()
    with refused("不得|只能"), transaction.atomic():
        change()


def test_a_row_that_stands_cannot_be_written_again() -> None:
    book = book_of_six()
    for entry in book:
        with refused("已有的条目不得覆盖"):
            run(f"INSERT INTO ledger_entry {ROW}", row(entry))


def test_an_upsert_of_a_row_that_stands_is_refused() -> None:
    book = book_of_six()
    for then in ("NOTHING", "UPDATE SET data = excluded.data"):
        with refused("不得"):
            run(f"INSERT INTO ledger_entry {ROW} ON CONFLICT (bureau, seq) DO {then}", row(book[5]))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"seq": 8}, "序号"),
        ({"seq": 6}, "序号"),
        ({"seq": 0}, "序号"),
        ({"seq": -1}, "序号"),
        ({"prev": "0" * 64}, "上一条摘要"),
        ({"version": 2}, "版本号"),
        ({"version": 4}, "版本号"),
        ({"case_id": "another"}, "版本号"),
        ({"bureau": "999002"}, "序号"),
    ],
)
def test_a_row_that_does_not_follow_is_refused(other: dict[str, object], why: str) -> None:
    book = book_of_six()
    with refused(why):
        run(f"INSERT INTO ledger_entry {ROW}", row(following(book, **other)))
    run(f"INSERT INTO ledger_entry {ROW}", row(following(book)))  # but for that difference it would have been taken


def test_the_second_row_of_one_statement_is_held_against_the_first() -> None:
    book = book_of_six()
    first = following(book)
    second = seal(draft(8), first.seq + 1, first.version + 1, first.digest)
    double = f"INSERT INTO ledger_entry {ROW}, ({listed(len(COLUMNS))})"
    with refused("序号"):
        run(double, row(first) + row(first))
    run(double, row(first) + row(second))
    assert list(entries(BUREAU))[-2:] == [first, second]


def test_the_first_entry_of_a_bureau_starts_the_chain() -> None:
    with refused("上一条摘要"):
        run(f"INSERT INTO ledger_entry {ROW}", row(seal(draft(), 1, 1, "1" * 64)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_chain_head SET seq = 5, digest = (SELECT digest FROM ledger_entry WHERE seq = 5)",
        "UPDATE ledger_chain_head SET seq = 7",
        "UPDATE ledger_chain_head SET digest = 'other'",
        "UPDATE ledger_chain_head SET bureau = '999009'",
        "DELETE FROM ledger_chain_head",
        "DELETE FROM ledger_chain_head WHERE bureau = '999001'",
        "INSERT INTO ledger_chain_head (bureau, seq, digest) VALUES ('999009', 3, 'other')",
    ],
)
def test_the_head_row_only_moves_to_the_last_entry(change: str) -> None:
    book_of_six()
    with refused("链头"):
        run(change)


def test_a_value_held_apart_cannot_be_changed_but_can_be_erased() -> None:
    book_of_six()
    for column in ("value", "salt", "digest", "bureau"):
        with refused("另存的内容不得修改"):
            run(f"UPDATE ledger_private_value SET {column} = 'x'")
    with refused("另存的内容不得修改"):
        PrivateValue.objects.update(value="x")
    run("DELETE FROM ledger_private_value WHERE digest = %s", [apart(2).digest])
    assert private_value(BUREAU, apart(2).digest) is None
    assert private_value(BUREAU, apart(5).digest) is not None


def test_a_value_held_apart_is_kept_only_once() -> None:
    book_of_six()
    with pytest.raises(IntegrityError), transaction.atomic():
        keep_private(BUREAU, [apart(2)])


def test_a_draft_names_every_column_that_the_chain_does_not_give() -> None:
    assert set(COLUMNS) - set(DraftEntry.__dataclass_fields__) == {"seq", "version", "prev", "digest"}
    assert end_of(book_of_six()).seq == 6
