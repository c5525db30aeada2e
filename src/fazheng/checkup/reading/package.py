"""Office packages: zip archives of XML, opened with care. Sizes are bounded, documents types and entities refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from fazheng.checkup.reading.unreadable import Unreadable

LARGEST_PART = 60_000_000  # bytes of one XML part, unpacked: some hundred times a long report
MOST_PARTS = 20_000
DEEPEST = 400


class Package:
    """The parts of an office file by name. Raises Unreadable."""

    def __init__(self, raw: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError):
            raise Unreadable("文件坏了，打不开；请用 Word 或 WPS 打开以后另存一份") from None
        if len(self.names) > MOST_PARTS:
            raise Unreadable("压缩包里的文件太多，不像一份报告")

    def part(self, name: str) -> bytes:
        """One part, unpacked; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as stream:
                found = stream.read(LARGEST_PART + 1)
        except RuntimeError:
            raise Unreadable("文件加了密码；请取消密码以后再试") from None
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
            raise Unreadable("文件坏了，打不开；请用 Word 或 WPS 打开以后另存一份") from None
        if len(found) > LARGEST_PART:
            raise Unreadable("文件展开以后大得反常（可能是压缩炸弹），没有读")
        return found


def parse(
    raw: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    data: Callable[[str], None],
) -> None:
    """Reads XML by events; names come without their namespace. Document types and entities are refused."""
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unreadable("文件里的层次太深，不像一份报告")
        start(name.rsplit(" ", 1)[-1], {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rsplit(" ", 1)[-1])

    def refused(*_: object) -> None:
        raise Unreadable("文件里有外部实体或文档类型声明（可能有害），没有读")

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = opened, closed, data
    reader.StartDoctypeDeclHandler = refused
    reader.EntityDeclHandler = refused
    try:
        reader.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Unreadable("文件坏了，打不开；请用 Word 或 WPS 打开以后另存一份") from None
