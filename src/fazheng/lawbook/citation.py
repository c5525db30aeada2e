"""Articles as people cite them: 行政处罚法第六十四条第一项, 58, 五十八."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = "零一二三四五六七八九"
_NUMBER = "[零〇一二两三四五六七八九十百千]+"
_ARTICLE = re.compile(
    rf"^(?P<statute>[^第]*)(?:第(?P<article>{_NUMBER}|\d+)条(?:之(?P<sub>{_NUMBER}))?)?"
    rf"(?:第(?P<paragraph>{_NUMBER})款)?(?:第(?P<item>{_NUMBER})项)?$"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands. `article` 0 means the statute alone; paragraph and item 0 mean not named."""

    statute: str
    article: int
    sub: int = 0
    paragraph: int = 0
    item: int = 0


def number(text: str) -> int:
    """The integer a Chinese numeral below ten thousand, or plain digits, spells. Raises ValueError otherwise."""
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in DIGITS or sign in "〇两":
            digit = 2 if sign == "两" else 0 if sign == "〇" else DIGITS.index(sign)
        elif sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            raise ValueError(f"不是数字：{text}")
    if not text:
        raise ValueError("缺少数字")
    return total + digit


def numeral(value: int) -> str:
    """The Chinese numeral of 1 to 9999, as statutes number their articles: 十二, 一百零五, 一千零七十七."""
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out[1:] if out.startswith("一十") else out


def parse(text: str, statute: str = "") -> Citation:
    """The citation `text` spells; `statute` stands in where it names none. Raises ValueError."""
    found = _ARTICLE.match(text.strip())
    if found is None:
        raise ValueError(f"看不懂这个条号：{text}")
    part = {key: number(found[key]) if found[key] else 0 for key in ("article", "sub", "paragraph", "item")}
    return Citation(found["statute"].strip("《》") or statute, **part)


def cite(statute: str, article: str) -> str:
    """Statute and article in one: an article that names its own statute stays as it is."""
    return statute + article if article.startswith("第") else article or statute
