"""A form another office sent: its holes filled, and nothing else of it changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from fazheng.casework.forms import Filling, FormFault, fill_form, holes_of

FILLINGS = {"a.count": Filling("166", "166"), "year": Filling("2024", "2024"), "a.rate": Filling("99.4%")}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = docx.Document()
    heading = document.add_paragraph("{{year}}年情况")
    heading.runs[0].bold = True
    split = document.add_paragraph("共收到")
    split.add_run("{{a").italic = True
    split.add_run(".cou")
    split.add_run("nt }} 件，按时率")
    split.add_run("{{a.rate}}")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "收到", "{{a.count}}"
    document.sections[0].footer.paragraphs[0].text = "{{ year }}"
    document.save(str(tmp_path / "letter.docx"))
    return tmp_path / "letter.docx"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """By another writer than ours, with rich text, a formula with its result, a merged head and a second sheet."""
    with xlsxwriter.Workbook(str(tmp_path / "table.xlsx")) as book:
        sheet, bold = book.add_worksheet("表一"), book.add_format({"bold": True})
        sheet.merge_range("A1:C1", "{{year}}年报表", bold)
        sheet.write("A2", "{{a.count}}", bold)
        sheet.write("A3", "{{a.rate}}")
        sheet.write_rich_string("A4", "共", bold, "{{a.co", "unt}}件")
        sheet.write_formula("A5", "=A2*2", None, 999)
        sheet.write_formula("A6", '="{{a.count}}"', None, "{{a.count}}")
        book.add_worksheet("表二").write("B2", "{{ a.count }}")
    return tmp_path / "table.xlsx"


def test_a_hole_is_found_though_it_is_split_over_runs(letter: Path) -> None:
    assert set(holes_of(letter)) == {"year", "a.count", "a.rate"}
    filled = fill_form(letter, FILLINGS)
    letter.write_bytes(filled.data)
    document = docx.Document(str(letter))
    assert [one.text for one in document.paragraphs] == ["2024年情况", "共收到166 件，按时率99.4%"]
    assert document.tables[0].cell(0, 1).text == "166"
    assert document.sections[0].footer.paragraphs[0].text == "2024"
    assert filled.holes == 5
    assert [run.text for run in document.paragraphs[1].runs if run.italic] == ["166"]  # the look where the hole began
    assert document.paragraphs[0].runs[0].bold


def test_parts_without_a_hole_keep_every_byte(letter: Path, table: Path) -> None:
    for form, touched in ((letter, {"word/document.xml", "word/footer1.xml"}),
                          (table, {"xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
                                   "xl/worksheets/sheet2.xml"})):  # fmt: skip
        before, after = parts(form.read_bytes()), parts(fill_form(form, FILLINGS).data)
        assert list(before) == list(after)
        assert {name for name in before if before[name] != after[name]} <= touched
        assert parts(fill_form(form, {}).data) == before


def test_a_cell_that_holds_one_hole_becomes_a_number_and_keeps_its_look(table: Path) -> None:
    filled = fill_form(table, FILLINGS)
    table.write_bytes(filled.data)
    sheet, second = openpyxl.load_workbook(table).worksheets
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].font.b) == (166, "n", True)
    assert (sheet["A1"].value, sheet["A3"].value, sheet["A4"].value) == ("2024年报表", "99.4%", "共166件")
    assert second["B2"].value == 166
    assert "A1:C1" in [str(one) for one in sheet.merged_cells.ranges]


def test_formulas_stand_and_their_old_results_do_not(table: Path) -> None:
    filled = fill_form(table, FILLINGS)
    table.write_bytes(filled.data)
    sheet = openpyxl.load_workbook(table).worksheets[0]
    assert (sheet["A5"].value, sheet["A6"].value) == ("=A2*2", '="{{a.count}}"')
    assert openpyxl.load_workbook(table, data_only=True).worksheets[0]["A5"].value is None
    assert b'fullCalcOnLoad="1"' in parts(filled.data)["xl/workbook.xml"]
    assert any("公式没有改" in note for note in filled.notes)


def test_a_form_of_another_program_is_filled_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A1"].font = "{{a.count}}", Font(bold=True)
    book.active["A2"] = "到{{year}}年"
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "other.xlsx").write_bytes(fill_form(tmp_path / "other.xlsx", FILLINGS).data)
    sheet = openpyxl.load_workbook(tmp_path / "other.xlsx").active
    assert (sheet["A1"].value, sheet["A1"].font.b, sheet["A2"].value) == (166, True, "到2024年")


def test_a_hole_left_open_is_told(table: Path) -> None:
    assert any("还有没填的" in note for note in fill_form(table, {"year": FILLINGS["year"]}).notes)


def test_a_link_to_another_file_is_passed_through_and_told(table: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked.xlsx"
    rel = b'<Relationships><Relationship Id="r" Type="path" Target="f.xlsx" TargetMode="External"/></Relationships>'
    with zipfile.ZipFile(linked, "w") as archive:
        for name, data in parts(table.read_bytes()).items():
            archive.writestr(name, data)
        archive.writestr("xl/externalLinks/_rels/externalLink1.xml.rels", rel)
    filled = fill_form(linked, FILLINGS)
    assert any("链接" in note for note in filled.notes)
    assert parts(filled.data)["xl/externalLinks/_rels/externalLink1.xml.rels"] == rel


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsm", b"PK", "带有宏"),
        ("a.docm", b"PK", "带有宏"),
        ("a.pdf", b"%PDF", "只能填"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "设了密码或者是旧格式"),
        ("a.docx", b"no package", "已损坏"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(FormFault, match=said):
        holes_of(tmp_path / name)


def test_a_macro_in_a_form_without_its_name_is_refused(table: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(table, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(FormFault, match="带有宏"):
        fill_form(table, FILLINGS)


def test_an_entity_of_the_outside_is_not_read(letter: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    evil = tmp_path / "evil.docx"
    held = parts(letter.read_bytes())
    head, _, body = held["word/document.xml"].partition(b"?>")
    entity = b'?><!DOCTYPE d [<!ENTITY e SYSTEM "' + secret.as_uri().encode() + b'">]>'
    held["word/document.xml"] = head + entity + body.replace("年情况".encode(), b"&e;")
    with zipfile.ZipFile(evil, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    assert "机密".encode() not in b"".join(parts(fill_form(evil, FILLINGS).data).values())
