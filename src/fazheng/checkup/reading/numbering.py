"""Numbers that a .docx does not hold as text: 一、（一） counted by the word processor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fazheng.checkup.reading.package import parse

_CHINESE = (
    "chineseCounting chineseCountingThousand chineseLegalSimplified japaneseCounting taiwaneseCountingThousand".split()
)


@dataclass
class Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Lists by id, and paragraph styles that number or mark headings."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style → list, level
    headings: set[str] = field(default_factory=set)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The next label of a list's level, such as （二）; empty for bullets and unknown lists."""
        levels = self.lists.get(number)
        if levels is None or level not in levels:
            return ""
        here = levels[level]
        self._counts[number, level] = self._counts.get((number, level), here.start - 1) + 1
        for key in [key for key in self._counts if key[0] == number and key[1] > level]:
            del self._counts[key]
        if here.form in ("bullet", "none"):
            return ""

        def shown(found: re.Match[str]) -> str:
            n = int(found[1]) - 1
            count = self._counts.get((number, n), levels[n].start if n in levels else 1)
            return numeral(count, levels[n].form if n in levels else "decimal")

        return re.sub(r"%([1-9])", shown, here.text)


def numeral(count: int, form: str) -> str:
    """A count in the word processor's form; plain digits for forms that reports do not use."""
    if form in _CHINESE and 0 < count < 100:
        tens, ones = divmod(count, 10)
        digits = "零一二三四五六七八九"
        return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < count <= 20:
        return chr(ord("①") + count - 1)
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + count - 1)
    return str(count)


def read_numbering(raw: bytes, styles: bytes) -> Numbering:
    """The lists of numbering.xml and the styles of styles.xml; empty parts give an empty result."""
    found = Numbering()
    if raw:
        _lists(raw, found)
    if styles:
        _styles(styles, found)
    return found


def _lists(raw: bytes, found: Numbering) -> None:
    abstract: dict[str, dict[int, Level]] = {}
    at: dict[str, str] = {"abstract": "", "num": ""}
    level = Level()

    def start(name: str, has: dict[str, str]) -> None:
        nonlocal level
        value = has.get("val", "")
        if name == "abstractNum":
            at["abstract"] = has.get("abstractNumId", "")
            abstract[at["abstract"]] = {}
        elif name == "lvl" and at["abstract"] in abstract:
            level = abstract[at["abstract"]].setdefault(_int(has.get("ilvl", "0")), Level())
        elif name == "numFmt":
            level.form = value
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.start = _int(value, 1)
        elif name == "num":
            at["num"] = has.get("numId", "")
        elif name == "abstractNumId":
            found.lists[at["num"]] = abstract.get(value, {})

    parse(raw, start, lambda _: None, lambda _: None)


def _styles(raw: bytes, found: Numbering) -> None:
    style, number, level = "", "", 0

    def start(name: str, has: dict[str, str]) -> None:
        nonlocal style, number, level
        value = has.get("val", "")
        if name == "style":
            style, number, level = has.get("styleId", ""), "", 0
        elif (name == "name" and value.lower().startswith(("heading", "标题"))) or (name == "outlineLvl" and style):
            found.headings.add(style)
        elif name == "ilvl":
            level = _int(value)
        elif name == "numId":
            number = value

    def end(name: str) -> None:
        if name == "style" and style and number:
            found.styles[style] = (number, level)

    parse(raw, start, end, lambda _: None)


def _int(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
