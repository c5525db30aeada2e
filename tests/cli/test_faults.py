"""Disk full, folder read-only or gone, another program in the book: a sentence, an exit code, the book as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.ledger import storage
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.verify import verify
from fazheng.ledger.witness import complaint
from tests.cli.typing import Shell

ROOT = Path(__file__).parents[2]
CODE = "999001"
TICKET = "ticket_no=示例1 kind=咨询 urgent=否 topic=低保条件 request=怎么申请 assigned_by_ruling=否"
STEP = ["case", "open", "hotline.ticket", "--on", "2024-03-01", "--as", "Z008"]
STEP += [word for one in TICKET.split() for word in ("--data", one)]


def state(home: Path) -> tuple[str, dict[str, Any]]:
    """The end of the chain and every projection, once both have been found whole."""
    open_home(home)
    found = verify(CODE)
    assert found.ok, found.why
    assert complaint(home) == ""
    live = dump(CODE)
    rebuild(the_bureau(CODE))
    assert dump(CODE) == live
    close_home()
    return f"{found.entries}:{found.head}", live


def on_a_small_disk(most: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command that may write no file beyond `most` bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    return subprocess.run(
        [sys.executable, "-m", "fazheng", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        text=True,
        check=False,
    )


def is_a_sentence(said: str) -> bool:
    return said.count("\n") == 1 and said.endswith("\n") and "Traceback" not in said and "程序出错" not in said


@pytest.fixture
def sheet(fresh: Shell, tmp_path: Path) -> Path:
    """A workbook of the example year, which another book has not taken in."""
    from fazheng.cli.demo import example_sheets
    from fazheng.lawbook.load import load
    from tests.casework.workbook.desk import write_workbook

    sheets = example_sheets("county-b")
    write_workbook(tmp_path / "年度.xlsx", load(place="示例县"), {name: sheets[name] for name in ("12345热线工单",)})
    return tmp_path / "年度.xlsx"


class TestFullDisk:
    @pytest.mark.parametrize("most", [0, 5_000, 33_000, 60_000])
    def test_a_step_is_taken_or_not(self, fresh: Shell, most: int) -> None:
        before = state(fresh.home)
        done = on_a_small_disk(most, "--home", fresh.home, *STEP)
        after = state(fresh.home)
        if done.returncode == 0:
            assert after != before
        else:
            assert (done.returncode, after) == (2, before)
            assert is_a_sentence(done.stderr), done.stderr
        assert fresh(*STEP).code == 0

    @pytest.mark.parametrize("most", [33_000, 100_000])
    def test_an_import_is_whole_or_not_there(self, fresh: Shell, sheet: Path, most: int) -> None:
        before = state(fresh.home)
        done = on_a_small_disk(most, "--home", fresh.home, "import", sheet)
        assert (done.returncode, state(fresh.home)) == (2, before)
        assert is_a_sentence(done.stderr), done.stderr

    @pytest.mark.parametrize("most", [33_000, 100_000])
    def test_a_backup_is_whole_or_not_there(self, fresh: Shell, tmp_path: Path, most: int) -> None:
        before = state(fresh.home)
        done = on_a_small_disk(most, "--home", fresh.home, "backup", "--to", tmp_path / "kept")
        assert (done.returncode, state(fresh.home)) == (2, before)
        assert is_a_sentence(done.stderr), done.stderr
        assert list((tmp_path / "kept").iterdir()) == []

    def test_a_restored_home_is_whole_or_not_there(self, fresh: Shell, tmp_path: Path) -> None:
        file = fresh.ask("backup", "--to", str(tmp_path / "kept"))["file"]
        done = on_a_small_disk(100_000, "--home", tmp_path / "new", "restore", file)
        assert (done.returncode, (tmp_path / "new").exists(), list(tmp_path.glob(".new*"))) == (2, False, [])
        assert is_a_sentence(done.stderr), done.stderr

    def test_projections_made_again_are_all_made_or_none(self, demo: Shell) -> None:
        before = state(demo.home)
        done = on_a_small_disk(100_000, "--home", demo.home, "rebuild")
        assert (done.returncode, state(demo.home)) == (2, before)
        assert is_a_sentence(done.stderr), done.stderr


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """As somebody who may read the folder and not write it. Skips where the program itself cannot be read so."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        if not os.access(ROOT / "law", os.X_OK, effective_ids=True):
            pytest.skip("the program lies where only root may read")
        yield
    finally:
        os.seteuid(0)


class TestFolders:
    def test_a_read_only_folder_is_said_and_left(self, fresh: Shell) -> None:
        before = state(fresh.home)
        with tempfile.TemporaryDirectory() as outside:
            Path(outside).chmod(0o755)
            home = Path(shutil.copytree(fresh.home, Path(outside) / "home"))
            assert fresh("status", home=home).code == 0  # everything that a command reads has been read
            close_home()
            with nobody(home):
                said = [fresh(*words, home=home) for words in (STEP, ["rebuild"])]
                made = fresh("backup", home=home)
            assert [(one.code, is_a_sentence(one.err)) for one in [*said, made]] == [(2, True)] * 3, said
            for path in [home, *home.rglob("*")]:
                path.chmod(0o755)
            assert state(home) == before

    def test_a_folder_that_is_gone_is_said(self, fresh: Shell) -> None:
        close_home()
        shutil.rmtree(fresh.home)
        for words in (STEP, ["status"], ["backup"], ["verify"]):
            answer = fresh(*words)
            assert (answer.code, "这里没有账本" in answer.err) == (2, True)
        assert not fresh.home.exists()

    def test_a_disk_that_is_gone_is_said_when_a_backup_should_go_there(self, fresh: Shell) -> None:
        before = state(fresh.home)
        answer = fresh("backup", "--to", "/proc/nowhere/kept")
        assert (answer.code, is_a_sentence(answer.err), state(fresh.home)) == (2, True, before)


class TestAnotherProgram:
    def test_a_writer_waits_and_then_says_who_holds_the_book(
        self, fresh: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = state(fresh.home)
        monkeypatch.setattr(storage, "BUSY_SECONDS", 0.1)
        with closing(sqlite3.connect(fresh.home / BOOK)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = fresh(*STEP)
            assert (answer.code, "账本正被另一个程序占用" in answer.err) == (2, True)
            assert fresh("status").code == 0
            assert fresh("backup").code == 0  # reading goes on
        assert state(fresh.home) == before
        assert fresh(*STEP).code == 0
