"""The last head seen, kept beside the book: an older book, or another one, is told by it."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction

from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.witness import SEEN, accept, complaint, seen, start
from tests.ledger.books import BUREAU, OTHER, book_of_six, draft, end_of, write


class Undone(Exception):
    pass


def older(home: Path, more: int = 1) -> Path:
    """Six entries, a copy of the book set aside, and `more` entries after it."""
    book_of_six()
    close_home()
    aside = home / "older"
    shutil.copyfile(home / BOOK, aside)
    open_home(home)
    for number in range(more):
        write([draft(10 + number)])
    close_home()
    return aside


def swap(home: Path, other: Path) -> None:
    for end in ("-wal", "-shm"):
        (home / f"{BOOK}{end}").unlink(missing_ok=True)
    shutil.copyfile(other, home / BOOK)
    open_home(home)


@pytest.mark.usefixtures("database")
def test_what_was_committed_is_seen_and_what_was_undone_is_not(tmp_path: Path) -> None:
    home = tmp_path / "home"
    book = book_of_six()
    assert seen(home) == {BUREAU: end_of(book)}
    with suppress(Undone), transaction.atomic():
        write([draft(9)])
        raise Undone
    assert seen(home) == {BUREAU: end_of(book)}
    theirs = write([draft(1, bureau=OTHER)])
    assert seen(home) == {BUREAU: end_of(book), OTHER: end_of(theirs)}
    assert complaint(home) == ""


def test_an_older_file_in_the_book_s_place_is_told_with_what_is_missing(home: Path) -> None:
    swap(home, older(home, 3))
    assert "停在第 6 条，本机见过第 9 条" in complaint(home)
    assert "少了 3 条" in complaint(home)
    assert complaint(home, OTHER) == ""


def test_what_is_written_on_an_older_file_does_not_hide_that_it_is_one(home: Path) -> None:
    swap(home, older(home, 1))
    for number in range(3):
        write([draft(20 + number)])
    assert seen(home)[BUREAU].seq == 7
    assert "第 7 条不是本机见过的那一条" in complaint(home)


def test_a_home_that_did_not_see_the_last_entries_takes_up_where_the_book_is(home: Path) -> None:
    book = book_of_six()
    kept = (home / SEEN).read_bytes()
    write([draft(10)])
    (home / SEEN).write_bytes(kept)  # the note of the last commit was lost
    assert complaint(home) == ""
    last = write([draft(11)])
    assert seen(home) == {BUREAU: end_of([*book, *last])}


def test_a_book_that_was_accepted_is_gone_on_with_and_what_was_given_up_is_kept(home: Path) -> None:
    swap(home, older(home, 2))
    lost = seen(home)[BUREAU]
    accept(home, "2026-11-22")
    assert complaint(home) == ""
    kept = json.loads((home / SEEN).read_text("utf-8"))["accepted"]
    assert [(one["on"], one["bureau"], one["seen"]) for one in kept] == [
        ("2026-11-22", BUREAU, f"{lost.seq}:{lost.digest}")
    ]
    write([draft(30)])
    assert (seen(home)[BUREAU].seq, complaint(home)) == (7, "")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"heads": {"999001": "x"}, "accepted": []}', '{"heads": {}}'])
def test_a_half_written_file_is_said_and_not_written_over(home: Path, text: str) -> None:
    book_of_six()
    (home / SEEN).write_text(text, "utf-8")
    assert "已损坏" in complaint(home)
    write([draft(10)])
    assert (home / SEEN).read_text("utf-8") == text
    with pytest.raises(HomeUnreadable, match="已损坏"):
        seen(home)
    accept(home, "2026-11-22")
    write([draft(11)])
    assert complaint(home) == ""


def test_a_restored_home_begins_with_the_heads_of_its_backup(home: Path) -> None:
    book = book_of_six()
    write([draft(10)])
    start(home, {BUREAU: end_of(book)})
    assert seen(home) == {BUREAU: end_of(book)}


def test_every_act_is_noted_whatever_another_program_noted_in_between(home: Path) -> None:
    theirs = write([draft(1, bureau=OTHER)])
    for number in range(1, 13):  # the number of the entry grows by a digit
        ours = write([draft(number)])
        assert seen(home) == {BUREAU: end_of(ours), OTHER: end_of(theirs)}
        if number in (4, 11):
            kept = json.loads((home / SEEN).read_text("utf-8"))
            kept["accepted"].append({"on": "2026-11-22", "seen": "unreadable"})
            beside = home / "beside"
            beside.write_text(json.dumps(kept), "utf-8")
            beside.replace(home / SEEN)
    assert len(json.loads((home / SEEN).read_text("utf-8"))["accepted"]) == 2
