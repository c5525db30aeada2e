"""Backups: whole while others write, on both databases, told from what is not whole, and put back into either."""

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from django.db import connection, connections

from fazheng.ledger.backup import BackupUnusable, copy_book, drop_old, read, save, unpack
from fazheng.ledger.chain import Head
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.moving import file_to_server
from fazheng.ledger.read import entries, head, private_value
from fazheng.ledger.rows import rows
from fazheng.ledger.storage import BOOK, open_home
from fazheng.ledger.verify import verify
from tests.ledger.books import BUREAU, OTHER, apart, book_of_six, draft, end_of, spoil, write
from tests.windows import OWNER_ALONE, PIPES

WHEN = "2026-11-22T13:05:09.123456+08:00"


def save_in(folder: Path, **how: bool) -> Path:
    return save(folder / "home", folder / "kept", WHEN, **how)[0]


@pytest.mark.usefixtures("database")
def test_a_backup_says_what_the_book_holds_and_is_the_book(tmp_path: Path) -> None:
    book = book_of_six()
    theirs = write([draft(1, bureau=OTHER)])
    path = save_in(tmp_path)
    assert path.name == "fazheng-20261122T130509.zip"
    kept = read(path)
    assert kept.heads == {BUREAU: end_of(book), OTHER: end_of(theirs)}
    assert (kept.made_at, kept.files, kept.keys, kept.faults) == (WHEN, 0, False, "")
    unpack(path, tmp_path / "out")
    open_home(tmp_path / "out", url="")
    assert list(entries(BUREAU)) == book
    assert private_value(BUREAU, apart(2).digest) == "示例当事人"


