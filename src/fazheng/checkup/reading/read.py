"""Which reader reads a file: told by what is in it, not by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

from fazheng.checkup.reading.plain import read_plain
from fazheng.checkup.reading.unreadable import Foreign, Unreadable
from fazheng.checkup.text import Document

LARGEST_FILE = 100_000_000  # bytes: pictures in a .docx or .pdf
LARGEST_TEXT = 20_000_000  # bytes of bare text
_READERS = {
    "docx": "docx:read_docx",
    "pdf": "pdf:read_pdf",
    "doc": "doc:read_doc",
    "html": "html:read_html",
    "md": "markdown:read_markdown",
}
_RTF, _ODT = b"{\\rtf", b"mimetypeapplication/vnd.oasis.opendocument.text"
_OTHERS = (
    (b"MZ", "这是 Windows 程序，不是报告，改了名字也打不开"),
    (b"\x7fELF", "这是程序文件，不是报告"),
    (b"Rar!", "这是压缩包；请先解压，再选里面的报告"),
    (b"7z\xbc\xaf", "这是压缩包；请先解压，再选里面的报告"),
    (b"\x1f\x8b", "这是压缩包；请先解压，再选里面的报告"),
    (b"\x89PNG", "这是图片，没有文字；请用文字版，或先做文字识别"),
    (b"\xff\xd8\xff", "这是图片，没有文字；请用文字版，或先做文字识别"),
    (b"GIF8", "这是图片，没有文字；请用文字版，或先做文字识别"),
    (b"SQLite format 3", "这是数据库文件，不是报告"),
)


def read(path: Path) -> Document:
    """The document in a file. Raises Unreadable with a sentence for whoever chose the file."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path.name} 是文件夹；请写出里面的文件")
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(
                f"{path.name} 有 {path.stat().st_size // 1_000_000} MB，太大；请拆开，或去掉里面的图片再试"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"没有 {path} 这个文件") from None
    except PermissionError:
        raise Unreadable(f"{path.name}：没有权限读这个文件；请另存一份，或者请管理员放开权限") from None
    except OSError as fault:
        raise Unreadable(f"{path.name} 打不开：{fault.strerror}") from None
    try:
        return read_bytes(raw, path.name)
    except Unreadable as fault:
        raise Unreadable(f"{path.name}：{fault}") from None


def read_bytes(raw: bytes, name: str = "") -> Document:
    """The document in these bytes. `name` matters only between forms of bare text. Raises Unreadable."""
    form = _form(raw, name.lower())
    if form in ("txt", "html", "md") and len(raw) > LARGEST_TEXT:
        raise Unreadable(
            f"文字有 {len(raw) // 1_000_000} MB，不像一份报告；请拆开再试（每份不超过 {LARGEST_TEXT // 1_000_000} MB）"
        )
    try:
        document = read_plain(raw, name) if form == "txt" else _reader(form)(raw, name)
    except Foreign as fault:
        document = _through_office(raw, name, fault)
    if not document.text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise Unreadable("文件里没有文字")
    return document


def _foreign(raw: bytes, name: str) -> Document:
    form = "rtf" if raw.startswith(_RTF) else "odt"
    said = "这是 RTF 文件" if form == "rtf" else "这是 ODF 文档"
    raise Foreign(f"{said}；请用 Word 或 WPS 另存为 .docx 再试", form)


def _through_office(raw: bytes, name: str, fault: Foreign) -> Document:
    """The document as LibreOffice reads it. Raises the fault again where that is not to be had."""
    from fazheng.checkup.reading.office import as_docx

    made = as_docx(raw, fault.form)
    if made is None:
        raise fault
    return replace(_reader("docx")(made, name), form=fault.form)


def _reader(form: str) -> Callable[[bytes, str], Document]:
    if form == "foreign":
        return _foreign
    module, function = _READERS[form].split(":")
    return cast(Callable[[bytes, str], Document], getattr(import_module(f"fazheng.checkup.reading.{module}"), function))


def _form(raw: bytes, name: str) -> str:
    if not raw:
        raise Unreadable("文件是空的")
    for begins, said in _OTHERS:
        if raw.startswith(begins):
            raise Unreadable(said)
    if raw.startswith(_RTF) or _ODT in raw[:100]:
        return "foreign"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or name.endswith((".html", ".htm")) or b"<html" in head:
        return "html"
    return "md" if name.endswith((".md", ".markdown")) else "txt"
