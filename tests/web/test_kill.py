"""The server killed at many moments while a form is sent: recorded once or not at all, and the person is told which."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from fazheng.casework.sent import new_key, sent
from fazheng.ledger.storage import close_home, open_home
from fazheng.ledger.verify import verify
from fazheng.web import serving
from tests.casework import desk
from tests.web.conftest import PASSWORD
from tests.web.looking import account
from tests.web.test_case_page import TICKET
from tests.web.test_serving import Person, free_port, served, token_in

pytestmark = pytest.mark.long

MOMENTS = (0.0, 0.006, 0.012, 0.03)  # seconds after the form was sent off


@contextmanager
def looked_into(home: Path) -> Iterator[None]:
    open_home(home)
    yield
    close_home()


def send_off(person: Person, url: str, token: str, form: dict[str, str]) -> Thread:
    def sending() -> None:
        with suppress(Exception):  # whatever a browser shows when nobody answers
            person.post(url, token, form)

    sender = Thread(target=sending)
    sender.start()
    return sender


def test_whenever_the_server_is_killed_a_form_is_recorded_once_or_not_at_all_and_the_person_is_told_which(
    sqlite_home: Path,
) -> None:
    bureau, port = desk.bureau_at_work(), free_port()
    serving.migrate()
    account("乙", PASSWORD)
    close_home()
    person, url = Person(port), "/open/hotline.ticket/"
    waiting: dict[str, Any] = {}
    outcomes = set()
    for n, moment in enumerate((*MOMENTS, None)):
        with served(sqlite_home, port) as server:
            if not n:
                person.post("/login/", token_in(person.get("/login/")), {"code": "乙", "password": PASSWORD})
            token = token_in(person.get(url))  # the session outlived the server
            if waiting:
                told = person.post(url, token, waiting["form"])
                assert ("没有重复记入" in told) == waiting["recorded"]
                assert ("已记入" in told) or waiting["recorded"]
                outcomes.add(waiting["recorded"])
            if moment is None:
                break
            form = {**TICKET, "form_key": new_key(), "f_ticket_no": f"示例工单{n}"}
            sender = send_off(person, url, token, form)
            time.sleep(moment)
            server.kill()
            sender.join()
        with looked_into(sqlite_home):
            waiting = {"form": form, "recorded": sent(bureau.code, form["form_key"]) is not None}
            assert verify(bureau.code).ok
    with looked_into(sqlite_home):
        opened = [desk.data_of(one)["ticket_no"] for one in desk.book(bureau) if one.event == "ticket_received"]
        assert sorted(opened) == [f"示例工单{n}" for n in range(len(MOMENTS))]
        assert verify(bureau.code).ok
