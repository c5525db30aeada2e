"""Every form that bureaux use is read; what cannot be read is told in one sentence."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazheng.checkup.reading import Unreadable, read, read_bytes
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from tests.checkup.files import doc, docx, p, pdf
from tests.checkup.texts import CLEAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert read_bytes(CLEAN.encode(encoding), "a.txt").text == CLEAN


def test_offsets_of_a_text_file_are_those_of_the_file() -> None:
    document = read_bytes("甲\r\n　　乙丙\r\n丁".encode(), "a.txt")
    assert [(line.start, line.end) for line in document.paragraphs] == [(0, 1), (5, 7), (9, 10)]
    assert document.place(5) == (2, 3)
    assert len(document.plain) == len(document.text)


def test_markdown_keeps_its_offsets_and_tells_its_headings() -> None:
    source = "## 一、主要举措\n- **办结**3件\n"
    document = read_bytes(source.encode(), "a.md")
    assert len(document.text) == len(source)
    assert document.headings == (3,)
    assert "*" not in document.text


def test_a_page_is_read_without_what_stands_around_it() -> None:
    body = (
        "<p>　　一、主要举措</p><p>"
        + "认真工作，" * 40
        + "</p><p>打印本页</p><table><tr><td>甲</td><td>5件</td></tr></table>"
    )
    page = f"""<html><head><meta charset="gb2312"><title>示例网</title><meta name="ArticleTitle" content="示例报告">
        <script>var a = "<p>不是正文</p>";</script></head><body><div class="nav"><a href="/">首页</a></div>
        <div class="TRS_Editor">{body}</div><div id="footer">版权所有</div></body></html>"""
    document = read_bytes(page.encode("gb18030"), "a.html")
    assert document.text.startswith("\u3000\u3000一、主要举措\n认真工作")
    assert all(word not in document.text for word in ("首页", "版权", "不是正文", "打印"))
    assert document.removed == ("打印本页",)
    assert document.metadata["title"] == "示例报告"
    (rows,) = [table.rows for table in document.tables]
    assert [[document.text[cell.start : cell.end] for cell in row] for row in rows] == [["甲", "5件"]]


def test_a_word_file_is_read_as_one_sees_it() -> None:
    numbering = """<w:root><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:root>"""
    comments = '<w:root><w:comment w:id="0" w:author="甲"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:root>'
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p("主要举措", counted) + p("不足", counted)
        + '<w:p><w:r><w:t>办结</w:t></w:r><w:del w:author="乙"><w:r><w:delText>三</w:delText></w:r></w:del>'
        '<w:ins w:author="乙"><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>'
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('5件')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    document = read_bytes(docx(body, word__numbering=numbering, word__comments=comments), "a.docx")
    assert document.text == "一、主要举措\n二、不足\n办结五件\n甲\t5件"
    assert [(note.kind, note.text, note.author) for note in document.notes] == [
        ("deleted", "三", "乙"), ("inserted", "五", "乙"), ("hidden", "密", ""), ("comment", "请核", "甲"),
    ]  # fmt: skip
    (table,) = document.tables
    assert [[document.text[cell.start : cell.end] for cell in row] for row in table.rows] == [["甲", "5件"]]


@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_an_old_word_file_is_read_by_its_pieces(name: str) -> None:
    assert read_bytes(doc("一、主要举措\r办结五件。\r"), name).text == "一、主要举措\n办结五件。\nabc"


def test_a_pdf_is_read_by_its_text() -> None:
    assert "annual report 2031" in read_bytes(pdf("annual report 2031"), "a.pdf").text


def test_lines_of_a_pdf_become_paragraphs_and_page_numbers_go() -> None:
    from fazheng.checkup.reading.pdf import joined

    text, pages = joined(["一、主要举措\n" + "甲" * 30 + "\n" + "乙" * 10 + "。\n－1－", "丙" * 30])
    assert text == "一、主要举措\n" + "甲" * 30 + "乙" * 10 + "。\n" + "丙" * 30
    assert text[pages[1] :].strip() == "丙" * 30


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * 1_000_000)
    return held.getvalue()


def entity() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///nowhere">]><a>&x;</a>')
    return held.getvalue()


def workbook() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "文件是空的"),
        (" \n\u3000".encode(), "没有文字"),
        (b"MZ\x90\x00" * 100, "Windows 程序"),
        (bytes(range(256)) * 20, "不是文本文件"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"PK\x03\x04broken", "坏了"),
        (workbook(), "Excel"),
        (entity(), "外部实体"),
        (bomb(), "压缩炸弹"),
        (b"%PDF-1.4 broken", "坏了"),
        (pdf(""), "只有图片"),
        (pdf("secret", password=True), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "坏了"),
        (doc("密", flags=0x0100), "密码"),
        (doc("密", stream="EncryptedPackage"), "密码"),
        (doc("表", stream="Workbook"), "Excel"),
        (b"a" * 20_000_001, "20 MB"),
    ],
    ids=range(17),
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_sentence(raw: bytes, said: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(Unreadable, match=said) as told:
        read_bytes(raw, "a.txt")
    assert "\n" not in str(told.value)
    assert time.perf_counter() - begun < 5


def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="文件夹"):
        read(tmp_path)
    with pytest.raises(Unreadable, match="没有"):
        read(tmp_path / "none.txt")


SEEDS = [CLEAN.encode(), CLEAN.encode("gb18030"), docx(p("一、主要举措")), pdf("report"), doc("一、主要举措"),
         f"<html><body><div class=content>{CLEAN}</div></body></html>".encode()]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=6))
def test_a_damaged_file_is_read_or_told_and_nothing_else(seed: bytes, damages: list[tuple[int, bytes]]) -> None:
    raw = bytearray(seed)
    for at, by in damages:
        where = at % (len(raw) + 1)
        raw[where : where + len(by)] = by
    told = ""
    try:
        run(Report(read_bytes(bytes(raw), "a.txt")))
    except Unreadable as fault:
        told = str(fault)
    assert "\n" not in told
