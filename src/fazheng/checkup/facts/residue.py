"""What programs leave in a text: law/style/residue.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.style import Style
from fazheng.checkup.text import Document
from fazheng.lawbook.procedure import Table

LONGEST = 120  # signs of a line of chrome
_PIECES = re.compile(r"[ \u3000\xa0]{2,}|[\u3000\t|｜丨]+")


class ResidueWords(Table, frozen=True, kw_only=True):
    """Patterns: `chrome` are whole lines."""

    markup: list[str]
    garble: list[str]
    chrome: list[str]


@dataclass(frozen=True)
class Residue:
    markup: re.Pattern[str]
    garble: re.Pattern[str]
    chrome: re.Pattern[str]


def residue(style: Style) -> Residue:
    """The patterns; give it to `Style.made`."""
    read = style.read("residue", ResidueWords)
    return Residue(*(re.compile("|".join(words)) for words in (read.markup, read.garble, read.chrome)))


def chrome_lines(document: Document, style: Style) -> frozenset[int]:
    """The starts of lines that a web page or a layout brought along, whole or piece by piece."""
    chrome = style.made(residue).chrome

    def all_chrome(words: str) -> bool:
        pieces = [piece for piece in map(str.strip, _PIECES.split(words)) if piece]
        return bool(pieces) and all(map(chrome.fullmatch, pieces))

    return frozenset(
        line.start
        for line in document.paragraphs
        if line.end - line.start <= LONGEST
        and (chrome.fullmatch(document.text, line.start, line.end) or all_chrome(document.text[line.start : line.end]))
    )
