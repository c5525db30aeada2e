"""体检: any dropped text is checked, its faults marked in place; nothing is kept, and what would do harm is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from tests.web.conftest import AtWork

TEXT = (
    "示例县民政局2025年法治政府建设年度报告\n全年收到工单12件，按时办结13件，按时办结率99%。\n"
    "依据《行政处罚法》第六百条处理。"
)


def pasted(client: Client, text: str = TEXT, **more: object) -> tuple[int, str]:
    answer = client.post("/checkup/", {"text": text, **more})
    return answer.status_code, answer.content.decode()


def dropped(client: Client, raw: bytes, name: str) -> tuple[int, str]:
    answer = client.post("/checkup/", {"text": "", "file": SimpleUploadedFile(name, raw)})
    return answer.status_code, answer.content.decode()


def word(*paragraphs: str) -> bytes:
    made, kept = Document(), io.BytesIO()
    for one in paragraphs:
        made.add_paragraph(one)
    made.save(kept)
    return kept.getvalue()


def test_a_pasted_text_comes_back_with_its_faults_marked_and_a_sheet(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    client = client_of("乙")
    status, page = pasted(client)
    assert status == 200
    assert "<mark class=" in page
    assert "必改" in page
    assert "报告体检单" in page
    assert "style=" not in page
    assert "<style" not in page


@pytest.mark.parametrize("kind", ["docx", "txt", "html"])
def test_files_of_several_kinds_are_read(kind: str, client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    lines = TEXT.split("\n")
    raw = {
        "docx": lambda: word(*lines),
        "txt": lambda: TEXT.encode("gb18030"),
        "html": f"<!doctype html><meta charset=utf-8><p>{'<p>'.join(lines)}".encode,
    }[kind]()
    status, page = dropped(client_of("乙"), raw, f"报告.{kind}")
    assert status == 200
    assert "按时办结13件" in page.replace('<mark class="error">', "").replace("</mark>", "") or "<mark" in page


def test_the_sheet_is_a_file_that_comes_back_from_the_page(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    answer = client_of("乙").post("/checkup/sheet/", {"sheet": "报告体检单\n结论：<b>好</b>"})
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "结论：<b>好</b>" in answer.content.decode()


def test_nothing_is_kept(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    client = client_of("乙")
    words = "只有这一次出现的字样"
    before = {path for path in desk_home.home.rglob("*") if path.is_file()}
    pasted(client, f"{words}。{TEXT}")
    dropped(client, word(words, TEXT), "稿子.docx")
    after = [path for path in desk_home.home.rglob("*") if path.is_file()]
    assert not [path for path in set(after) - before if "figures" not in path.name and path.suffix not in ("", ".lock")]
    assert not [path for path in after if words.encode() in path.read_bytes()]


def zip_bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<w>" + b"0" * 70_000_000)
    return kept.getvalue()


def entities() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>')
    return kept.getvalue()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "图.svg"),
        (b"<?xml version='1.0'?><svg><script>alert(1)</script></svg>", "报告.txt"),
        (b"MZ\x90\x00", "报告.docx"),
        (b"PK\x03\x04broken", "报告.docx"),
        (b"\x89PNG\r\n\x1a\n", "报告.pdf"),
        (b"", "空.docx"),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(
    raw: bytes, name: str, client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    status, page = dropped(client_of("乙"), raw or b" ", name)
    assert status == 422
    assert "没有检查" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("make", [zip_bomb, entities])
def test_packages_that_would_do_harm_are_refused(
    make: Callable[[], bytes], client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    status, page = dropped(client_of("乙"), make(), "报告.docx")
    assert status == 422
    assert "没有读" in page
    assert "root:" not in page


def test_a_text_with_tags_is_shown_as_it_was_typed_and_never_run(
    client_of: Callable[[str], Client], desk_home: AtWork
) -> None:
    name = '"><img src=x onerror=alert(1)>.txt'
    client = client_of("乙")
    _, page = dropped(client, f"<script>alert(1)</script>{TEXT}".encode(), name)
    _, typed = pasted(client, f"<script>alert(1)</script>{TEXT}")
    for one in (page, typed):
        assert "<script>alert" not in one
        assert "<img src=x" not in one


def test_a_name_with_a_path_leads_nowhere(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    _, page = dropped(client_of("乙"), TEXT.encode(), "../../etc/稿子.txt")
    assert "../" not in page.split("<main")[1]
    assert not Path("/etc/稿子.txt").exists()


def test_nothing_at_all_and_a_wrong_year_are_said_kindly(client_of: Callable[[str], Client], desk_home: AtWork) -> None:
    client = client_of("乙")
    assert pasted(client, "")[0] == 422
    status, page = pasted(client, year="去年")
    assert status == 422
    assert "年度要写成" in page
    assert "按时办结13件" in page, "what was pasted is still there"
