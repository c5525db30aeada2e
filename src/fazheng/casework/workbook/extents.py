"""How far the sheets of a workbook reach, seen in its parts before the reader takes them into memory.

The reader trusts the numbers in the file: one cell at XFD1048576, or a count of strings that is a lie, and it asks for
more memory than there is, which ends the process. So the numbers are looked at first.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

_PIECE = 1024 * 1024
_FAR = 10**9  # stands for any number too long to be a row or column
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]+)(\d+)["'][^<>]*(?<!/)>(?!</)""")
_BARE_CELL = re.compile(rb"""<(?:\w+:)?c(?:\s(?![^<>]*\br\s*=)[^<>]*)?(?<!/)>(?!</)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^<>]*?\br\s*=\s*["'](\d+)["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']e["'][^<>]*>""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_COUNTING = re.compile(rb"""<[^<>]*?[cC]ount\s*=[^<>]*>""")
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["'](\d+)""")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a sheet reaches, and the cells that hold an error of a formula: (row, column), both from 1."""

    rows: int
    columns: int
    errors: frozenset[tuple[int, int]]


def extents(archive: zipfile.ZipFile) -> dict[str, Extent]:
    """Each sheet's extent by its name.

    Every part is unpacked, so that one whose size or sum is a lie is found. Raises BadZipFile for that, KeyError and
    ParseError where the workbook does not hang together.
    """
    sheets = dict(sheets_of(archive))
    parts = {_plain(info.filename): _extent(archive, info, sheets.values()) for info in archive.infolist()}
    return {name: parts[part] for name, part in sheets.items()}


def _extent(archive: zipfile.ZipFile, info: zipfile.ZipInfo, sheets: Collection[str]) -> Extent:
    if _plain(info.filename) not in sheets:
        for piece in _pieces(archive, info):
            counts = (count for tag in _COUNTING.findall(piece) for count in _COUNT.findall(tag))
            if any(_number(count) > info.file_size for count in counts):
                raise zipfile.BadZipFile("a count of more things than there are bytes")
        return Extent(0, 0, frozenset())
    letters, rows = set[bytes](), 0
    errors, bare, last_row = set[tuple[int, int]](), False, 0
    for piece in _pieces(archive, info):
        if b"\0" in piece:
            raise zipfile.BadZipFile("not UTF-8: the reader would see other cells than are seen here")
        cells = _CELL.findall(piece)
        letters.update(column for column, _ in cells)
        rows = max(rows, max(map(_number, {row for _, row in cells}), default=0))
        bare = bare or _BARE_CELL.search(piece) is not None
        last_row = max(last_row, max(map(_number, _ROW.findall(piece)), default=0))
        places = (_PLACE.search(found[0]) for found in _ERROR.finditer(piece))
        errors |= {(_number(place[2]), _column(place[1])) for place in places if place}
    columns = max(map(_column, letters), default=0)
    return Extent(max(rows, last_row if bare else 0), max(columns, 1), frozenset(errors))


def _pieces(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that end where a tag ends, or after some megabytes without one."""
    rest = b""
    with archive.open(info) as part:
        while piece := part.read(_PIECE):
            whole, close, rest = (rest + piece).rpartition(b">")
            if len(rest) > 8 * _PIECE:
                whole, close, rest = whole + close + rest, b"", b""
            yield whole + close
    yield rest


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < 10 else _FAR


def _column(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    if len(letters) > 3:
        return _FAR
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def sheets_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet. Raises KeyError where the workbook does not hang together."""
    targets = {}
    for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        targets[link.attrib["Id"]] = _plain(posixpath.join("/xl", link.attrib["Target"]))
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if node.tag.rpartition("}")[2] == "sheet":
            links = [value for key, value in node.attrib.items() if key.rpartition("}")[2] == "id"]
            yield node.attrib["name"], targets["".join(links)]


def _plain(part: str) -> str:
    """A part's name as it is compared."""
    return posixpath.normpath(part).lstrip("/").lower()
