"""What may stand twice and what may not: law/style/doubles.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.checkup.facts.sieve import Sought
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
    characters: Sought
    adverbs: re.Pattern[str]


def doubled(plain: str) -> Iterator[int]:
    """Where a run of 2 to LONGEST signs begins that stands twice, in order, some more than once.

    The text is compared with itself moved by the length of the run, all signs at a time: equal signs make zeros.
    """
    raw = plain.encode("utf-32-le", "surrogatepass")
    whole, found = int.from_bytes(raw, "little"), []
    for length in range(2, LONGEST + 1):
        moved = (whole ^ (whole >> 32 * length)).to_bytes(len(raw), "little")
        same = bytes(4 * length)
        at = moved.find(same)
        while at != -1:
            if at % 4 == 0:
                found.append(at // 4)
            at = moved.find(same, (at | 3) + 1)
    yield from sorted(found)


def doubles(style: Style) -> Doubles:
    """The patterns; give it to `Style.made`."""
    read = style.read("doubles", DoubleWords)
    return Doubles(
        re.compile(rf"([\u4e00-\u9fff]{{2,{LONGEST}}}?)\1"),
        tuple(read.allowed),
        Sought(read.characters_like),
        re.compile(rf"({any_word(read.adverbs)})[^，。；、：\n并和且而又或“”]{{1,8}}(\1)"),
    )
