"""Books made by chance: any single change of any stored column is found, and both verifiers always agree."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fazheng.ledger.chain import COLUMNS, DraftEntry
from fazheng.ledger.storage import BOOK, close_home, open_home
from tests.ledger.books import BUREAU, apart, book_of_six, run, unprotect, with_apart, write
from tests.ledger.judges import Judge

Row = tuple[object, ...]
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
values = st.one_of(words, st.integers(-(2**63), 2**63 - 1), st.binary(max_size=8), st.floats(allow_nan=False))
drafts = st.builds(
    DraftEntry,
    **{name: words for name in DraftEntry.__dataclass_fields__ if name not in ("bureau", "case_id")},
    bureau=st.just(BUREAU),
    case_id=st.sampled_from(["a", "b", "案"]),
)
by_chance = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def begin(home: Path) -> Callable[[], Judge]:
    """Opens the empty book anew, without its triggers, and without waiting for the disk."""
    unprotect()
    close_home()
    empty = (home / BOOK).read_bytes()

    def again() -> Judge:
        close_home()
        (home / BOOK).write_bytes(empty)
        open_home(home)
        connection.cursor().execute("PRAGMA synchronous = OFF")
        return Judge(home)

    return again


def stored(table: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY rowid")
        return [tuple((type(value), value) for value in row) for row in cursor.fetchall()]


def change(table: str, row: int, column: str, value: object) -> None:
    """Puts `value` into one column of one row; an example in which nothing changes, or cannot, is left out."""
    before = stored(table)
    try:
        run(f'UPDATE {table} SET "{column}" = %s WHERE rowid = %s', [value, row])  # type: ignore[list-item]
    except IntegrityError:
        assume(False)
    assume(stored(table) != before)


@by_chance
@given(st.lists(drafts, min_size=1, max_size=5), st.data())
def test_any_single_change_of_any_column_of_any_entry_is_found(
    begin: Callable[[], Judge], written: list[DraftEntry], data: st.DataObject
) -> None:
    judge = begin()
    book = write(written)
    assert judge().ok
    seq = data.draw(st.integers(1, len(book)))
    column = data.draw(st.sampled_from(COLUMNS))
    change("ledger_entry", seq, column, data.draw(values))
    found = judge()
    assert not found.ok
    if column != "seq":  # a row that left its place may be missed there, or be in the way where it went
        assert found.first_broken == seq


@by_chance
@given(st.data())
def test_any_single_change_of_a_value_held_apart_is_found_or_counts_as_erased(
    begin: Callable[[], Judge], data: st.DataObject
) -> None:
    judge = begin()
    book_of_six()
    column = data.draw(st.sampled_from(["bureau", "digest", "salt", "value"]))
    row = data.draw(st.integers(1, 2))
    change("ledger_private_value", row, column, data.draw(values))
    found = judge()
    if column == "bureau":  # it went to where no entry names it: the same as deleted
        assert (found.ok, found.erased) == (True, 1)
    else:
        assert found.first_broken == (2, 5)[row - 1]


@by_chance
@given(st.lists(drafts, max_size=6), st.data())
def test_however_a_book_was_spoilt_both_verifiers_agree(
    begin: Callable[[], Judge], written: list[DraftEntry], data: st.DataObject
) -> None:
    judge = begin()
    held = [apart(n) for n in range(2)]
    book = (
        write([*[with_apart(draft, held[n % 2]) for n, draft in enumerate(written[:3])], *written[3:]], held)
        if written
        else []
    )
    for _ in range(data.draw(st.integers(0, 3))):
        table = data.draw(st.sampled_from(["ledger_entry", "ledger_private_value", "ledger_chain_head"]))
        row = data.draw(st.integers(1, 6))
        if data.draw(st.booleans()):
            run(f"DELETE FROM {table} WHERE rowid = %s", [row])
            continue
        columns = {"ledger_entry": COLUMNS, "ledger_private_value": ("bureau", "digest", "salt", "value")}
        column = data.draw(st.sampled_from(columns.get(table, ("bureau", "seq", "digest"))))
        try:
            run(f'UPDATE {table} SET "{column}" = %s WHERE rowid = %s', [data.draw(values), row])  # type: ignore[list-item]
        except IntegrityError:
            continue
    kept = data.draw(st.sampled_from([None, *[(entry.seq, entry.digest) for entry in book], (2, "0" * 64)]))
    judge(expect=kept)
