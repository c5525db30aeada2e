"""The server as it is started, killed and started again; what of it a backup carries."""

import http.cookiejar
import os
import re
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from socket import socket
from threading import Thread

import pytest

from fazheng.casework.rebuild import rebuild
from fazheng.casework.sent import new_key, sent
from fazheng.casework.writing import writing
from fazheng.ledger import backup
from fazheng.ledger.models import ImportedRow
from fazheng.ledger.storage import DESK, close_home, open_home
from fazheng.web import serving
from fazheng.web.models import Account
from tests.casework import desk
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_case_page import TICKET, Clients, key_in, opened

ROOT = Path(__file__).parents[2]


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "fazheng", "--home", str(home), *words]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}


def free_port() -> int:
    with closing(socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def served(home: Path, port: int, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`fazheng serve` on the home, answering; killed at the end, as a power cut does."""
    started = subprocess.Popen(
        command(home, "serve", "--port", str(port), *words), env=environment(), stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5):
                break
            time.sleep(0.1)
        yield started
    finally:
        started.kill()
        started.wait()


class Person:
    """Somebody with a browser that has no JavaScript."""

    def __init__(self, port: int) -> None:
        self._at = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, url: str) -> str:
        return str(self._opener.open(self._at + url, timeout=20).read().decode())

    def post(self, url: str, token: str, data: dict[str, str]) -> str:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **data}).encode()
        return self.sent(url, body, "application/x-www-form-urlencoded")

    def sent(self, url: str, body: bytes, kind: str) -> str:
        asked = urllib.request.Request(self._at + url, body, {"Content-Type": kind})
        return str(self._opener.open(asked, timeout=20).read().decode())


def token_in(page: str) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("code", "words"),
    [("110101", ["--demo"]), ("999001", ["--demo", "--host", "0.0.0.0", "--name", "office"])],
)
def test_one_steps_in_without_a_password_only_at_an_example_bureau_and_on_this_machine(
    sqlite_home: Path, code: str, words: list[str]
) -> None:
    desk.bureau_at_work(code)
    close_home()
    asked = command(sqlite_home, "serve", *words)
    done = subprocess.run(asked, env=environment(), capture_output=True, timeout=60, check=False)
    assert (done.returncode, "--demo 只能用于示例单位" in done.stderr.decode()) == (2, True)


def sending_a_ticket(port: int, after: float) -> tuple[Person, dict[str, str], Thread]:
    """Somebody who logged in and began so many seconds ago to send the form of a ticket, with what they send."""
    person = Person(port)
    person.post("/login/", token_in(person.get("/login/")), {"code": "乙", "password": PASSWORD})
    form = person.get("/open/hotline.ticket/")
    sending = {**TICKET, "form_key": key_in(form), "f_ticket_no": f"示例工单{after}"}

    def send() -> None:
        with suppress(OSError, urllib.error.URLError):
            person.post("/open/hotline.ticket/", token_in(form), sending)

    sender = Thread(target=send)
    sender.start()
    time.sleep(after)
    return person, sending, sender


@pytest.mark.parametrize("after", [0, 0.01, 0.05])
def test_a_form_whose_server_was_killed_is_recorded_once_or_not_at_all_and_the_person_is_told(
    sqlite_home: Path, after: float
) -> None:
    bureau, port = desk.bureau_at_work(), free_port()
    serving.migrate()
    account("乙", PASSWORD)
    close_home()
    with served(sqlite_home, port) as server:
        person, sending, sender = sending_a_ticket(port, after)
        server.kill()
        sender.join()
    open_home(sqlite_home)
    before = sent(bureau.code, sending["form_key"])
    close_home()
    with served(sqlite_home, port):
        told = person.post("/open/hotline.ticket/", token_in(person.get("/open/hotline.ticket/")), sending)
    open_home(sqlite_home)
    assert ("没有重复记入" in told) == (before is not None)
    assert ImportedRow.objects.filter(row_digest=f"form:{sending['form_key']}").count() == 1
    assert len([entry for entry in desk.book(bureau) if entry.event == "ticket_received"]) == 1


@pytest.mark.parametrize("after", [0, 0.03])
def test_a_step_whose_server_was_killed_is_recorded_once_or_not_at_all_and_the_person_is_told(
    sqlite_home: Path, after: float
) -> None:
    bureau, port = desk.bureau_at_work(), free_port()
    with writing(bureau, today=desk.TODAY) as act:
        case = desk.file(act)
    serving.migrate()
    account("甲", PASSWORD)
    close_home()
    url = f"/case/{case}/do/gather_evidence/"
    sending = {"f_method": "other", "f_evidence_kind": "document", "f_officers": "甲", "f_content": "账",
               "on": "2026-11-19", "happened": "1", "seen": "1"}  # fmt: skip
    with served(sqlite_home, port) as server:
        person = Person(port)
        person.post("/login/", token_in(person.get("/login/")), {"code": "甲", "password": PASSWORD})
        form = person.get(url)
        sending["form_key"] = key_in(form)

        def send() -> None:
            with suppress(OSError, urllib.error.URLError):
                person.post(url, token_in(form), sending)

        sender = Thread(target=send)
        sender.start()
        time.sleep(after)
        server.kill()
        sender.join()
    open_home(sqlite_home)
    before = sent(bureau.code, sending["form_key"])
    close_home()
    with served(sqlite_home, port):
        told = person.post(url, token_in(person.get(url)), sending)
    open_home(sqlite_home)
    assert ("没有重复记入" in told, "已记入，本案现在记到第2条" in told) == (before is not None, before is None)
    assert [entry.version for entry in desk.book(bureau, case) if entry.event != "limit_missed"] == [1, 2]


def test_a_rebuilt_book_knows_which_forms_it_has(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("乙")
    key = key_in(client.get("/open/hotline.ticket/").content.decode())
    case = opened(client, key).split("/")[2]
    rebuild(desk_home.bureau)
    found = sent(desk_home.bureau.code, key)
    assert found is not None
    assert (found.case_id, found.version) == (case, 1)
    assert sent(desk_home.bureau.code, new_key()) is None


def test_a_backup_carries_accounts_and_nobody_who_is_logged_in(
    client_of: Clients, desk_home: AtWork, tmp_path: Path
) -> None:
    client_of("甲").get("/today/")
    path, _ = backup.save(desk_home.home, tmp_path / "copies", "2026-11-20T09:00:00+08:00")
    with zipfile.ZipFile(path) as archive:
        assert "desk.key" not in archive.namelist()
        archive.extract(DESK, tmp_path)
    with closing(sqlite3.connect(tmp_path / DESK)) as copy:
        assert copy.execute("SELECT code FROM web_account").fetchall() == [("甲",)]
        assert copy.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert Account.objects.count() == 1
