"""数据核对表 on the desk: the sheet goes out, comes back filled, and what came back is shown."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.asked.sheet import HEADS
from fazheng.figures import FigureValue, count, parse
from fazheng.lawbook.load import load
from fazheng.ledger.models import Entry
from fazheng.ledger.read import head
from fazheng.web.serving import UPLOADS
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
SHEET = "/figures/asked/sheet.xlsx?p=2025&section=office"
PAPER = "示民〔2026〕8号"
COLUMN = {name: number for number, name in enumerate(HEADS, 1)}


def filled(client: Client, sheet: str = SHEET, **values: object) -> bytes:
    """The sheet as the page gives it out, with these numbers written into it (`__` for the dot)."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(sheet).content))
    page = book.active
    assert page is not None
    rows = {str(page.cell(n, 1).value): n for n in range(1, page.max_row + 1)}
    for id, value in values.items():
        page.cell(rows[id.replace("__", ".")], COLUMN["本期数"], value)  # type: ignore[arg-type]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def back(client: Client, content: bytes, **typed: str) -> Any:
    form = {"by": "甲", "on": "2026-11-02", "paper": PAPER, **typed}
    return client.post("/figures/asked/", {"file": SimpleUploadedFile("核对表（甲）.xlsx", content), **form})


def value(desk_home: AtWork, id: str) -> FigureValue:
    bureau = desk_home.bureau
    return count(bureau.code, load(place=bureau.place), parse("2025"), [id])[0]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_page_names_every_section_and_shows_what_it_is_asked_for(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("乙")
    front = text(client.get("/figures/asked/"))
    assert "办公室" in front
    page = text(client.get("/figures/asked/?p=2025&section=office"))
    assert "空着，待填" in page
    assert "集体学法" in page or "学法" in page
    assert "读回并登记" not in page, "who declares no number reads no sheet back"
    assert client.get("/figures/asked/?p=2025&section=nobody").status_code == 404
    assert client.get("/figures/asked/?p=很久以前&section=office").status_code == 422
    assert client.get("/figures/asked/sheet.xlsx?p=很久以前&section=office").status_code == 404


def test_a_sheet_that_came_back_is_declared_and_shown(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    content = filled(client, study__sessions=12)
    answer = back(client, content)
    assert answer.status_code == 302, text(answer)
    page = text(client.get(answer["Location"]))
    assert "登记申报数1个" in page
    assert "股室申报" in page
    found = value(desk_home, "study.sessions")
    assert (found.value, found.source) == (12, "declared")
    entry = Entry.objects.filter(event="figure_declared").latest("seq")
    assert (entry.by, entry.entered_by, entry.happened_on) == ("甲", "丙", "2026-11-02")
    assert not list((desk_home.home / UPLOADS).iterdir()), "no sheet lies about"
    before = head(desk_home.bureau.code)
    assert "登记申报数0个，与账本或原申报一致" in text(client.get(back(client, content)["Location"]))
    assert head(desk_home.bureau.code) == before, "sent twice it changes nothing"


def test_a_number_the_book_counts_otherwise_stands_beside_it(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    sheet = "/figures/asked/sheet.xlsx?p=2026Q3&section=office"
    assert client.get(sheet).status_code == 200
    answer = back(client, filled(client, sheet, hotline__received=9), on="2026-11-20")
    assert answer.status_code == 302, text(answer)
    page = text(client.get(answer["Location"]))
    assert "与账本数出的不同，两数并存待查" in page
    assert "申报与账本不同，两数并存" in page


def test_faults_are_told_by_row_and_nothing_is_declared(desk_home: AtWork, client_of: Clients) -> None:
    client, before = client_of("丙"), head(desk_home.bureau.code)
    answer = back(client, filled(client, study__sessions=12, study__topics="两个"))
    assert answer.status_code == 422
    assert "核对表有 1 处要改，一个数也没有登记" in text(answer)
    assert "行“本期数”" in text(answer)
    assert "要写整数" in text(answer)
    lacking = back(client, filled(client, study__sessions=12), paper="")
    assert "要写出自哪份文件" in text(lacking)
    assert "--paper" not in text(lacking)
    assert head(desk_home.bureau.code) == before


def test_what_is_no_sheet_is_refused_kindly_and_keeps_what_was_typed(desk_home: AtWork, client_of: Clients) -> None:
    client, before = client_of("丙"), head(desk_home.bureau.code)
    for content in (b"", b"PK no workbook", openpyxl_of("别的表")):
        answer = back(client, content)
        assert answer.status_code == 422
        assert 'id="file-error"' in text(answer)
        assert PAPER in text(answer)
        assert "fazheng" not in text(answer).split('id="file-error"')[1].split("</p>")[0]
    answer = back(client, filled(client, study__sessions=1), by="没有")
    assert "选核对表上签字的人" in text(answer)
    assert head(desk_home.bureau.code) == before


def openpyxl_of(name: str) -> bytes:
    book, held = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.title = name
    book.save(held)
    return held.getvalue()


def test_who_may_not_declare_sends_no_sheet(desk_home: AtWork, client_of: Clients) -> None:
    content = filled(client_of("乙"), study__sessions=12)
    assert back(client_of("乙"), content).status_code == 403
    assert value(desk_home, "study.sessions").value is None
