"""Each 《…》 of a text, looked up in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fazheng.checkup.facts.header import Header
from fazheng.checkup.text import Document
from fazheng.lawbook.statute import Statute

_SIGNS = re.compile("[《》\n\r]")


@dataclass(frozen=True)
class Citation:
    """One 《…》 with its signs: `name` is the full name where the catalogue has it, `status` in plain Chinese."""

    as_written: str
    name: str
    status: str
    start: int
    end: int
    statute: str = ""  # its short name in the catalogue


def citations(document: Document, statutes: Mapping[str, Statute], header: Header) -> tuple[Citation, ...]:
    """Every 《…》 in order. One inside another belongs to the outer."""
    names = {name: one for one in statutes.values() for name in (one.name, one.short)}
    found = []
    for start, end in bracketed(document.text):
        words = "".join(document.text[start + 1 : end - 1].split())
        one = names.get(words) or names.get(words.removeprefix("中华人民共和国")) or names.get("中华人民共和国" + words)
        name = f"《{one.name}》" if one else ""
        found.append(
            Citation(
                document.text[start:end], name, one.status if one else "未核对", start, end, one.short if one else ""
            )
        )
    return tuple(found)


def bracketed(text: str) -> list[tuple[int, int]]:
    """Where each 《…》 stands, outermost signs only, on one line. One that is never closed is left out."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for sign in _SIGNS.finditer(text):
        at, what = sign.start(), sign[0]
        if what == "《":
            opened.append(at)
        elif what == "》" and opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
        elif what not in "《》":
            opened.clear()
    return found
