"""Homes and databases for tests.

pytest-django keeps tests from the database unless they ask for its own test database. Ours never do: each opens a
real home in a folder of its own, as a command does, so the guard is lifted once for the whole run.

`home` is a fresh, empty book on SQLite: a file migrated once and copied. `database` is the same on each database in
turn. PostgreSQL is the server that FAZHENG_TEST_DATABASE_URL names (its user must be allowed to create databases),
else one that is started from the machine's own binaries for this run, else those tests are skipped and a line says so.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from fazheng.ledger.storage import BOOK, close_home, open_home
from tests.ledger.servers import administer, database_at, started

MISSING = pytest.StashKey[str]()
TEMPLATE = f"fazheng_template_{os.getpid()}"
NUMBERS = count(1)


@pytest.fixture(scope="session", autouse=True)
def _real_homes(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def _migrated_book(_real_homes: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        open_home(folder, create=True)
        close_home()  # the last connection folds the -wal file into the book
    return folder / BOOK


@pytest.fixture
def home(_migrated_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a fresh, empty book, open."""
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(_migrated_book, folder / BOOK)
    open_home(folder)
    yield folder
    close_home()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The name of the database in which a fresh, empty book is open."""
    request.getfixturevalue("home" if request.param == "sqlite" else "postgresql_home")
    return str(request.param)


@pytest.fixture
def postgresql_home(_postgresql_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a fresh, empty book whose tables are in PostgreSQL, open."""
    server, name = _postgresql_template, f"{TEMPLATE}_{next(NUMBERS)}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_at(server, name))
    open_home(tmp_path)
    yield tmp_path
    close_home()
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgresql_template(_postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    administer(_postgresql_server, f"CREATE DATABASE {TEMPLATE}")
    folder = tmp_path_factory.mktemp("postgresql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(folder))
        patch.setenv("DATABASE_URL", database_at(_postgresql_server, TEMPLATE))
        open_home(folder, create=True)
        close_home()
    yield _postgresql_server
    administer(_postgresql_server, f"DROP DATABASE {TEMPLATE} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgresql_server(_real_homes: None, pytestconfig: pytest.Config) -> Iterator[str]:
    url = os.environ.get("FAZHENG_TEST_DATABASE_URL", "")
    if url:
        yield url
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        pytestconfig.stash[MISSING] = "apt-get install postgresql, or set FAZHENG_TEST_DATABASE_URL"
        if os.environ.get("CI"):
            pytest.fail("CI has every optional part, and finds no PostgreSQL: .ci/run installs it")
        pytest.skip("no PostgreSQL here")
    yield from started(found[-1].parent)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if how := config.stash.get(MISSING, ""):
        terminalreporter.write_line(f"PostgreSQL was not tested: {how}.")