@pytest.mark.usefixtures("database")
def test_every_table_is_in_the_copy(tmp_path: Path) -> None:
    book_of_six()
    tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
    counts = {table: rows(f"SELECT count(*) FROM {table}", [])[0][0] for table in tables}
    copy_book(tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert {t: copy.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables} == counts
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == ["copy"]


@pytest.mark.usefixtures("database")
def test_a_backup_made_while_others_write_is_the_book_of_one_moment(tmp_path: Path) -> None:
    book_of_six()
    stop = Event()

    def writer() -> int:
        written = 0
        try:
            while not stop.is_set():
                write([draft(100 + written), draft(101 + written)])  # two in one act: an odd number is half an act
                written += 2
        finally:
            connections.close_all()
        return written

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(writer)
        try:
            kept = [read(save_in(tmp_path)).heads[BUREAU] for _ in range(8)]
        finally:
            stop.set()
        assert writing.result() > 0
    assert all(one.seq % 2 == 0 for one in kept)
    assert [one.seq for one in kept] == sorted({one.seq for one in kept}), "the writer stood still"
    found = {entry.seq: entry.digest for entry in entries(BUREAU)}
    assert all(found[one.seq] == one.digest for one in kept)


@OWNER_ALONE
def test_the_folders_of_the_home_go_along_and_the_keys_only_when_asked(home: Path, tmp_path: Path) -> None:
    book_of_six()
    for name in ("attachments/999001/ab", "checkpoints/1.json", "keys/key", "keys/deep/key", "other/x", "报告/甲.html"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name, "utf-8")
    (home / "attachments/999001/half.part").write_text("half")
    carried = {"attachments/999001/ab", "checkpoints/1.json", "报告/甲.html"}
    without, with_keys = save_in(tmp_path), save_in(tmp_path, with_keys=True)
    assert set(zipfile.ZipFile(without).namelist()) == carried | {BOOK, "manifest.json"}
    assert set(zipfile.ZipFile(with_keys).namelist()) == carried | {BOOK, "manifest.json", "keys/key", "keys/deep/key"}
    assert [(kept.keys, kept.without_keys) for kept in (read(without), read(with_keys))] == [
        (False, True),
        (True, False),
    ]
    assert without.stat().st_mode & 0o077 == 0
    unpack(with_keys, tmp_path / "out")
    assert (tmp_path / "out/keys/deep/key").read_text("utf-8") == "keys/deep/key"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def bend(path: Path) -> None:
    found = bytearray(path.read_bytes())
    found[len(found) // 3] ^= 1
    path.write_bytes(found)


def rewritten(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        change(found)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in found.items():
                archive.writestr(name, content)

    return rewrite


def manifest(**other: object) -> Callable[[dict[str, bytes]], None]:
    return lambda found: found.update(
        {"manifest.json": json.dumps({**json.loads(found["manifest.json"]), **other}).encode()}
    )


@pytest.mark.parametrize(
    ("spoil_it", "why"),
    [
        (cut, "不是完整的备份"),
        (bend, "不是完整的备份|已损坏"),
        (lambda path: path.write_bytes(b""), "不是完整的备份"),
        (lambda path: path.unlink(), "没有这份备份"),
        (rewritten(lambda found: found.pop(BOOK)), "与清单不符"),
        (rewritten(lambda found: found.update({"../evil": b"x"})), "与清单不符"),
        (rewritten(lambda found: found.update({BOOK: b"x"})), "摘要不符"),
        (rewritten(lambda found: found.pop("manifest.json")), "不是完整的备份"),
        (rewritten(manifest(form=2)), "更新版本"),
        (rewritten(manifest(heads={BUREAU: "5:" + "a" * 64})), "链尾不符"),
        (rewritten(manifest(heads=[])), "不是完整的备份"),
    ],
)
def test_what_is_no_whole_backup_is_told(
    home: Path, tmp_path: Path, spoil_it: Callable[[Path], None], why: str
) -> None:
    book_of_six()
    path = save_in(tmp_path)
    spoil_it(path)
    with pytest.raises(BackupUnusable, match=why):
        read(path)


def test_a_head_kept_aside_is_held_against_the_backup(home: Path, tmp_path: Path) -> None:
    book = book_of_six()
    path = save_in(tmp_path)
    assert read(path, (3, book[2].digest)).heads[BUREAU] == end_of(book)
    with pytest.raises(BackupUnusable, match="验算有误"):
        read(path, (3, "0" * 64))
    with pytest.raises(BackupUnusable, match="验算有误"):
        read(path, (7, "0" * 64))


@pytest.mark.usefixtures("database")
def test_a_spoilt_book_is_backed_up_as_it_is_and_the_backup_says_so(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    book_of_six()
    spoil("UPDATE ledger_entry SET data = '{}' WHERE seq = 3")
    path, kept = save(tmp_path / "home", tmp_path / "kept", WHEN)
    assert "3" in kept.faults
    with pytest.raises(BackupUnusable, match="验算有误"):
        read(path)


@PIPES
def test_a_backup_that_cannot_be_written_leaves_nothing_that_looks_like_one(home: Path, tmp_path: Path) -> None:
    book_of_six()
    (tmp_path / "file").write_text("x")
    with pytest.raises(HomeUnreadable, match="是一个文件"):
        save(home, tmp_path / "file", WHEN)
    (home / "attachments").mkdir()
    os.symlink(home / "nowhere", home / "attachments" / "gone")
    os.mkfifo(home / "attachments" / "pipe")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / ".fazheng-1.zip.part").write_text("left by one that was killed")
    path = save_in(tmp_path)
    assert list((tmp_path / "kept").iterdir()) == [path]


def test_only_the_newest_are_kept_and_other_files_stay(home: Path, tmp_path: Path) -> None:
    book_of_six()
    made = [save(home, tmp_path / "kept", f"2026-11-2{day}T10:00:00+08:00")[0] for day in (1, 2, 3)]
    made.append(save(home, tmp_path / "kept", "2026-11-23T10:00:00+08:00")[0])  # in the same second
    (tmp_path / "kept" / "other.zip").write_text("x")
    assert drop_old(tmp_path / "kept", 2) == made[:2]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == sorted(
        ["other.zip", *(path.name for path in made[2:])]
    )


def test_a_backup_of_a_file_is_put_into_a_server_and_back(postgresql_home: Path, tmp_path: Path) -> None:
    server = os.environ["DATABASE_URL"]
    open_home(tmp_path / "file", create=True, url="")
    book = book_of_six()
    write([draft(1, bureau=OTHER)])
    open_home(postgresql_home, url=server)
    file_to_server(tmp_path / "file" / BOOK)
    assert (list(entries(BUREAU)), verify(BUREAU).ok, head(OTHER).seq) == (book, True, 1)
    more = write([draft(50)])
    assert more[0].prev == book[-1].digest
    with pytest.raises(HomeUnreadable, match="已有账本"):
        file_to_server(tmp_path / "file" / BOOK)
    copy_book(tmp_path / "back")
    (tmp_path / "again").mkdir()
    shutil.move(tmp_path / "back", tmp_path / "again" / BOOK)
    open_home(tmp_path / "again", url="")
    assert (list(entries(BUREAU)), verify(BUREAU).ok) == ([*book, *more], True)


def test_a_book_that_the_server_refuses_leaves_it_empty(postgresql_home: Path, tmp_path: Path) -> None:
    server = os.environ["DATABASE_URL"]
    open_home(tmp_path / "file", create=True, url="")
    book_of_six()
    spoil("DELETE FROM ledger_entry WHERE seq = 4")
    open_home(postgresql_home, url=server)
    with pytest.raises(HomeUnreadable, match="序号必须接在"):
        file_to_server(tmp_path / "file" / BOOK)
    assert (list(entries(BUREAU)), head(BUREAU)) == ([], Head(0, "0" * 64))
