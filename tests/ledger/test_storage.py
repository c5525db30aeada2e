"""Where a book lives, and what is said when it cannot be used."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from fazheng.ledger.faults import HomeMissing, HomeUnreadable, explained
from fazheng.ledger.read import bureaux, entries
from fazheng.ledger.storage import BOOK, BUSY_SECONDS, close_home, database_settings, open_home
from tests.ledger.books import BUREAU, book_of_six, draft, run, write
from tests.ledger.servers import database_at


def pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_settings_can_be_made_before_django_is_there() -> None:
    code = "import sys, fazheng.ledger.storage; sys.exit('django' in sys.modules)"
    source = Path(sys.modules["fazheng"].__path__[0]).parent
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(source)})


def test_without_a_url_the_book_is_one_file_in_the_home() -> None:
    settings = database_settings(Path("my home"), "")
    assert settings["NAME"] == str(Path("my home") / "book.sqlite3")
    assert settings["OPTIONS"]["timeout"] == BUSY_SECONDS == 20


def test_a_confirmed_act_is_on_the_disk_and_a_writer_holds_the_book(home: Path) -> None:
    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
    assert pragma("busy_timeout") == BUSY_SECONDS * 1000
    with (
        transaction.atomic(),
        closing(sqlite3.connect(home / BOOK, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


WAITS = {"options": f"-c lock_timeout={BUSY_SECONDS}s"}


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql://u:p@db.example:5433/book", ("u", "p", "db.example", "5433", "book", WAITS)),
        ("postgres://u@db.example/book", ("u", "", "db.example", "", "book", WAITS)),
        ("postgresql:///book", ("", "", "", "", "book", WAITS)),
        ("postgresql://u:p%40%2F%3A@h/b%C3%A9", ("u", "p@/:", "h", "", "bé", WAITS)),
        ("postgresql://u:p@/book?host=/run/PG&port=5999", ("u", "p", "/run/PG", "5999", "book", WAITS)),
        ("postgresql://u:p@%2Frun%2FPG/book", ("u", "p", "/run/PG", "", "book", WAITS)),
        ("postgresql://u:p@%2Frun%2FPG:5433/book", ("u", "p", "/run/PG", "5433", "book", WAITS)),
        ("postgresql://u:p@[::1]:5433/book", ("u", "p", "::1", "5433", "book", WAITS)),
        ("postgresql://h/b?sslmode=require", ("", "", "h", "", "b", WAITS | {"sslmode": "require"})),
    ],
)
def test_a_postgresql_url_is_taken_apart(url: str, parts: tuple[object, ...]) -> None:
    found = database_settings(Path(), url)
    assert found.pop("ENGINE") == "django.db.backends.postgresql"
    assert tuple(found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")) == parts


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/b", "postgresql://u:secret@h", "postgresql://u:secret@h:port/b", "secret", "http://[/b"]
)
def test_a_url_that_is_no_book_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(HomeUnreadable, match="DATABASE_URL 无法识别") as refused:
        database_settings(Path(), url)
    assert "secret" not in str(refused.value)


def test_a_home_without_a_book_is_missing_and_stays_untouched(home: Path) -> None:
    nowhere = home / "other"
    with pytest.raises(HomeMissing, match="请先建新账本") as missing:
        open_home(nowhere)
    assert str(nowhere) in str(missing.value)
    assert not nowhere.exists()


@pytest.mark.parametrize("content", [b"", None], ids=["empty file", "tables of something else"])
def test_a_file_without_our_tables_is_no_book(home: Path, content: bytes | None) -> None:
    close_home()
    (home / BOOK).write_bytes(b"")
    if content is None:
        with closing(sqlite3.connect(home / BOOK)) as other:
            other.execute("CREATE TABLE something (x)")
    with pytest.raises(HomeMissing):
        open_home(home)


def test_a_home_is_made_where_there_was_none(home: Path) -> None:
    fresh = home / "a" / "示例 b"
    open_home(fresh, create=True)
    book_of_six()
    open_home(fresh, create=True)
    assert len(list(entries(BUREAU))) == 6
    assert os.environ["FAZHENG_HOME"] == str(fresh)


def test_a_process_can_go_from_home_to_home(home: Path) -> None:
    book_of_six()
    open_home(home / "other", create=True)
    assert bureaux() == []
    write([draft(1)])
    open_home(home)
    assert len(list(entries(BUREAU))) == 6
    open_home(home / "other")
    assert len(list(entries(BUREAU))) == 1


def test_opening_a_home_closes_the_one_before(home: Path) -> None:
    book_of_six()
    assert (home / f"{BOOK}-wal").exists()
    open_home(home / "other", create=True)
    assert not (home / f"{BOOK}-wal").exists()


def test_a_process_can_go_from_postgresql_to_sqlite_and_back(
    postgresql_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write([draft(1)])
    with monkeypatch.context() as patch:
        patch.delenv("DATABASE_URL")
        open_home(postgresql_home, create=True)
        assert (connection.vendor, bureaux()) == ("sqlite", [])
    open_home(postgresql_home)
    assert (connection.vendor, bureaux()) == ("postgresql", [BUREAU])


def test_what_was_not_yet_migrated_is_migrated_when_it_is_opened(home: Path) -> None:
    close_home()
    (home / BOOK).unlink()
    MigrationExecutor(connection).migrate([("ledger", "0001_initial")])
    open_home(home)
    book_of_six()
    with pytest.raises(DatabaseError, match="不得修改"):
        run("UPDATE ledger_entry SET data = '{}'")


def test_a_book_of_a_newer_program_is_left_alone(home: Path) -> None:
    run("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')")
    with pytest.raises(HomeUnreadable, match="先升级程序"):
        open_home(home)


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (lambda book: book.write_bytes(b"no database" * 1000), "不是数据库"),
        (lambda book: book.write_bytes(book.read_bytes()[:6000]), "已损坏"),
        (lambda book: (book.unlink(), book.mkdir()), "打不开"),
    ],
)
def test_a_file_that_is_no_whole_database_is_said_in_chinese(home: Path, spoilt: object, why: str) -> None:
    close_home()
    spoilt(home / BOOK)  # type: ignore[operator]
    with pytest.raises(HomeUnreadable, match=why):
        open_home(home)


def test_a_file_where_the_folder_should_be_is_said_in_chinese(home: Path) -> None:
    for place in (home / BOOK, home / BOOK / "deeper"):
        with pytest.raises(HomeUnreadable, match="需要一个文件夹"):
            open_home(place, create=True)


def test_a_full_disk_is_said_in_chinese_and_leaves_the_book_whole(home: Path) -> None:
    written = book_of_six()
    pragma(f"max_page_count = {pragma('page_count')}")
    with pytest.raises(DatabaseError) as fault:
        write([draft(n) for n in range(500)])
    assert "磁盘已满，本次没有写入" in str(explained(fault.value))
    assert list(entries(BUREAU)) == written


def test_a_book_that_somebody_else_holds_is_said_in_chinese(home: Path) -> None:
    pragma("busy_timeout = 10")
    with closing(sqlite3.connect(home / BOOK)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError) as fault:
            write([draft(1)])
    assert "被另一个程序占用" in str(explained(fault.value))


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (PermissionError(13, "Permission denied", "book"), "没有权限使用 book"),
        (DatabaseError("disk I/O error"), "磁盘读写出错"),
        (DatabaseError("attempt to write a readonly database"), "只读"),
        (DatabaseError("something new"), "系统的说明：something new"),
        (OSError(), "系统的说明：OSError"),
    ],
)
def test_every_other_fault_has_a_chinese_sentence(fault: Exception, why: str) -> None:
    assert why in str(explained(fault))


@pytest.mark.parametrize(
    ("server", "why"),
    [
        ("postgresql://u@/book?host=/nowhere", "连不上"),
        ("postgresql://u:secret@127.0.0.1:1/book", "连不上"),
    ],
)
def test_a_server_that_does_not_answer_is_said_in_chinese(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, server: str, why: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", server)
    with pytest.raises(HomeUnreadable, match=why):
        open_home(tmp_path)


def test_a_database_that_the_server_does_not_have_is_said_in_chinese(
    postgresql_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_at(os.environ["DATABASE_URL"], "no_such_book"))
    with pytest.raises(HomeUnreadable, match="没有 DATABASE_URL 里的库"):
        open_home(postgresql_home)


def test_a_database_without_our_tables_is_no_book(postgresql_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_at(os.environ["DATABASE_URL"], "postgres"))
    with pytest.raises(HomeMissing):
        open_home(postgresql_home)
    assert "default" in connections
