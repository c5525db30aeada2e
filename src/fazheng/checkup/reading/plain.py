"""Plain text: UTF-8 with and without its mark, UTF-16 with its mark, GB18030."""

from __future__ import annotations

import codecs
import re

from fazheng.checkup.reading.unreadable import Unreadable
from fazheng.checkup.text import Document

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(raw: bytes) -> str:
    """The characters of a text file, its line ends as they are. Raises Unreadable where it is no text."""
    if raw.startswith(codecs.BOM_UTF8):
        return _checked(_try(raw[3:], "utf-8") or raw[3:].decode("utf-8", "replace"))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(raw.decode("utf-16", "replace"))
    for encoding in ("utf-8", "gb18030"):
        if (text := _try(raw, encoding)) is not None:
            return _checked(text)
    # a few spoilt characters spoil no report: the reading with fewer of them is taken
    best = min((raw.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd"))
    if best.count("\ufffd") > len(best) / 20:
        raise Unreadable("这不是文本文件，或者编码认不出来；请另存为 UTF-8 编码的 .txt 再试")
    return _checked(best)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text[:100_000])) > max(3, len(text[:100_000]) / 50):
        raise Unreadable("这不是文本文件（里面是程序或压缩内容）；请选原来的 .docx、.pdf、.html 或 .txt 文件")
    return text


def read_plain(raw: bytes, name: str) -> Document:
    """A .txt file."""
    return Document(decoded(raw), name, "txt")
