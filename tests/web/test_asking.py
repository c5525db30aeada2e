"""数据核对表 on the desk: the sheet goes out, comes back filled, and what came back is shown."""

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.act import Act
from fazheng.casework.asked.sheet import HEADS
from fazheng.casework.declared_numbers import Number, declare_number
from fazheng.casework.paper_months import paper_signed
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import writing
from fazheng.figures import FigureValue, count, parse
from fazheng.lawbook.load import load
from fazheng.ledger.models import Entry
from fazheng.ledger.read import head
from fazheng.web.serving import UPLOADS
from tests.casework import desk
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
SHEET = "/figures/asked/sheet.xlsx?p=2025&section=office"
SCAN = b"\x89PNG\r\n\x1a\n" + b"a sheet with a signature " * 40
DIGEST = hashlib.sha256(SCAN).hexdigest()
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
    """The sheet sent back with the scan of what 甲 signed; `scan=""`: without one."""
    form: dict[str, Any] = {"by": "甲", "on": "2026-11-02", "paper": PAPER, **typed}
    if "scan" not in form:
        form["scan_file"] = SimpleUploadedFile("甲签的.png", SCAN)
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
    assert 'name="p" value="2025"' in page
    assert "股室申报" in page
    found = value(desk_home, "study.sessions")
    assert (found.value, found.source) == (12, "declared")
    entry = Entry.objects.filter(event="figure_declared").latest("seq")
    assert (entry.by, entry.entered_by, entry.happened_on) == ("甲", "丙", "2026-11-02")
    assert json.loads(entry.data)["on_paper"] == {"scan": DIGEST}
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
    client = client_of("丙")
    answer = back(client, filled(client, study__sessions=12, study__topics="两个"))
    assert answer.status_code == 422
    assert "核对表有 1 处要改，一个数也没有登记" in text(answer)
    assert "行“本期数”" in text(answer)
    assert "要写整数" in text(answer)
    lacking = back(client, filled(client, study__sessions=12), paper="")
    assert "要写出自哪份文件" in text(lacking)
    assert "--paper" not in text(lacking)
    assert not Entry.objects.filter(event="figure_declared").exists()


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


def test_what_another_signed_comes_with_its_scan_and_what_one_signs_oneself_needs_none(
    desk_home: AtWork, client_of: Clients
) -> None:
    client, before = client_of("丙"), head(desk_home.bureau.code)
    content = filled(client, study__sessions=12)
    answer = back(client, content, scan="")
    assert answer.status_code == 422
    assert "附上签了字的那份的扫描件" in text(answer)
    assert PAPER in text(answer)
    answer = back(client, content, scan="0" * 64)
    assert answer.status_code == 422
    assert "没有附上那份扫描件" in text(answer)
    assert head(desk_home.bureau.code) == before
    assert back(client, content, scan="", by="丙").status_code == 302
    entry = Entry.objects.filter(event="figure_declared").latest("seq")
    assert (entry.by, entry.entered_by, "on_paper" in json.loads(entry.data)) == ("丙", "丙", False)


def test_a_scan_that_was_attached_serves_again_when_the_sheet_had_faults(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("丙")
    answer = back(client, filled(client, study__sessions="两次"))
    assert answer.status_code == 422
    assert f'value="{DIGEST}" selected' in text(answer)
    assert back(client, filled(client, study__sessions=2), scan=DIGEST).status_code == 302
    assert back(client, filled(client, study__topics=3)).status_code == 302
    assert Entry.objects.filter(event="attached").count() == 1, "the same scan is attached once"
    live = dump(desk_home.bureau.code)
    rebuild(desk_home.bureau, today=desk.TODAY)
    assert dump(desk_home.bureau.code) == live


def test_the_head_finds_the_sheet_in_the_month_and_takes_its_scan_out_with_a_reason(
    desk_home: AtWork, client_of: Clients
) -> None:
    client, office = client_of("丙"), client_of("甲")
    assert back(office, filled(office, study__sessions=2, study__topics=3), by="己").status_code == 302
    rows = paper_signed(desk_home.bureau.code)
    assert [(one.by, one.entered_by, one.on, one.scan) for one in rows] == [("己", "甲", "2026-11-02", DIGEST)] * 2
    at = f"/figures/asked/scan/{DIGEST}/"
    month = text(client.get(f"/paper-signed/?month={rows[0].recorded_at[:7]}"))
    assert month.count(f'href="{at}"') == 1, "one sheet is one row"
    assert "等2个数" in month
    assert f'href="{at}"' in text(office.get("/figures/asked/?p=2025&section=office"))
    assert client.post(at, {"reason": ""}).status_code == 422
    answer = client.post(at, {"reason": "核对签字"})
    assert b"".join(answer.streaming_content) == SCAN
    assert Entry.objects.filter(event="private_looked", case_id__startswith="asked_sheet:").count() == 1
    assert client_of("乙").get(at).status_code == 403
    assert client.get(f"/figures/asked/scan/{'0' * 64}/").status_code == 404


def test_no_number_is_entered_for_another_without_paper(desk_home: AtWork) -> None:
    number = Number("study.sessions", parse("2025"), 12, PAPER, "office")
    for how in (
        {"entered_by": "甲"},
        {"entered_by": "甲", "signed_on_paper": True},
        {"entered_by": "甲", "signed_on_paper": True, "scan": DIGEST},
    ):
        with writing(desk_home.bureau, today=desk.TODAY) as act:
            refused = declare_number(act, number, Act(desk.TODAY, "丙", {}, **how))  # type: ignore[arg-type]
        assert [one.gate for one in refused] == ["on_paper"], how
