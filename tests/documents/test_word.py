"""The .docx: what Word reads in it, that its bytes are the same each time, and that it names nobody."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from fazheng.documents import Facts, Paper, Paragraph, Run, docx, lines
from fazheng.documents.fonts import STANDARD
from tests.documents.measured import pages
from tests.documents.office import converted
from tests.documents.sample import paper


def read_back(data: bytes) -> list[str]:
    """Paragraphs in order, then cells of tables; the parts of a line with a tab apart; no blank lines."""
    document = python_docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [part for text in [*(p.text for p in document.paragraphs), *cells] for part in text.split("\t") if part]


def test_every_word_of_the_paper_is_in_the_file_once() -> None:
    assert Counter(read_back(docx(paper()))) == Counter(lines(paper()))


def test_the_same_paper_gives_the_same_bytes_and_no_time() -> None:
    assert docx(paper()) == docx(paper())
    with zipfile.ZipFile(io.BytesIO(docx(paper()))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None


def test_nobody_is_named_in_the_properties() -> None:
    found = python_docx.Document(io.BytesIO(docx(paper()))).core_properties
    assert (found.author, found.last_modified_by, found.comments) == ("", "", "")
    assert found.title == paper().title


def test_headings_are_real_headings() -> None:
    document = python_docx.Document(io.BytesIO(docx(paper())))
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert found[:4] == [
        ("Heading 1", "一、主要举措和成效"), ("Heading 2", "（一）行政处罚"),
        ("Heading 3", "1.程序"), ("Heading 4", "（1）听证"),
    ]  # fmt: skip


def test_styles_name_the_standard_s_fonts_for_every_script_and_the_language() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paper()))) as file:
        styles = ElementTree.fromstring(file.read("word/styles.xml"))
    named = styles.findall(f".//{qn('w:rFonts')}")
    assert all(
        len({one.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1 for one in named
    )
    assert {one.get(qn("w:eastAsia")) for one in named} == set(STANDARD.values())
    language = styles.find(f".//{qn('w:lang')}")
    assert language is not None
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_every_style_that_a_paragraph_asks_for_is_there() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paper(draft=True)))) as file:
        styles = ElementTree.fromstring(file.read("word/styles.xml"))
        known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
        parts = [
            ElementTree.fromstring(file.read(name)) for name in file.namelist() if "/" in name and "rels" not in name
        ]
    asked = {
        one.get(qn("w:val"))
        for part in parts
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn")
        for one in part.findall(f".//{qn(f'w:{kind}')}")
    }
    assert asked - known == set()


def test_signs_that_xml_cannot_hold_do_not_spoil_the_file() -> None:
    odd = Paper("示例县民政局", "报告", (Paragraph((Run("甲\x00乙\x0b丙]]><w:p/>&amp;"),)),), Facts())
    assert "甲乙丙]]><w:p/>&amp;" in read_back(docx(odd))


@pytest.mark.parametrize(("draft", "example", "said"), [(1, 0, "草稿"), (0, 1, "示例"), (0, 0, "")])
def test_draft_and_example_are_said_on_every_page(draft: int, example: int, said: str, tmp_path: Path) -> None:
    section = python_docx.Document(io.BytesIO(docx(paper(draft=bool(draft), example=bool(example))))).sections[0]
    for header in (section.header, section.even_page_header):
        assert said in header.paragraphs[0].text
        assert said or not header.paragraphs[0].text


def test_no_red_head_unless_asked_and_no_picture_at_all() -> None:
    for facts, red in ((Facts(), 0), (Facts(letterhead=True), 1)):
        with zipfile.ZipFile(io.BytesIO(docx(paper(facts)))) as file:
            assert file.read("word/document.xml").decode().count('"Letterhead"') == red
            assert not [name for name in file.namelist() if "media" in name]


def test_saved_again_by_libreoffice_no_line_moves(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(docx(paper(example=True)))
    again = converted(path, "docx", tmp_path / "again")
    assert again.read_bytes() != path.read_bytes()
    everything = (22, 16, 14, 12, 49)
    first = pages(converted(path, "pdf", tmp_path / "first"), sizes=everything)
    second = pages(converted(again, "pdf", tmp_path / "second"), sizes=everything)
    assert [[line.text for line in page] for page in first] == [[line.text for line in page] for page in second]
    for before, after in zip(
        (line for page in first for line in page), (x for page in second for x in page), strict=True
    ):
        assert (after.base, after.left, after.right) == pytest.approx((before.base, before.left, before.right), abs=0.3)
