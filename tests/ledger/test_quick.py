"""The chain read in ranges, by several processes, or only from where it was verified before: the same verdict."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from fazheng.ledger.chain import COLUMNS, hash_of
from fazheng.ledger.checkpoints import Checkpoint
from fazheng.ledger.merkle import Tree
from fazheng.ledger.quick import Plan, Whole, whole
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import Verification, _walked, verify
from tests.ledger.books import (
    BUREAU,
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

RANGES = Plan(span=2)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
values = st.one_of(words, st.integers(-(2**63), 2**63 - 1), st.binary(max_size=8), st.floats(allow_nan=False))


def found_whole(plan: Plan = RANGES) -> Whole | None:
    return whole(BUREAU, plan, lambda named: True)


def in_order() -> Verification:
    return _walked(BUREAU, [])


def checkpoint(found: Verification) -> Checkpoint:
    return Checkpoint(BUREAU, found.entries, found.root, found.head, "2025-03-05T10:00:00+08:00", "示例", found.form)


def since(mark: Checkpoint, sampled: int = 0) -> Plan:
    return Plan(since=mark.size, seed=b"0", span=2, sampled=sampled)


@pytest.mark.usefixtures("database")
def test_ranges_say_yes_to_a_book_that_nobody_touched_and_give_the_root_of_every_size() -> None:
    book = book_of_six()
    told = found_whole(replace(RANGES, sizes=frozenset(range(9))))
    assert told is not None
    assert (told.entries, told.head, told.read_from) == (6, book[-1].digest, 1)
    digests = [bytes.fromhex(entry.digest) for entry in book]
    known = Tree(hash_of(1), 6, lambda begin, end: digests[begin:end])
    assert told.roots == {size: known.root(size).hex() for size in range(1, 7)}


@pytest.mark.usefixtures("database")
def test_processes_of_their_own_say_the_same() -> None:
    book_of_six()
    assert found_whole(replace(RANGES, cores=2)) == found_whole()
    spoil("UPDATE ledger_entry SET source = 'x' WHERE seq = 5")
    assert found_whole(replace(RANGES, cores=2)) is None
    assert verify(BUREAU, plan=replace(RANGES, cores=2)).first_broken == 5


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 2, 3, 6])
def test_ranges_doubt_a_change_in_any_column_and_the_first_fault_is_that_of_the_walk(column: str, seq: int) -> None:
    before = getattr(book_of_six()[seq - 1], column)
    after = before + 100 if isinstance(before, int) else f"x{before}"[: max(len(before), 1)]
    spoil(f'UPDATE ledger_entry SET "{column}" = %s WHERE bureau = %s AND seq = %s', [after, BUREAU, seq])
    assert found_whole() is None
    assert verify(BUREAU, plan=RANGES) == in_order()
    assert in_order().first_broken == seq


@pytest.mark.parametrize("where", ["seq = 1", "seq = 2", "seq = 6", "seq > 3", "seq > 0"])
@pytest.mark.usefixtures("database")
def test_ranges_doubt_rows_cut_out(where: str) -> None:
    book_of_six()
    spoil(f"DELETE FROM ledger_entry WHERE {where}")
    assert found_whole() is None
    assert verify(BUREAU, plan=RANGES) == in_order()


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.data())
def test_after_any_single_change_every_form_says_what_the_walk_says(home: Path, data: st.DataObject) -> None:
    close_home()
    empty = home / "empty"
    if not empty.exists():
        empty.write_bytes((home / BOOK).read_bytes())
    (home / BOOK).write_bytes(empty.read_bytes())
    open_home(home)
    book_of_six()
    mark = checkpoint(verify(BUREAU))
    write([draft(7), draft(8)])
    unprotect()
    table = data.draw(st.sampled_from(["ledger_entry", "ledger_entry", "ledger_chain_head"]))
    column = data.draw(st.sampled_from(COLUMNS if table == "ledger_entry" else ("bureau", "seq", "digest")))
    row = data.draw(st.integers(1, 8))
    try:
        run(f'UPDATE {table} SET "{column}" = %s WHERE rowid = %s', [data.draw(values), row])  # type: ignore[list-item]
    except IntegrityError:
        assume(False)
    told = verify(BUREAU)
    assert verify(BUREAU, plan=replace(RANGES, span=data.draw(st.sampled_from([1, 2, 4, 8])))) == told
    assert verify(BUREAU, checkpoints=[mark], plan=since(mark, sampled=6)).ok == told.ok
    new = verify(BUREAU, checkpoints=[mark], plan=since(mark))
    if table == "ledger_chain_head" or row > 6 or column in ("seq", "digest", "bureau"):
        assert new.ok == told.ok  # an old text alone may escape who reads only what is new
    assert (found_whole() is None) or told.ok


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=4))
def test_the_database_writes_any_text_as_we_do(home: Path, texts: list[str]) -> None:
    write([replace(draft(), data=text, event="事") for text in ["".join(map(chr, range(1, 0x250))), *texts]])
    assert found_whole() is not None


@pytest.mark.usefixtures("home")  # PostgreSQL holds no such sign
def test_a_text_cut_by_an_unseen_sign_is_not_read_as_if_it_ended_there() -> None:
    book_of_six()
    spoil("UPDATE ledger_entry SET source = source || CAST(x'00' AS TEXT) || 'more' WHERE seq = 3")
    assert found_whole() is None


class TestOnlyWhatIsNew:
    """Verified before up to somewhere: what is found, and what is not and is said."""

    pytestmark = pytest.mark.usefixtures("database")

    def test_new_entries_are_read_and_old_ones_only_by_their_digests(self) -> None:
        book_of_six()
        mark = checkpoint(verify(BUREAU))
        write([draft(7), draft(8, "other")])
        found = verify(BUREAU, checkpoints=[mark], plan=since(mark))
        assert (found.ok, found.entries) == (True, 8)
        assert "以前已核验到第 6 条，本次只核验其后 2 条" in found.read
        assert "全部重读才一定发现" in found.read
        assert found.root == verify(BUREAU).root

    def test_an_old_text_changed_beside_its_digest_escapes_and_is_found_by_reading_all(self) -> None:
        book_of_six()
        mark = checkpoint(verify(BUREAU))
        spoil("UPDATE ledger_entry SET data = '{}' WHERE seq = 3")
        assert verify(BUREAU, checkpoints=[mark], plan=since(mark)).ok  # this is what the sentence warns of
        assert verify(BUREAU, checkpoints=[mark], plan=since(mark, sampled=6)).first_broken == 3
        assert verify(BUREAU, checkpoints=[mark]).first_broken == 3

    def test_an_old_digest_changed_or_a_chain_computed_anew_is_found(self) -> None:
        book = book_of_six()
        mark = checkpoint(verify(BUREAU))
        recompute_after(book[2]._replace(data="{}"))
        assert verify(BUREAU).ok
        assert verify(BUREAU, checkpoints=[mark], plan=since(mark)).first_broken == 6

    def test_a_book_cut_short_or_swapped_for_an_older_copy_is_found(self) -> None:
        book = book_of_six()
        mark = checkpoint(verify(BUREAU))
        spoil("DELETE FROM ledger_entry WHERE seq > 4")
        run("UPDATE ledger_chain_head SET seq = 4, digest = %s", [book[3].digest])
        assert verify(BUREAU).ok
        found = verify(BUREAU, checkpoints=[mark], plan=since(mark))
        assert (found.ok, found.first_broken) == (False, 5)

    @pytest.mark.parametrize("version", [1, 3, 9])
    def test_a_new_entry_must_go_on_with_the_version_of_its_case(self, version: int) -> None:
        book_of_six()
        mark = checkpoint(verify(BUREAU))
        write([draft(7)])
        spoil("UPDATE ledger_entry SET version = %s WHERE seq = 7", [100])
        assert not verify(BUREAU, checkpoints=[mark], plan=since(mark)).ok
        run("UPDATE ledger_entry SET version = %s WHERE seq = 7", [version + 10])
        assert not verify(BUREAU, checkpoints=[mark], plan=since(mark)).ok

    def test_a_changed_value_held_apart_of_a_new_entry_is_found(self) -> None:
        book_of_six()
        mark = checkpoint(verify(BUREAU))
        write([with_apart(draft(7), apart(7))], [apart(7)])
        assert verify(BUREAU, checkpoints=[mark], plan=since(mark)).ok
        spoil("UPDATE ledger_private_value SET value = 'x' WHERE digest = %s", [apart(7).digest])
        assert verify(BUREAU, checkpoints=[mark], plan=since(mark)).first_broken == 7

    def test_a_checkpoint_whose_text_was_changed_is_not_believed(self) -> None:
        book_of_six()
        mark = replace(checkpoint(verify(BUREAU)), root="0" * 64)
        found = verify(BUREAU, checkpoints=[mark])
        assert (found.ok, found.first_broken) == (False, None)
        assert "存证点" in found.why

    def test_a_head_kept_aside_is_asked_for_as_well(self) -> None:
        book = book_of_six()
        mark = checkpoint(verify(BUREAU))
        assert verify(BUREAU, expect=head_of(book[1]), checkpoints=[mark], plan=since(mark)).ok
        assert verify(BUREAU, expect=(2, "0" * 64), checkpoints=[mark], plan=since(mark)).first_broken == 2
