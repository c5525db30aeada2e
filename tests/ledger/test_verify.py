"""What a verification finds. On SQLite the stand-alone verifier is asked each time too and must say the same."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from fazheng.ledger.chain import COLUMNS, GENESIS
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.read import entries
from fazheng.ledger.rows import PAGE
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import Verification, verify
from tests.ledger.books import (
    BUREAU,
    OTHER,
    apart,
    book_of_six,
    draft,
    head_of,
    recompute_after,
    run,
    spoil,
    unprotect,
    with_apart,
    write,
)
from tests.ledger.judges import Judge, stand_alone_as_a_program

EMPTY = "DELETE FROM ledger_entry"


def test_a_book_that_nobody_touched_holds(judge: Judge) -> None:
    book = book_of_six()
    assert judge() == Verification(True, 6, book[-1].digest, None, "台账完整：共 6 条，逐条重算摘要无误", 0)
    assert judge(expect=head_of(book[3])).ok
    assert judge(expect=head_of(book[5])).ok


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 4, 6])
def test_a_change_in_any_column_is_found(judge: Judge, column: str, seq: int) -> None:
    book = book_of_six()
    before = getattr(book[seq - 1], column)
    after = before + 100 if isinstance(before, int) else one_byte_other(before)
    spoil(f'UPDATE ledger_entry SET "{column}" = %s WHERE bureau = %s AND seq = %s', [after, BUREAU, seq])
    found = judge()
    assert not found.ok
    assert found.first_broken == seq
    assert f"第 {seq} 条" in found.why
    assert found.entries == (5 if column == "bureau" else 6)


def one_byte_other(text: str) -> str:
    return chr(ord(text[0]) ^ 1) + text[1:] if text else "x"


@pytest.mark.parametrize("seq", range(1, 7))
def test_a_row_cut_out_is_found(judge: Judge, seq: int) -> None:
    book_of_six()
    spoil(f"{EMPTY} WHERE seq = %s", [seq])
    found = judge()
    assert (found.ok, found.first_broken, found.entries) == (False, seq, 5)


@pytest.mark.parametrize("left", range(6))
def test_rows_cut_from_the_end_are_found_by_the_head_row(judge: Judge, left: int) -> None:
    book = book_of_six()
    spoil(f"{EMPTY} WHERE seq > %s", [left])
    found = judge()
    assert (found.ok, found.first_broken, found.entries) == (False, left + 1, left)
    assert found.head == (book[left - 1].digest if left else GENESIS)


@pytest.mark.parametrize("left", [1, 5])
def test_an_end_cut_off_together_with_the_head_row_is_found_by_a_head_kept_aside(judge: Judge, left: int) -> None:
    book = book_of_six()
    spoil(f"{EMPTY} WHERE seq > %s", [left])
    run("UPDATE ledger_chain_head SET seq = %s, digest = %s", [left, book[left - 1].digest])
    assert judge().ok
    found = judge(expect=head_of(book[5]))
    assert (found.ok, found.first_broken) == (False, left + 1)


@pytest.mark.parametrize("seq", [1, 3, 6])
def test_a_chain_computed_anew_is_found_only_by_a_head_kept_aside(judge: Judge, seq: int) -> None:
    book = book_of_six()
    recompute_after(book[seq - 1]._replace(data='{"number":0}'))
    assert judge().ok
    for kept in book:
        found = judge(expect=head_of(kept))
        assert found.ok == (kept.seq < seq)
        assert found.first_broken == (None if kept.seq < seq else kept.seq)
    assert "此前另存" in found.why


def test_the_digest_kept_aside_may_be_written_in_capitals(judge: Judge) -> None:
    seq, digest = head_of(book_of_six()[2])
    assert judge(expect=(seq, digest.upper())).ok


@pytest.mark.usefixtures("database")
def test_a_head_kept_aside_from_the_empty_book_says_nothing() -> None:
    book_of_six()
    assert verify(BUREAU, expect=(0, GENESIS)).ok
    assert verify(BUREAU, expect=(0, "1" * 64)).first_broken == 1


def test_a_row_added_behind_the_head_row_is_found(judge: Judge) -> None:
    book = book_of_six()
    spoil("UPDATE ledger_chain_head SET seq = 4, digest = %s", [book[3].digest])
    found = judge()
    assert (found.ok, found.first_broken, found.entries) == (False, 5, 6)


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ("DELETE FROM ledger_chain_head", 7),
        ("UPDATE ledger_chain_head SET bureau = '999003'", 7),
        ("UPDATE ledger_chain_head SET seq = 9", 7),
        ("UPDATE ledger_chain_head SET digest = 'other'", 6),
    ],
)
def test_a_head_row_that_was_changed_is_found(judge: Judge, change: str, first: int) -> None:
    book_of_six()
    spoil(change)
    found = judge()
    assert (found.ok, found.first_broken) == (False, first)


def test_two_rows_that_changed_places_are_found(judge: Judge) -> None:
    book_of_six()
    spoil("UPDATE ledger_entry SET seq = 100 WHERE seq = 3")
    run("UPDATE ledger_entry SET seq = 3 WHERE seq = 4")
    run("UPDATE ledger_entry SET seq = 4 WHERE seq = 100")
    assert judge().first_broken == 3


@pytest.mark.parametrize("seq", [0, -5])
def test_a_row_before_the_first_is_found(judge: Judge, seq: int) -> None:
    book_of_six()
    spoil("UPDATE ledger_entry SET seq = %s WHERE seq = 6", [seq])
    assert not judge().ok


def test_a_fault_on_a_later_page_is_found(judge: Judge) -> None:
    drafts = [draft(n, f"case-{n}") for n in range(PAGE + 20)]
    drafts[PAGE + 5] = with_apart(drafts[PAGE + 5], apart(1))
    write(drafts, [apart(1)])
    assert judge().ok
    spoil("UPDATE ledger_private_value SET value = 'other'")
    assert judge().first_broken == PAGE + 6
    run("UPDATE ledger_entry SET source = 'other' WHERE seq = %s", [PAGE + 3])
    assert judge().first_broken == PAGE + 3


@pytest.mark.parametrize("column", ["digest", "salt", "value"])
def test_a_value_held_apart_that_was_changed_is_found_at_its_entry(judge: Judge, column: str) -> None:
    book_of_six()
    after = {"digest": "f" * 64, "salt": "0" * 32, "value": "另一人"}[column]
    spoil(f"UPDATE ledger_private_value SET {column} = %s WHERE digest = %s", [after, apart(5).digest])
    found = judge()
    assert (found.ok, found.first_broken) == (False, 5)
    assert "另存的内容" in found.why


@pytest.mark.parametrize("salt", ["", "zz", "0", "0 0"])
def test_a_salt_that_is_no_salt_is_found(judge: Judge, salt: str) -> None:
    book_of_six()
    spoil("UPDATE ledger_private_value SET salt = %s", [salt])
    assert judge().first_broken == 2


def test_a_false_value_that_no_entry_names_is_found_without_a_number(judge: Judge) -> None:
    book_of_six()
    run("INSERT INTO ledger_private_value (bureau, digest, salt, value) VALUES (%s, 'x', '00', 'y')", [BUREAU])
    found = judge()
    assert (found.ok, found.first_broken, found.entries) == (False, None, 6)


def test_an_erased_value_is_counted_and_breaks_nothing(judge: Judge) -> None:
    book_of_six()
    run("DELETE FROM ledger_private_value WHERE digest = %s", [apart(2).digest])
    assert (judge().ok, judge().erased) == (True, 1)
    run("DELETE FROM ledger_private_value")
    assert (judge().ok, judge().erased) == (True, 2)
    assert judge().why.endswith("另存的内容已清除 2 处")


def test_a_text_that_only_looks_like_a_value_held_apart_is_none(judge: Judge) -> None:
    quoted = replace(draft(1), data='{"topic":"{\\"apart\\":\\"' + "a" * 64 + '\\"}"}')
    write([quoted])
    assert (judge().ok, judge().erased) == (True, 0)


def test_another_bureau_is_not_touched_by_the_fault_of_one(judge: Judge) -> None:
    book_of_six()
    write([draft(1, bureau=OTHER)])
    spoil("UPDATE ledger_entry SET data = '{}' WHERE bureau = %s AND seq = 2", [BUREAU])
    assert judge(OTHER).ok
    assert judge().first_broken == 2


def test_a_bureau_that_the_book_does_not_know_is_not_called_whole(judge: Judge) -> None:
    book_of_six()
    found = judge("999009")
    assert (found.ok, found.entries, found.first_broken) == (False, 0, 1)


class TestSqliteFile:
    """A SQLite file can also hold what no column should, and be written without SQLite."""

    @pytest.fixture
    def judge(self, home: Path, judge_of: Callable[[Path], Judge]) -> Judge:
        return judge_of(home)

    @pytest.mark.parametrize(
        "change",
        [
            "data = CAST(data AS BLOB)",
            "digest = CAST(digest AS BLOB)",
            "case_id = CAST(case_id AS BLOB)",
            "by = CAST(x'ff41' AS TEXT)",
            "digest = CAST(x'ff41' AS TEXT)",
            "seq = 'x'",
            "seq = 4.5",
            "version = 'x'",
            "version = 1.5",
            "bureau = CAST(bureau AS BLOB)",
        ],
    )
    def test_a_value_of_another_type_is_found(self, judge: Judge, change: str) -> None:
        book_of_six()
        column, _, value = change.partition(" = ")
        spoil(f'UPDATE ledger_entry SET "{column}" = {value} WHERE seq = 4')
        assert judge().first_broken == 4

    def test_a_value_held_apart_that_is_no_text_is_found(self, judge: Judge) -> None:
        book_of_six()
        spoil("UPDATE ledger_private_value SET value = CAST(value AS BLOB)")
        assert judge().first_broken == 2

    @pytest.mark.parametrize("repeated", [3, 6])
    def test_a_row_that_stands_twice_is_found(self, judge: Judge, repeated: int) -> None:
        book_of_six()
        unprotect()
        run("CREATE TABLE kept AS SELECT * FROM ledger_entry")
        run("DROP TABLE ledger_entry")
        run("ALTER TABLE kept RENAME TO ledger_entry")
        run("INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = %s", [repeated])
        assert judge().first_broken == repeated + 1

    def test_a_row_that_stands_twice_across_two_pages_is_found(self, judge: Judge) -> None:
        write([draft(n) for n in range(PAGE + 5)])
        unprotect()
        run("CREATE TABLE kept AS SELECT * FROM ledger_entry")
        run("DROP TABLE ledger_entry")
        run("ALTER TABLE kept RENAME TO ledger_entry")
        run("INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE seq = %s", [PAGE])
        assert judge().first_broken == PAGE + 1

    def test_a_byte_written_into_the_file_itself_is_found(self, home: Path, judge: Judge) -> None:
        write([draft(1, "case-one"), draft(2, "findme-7"), draft(3, "case-two")])
        close_home()
        whole = (home / BOOK).read_bytes()
        places = [match.start() for match in re.finditer(b"findme-7", whole)]
        assert len(places) == 2  # the row, and the index of cases and versions
        for place in places:
            (home / BOOK).write_bytes(whole[:place] + b"F" + whole[place + 1 :])
            open_home(home)
            assert not judge().ok
            close_home()

    def test_a_file_that_sqlite_cannot_follow_is_called_damaged(self, home: Path) -> None:
        write([draft(n) for n in range(200)])
        close_home()
        whole = (home / BOOK).read_bytes()
        (home / BOOK).write_bytes(whole[:-20480] + bytes(20480))  # the last five pages, of the newest entries
        open_home(home)
        with pytest.raises(HomeUnreadable, match="已损坏"):
            verify(BUREAU)
        assert stand_alone_as_a_program(home / BOOK).returncode == 2
        close_home()
        (home / BOOK).write_bytes(whole[: len(whole) // 2])
        with pytest.raises(HomeUnreadable, match="已损坏"):
            open_home(home)

    def test_after_a_verification_of_broken_text_reading_is_as_before(self, judge: Judge) -> None:
        book = book_of_six()
        spoil("UPDATE ledger_entry SET source = CAST(x'ff' AS TEXT) WHERE seq = 4")
        assert judge().first_broken == 4
        assert connection.connection.text_factory is str
        run("UPDATE ledger_entry SET source = %s WHERE seq = 4", [book[3].source])
        assert list(entries(BUREAU)) == book
