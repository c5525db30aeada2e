"""Reading the book, the same on SQLite and PostgreSQL."""

import pytest

from fazheng.ledger.chain import GENESIS, Head
from fazheng.ledger.read import bureaux, cases_entries, entries, entries_under, head
from fazheng.ledger.rows import PAGE
from tests.ledger.books import BUREAU, OTHER, book_of_six, draft, write

pytestmark = pytest.mark.usefixtures("database")


def test_a_book_longer_than_a_page_is_read_whole_and_in_order() -> None:
    written = write([draft(n, f"case-{n % 7}") for n in range(2 * PAGE + 1)])
    assert list(entries(BUREAU)) == written
    by_case = dict(cases_entries(BUREAU))
    assert sorted(by_case) == [f"case-{n}" for n in range(7)]
    assert all([entry.version for entry in found] == list(range(1, len(found) + 1)) for found in by_case.values())
    assert sum(map(len, by_case.values())) == len(written)


def test_reading_goes_on_after_a_number() -> None:
    written = book_of_six()
    assert list(entries(BUREAU, after=4)) == written[4:]
    assert list(entries(BUREAU, after=6)) == []


def test_one_case_is_read_by_its_versions() -> None:
    written = book_of_six()
    assert list(entries(BUREAU, case_id=written[1].case_id)) == [written[1], written[4]]
    assert list(entries(BUREAU, case_id=written[1].case_id, after=2)) == [written[4]]
    assert list(entries(BUREAU, case_id="nothing")) == []


def test_named_cases_are_read_once_each_in_order() -> None:
    written = book_of_six()
    asked = [written[2].case_id, written[0].case_id, "nothing", written[2].case_id]
    assert list(cases_entries(BUREAU, asked)) == [
        (written[0].case_id, [written[0], written[3]]),
        (written[2].case_id, [written[2], written[5]]),
    ]
    assert list(cases_entries(BUREAU, [])) == []


def test_what_begins_with_a_word_and_a_colon_is_found_however_the_database_sorts() -> None:
    ids = [
        "note:2",
        "note:甲",
        "note:10",
        "note:B",
        "note;1",
        "note-2026-0001",
        "note_line-1",
        "note0",
        "notes:1",
        "note:2",
    ]
    written = write([draft(n, id) for n, id in enumerate(ids)])
    found = list(entries_under(BUREAU, "note:"))
    assert found == sorted((e for e in written if e.case_id.startswith("note:")), key=lambda e: (e.case_id, e.version))
    assert len(found) == 5
    assert list(entries_under(BUREAU, "nothing:")) == []


def test_a_bureau_reads_only_its_own() -> None:
    write([draft(1)])
    theirs = write([draft(1, bureau=OTHER)])
    assert list(entries(OTHER)) == theirs
    assert [case for case, _ in cases_entries(OTHER)] == [theirs[0].case_id]


def test_an_empty_book_has_no_bureau_and_no_entry() -> None:
    assert bureaux() == []
    assert list(entries(BUREAU)) == []
    assert list(cases_entries(BUREAU)) == []
    assert head(BUREAU) == Head(0, GENESIS)


def test_bureaux_are_sorted() -> None:
    write([draft(1, bureau=OTHER)])
    write([draft(1)])
    assert bureaux() == [BUREAU, OTHER]
