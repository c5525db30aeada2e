"""Each 《…》 of a text, looked up in the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.named import Named, Names
from fazheng.checkup.text import Document

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
    named: Named = field(default=Named("unknown"))


def citations(document: Document, names: Names, header: Header) -> tuple[Citation, ...]:
    """Every 《…》 in order, with its status on the report's date. One inside another belongs to the outer."""
    day = spoken_for(header)
    found = []
    for start, end in bracketed(document.text):
        written = "".join(document.text[start:end].split())
        one = names.meant(written)
        full = one.statute.name if one.statute else one.right
        found.append(
            Citation(
                document.text[start:end], f"《{full}》" if full else "", names.status(written, day), start, end,
                one.statute.short if one.statute else "", one,
            )
        )  # fmt: skip
    return tuple(found)


def spoken_for(header: Header) -> date | None:
    """The report's date: its signature, or the end of its year where it was signed before the year's last month."""
    if header.year is None:
        return header.signed
    last = date(header.year, 12, 31)
    return header.signed if header.signed and last.replace(day=1) <= header.signed else last


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
