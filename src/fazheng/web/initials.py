"""拼音首字母 of Chinese words."""

from __future__ import annotations

from functools import cache

from pypinyin import Style, lazy_pinyin


@cache
def initials(text: str) -> str:
    """The first letters of the syllables, in small letters; what is no Chinese stays as it is."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
