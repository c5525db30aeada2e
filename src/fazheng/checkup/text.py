"""A text as it was read: the characters, where lines and paragraphs stand, and what the file held beside the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from fazheng.checkup.facts.sieve import Signs

NoteKind = Literal["comment", "inserted", "deleted", "hidden", "header", "footer", "footnote", "field"]

# one character for one, so that an offset into `plain` is an offset into `text`
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_PLAIN = _WIDE | str.maketrans({
    ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！",
    "％": "%", "．": ".", "－": "-", "‐": "-", "‑": "-", "–": "-", "＋": "+", "／": "/",
    "\u3000": " ", "\xa0": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\ufeff": " ",
})  # fmt: skip
_UNEVEN = re.compile(f"[{re.escape(''.join(map(chr, _PLAIN)))}]")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_STOP = re.compile(r"\.(?<=[\u4e00-\u9fff）》”%]\.)(?=[ ]*(?:[\r\n\u4e00-\u9fff]|\Z)|\d)")
_ITEM = re.compile(r"(?:^|[\r\n])[ ]*[一二三四五六七八九十（）]{1,5}$")
_LINE = re.compile(r"\r\n|\n|\r")
_SENTENCE = re.compile(r"[^\s。！？][^。！？\r\n]*[。！？]*")


def even(text: str) -> str:
    """The text with full-width letters and digits made narrow and punctuation made even; of the same length."""
    return _UNEVEN.sub(lambda found: found[0].translate(_PLAIN), text)


class Span(NamedTuple):
    """Characters from `start` up to `end`, counted from the beginning of the text."""

    start: int
    end: int


class Line(NamedTuple):
    """A line without its break; `start` and `end` leave out the blanks at both ends, `number` counts from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True)
class Note:
    """What the file holds beside its text: a comment, a deletion, hidden words, a page head."""

    kind: NoteKind
    text: str
    at: int | None = None  # where in the text it hangs, None where nowhere
    author: str = ""


@dataclass(frozen=True)
class Table:
    """A table's rows, each a row of cells as spans of the text."""

    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Document:
    """A text as read. Offsets count characters of `text`: of a .txt file, those after its byte-order mark."""

    text: str
    name: str = ""
    form: str = "txt"
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    headings: tuple[int, ...] = ()  # starts of lines that the file itself marks as headings
    pages: tuple[int, ...] = ()  # where each page begins, of a PDF
    metadata: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()  # page chrome that was left out

    @cached_property
    def plain(self) -> str:
        """The text for rules to search: punctuation, digits and blanks made even, length unchanged."""
        plain = _THOUSANDS.sub(",", even(self.text))
        return _STOP.sub(lambda m: "." if _ITEM.search(plain, max(0, m.start() - 8), m.start()) else "。", plain)

    @cached_property
    def signs(self) -> Signs:
        """The signs of `plain` and their pairs: a pattern that needs others need not be searched for."""
        return Signs(self.plain)

    @cached_property
    def raw_signs(self) -> Signs:
        """The same of `text`."""
        return self.signs if self.text == self.plain else Signs(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        return [0, *(found.end() for found in _LINE.finditer(self.text))]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line, blank ones too."""
        found, begin = [], 0
        ends = [*_LINE.finditer(self.text)]
        for number, (stop, after) in enumerate([*((e.start(), e.end()) for e in ends), (len(self.text), 0)], 1):
            raw = self.plain[begin:stop]
            left = len(raw) - len(raw.lstrip())
            found.append(Line(begin + left, max(begin + left, begin + len(raw.rstrip())), number))
            begin = after
        return tuple(found)

    @cached_property
    def paragraphs(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple(line for line in self.lines if line.end > line.start)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Runs between full stops and line ends, the stop included."""
        return tuple([Span(*found.span()) for found in _SENTENCE.finditer(self.plain)])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self._breaks, offset)
        return line, offset - self._breaks[line - 1] + 1

    def page(self, offset: int) -> int:
        """The page of a PDF an offset stands on, from 1; 0 where the form has no pages."""
        return bisect_right(self.pages, offset)

    def line_at(self, offset: int) -> Line:
        """The line an offset stands in."""
        return self.lines[bisect_right(self._breaks, offset) - 1]
