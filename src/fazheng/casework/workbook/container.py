"""The file before it is read: whether it is a workbook at all, and one that may safely be taken into memory."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from fazheng.casework.workbook.extents import Extent, extents, sheets_of

MOST_BYTES = 500 * 1024 * 1024  # unpacked
MOST_PACKED = 200 * 1024 * 1024  # the file itself: a year of 300,000 rows has 15 MB
MOST_RATIO = 200  # unpacked over packed: tables of the office lie between 5 and 60
MOST_CELLS = 10_000_000  # the rectangle a sheet spans; the reader keeps every cell of it in memory
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PIECE = 1024 * 1024
_BROKEN = (  # a name in the directory may be no UTF-8
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ElementTree.ParseError, NotImplementedError, UnicodeError,
)  # fmt: skip
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"


class UnusableWorkbook(ValueError):
    """The file cannot be imported at all; the message says in Chinese why and what to do."""


def examine(path: Path) -> dict[str, Extent]:
    """Each worksheet's extent by its name. Raises UnusableWorkbook."""
    _refuse_by_beginning(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_by_directory(path, archive)
            return extents(archive)
    except (*_BROKEN, OSError):
        raise damaged(path) from None


def sheet_names(path: Path) -> list[str]:
    """The sheets' names in order, as the workbook lists them: nothing else of it is read. Raises UnusableWorkbook."""
    _refuse_by_beginning(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_by_directory(path, archive)
            return [name.strip() for name, _ in sheets_of(archive)]
    except (*_BROKEN, OSError):
        raise damaged(path) from None


def refuse_too_wide(path: Path, name: str, extent: Extent) -> None:
    """Raises UnusableWorkbook for a sheet that would take more memory than an office PC has."""
    if extent.rows > LAST_ROW or extent.columns > LAST_COLUMN:
        raise damaged(path)
    if extent.rows * extent.columns > MOST_CELLS:
        raise UnusableWorkbook(
            f"“{name}”表的内容一直占到第{extent.rows}行、第{extent.columns}列，多半是误写了很远的一格。"
            "请删除用不着的行和列，另存后再导入"
        )


def damaged(path: Path) -> UnusableWorkbook:
    """What is said of a file that is broken."""
    return UnusableWorkbook(f"“{path.name}”已损坏，读不出来。请用表格软件打开检查，另存后再导入")


def _refuse_by_beginning(path: Path) -> None:
    name = path.name
    if path.is_dir():
        raise UnusableWorkbook(f"“{name}”是文件夹，请写工作簿文件的路径")
    try:
        if path.stat().st_size > MOST_PACKED:
            raise UnusableWorkbook(
                f"“{name}”有{path.stat().st_size // _PIECE}兆，太大，没有读。"
                "请删除图片和用不着的内容，或者拆成几个文件再导入"
            )
        with path.open("rb") as file:
            beginning = file.read(8)
            encrypted = beginning.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in file.read()
    except FileNotFoundError:
        raise UnusableWorkbook(f"没有“{path}”这个文件，请核对路径") from None
    except OSError:
        raise UnusableWorkbook(f"打不开“{name}”：文件可能正被表格软件占用，或者没有权限。请关闭后再试") from None
    if not beginning:
        raise UnusableWorkbook(f"“{name}”是空文件。请重新生成模板，填好再导入")
    if encrypted:
        raise UnusableWorkbook(f"“{name}”设了打开密码，读不了。请取消密码，另存后再导入")
    if beginning.startswith(_OLE):
        raise UnusableWorkbook(f"“{name}”是旧格式的文件（.xls、.et 等）。请用表格软件打开，另存为 .xlsx 再导入")
    if path.suffix.lower() in (".csv", ".txt", ".tsv"):
        raise UnusableWorkbook(f"“{name}”是文本文件，不是工作簿。请用表格软件打开它，另存为 .xlsx 再导入")
    if not beginning.startswith(_ZIP):
        raise UnusableWorkbook(f"“{name}”不是 .xlsx 工作簿。请用模板填写，存成 .xlsx 再导入")


def _refuse_by_directory(path: Path, archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    size = sum(info.file_size for info in infos)
    packed = max(path.stat().st_size, 1)
    if size > MOST_BYTES or (size > 8 * _PIECE and size > MOST_RATIO * packed):
        raise UnusableWorkbook(
            f"“{path.name}”解开以后有{size // _PIECE}兆，是文件本身的{size // packed}倍，不像一本台账，没有读。"
            "请核对来历；内容确实多的，拆成几个文件再导入"
        )
    if any(info.flag_bits & 1 for info in infos):
        raise UnusableWorkbook(f"“{path.name}”设了密码，读不了。请取消密码，另存后再导入")
    if path.suffix.lower() in (".xlsm", ".xltm") or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnusableWorkbook(f"“{path.name}”带有宏。请另存为不带宏的 .xlsx 再导入")
    if "xl/workbook.xml" not in names:
        raise UnusableWorkbook(f"“{path.name}”不是 .xlsx 工作簿。请用模板填写，存成 .xlsx 再导入")
    if len(set(names)) != len(names):
        raise damaged(path)
