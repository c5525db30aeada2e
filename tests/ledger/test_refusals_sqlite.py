"""What only SQLite has: REPLACE removes rows without asking a delete trigger, by key and by rowid."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fazheng.ledger.chain import COLUMNS
from fazheng.ledger.read import entries
from fazheng.ledger.rows import listed, quoted
from fazheng.ledger.storage import BOOK
from tests.ledger.books import BUREAU, ROW, apart, book_of_six, following, refused, row, run

pytestmark = pytest.mark.usefixtures("home")
BY_ROWID = f"ledger_entry (rowid, {quoted(COLUMNS)}) VALUES (%s, {listed(len(COLUMNS))})"


@pytest.mark.parametrize("words", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
def test_replace_does_not_slip_past_the_delete_trigger(words: str) -> None:
    book = book_of_six()
    for entry in book:
        with refused("已有的条目不得覆盖"):
            run(f"{words} ledger_entry {ROW}", row(entry._replace(data="{}")))


def test_replace_by_the_rowid_of_an_older_row_is_refused() -> None:
    book = book_of_six()
    for rowid in range(1, 7):
        with refused("已有的条目不得覆盖"):
            run(f"REPLACE INTO {BY_ROWID}", [rowid, *row(following(book))])


def test_replace_by_case_and_version_is_refused() -> None:
    book = book_of_six()
    with refused("版本号"):
        run(f"REPLACE INTO ledger_entry {ROW}", row(following(book, version=1)))


@pytest.mark.parametrize("rowid", [-1, 0, -7])
def test_no_row_takes_the_number_that_stands_for_none(rowid: int) -> None:
    book = book_of_six()
    with refused("台账只能追加"):
        run(f"INSERT INTO {BY_ROWID}", [rowid, *row(following(book))])


def test_update_or_replace_and_update_or_ignore_are_refused() -> None:
    book_of_six()
    for words in ("UPDATE OR REPLACE", "UPDATE OR IGNORE"):
        with refused("不得修改"):
            run(f"{words} ledger_entry SET seq = 5 WHERE seq = 6")


def test_replace_of_the_head_row_and_of_a_value_held_apart_is_refused() -> None:
    book = book_of_six()
    with refused("链头"):
        run("REPLACE INTO ledger_chain_head (bureau, seq, digest) VALUES ('999001', 1, %s)", [book[0].digest])
    with refused("链头"):
        run("REPLACE INTO ledger_chain_head (rowid, bureau, seq, digest) VALUES (1, '999009', 0, %s)", ["0" * 64])
    with refused("另存的内容不得修改"):
        run(
            "REPLACE INTO ledger_private_value (bureau, digest, salt, value) VALUES ('999001', %s, '00', 'x')",
            [apart(2).digest],
        )


def test_a_program_that_is_not_ours_is_refused_too(home: Path) -> None:
    book = book_of_six()
    with closing(sqlite3.connect(home / BOOK)) as other:
        other.execute("PRAGMA recursive_triggers = OFF")
        for statement in ("UPDATE ledger_entry SET data = '{}'", "DELETE FROM ledger_entry"):
            with pytest.raises(sqlite3.IntegrityError, match="台账只能追加"):
                other.execute(statement)
    assert list(entries(BUREAU)) == book
