"""The -wal file cut off or spoilt at any byte: the book opens at a whole act, and what was lost is said."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fazheng.ledger.chain import Head
from fazheng.ledger.read import entries, head
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import verify
from fazheng.ledger.witness import SEEN, complaint
from tests.ledger.books import BUREAU, draft, write

ACTS, TIMES = 8, 40


@dataclass(frozen=True)
class Torn:
    """A home whose last acts stand in the -wal file alone; the ends of its chain, act by act, three entries each."""

    home: Path
    ends: list[Head]

    def copy(self, to: Path) -> Path:
        shutil.rmtree(to, ignore_errors=True)
        to.mkdir()
        for name in (BOOK, f"{BOOK}-wal", SEEN):
            shutil.copyfile(self.home / name, to / name)
        return to


@pytest.fixture
def torn(home: Path, tmp_path: Path) -> Torn:
    ends = [Head(0, "0" * 64)]
    for act in range(ACTS):
        last = write([draft(3 * act + n, f"study.session-2025-{n:04d}") for n in (1, 2, 3)])[-1]
        ends.append(Head(last.seq, last.digest))
    cut_off = Torn(home, ends).copy(tmp_path / "cut-off")  # as a machine that lost its power leaves it
    close_home()
    return Torn(cut_off, ends)


def opened_whole(home: Path, ends: list[Head]) -> Head:
    """The end of the chain that the home opens at: that of a whole act. What is missing is said."""
    open_home(home)
    found = verify(BUREAU)
    assert found.ok or found.entries == 0, found.why
    last = head(BUREAU)
    assert last in ends
    assert len(list(entries(BUREAU))) == last.seq
    lost = ends[-1].seq - last.seq
    assert (f"少了 {lost} 条" in complaint(home)) == (lost > 0)
    close_home()
    return last


def test_cut_off_at_any_byte_it_opens_at_a_whole_act_and_says_what_is_missing(torn: Torn, tmp_path: Path) -> None:
    size = (torn.home / f"{BOOK}-wal").stat().st_size
    chance, reached = random.Random(7), set[Head]()
    for cut in [0, 31, size - 1, size, *(chance.randrange(size) for _ in range(TIMES))]:
        copy = torn.copy(tmp_path / "copy")
        with (copy / f"{BOOK}-wal").open("r+b") as wal:
            wal.truncate(cut)
        reached.add(opened_whole(copy, torn.ends))
    assert len(reached) > 3


def test_with_any_byte_spoilt_it_opens_at_a_whole_act_and_says_what_is_missing(torn: Torn, tmp_path: Path) -> None:
    size = (torn.home / f"{BOOK}-wal").stat().st_size
    chance = random.Random(8)
    for _ in range(TIMES):
        copy = torn.copy(tmp_path / "copy")
        found = bytearray((copy / f"{BOOK}-wal").read_bytes())
        found[chance.randrange(size)] ^= 1 << chance.randrange(8)
        (copy / f"{BOOK}-wal").write_bytes(found)
        opened_whole(copy, torn.ends)


def test_what_was_lost_can_be_entered_again_after_saying_so(torn: Torn, tmp_path: Path) -> None:
    from fazheng.ledger.witness import accept

    copy = torn.copy(tmp_path / "copy")
    (copy / f"{BOOK}-wal").write_bytes((copy / f"{BOOK}-wal").read_bytes()[: -5 * 4096])
    open_home(copy)
    accept(copy, "2026-11-22")
    last = write([draft(90)])[-1]
    assert (complaint(copy), verify(BUREAU, expect=(last.seq, last.digest)).ok) == ("", True)
