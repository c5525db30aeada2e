"""A form as a package: read with limits, its parts of text filled, every other part copied byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from fazheng.casework.forms import sheets, words
from fazheng.casework.forms.text import Filling

MOST_BYTES = 200 * 1024 * 1024  # unpacked
MOST_RATIO = 200  # unpacked over packed
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, etree.XMLSyntaxError, KeyError, UnicodeError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0"
_LINKED = re.compile(rb'TargetMode="External"')
_HYPERLINK = re.compile(rb'<Relationship\b[^>]*relationships/hyperlink"[^>]*>')
Parts = dict[str, bytes]


class FormFault(ValueError):
    """The form cannot be filled; the message says in Chinese why and what to do."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled form. `holes`: how many were filled; `notes`: what the sender must know."""

    data: bytes
    holes: int
    notes: tuple[str, ...]


def holes_of(path: Path) -> tuple[str, ...]:
    """What stands in the form's holes, each once, in the order of its parts. Raises FormFault."""
    found: dict[str, None] = {}
    _, parts = _read(path)
    with _understood(path):
        for hole in _form(path).holes(parts):
            found.setdefault(hole)
    return tuple(found)


def fill_form(path: Path, fillings: Mapping[str, Filling]) -> Filled:
    """The form with its holes filled; those that `fillings` does not name stay. Raises FormFault."""
    infos, parts = _read(path)
    with _understood(path):
        before = dict(parts)
        holes = _form(path).fill(parts, fillings)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for info in infos:
            archive.writestr(info, parts[info.filename], compress_type=info.compress_type)
    return Filled(held.getvalue(), holes, tuple(_notes(before, parts)))


def _form(path: Path) -> sheets.Sheets | words.Words:
    return sheets.Sheets() if path.suffix.lower() == ".xlsx" else words.Words()


@contextmanager
def _understood(path: Path) -> Iterator[None]:
    """Says of a package that cannot be read that it is broken."""
    try:
        yield
    except _BROKEN:
        raise FormFault(f"“{path.name}”已损坏，读不出来。请打开检查，另存后再填") from None


def _read(path: Path) -> tuple[list[zipfile.ZipInfo], Parts]:
    name = path.name
    suffix = path.suffix.lower()
    if suffix in (".xlsm", ".docm", ".xltm", ".dotm"):
        raise FormFault(f"“{name}”带有宏，不填。请对方发不带宏的 .xlsx 或 .docx，或者另存以后再填")
    if suffix not in (".xlsx", ".docx"):
        raise FormFault(f"只能填 .xlsx、.docx 的表，“{name}”不是。请用办公软件另存以后再填")
    try:
        data = path.read_bytes()
    except OSError:
        raise FormFault(f"打不开“{name}”：请核对路径；文件正开着的，请先关闭") from None
    if data.startswith(_OLE):
        raise FormFault(f"“{name}”设了密码或者是旧格式，读不了。请取消密码，另存为 {suffix} 再填")
    with _understood(path), zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        size = sum(info.file_size for info in infos)
        if size > MOST_BYTES or size > MOST_RATIO * len(data):
            raise FormFault(f"“{name}”解开以后有{size // 1024 // 1024}兆，不像一张表，没有读")
        if any(info.filename.lower().endswith("vbaproject.bin") for info in infos):
            raise FormFault(f"“{name}”带有宏，不填。请另存为不带宏的文件再填")
        return infos, {info.filename: archive.read(info) for info in infos}


def _notes(before: Parts, after: Parts) -> list[str]:
    notes = []
    linked = [name for name, data in after.items() if name.endswith(".rels") and _outside(data)]
    if linked or any(name.startswith("xl/externalLinks/") for name in after):
        notes.append("表里有指向别的文件的链接，原样保留，没有打开；报出以前请核对")
    if any(before[name] != after[name] for name in after if name.startswith("xl/worksheets/")) and any(
        b"<f" in data for name, data in after.items() if name.startswith("xl/worksheets/")
    ):
        notes.append("表里的公式没有改；它们的结果在打开时重算")
    left = [name for name, data in after.items() if name.endswith(".xml") and b"{{" in data]
    if left:
        notes.append(f"还有没填的“{{{{”（{'、'.join(left)}），请打开核对")
    return notes


def _outside(data: bytes) -> bool:
    return bool(_LINKED.search(_HYPERLINK.sub(b"", data)))
