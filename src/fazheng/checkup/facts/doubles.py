"""What may stand twice and what may not: law/style/doubles.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.checkup.facts.slips import any_word
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table

LONGEST = 12  # signs of a doubled word


class DoubleWords(Table, frozen=True, kw_only=True):
    """`characters_like` is a pattern; `adverbs` are said twice in one clause by mistake."""

    allowed: list[str]
    characters_like: str
    adverbs: list[str]


@dataclass(frozen=True)
class Doubles:
    word: re.Pattern[str]
    allowed: tuple[str, ...]
    characters: re.Pattern[str]
    adverbs: re.Pattern[str]


def doubles(style: Style) -> Doubles:
    """The patterns; give it to `Style.made`."""
    read = style.read("doubles", DoubleWords)
    return Doubles(
        re.compile(rf"([\u4e00-\u9fff]{{2,{LONGEST}}}?)\1"),
        tuple(read.allowed),
        re.compile(read.characters_like),
        re.compile(rf"({any_word(read.adverbs)})[^，。；、：\n并和且而又或“”]{{1,8}}(\1)"),
    )
