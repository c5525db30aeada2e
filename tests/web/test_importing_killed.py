"""The server of a real process, killed while it imports: the register is in the book whole, or not at all."""

from __future__ import annotations

import re
import time
import urllib.parse
from pathlib import Path

import pytest

from fazheng.casework.workbook import imports
from fazheng.ledger.models import CaseRow
from fazheng.ledger.storage import close_home, open_home
from fazheng.ledger.verify import verify
from tests.casework.workbook.desk import HOTLINE, ticket
from tests.web.test_importing import filled
from tests.web.test_serving import Person, free_port, served, token_in
from tests.web.test_setup import form

ROWS, BORDER = 150, "----border"


def begun(person: Person, port: int) -> None:
    """The first page, filled and sent."""
    sending = {"csrfmiddlewaretoken": token_in(person.get("/begin/")), **form()}
    body = urllib.parse.urlencode(sending, doseq=True).encode()
    person.sent("/begin/", body, "application/x-www-form-urlencoded")


def uploaded(person: Person, content: bytes) -> str:
    """The address of the import that checks the workbook."""
    head = f'Content-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token_in(person.get("/importing/"))}'
    file = 'Content-Disposition: form-data; name="file"; filename="a.xlsx"\r\nContent-Type: a/b\r\n\r\n'
    body = f"--{BORDER}\r\n{head}\r\n--{BORDER}\r\n{file}".encode() + content + f"\r\n--{BORDER}--\r\n".encode()
    page = person.sent("/importing/", body, f"multipart/form-data; boundary={BORDER}")
    found = re.search(r'href="(/importing/[0-9a-f]{32}/)"', page) or re.search(r"(/importing/[0-9a-f]{32}/)", page)
    assert found is not None, page
    return found[1]


def settled(person: Person, url: str) -> str:
    for _ in range(600):
        page = person.get(url)
        if "<progress" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("still at work")


@pytest.mark.usefixtures("_real_homes")
@pytest.mark.parametrize("after", [0.02, 0.3])
def test_an_import_whose_server_was_killed_is_whole_or_not_there_and_the_person_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: float
) -> None:
    home, port = tmp_path / "新建的", free_port()
    monkeypatch.setenv("FAZHENG_HOME", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    rows = [ticket(f"R{n}", "2025-03-04", 经办人="02", 如实补录="是", 依据材料="示例台账") for n in range(ROWS)]
    content = filled(tmp_path, {HOTLINE: rows})
    person = Person(port)
    with served(home, port) as server:  # the folder is made: nobody ran a command before
        begun(person, port)
        url = uploaded(person, content)
        page = settled(person, url)
        assert "检查过了" in page, page
        person.post(url, token_in(page), {"what": "confirm"})
        time.sleep(after)
        server.kill()
        server.wait()
    with served(home, port):
        page = person.get(url)
        whole = "已导入，编号 1" in page
        assert whole or "程序停过：一条也没有记入，可以再确认一次" in page, page
        if not whole:
            person.post(url, token_in(page), {"what": "confirm"})
            assert "已导入，编号 1" in settled(person, url)
    open_home(home)
    assert (CaseRow.objects.count(), len(imports("999001")), verify("999001").ok) == (ROWS, 1, True)
    close_home()
