"""What is drawn up beside the yearly report: taken from its page as files, by who may have it."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from docx import Document

from fazheng.web.report_companions import KINDS
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
STATISTICS, ACCOUNT = "/report/2025/beside/enforcement_statistics", "/report/2025/beside/account_of_law"


def links(client: Client, year: int = 2025) -> list[str]:
    page = client.get(f"/report/{year}/").content.decode()
    return [one.replace("&amp;", "&") for one in re.findall(r'href="(/report/[^"]*/beside/[^"]*)"', page)]


def test_every_companion_is_taken_from_the_page_of_the_report(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    found = links(client)
    assert {one.split("?")[0].rsplit(".", 1)[0] for one in found} == {STATISTICS, ACCOUNT}
    assert {one.split("?")[0].rsplit(".", 1)[1] for one in found} == set(KINDS)
    for one in found:
        answer = client.get(one)
        assert answer.status_code == 200, one
        assert answer["Content-Disposition"].startswith("attachment"), one
        assert "丙" not in answer["Content-Disposition"], "a file name names nobody"


def test_the_statistics_are_tables_and_a_paper_that_is_no_draft(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("甲")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{STATISTICS}.xlsx").content))
    assert "行政处罚" in book.sheetnames
    word = client.get(f"{STATISTICS}.docx").content
    assert any("行政执法统计年报" in one.text for one in Document(io.BytesIO(word)).paragraphs)
    assert "草稿" not in everything(word)
    assert client.get(f"{STATISTICS}.pdf").content.startswith(b"%PDF-")
    assert "行政执法统计年报" in client.get(f"{STATISTICS}.html").content.decode()


def everything(word: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def test_the_acts_of_a_person_are_a_draft_for_that_person(desk_home: AtWork, client_of: Clients) -> None:
    assert "草稿" in everything(client_of("丙").get(f"{ACCOUNT}.docx?person=丙").content)


def test_a_reviewer_takes_the_statistics_and_nobodys_acts(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("己")
    assert {one.split("?")[0].rsplit(".", 1)[0] for one in links(client)} == {STATISTICS}
    assert client.get(f"{STATISTICS}.docx").status_code == 200
    assert client.get(f"{ACCOUNT}.docx?person=丙").status_code == 403
    assert client.get(f"{ACCOUNT}.docx").status_code == 403
    assert client_of("乙").get(f"{STATISTICS}.docx").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/report/2025/beside/nothing.docx", "/report/2025/beside/rule_of_law.docx", f"{STATISTICS}.exe",
        f"{ACCOUNT}.xlsx?person=丙", f"{ACCOUNT}.docx?person=甲", "/report/2099/beside/enforcement_statistics.docx",
    ],
)  # fmt: skip
def test_what_there_is_not_is_not_found(desk_home: AtWork, client_of: Clients, address: str) -> None:
    assert client_of("丙").get(address).status_code == 404
