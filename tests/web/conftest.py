"""A bureau whose desk is open: a test client, and a real browser at a real server.

`desk_home` is an example bureau at work. `client_of("甲")` is a logged-in Django test client. `live` is the address of
a waitress server on the same home; `browser_page` a page of the machine's Chromium, CSP reports collected.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from fazheng.casework.bureaux import Bureau
from fazheng.casework.writing import writing
from fazheng.ledger.storage import DESK
from fazheng.web import serving
from fazheng.web.models import Account
from tests.casework import desk

PASSWORD = "山高水长 2026"  # of every account of these tests
HOSTS = ("testserver", "127.0.0.1", "localhost")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
MISSING = pytest.StashKey[str]()


@dataclass(frozen=True)
class AtWork:
    """The home that is served, its bureau, and two cases of it."""

    home: Path
    bureau: Bureau
    ticket: str
    penalty: str


@pytest.fixture(scope="session")
def _assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("assets")


@pytest.fixture(scope="session")
def _migrated_desk(_real_homes: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk's own file, migrated once and copied."""
    from fazheng.ledger.storage import close_home, open_home

    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAZHENG_HOME", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        open_home(folder, create=True)
        serving.migrate()
        close_home()
    return folder / DESK


@pytest.fixture
def empty_home(sqlite_home: Path, _migrated_desk: Path, _assets: Path) -> Iterator[Path]:
    """A home without a bureau, served."""
    shutil.copyfile(_migrated_desk, sqlite_home / DESK)
    serving.start(sqlite_home, None, hosts=HOSTS, today=lambda: desk.TODAY, assets=_assets)
    yield sqlite_home
    serving.stop()


@pytest.fixture
def desk_home(sqlite_home: Path, _migrated_desk: Path, _assets: Path) -> Iterator[AtWork]:
    """A bureau at work, served: its people of tests/casework/desk.py, a ticket, a penalty file."""
    shutil.copyfile(_migrated_desk, sqlite_home / DESK)
    bureau = desk.bureau_at_work()
    with writing(bureau, today=desk.TODAY) as act:
        ticket, penalty = desk.receive(act), desk.file(act)
    serving.start(sqlite_home, bureau, hosts=HOSTS, today=lambda: desk.TODAY, assets=_assets)
    yield AtWork(sqlite_home, bureau, ticket, penalty)
    serving.stop()


@pytest.fixture
def client_of(desk_home: AtWork) -> Callable[[str], Client]:
    """A test client of that person, logged in; pages as they come, faults too."""

    def of(code: str) -> Client:
        account = Account.objects.filter(code=code).first() or Account(code=code, must_change_password=False)
        if account.pk is None:
            account.set_unusable_password()
            account.save()
        client = Client(raise_request_exception=False)
        client.force_login(account)
        return client

    return of


@pytest.fixture
def live(desk_home: AtWork) -> Iterator[str]:
    """The address of a waitress server on the home."""
    with answering() as url:
        yield url


@pytest.fixture
def live_empty(empty_home: Path) -> Iterator[str]:
    """The address of a waitress server on a home without a bureau."""
    with answering() as url:
        yield url


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """The machine's Chromium; skipped where there is none, a failure in CI."""
    found = os.environ.get("FAZHENG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytestconfig.stash[MISSING] = "install chromium, or set FAZHENG_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail("CI has every optional part, and finds no Chromium")
        pytest.skip("no Chromium here")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread; nothing of ours is async
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A page at 1366×768, in a context of its own."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield context.new_page()
    context.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if how := config.stash.get(MISSING, ""):
        terminalreporter.write_line(f"Pages were not tested in a browser: {how}.")


from tests.web.walking import _led, places  # noqa: E402, F401
from tests.web.whole import _whole, answering, whole, whole_live  # noqa: E402, F401
