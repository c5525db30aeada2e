"""Backup, restore, upgrade, and an older file in the book's place, as a person meets them on the command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.witness import SEEN
from tests.cli.typing import Shell
from tests.homes import RELEASES, said, unpacked, without_triggers
from tests.ledger.servers import administer, database_at

TICKET = "ticket_no=示例1 kind=咨询 urgent=否 topic=低保条件 request=怎么申请 assigned_by_ruling=否"
OPEN = ["case", "open", "hotline.ticket", "--on", "2024-03-01", "--as", "Z008"]
ROOT = Path(__file__).parents[2]


def data(text: str = TICKET) -> list[str]:
    return [word for one in text.split() for word in ("--data", one)]


def heads(shell: Shell, *words: str) -> dict[str, str]:
    return dict(shell.ask(*words)["heads"])


def end(shell: Shell, home: Path | None = None) -> str:
    answer = shell("status", "--format", "json", home=home)
    assert answer.code == 0, answer.err
    return f"{answer.json['entries']}:{answer.json['head']}"


class TestDrill:
    """What every check runs: a backup while others write, put back, verified, and gone on with."""

    def test_a_backup_taken_while_somebody_writes_is_put_back_and_gone_on_with(
        self, fresh: Shell, tmp_path: Path
    ) -> None:
        before = end(fresh)
        writer = self.writer(fresh.home, 12)
        made = []
        while writer.poll() is None:
            made.append(fresh.ask("backup", "--with-keys", "--to", str(tmp_path / "kept")))
        assert writer.returncode == 0
        now = int(end(fresh).partition(":")[0])
        assert now == int(before.partition(":")[0]) + 12
        assert len({one["heads"]["999001"] for one in made}) > 1, "nothing was written meanwhile"
        for n, one in enumerate(made[:: max(1, len(made) // 4)]):
            new = tmp_path / f"new{n}"
            assert fresh("restore", one["file"], home=new).code == 0
            assert end(fresh, new) == one["heads"]["999001"]
            assert fresh("verify", "--expect", one["heads"]["999001"], home=new).code == 0
            assert fresh(*OPEN, *data(), home=new).code == 0
            assert fresh("verify", "--expect", one["heads"]["999001"], home=new).code == 0
            assert int(end(fresh, new).partition(":")[0]) == int(one["heads"]["999001"].partition(":")[0]) + 1
        assert fresh("verify").code == 0

    @staticmethod
    def writer(home: Path, times: int) -> subprocess.Popen[bytes]:
        """Another process that opens as many cases, one after the other."""
        code = (
            "import sys; from fazheng.__main__ import _run\n"
            f"for _ in range({times}):\n"
            f"    assert _run(['--home', {str(home)!r}, *{OPEN!r}, *{data()!r}]) == 0"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.DEVNULL)

    def test_projections_are_made_again(self, demo: Shell, tmp_path: Path) -> None:
        open_home(demo.home)
        live = dump("999001")
        file = demo.ask("backup", "--to", str(tmp_path / "kept"))["file"]
        assert demo("restore", file, home=tmp_path / "new").code == 0
        open_home(tmp_path / "new")
        assert dump("999001") == live


class TestBackup:
    def test_it_says_what_is_in_it_and_where_it_should_rather_be(self, fresh: Shell) -> None:
        answer = fresh("backup")
        assert answer.code == 0
        assert re.search(r"已备份：.*/backups/fazheng-\d{8}T\d{6}\.zip", answer.out)
        assert f"链尾 {end(fresh)}" in answer.out
        assert "请用 --to 存到另一个磁盘" in answer.out
        assert "备份里没有钥匙" in answer.out

    def test_it_says_aloud_that_without_the_keys_private_values_cannot_be_read(
        self, fresh: Shell, tmp_path: Path
    ) -> None:
        (fresh.home / "keys" / "key").write_text("示例")
        without, within = fresh("backup"), fresh("backup", "--with-keys", "--to", str(tmp_path / "kept"))
        assert "备份里没有钥匙：没有钥匙，另存的个人信息读不出来" in without.out
        assert "备份里有钥匙：谁拿到这个文件，谁就能读出全部个人信息" in within.out
        file = next((tmp_path / "kept").iterdir())
        assert fresh("restore", str(file), home=tmp_path / "new").code == 0
        assert (tmp_path / "new" / "keys" / "key").read_text() == "示例"
        file = next((fresh.home / "backups").iterdir())
        assert "请把另行保管的钥匙放回" in fresh("restore", str(file), home=tmp_path / "newer").out

    def test_only_the_newest_are_kept(self, fresh: Shell, tmp_path: Path) -> None:
        to = ["--to", str(tmp_path / "kept")]
        made = [fresh.ask("backup", *to, "--keep", "2") for _ in range(3)]
        assert made[2]["removed"] == [made[0]["file"]]
        assert sorted(map(str, (tmp_path / "kept").iterdir())) == sorted(one["file"] for one in made[1:])

    def test_one_is_verified_and_a_spoilt_one_is_refused(self, fresh: Shell, tmp_path: Path) -> None:
        made = fresh.ask("backup")
        answer = fresh("backup", "--verify", made["file"], "--expect", made["heads"]["999001"])
        assert (answer.code, "备份完好" in answer.out, end(fresh) in answer.out) == (0, True, True)
        assert fresh("backup", "--verify", made["file"], "--expect", "1:" + "0" * 64).code == 1
        spoilt = tmp_path / "spoilt.zip"
        spoilt.write_bytes(Path(made["file"]).read_bytes()[:-100])
        answer = fresh("backup", "--verify", str(spoilt))
        assert (answer.code, "不是完整的备份" in answer.out) == (1, True)
        answer = fresh("restore", str(spoilt), home=tmp_path / "new")
        assert (answer.code, "不是完整的备份" in answer.err, (tmp_path / "new").exists()) == (2, True, False)
        assert list(tmp_path.glob(".new*")) == []


class TestRestore:
    def test_it_never_goes_over_a_book_without_being_told_to(self, fresh: Shell) -> None:
        file, before = fresh.ask("backup")["file"], end(fresh)
        assert fresh(*OPEN, *data()).code == 0
        after = end(fresh)
        answer = fresh("restore", file)
        assert (answer.code, "恢复不会覆盖它" in answer.err, end(fresh)) == (2, True, after)
        answer = fresh("restore", file, "--replace")
        assert (answer.code, "备份以后记的 1 条不在其中，请按原件补录" in answer.out) == (0, True)
        aside = next(fresh.home.parent.glob("home-原有-*"))
        assert (end(fresh), end(fresh, aside)) == (before, after)
        assert fresh("verify").code == 0

    def test_a_book_goes_from_a_file_to_a_server_and_back(
        self, fresh: Shell, tmp_path: Path, postgresql_server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file, before, name = fresh.ask("backup", "--with-keys")["file"], end(fresh), f"fazheng_restored_{os.getpid()}"
        administer(postgresql_server, f"CREATE DATABASE {name}")
        try:
            with monkeypatch.context() as patch:
                patch.setenv("DATABASE_URL", database_at(postgresql_server, name))
                new = tmp_path / "new"
                answer = fresh("restore", file, home=new)
                assert (answer.code, answer.err) == (0, "")
                assert (end(fresh, new), fresh("verify", home=new).code, (new / BOOK).exists()) == (before, 0, False)
                assert fresh(*OPEN, *data(), home=new).code == 0
                answer = fresh("restore", file, home=tmp_path / "newer")
                assert (answer.code, "库里已有账本" in answer.err, (tmp_path / "newer").exists()) == (2, True, False)
                back = fresh("backup", "--with-keys", "--to", str(tmp_path / "kept"), "--format", "json", home=new).json
                close_home()
            assert fresh("restore", back["file"], home=tmp_path / "back").code == 0
            assert end(fresh, tmp_path / "back") == back["heads"]["999001"] != before
        finally:
            close_home()
            administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


class TestUpgrade:
    @pytest.mark.parametrize("release", RELEASES)
    def test_a_book_of_an_earlier_release_is_opened_whole(self, demo: Shell, release: str, tmp_path: Path) -> None:
        home, before = unpacked(release, tmp_path / "old"), said(release)
        assert end(demo, home) == f"{before.entries}:{before.head}"
        assert demo("verify", "--expect", f"{before.entries}:{before.head}", home=home).code == 0
        open_home(home)
        live = dump(before.bureau)
        assert rebuild(the_bureau()) == before.cases
        assert dump(before.bureau) == live
        for year, figures in before.figures.items():
            answer = demo("figures", year, "--format", "json", home=home)
            found = {figure["id"]: figure["value"] for figure in answer.json}
            assert {name: found.get(name) for name in figures} == figures

    def test_what_must_be_migrated_is_copied_first_and_said(self, demo: Shell, tmp_path: Path) -> None:
        home, before = unpacked(RELEASES[0], tmp_path / "old"), said(RELEASES[0])
        without_triggers(home)
        old = (home / BOOK).read_bytes()
        answer = demo("verify", home=home)
        kept = home / "backups" / "before-upgrade-0001_initial.sqlite3"
        assert (answer.code, f"升级前的账本另存在 {kept}" in answer.err) == (0, True)
        assert demo("verify", home=home).err == ""
        other = tmp_path / "other"
        other.mkdir()
        shutil.copyfile(kept, other / BOOK)
        assert len(kept.read_bytes()) == len(old)
        assert end(demo, other) == f"{before.entries}:{before.head}"

    def test_a_backup_of_an_earlier_release_is_brought_up_to_date_when_it_is_restored(
        self, demo: Shell, tmp_path: Path
    ) -> None:
        home, before = unpacked(RELEASES[0], tmp_path / "old"), said(RELEASES[0])
        close_home()
        from fazheng.ledger import backup

        open_home(home)
        made, _ = backup.save(home, tmp_path / "kept", "2026-01-01T00:00:00+08:00")
        assert demo("restore", str(made), home=tmp_path / "new").code == 0
        assert end(demo, tmp_path / "new") == f"{before.entries}:{before.head}"
        assert not (tmp_path / "new" / "backups").exists()

    def test_an_upgrade_that_fails_leaves_the_book_as_it_was(self, demo: Shell, tmp_path: Path) -> None:
        home = unpacked(RELEASES[0], tmp_path / "old")
        without_triggers(home)
        old = (home / BOOK).read_bytes()

        def fails() -> None:
            raise OSError(28, "No space left on device")

        from fazheng.ledger.faults import HomeUnreadable

        with pytest.raises(HomeUnreadable, match="磁盘已满"):
            open_home(home, then=fails)
        close_home()
        assert (home / BOOK).read_bytes()[100:] == old[100:]  # the head of the file counts its openings

    def test_a_newer_book_is_left_alone(self, fresh: Shell) -> None:
        from tests.ledger.books import run as execute

        execute("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')")
        answer = fresh("status")
        assert (answer.code, "由更新版本的法正写成" in answer.err) == (2, True)


class TestOlderFile:
    """The book's file swapped for an older one: every command says so, and verify fails until somebody decides."""

    @pytest.fixture
    def swapped(self, fresh: Shell, tmp_path: Path) -> Shell:
        close_home()
        shutil.copyfile(fresh.home / BOOK, tmp_path / "older")
        for _ in range(2):
            assert fresh(*OPEN, *data()).code == 0
        close_home()
        shutil.copyfile(tmp_path / "older", fresh.home / BOOK)
        return fresh

    def test_every_command_says_so_and_verify_fails(self, swapped: Shell) -> None:
        for words in (["status"], ["case", "list"], ["figures", "2024"], ["rebuild"], ["backup"]):
            answer = swapped(*words)
            assert (answer.code, "少了 2 条" in answer.err) == (0, True), words
        answer = swapped("verify")
        assert (answer.code, "账本有问题：" in answer.out, "少了 2 条" in answer.out) == (1, True, True)

    def test_it_is_still_said_after_more_was_written(self, swapped: Shell) -> None:
        for _ in range(3):
            swapped(*OPEN, *data())
        answer = swapped("verify")
        assert (answer.code, "不是本机见过的那一条" in answer.out) == (1, True)

    def test_whoever_goes_on_with_it_says_so_once(self, swapped: Shell) -> None:
        assert swapped("verify", "--accept").code == 0
        assert (swapped("verify").code, swapped("status").err) == (0, "")
        assert "accepted" in (swapped.home / SEEN).read_text("utf-8")

    def test_a_broken_book_is_not_accepted(self, swapped: Shell) -> None:
        from tests.ledger.books import spoil

        open_home(swapped.home)
        spoil("UPDATE ledger_entry SET data = '{}' WHERE seq = 2")
        assert swapped("verify", "--accept").code == 1
        assert "少了 2 条" in swapped("status").err
