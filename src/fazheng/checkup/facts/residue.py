"""What programs leave in a text: law/style/residue.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fazheng.checkup.facts.sieve import Sieve, Signs, codes, needs
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


class Left:
    """Several patterns in one, searched for where a text may hold any of them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._any = re.compile("|".join(words))
        self._sieve = Sieve(codes(needs(word)) for word in words)

    def finditer(self, signs: Signs) -> Iterable[re.Match[str]]:
        """As the pattern's own."""
        return self._any.finditer(signs.text) if self._sieve.kept(signs) else ()


@dataclass(frozen=True)
class Residue:
    markup: Left
    garble: Left
    chrome: re.Pattern[str]


def residue(style: Style) -> Residue:
    """The patterns; give it to `Style.made`."""
    read = style.read("residue", ResidueWords)
    return Residue(Left(read.markup), Left(read.garble), re.compile("|".join(read.chrome)))


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
