"""Each 《…》 of a text, looked up in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazheng.checkup.facts.header import Header
from fazheng.checkup.text import Document
from fazheng.lawbook.statute import Statute


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
    found, start, depth = [], 0, 0
    at = text.find("《")
    while at != -1:
        start, depth, i = at, 0, at
        while i < len(text) and text[i] not in "\n\r" and i - start < 400:
            depth += {"《": 1, "》": -1}.get(text[i], 0)
            i += 1
            if depth == 0:
                found.append((start, i))
                break
        at = text.find("《", i if depth == 0 else start + 1)
    return found
