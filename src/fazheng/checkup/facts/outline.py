"""Headings in every numbering form (一、（一）1.（1）①, 第一部分), and points inside a paragraph (一是, 首先)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.numerals import chinese
from fazheng.checkup.text import Document, Line

N = "[一二三四五六七八九十百]{1,4}"
_NUMBER = re.compile(
    rf"(?P<l1>{N}、|第{N}(?:部分|章|节)[、：， ]?)|(?P<l2>（ ?{N} ?）[、，.]?)"
    r"|(?P<l3>\d{1,2} ?(?:[.、]|．)(?!\d))|(?P<l4>（ ?\d{1,2} ?）[、，.]?)|(?P<l5>[①-⑳])"
)
_POINT = re.compile(
    rf"(?:(?<=[。；：，\n ])|^)"
    rf"(?P<word>(?:{N})是(?![否非])|第{N}[，是]|(?:首先|其次|再次|最后)[，是]?)",
    re.MULTILINE,
)
_ORDINAL = {"首先": 1, "其次": 2, "再次": 3}
_CLOSE = re.compile(r"[。：；]")
_NO_HEADING = re.compile(r"[。；：，！？\d●■◆○※\t]|^.{0,3}$|[和与及的]$")
SHORT = 30  # signs of a heading without number
LONGEST = 60  # a first sentence longer than this is a paragraph with a number, not a heading


@dataclass(frozen=True)
class Section:
    """A heading: its form's level 1 to 5, number as written, ordinal, title; `body` to `end` is what stands under it.

    A section ends where the next heading begins, of whatever level. `number` is empty for a heading without one.
    """

    level: int
    number: str
    ordinal: int
    title: str
    start: int
    title_start: int
    title_end: int
    end: int
    alone: bool  # the heading has a line of its own
    part: str = ""

    @property
    def body(self) -> int:
        return self.title_end


@dataclass(frozen=True)
class Point:
    """一是, 其次: `ordinal` 0 where the word has none (最后)."""

    ordinal: int
    word: str
    start: int


@dataclass(frozen=True)
class Gap:
    """A number that does not follow the one before it: `wanted` is what was due."""

    section: Section
    wanted: int


@dataclass(frozen=True)
class Outline:
    sections: tuple[Section, ...]
    points: tuple[Point, ...]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Headings whose number leaves out, repeats or goes back among their siblings."""
        found: list[Gap] = []
        last: dict[int, int] = {}
        for section in self.sections:
            if not section.number:
                continue
            due = last.get(section.level, 0) + 1
            if section.ordinal != due:
                found.append(Gap(section, due))
            last = {level: n for level, n in last.items() if level < section.level} | {section.level: section.ordinal}
        return tuple(found)


def outline(document: Document, header: Header, names_part: Callable[[str], bool] = lambda title: False) -> Outline:
    """The headings and points of a text, in order; empty where it has none. `names_part`: a title tells its part."""
    marked = set(document.headings) | _bare_headings(document, header, names_part)
    starts = [
        found
        for line in document.paragraphs
        if not header.holds(line.start) and (found := _heading(document, line, marked)) is not None
    ]
    ends = [*(section.start for section in starts[1:]), header.foot if header.foot else len(document.text)]
    sections = tuple(
        Section(**{**vars(section), "end": max(end, section.title_end)})
        for section, end in zip(starts, ends, strict=False)
    )
    return Outline(sections, tuple(_points(document.plain)))


def _bare_headings(document: Document, header: Header, names_part: Callable[[str], bool]) -> set[int]:
    """Short lines without number, above a paragraph, that name a part of a report: 存在的不足和原因."""
    found = set()
    for line, below in pairwise(document.paragraphs):
        if line.end - line.start > SHORT or header.holds(line.start) or below.end - below.start < 2 * SHORT:
            continue
        words = document.plain[line.start : line.end]
        if _NO_HEADING.search(words) or _NUMBER.match(words) or "。" not in document.plain[below.start : below.end]:
            continue
        if names_part(words):
            found.add(line.start)
    return found


def _heading(document: Document, line: Line, marked: set[int]) -> Section | None:
    plain = document.plain
    found = _NUMBER.match(plain, line.start, line.end)
    if found is None or found.end() == line.end:
        return _unnumbered(document, line) if line.start in marked else None
    begin = found.end() + len(plain[found.end() : line.end]) - len(plain[found.end() : line.end].lstrip())
    level = int((found.lastgroup or "l1")[1])
    stop = _CLOSE.search(plain, begin, line.end)
    end = stop.start() if stop else line.end
    alone = stop is None or stop.end() == line.end
    if level > 2 and not alone and end - begin > LONGEST:
        return None
    if plain[begin:end].count("，") > 2 and not alone:
        return None
    return Section(
        level, plain[line.start : found.end()].strip(), ordinal(found[0]), document.text[begin:end].strip(),
        line.start, begin, end, line.end, alone,
    )  # fmt: skip


def _unnumbered(document: Document, line: Line) -> Section:
    title = document.text[line.start : line.end].strip()
    return Section(1, "", 0, title, line.start, line.start, line.end, line.end, True)


def ordinal(number: str) -> int:
    """（三） → 3, 12. → 12, ② → 2; 0 where there is none."""
    if "①" <= number[0] <= "⑳":
        return ord(number[0]) - ord("①") + 1
    if digits := re.search(r"\d+", number):
        return int(digits[0])
    found = re.search(N, number)
    return (chinese(found[0]) if found else None) or 0


def _points(plain: str) -> list[Point]:
    found = []
    for match in _POINT.finditer(plain):
        word = match["word"]
        known = next((n for name, n in _ORDINAL.items() if word.startswith(name)), None)
        found.append(Point(ordinal(word) if known is None else known, word, match.start()))
    return found
