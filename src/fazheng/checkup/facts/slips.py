"""Wrong words and what should stand there: law/style/slips.toml and slip-patterns.toml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fazheng.checkup.facts.sieve import Sieve, Sought
from fazheng.checkup.finding import Severity
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table


class SlipList(Table, frozen=True, kw_only=True):
    """“wrong→right” pairs of one kind; `unless` are longer words in which the wrong one stands rightly."""

    kind: str
    says: str
    pairs: list[str]
    unless: list[str] = []
    severity: Severity = "warning"


class SlipLists(Table, frozen=True, kw_only=True):
    slips: list[SlipList]


class SlipPattern(Table, frozen=True, kw_only=True):
    """A fault told by its surroundings: its first group is the fault, `to` what should stand there, where sure.

    A text without any of the words of `needs` need not be searched.
    """

    kind: str
    find: str
    says: str
    to: str = ""
    needs: list[str] = []
    severity: Severity = "warning"


class SlipPatterns(Table, frozen=True, kw_only=True):
    patterns: list[SlipPattern]


@dataclass(frozen=True)
class Slip:
    """What should stand for a wrong word, and the longer words in which it is no fault (word, offset in it)."""

    right: str
    of: SlipList
    unless: tuple[tuple[str, int], ...]

    def excused(self, plain: str, at: int) -> bool:
        """Whether the word at `at` is a part of a longer, right one."""
        return any(plain.startswith(word, at - inside) for word, inside in self.unless if at >= inside)


@dataclass(frozen=True)
class Slips:
    find: Sought
    known: Mapping[str, Slip]


def slips(style: Style) -> Slips:
    """The pairs as one pattern; give it to `Style.made`."""
    known: dict[str, Slip] = {}
    for listed in style.read("slips", SlipLists).slips:
        for pair in listed.pairs:
            wrong, _, right = pair.partition("→")
            inside = tuple((word, word.index(wrong)) for word in listed.unless if wrong in word)
            known.setdefault(wrong, Slip(right, listed, inside))
    return Slips(Sought(any_word(known)), known)


@dataclass(frozen=True)
class SlipsByPattern:
    """Each pattern with what it tells, and which of them a text may hold."""

    patterns: tuple[tuple[Sought, SlipPattern], ...]
    sieve: Sieve


def slip_patterns(style: Style) -> SlipsByPattern:
    """The patterns, compiled; give it to `Style.made`."""
    made = tuple((Sought(one.find), one) for one in style.read("slip-patterns", SlipPatterns).patterns)
    return SlipsByPattern(made, Sieve(sought.needs for sought, _ in made))


def any_word(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, that looks at each sign once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, Any]) -> str:
    ways = [re.escape(sign) + _branch(below) for sign, below in node.items() if sign]
    if not ways:
        return ""
    said = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return f"{said}?" if "" in node else said
