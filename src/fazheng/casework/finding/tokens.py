"""What of a name or a number is searched for: initials, last four digits, the whole."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

LAST, SHORTEST, LONGEST = 4, 2, 6
_SPACE = re.compile(r"\s+")
# Surnames that are read otherwise than the same sign elsewhere, by their initials.
_SURNAMES = {
    "单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "盖": "g", "区": "o", "朴": "p", "翟": "z", "缪": "m",
    "乐": "y", "覃": "q", "员": "y", "种": "c", "重": "c", "召": "s", "秘": "b", "黑": "h", "折": "s", "繁": "p",
    "瞿": "q", "能": "n", "逄": "p", "晁": "c", "佘": "s", "宓": "m", "尹": "y", "隗": "w", "洗": "x", "冼": "x",
    "阚": "k", "祭": "z", "幺": "y", "厘": "x", "褚": "c", "长孙": "zs", "尉迟": "yc", "万俟": "mq", "单于": "cy",
    "澹台": "tt", "宿": "s", "郗": "x", "柏": "b", "贲": "b", "句": "g", "谌": "c", "适": "k", "术": "z", "不": "f",
}  # fmt: skip


def plain(text: str) -> str:
    """The text without spaces, in small letters, full-width digits and letters made narrow."""
    narrow = "".join(chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one for one in text)
    return _SPACE.sub("", narrow).lower()


def initials(name: str) -> str:
    """The 拼音首字母 of a name, digits and letters as they are, other signs left out."""
    from pypinyin import Style, lazy_pinyin  # its tables take a quarter of a second, which most commands need not pay

    heads = lazy_pinyin(plain(name), style=Style.NORMAL, errors=list)  # type: ignore[arg-type]  # a sign stays one
    return "".join(_first(one) for one in heads)


def readings(name: str) -> set[str]:
    """The initials of a person's name, as a surname is read and as the dictionary reads it."""
    bare = plain(name)
    usual = initials(bare)
    found = {usual} if usual else set()
    for length in (2, 1):
        if (surname := bare[:length]) in _SURNAMES and len(bare) > length:
            return found | {_SURNAMES[surname] + initials(bare[length:])}
    return found


def of_person(name: str) -> set[str]:
    """What a person's name is found by: the whole, and each beginning of its initials."""
    bare = plain(name)
    begun = {reading[:n] for reading in readings(name) for n in range(SHORTEST, min(len(reading), LONGEST) + 1)}
    return {f"name:{bare}", *(f"initials:{one}" for one in begun)} if len(bare) > 1 else set()


def of_organisation(name: str) -> set[str]:
    """What an organisation's name is found by: every run of its initials, since all begin with the county's."""
    whole = initials(name)
    runs = {whole[at : at + n] for n in range(SHORTEST, LONGEST + 1) for at in range(len(whole) - n + 1)}
    return {f"name:{plain(name)}", *(f"initials:{run}" for run in runs)}


def of_number(number: str) -> set[str]:
    """What a number is found by: its last four signs, where it has more, and the whole."""
    bare = "".join(one for one in plain(number) if one.isdigit() or one == "x")
    return {f"number:{plain(number)}", *((f"last:{bare[-LAST:]}",) if len(bare) >= LAST else ())}


def digests(key: bytes, words: Iterable[str]) -> Iterator[str]:
    """The words as the index holds them."""
    return (hmac.digest(key, word.encode(), "sha256").hex()[:32] for word in words)


@lru_cache(maxsize=4096)
def _first(one: str) -> str:
    return (
        one[0]
        if one and one[0].isascii() and one[0].isalnum() and not one[0].isdigit()
        else one
        if one.isdigit()
        else ""
    )
