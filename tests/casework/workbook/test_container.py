"""Files that are no workbook, or none that may be taken in: each is refused with a sentence that says what to do."""

import re
import resource
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import UnusableWorkbook, import_workbook, write_template
from fazheng.casework.workbook.container import MOST_BYTES, MOST_PACKED, examine
from tests.casework.workbook.desk import HOTLINE, TODAY, end_of, good, law, opened, written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path, bureau: Bureau) -> str:
    """The sentence with which the file is refused; the book stays as it was."""
    before = end_of(bureau)
    with pytest.raises(UnusableWorkbook) as fault:
        import_workbook(path, bureau, today=TODAY)
    assert end_of(bureau) == before
    return str(fault.value)


def test_a_file_that_is_not_there(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "没有.xlsx"
    assert refusal(path, bureau) == f"没有“{path}”这个文件，请核对路径"


def test_a_folder(bureau: Bureau, tmp_path: Path) -> None:
    assert refusal(tmp_path, bureau) == f"“{tmp_path.name}”是文件夹，请写工作簿文件的路径"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.xlsx", b"", "“空.xlsx”是空文件。请重新生成模板，填好再导入"),
        ("表.csv", "编号,日期\nT1,2024-03-04\n".encode("gb18030"),
         "“表.csv”是文本文件，不是工作簿。请用表格软件打开它，另存为 .xlsx 再导入"),
        ("表.csv", "编号,日期\nT1,2024-03-04\n".encode("utf-16"),
         "“表.csv”是文本文件，不是工作簿。请用表格软件打开它，另存为 .xlsx 再导入"),
        ("表.csv", "编号,日期\n".encode() + "甲,乙\n".encode("gb18030"),
         "“表.csv”是文本文件，不是工作簿。请用表格软件打开它，另存为 .xlsx 再导入"),
        ("表.csv", b"\0" * 90, "“表.csv”是文本文件，不是工作簿。请用表格软件打开它，另存为 .xlsx 再导入"),
        ("改名.xlsx", OLE + b"\0" * 600,
         "“改名.xlsx”是旧格式的文件（.xls、.et 等）。请用表格软件打开，另存为 .xlsx 再导入"),
        ("表.xlsx", "编号,日期\n".encode(), "“表.xlsx”不是 .xlsx 工作簿。请用模板填写，存成 .xlsx 再导入"),
        ("旧.xls", OLE + b"\0" * 600, "“旧.xls”是旧格式的文件（.xls、.et 等）。请用表格软件打开，另存为 .xlsx 再导入"),
        ("密.xlsx", OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
         "“密.xlsx”设了打开密码，读不了。请取消密码，另存后再导入"),
        ("断.xlsx", b"PK\x03\x04" + b"\0" * 40, "“断.xlsx”已损坏，读不出来。请用表格软件打开检查，另存后再导入"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook(bureau: Bureau, tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path, bureau) == sentence


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """The workbook with its parts changed; None leaves a part out."""
    other = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return other


def same(name: str, content: bytes) -> bytes | None:
    return content


def test_a_workbook_with_macros(bureau: Bureau, tmp_path: Path) -> None:
    path = rewritten(written(tmp_path, bureau, good()), same, **{"xl/vbaProject.bin": OLE})
    assert refusal(path, bureau) == "“改.xlsx”带有宏。请另存为不带宏的 .xlsx 再导入"
    path = shutil.copy(written(tmp_path, bureau, good()), tmp_path / "宏.xlsm")
    assert refusal(Path(path), bureau) == "“宏.xlsm”带有宏。请另存为不带宏的 .xlsx 再导入"


def test_another_office_file(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "公文.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(path, bureau) == "“公文.xlsx”不是 .xlsx 工作簿。请用模板填写，存成 .xlsx 再导入"


def test_a_file_that_unpacks_to_hundreds_of_times_its_size(bureau: Bureau, tmp_path: Path) -> None:
    path = rewritten(written(tmp_path, bureau, good()), same, **{"xl/media/a.bin": b"\0" * 120_000_000})
    said = refusal(path, bureau)
    assert re.fullmatch(
        r"“改.xlsx”解开以后有11\d兆，是文件本身的\d+倍，不像一本台账，没有读。请核对来历；内容确实多的，拆成几个文件再导入",
        said,
    )


def test_a_file_that_says_it_unpacks_to_more_than_memory(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (MOST_BYTES + 1).to_bytes(4, "little")
    path.write_bytes(content)
    assert re.search("解开以后有50[01]兆", refusal(path, bureau))


@pytest.mark.parametrize("offset", [24, 16])
def test_a_part_whose_size_or_sum_is_a_lie(bureau: Bureau, tmp_path: Path, offset: int) -> None:
    path = written(tmp_path, bureau, good())
    content = bytearray(path.read_bytes())
    place = content.index(SHEET.encode(), content.index(b"PK\x01\x02")) - 46
    content[place + offset : place + offset + 4] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path, bureau) == "“台账.xlsx”已损坏，读不出来。请用表格软件打开检查，另存后再导入"


def test_a_workbook_cut_off_in_the_middle(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(path, bureau) == f"“{path.name}”已损坏，读不出来。请用表格软件打开检查，另存后再导入"


def test_a_file_of_more_than_200_megabytes_is_refused_before_it_is_read(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(MOST_PACKED + 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(path, bureau) == "“大.xlsx”有200兆，太大，没有读。请删除图片和用不着的内容，或者拆成几个文件再导入"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_single_cell_written_far_away_does_not_take_all_memory(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    book = opened(path)
    book[HOTLINE]["XFD1048576"] = "x"
    book.save(path)
    assert refusal(path, bureau) == (
        "“12345热线工单”表的内容一直占到第1048576行、第16384列，多半是误写了很远的一格。请删除用不着的行和列，另存后再导入"
    )


def test_a_far_cell_in_a_sheet_that_is_not_read_does_no_harm(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    book = opened(path)
    book.create_sheet("#草稿")["XFD1048576"] = "x"
    book.save(path)
    assert import_workbook(path, bureau, today=TODAY).faults == ()


def test_a_far_cell_that_holds_only_a_format_does_no_harm(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    book = opened(path)
    book[HOTLINE]["XFD1048576"].number_format = "0.00"
    book.save(path)
    assert import_workbook(path, bureau, today=TODAY).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: None if name == "xl/_rels/workbook.xml.rels" else content,
        lambda name, content: None if name == SHEET else content,
        lambda name, content: b"<workbook" if name == "xl/workbook.xml" else content,
        lambda name, content: content.decode().encode("utf-16") if name == SHEET else content,
        lambda name, content: content[: len(content) // 2] if name == "xl/sharedStrings.xml" else content,
        lambda name, content: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="99999999999"', content),
        lambda name, content: content.replace(b'<c r="A2"', b'<c r="A2147483648"'),
        lambda name, content: content.replace(b'<c r="A2"', b'<c r="AAAAAAA2"'),
        lambda name, content: content.replace(b'encoding="UTF-8"', b'encoding="UTF-99"'),
    ],
    ids=[
        "no links",
        "no sheet",
        "no list of sheets",
        "UTF-16",
        "half the strings",
        "more strings than bytes",
        "a row of ten digits",
        "a column of seven letters",
        "no encoding",
    ],
)
def test_a_workbook_whose_parts_do_not_hang_together(
    bureau: Bureau, tmp_path: Path, change: Callable[[str, bytes], bytes | None]
) -> None:
    path = rewritten(written(tmp_path, bureau, good()), change)
    assert refusal(path, bureau) == "“改.xlsx”已损坏，读不出来。请用表格软件打开检查，另存后再导入"


def test_the_extent_counts_cells_as_the_reader_does(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "范围.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["C5"], page["AB2"] = "x", "#N/A"
    book.save(path)
    extent = examine(path)["Sheet"]
    assert (extent.rows, extent.columns, extent.errors) == (5, 28, frozenset({(2, 28)}))


def test_every_sheet_of_the_template_is_examined(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, law(bureau))
    assert set(examine(path)) == set(opened(path).sheetnames)


def test_a_file_whose_directory_names_a_part_in_another_code(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲乙.xml", "")
    raw = path.read_bytes()
    assert raw.count("甲乙".encode()) == 2
    path.write_bytes(raw.replace("甲乙".encode(), "甲乙".encode("gb18030") + b"\xd2\xd2"))
    assert refusal(path, bureau) == "“坏.xlsx”已损坏，读不出来。请用表格软件打开检查，另存后再导入"
