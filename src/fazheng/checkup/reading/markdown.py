"""Markdown: kept character for character; its headings are marked, its signs are read past."""

from __future__ import annotations

import re

from fazheng.checkup.reading.plain import decoded
from fazheng.checkup.text import Document

_SIGNS = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)|\*\*|__|`+|^[ \t]*[-*_]{3,}[ \t]*$|[ \t]+#+[ \t]*$", re.MULTILINE
)
_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)


def read_markdown(raw: bytes, name: str) -> Document:
    """A .md file. Its signs become blanks, so that offsets are those of the file."""
    text = decoded(raw)
    bare = _SIGNS.sub(lambda found: " " * len(found[0]), text)
    return Document(bare, name, "md", headings=tuple(found.end() for found in _HEADING.finditer(text)))
