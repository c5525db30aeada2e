"""How alike the words around two numbers are: of a text, and of the sentences and names of the law files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table

_STOPS = "，。；：、（）！？\n"
_SENTENCE = re.compile(r"[。！？\n](?=[^。！？\n]*\Z)")
_BRACKETED = re.compile(r"（[^（）]*）?")
_SUBJECT = re.compile(r"[^，；：。！？\n]*")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*[%‰]?")
_BLANK = re.compile(r"[\s\u3000“”《》]+")
NEAR, TOPIC = 0.6, 0.4  # what the words beside the number weigh, and what the sentence speaks of
WHOLE = 0.75

Pairs = frozenset[str]


class LedgerWords(Table, frozen=True, kw_only=True):
    """`law/style/ledger.toml`: groups of words and of units that say the same; patterns."""

    same_words: list[list[str]]
    same_units: list[list[str]]
    no_sense: str
    negation: str
    elsewhere: str


@dataclass(frozen=True)
class Wording:
    """The word lists made ready; `own` are words that every sentence may hold, such as the bureau's name."""

    words: LedgerWords
    own: tuple[str, ...]

    def same_unit(self, one: str, other: str) -> bool:
        """Whether two units count the same things."""
        return one == other or any(one in group and other in group for group in self.words.same_units)

    def plain(self, text: str) -> str:
        """The words without numbers, blanks, names of the bureau; synonyms by their first."""
        for word in self.own:
            text = text.replace(word, "")
        for pattern, first in self._synonyms:
            text = pattern.sub(first, text)
        return _BLANK.sub("", self.no_sense.sub("", _NUMBER.sub("", _BLANK.sub("", text))))

    @cached_property
    def no_sense(self) -> re.Pattern[str]:
        return re.compile(self.words.no_sense)

    @cached_property
    def elsewhere(self) -> re.Pattern[str]:
        return re.compile(self.words.elsewhere)

    @cached_property
    def negation(self) -> re.Pattern[str]:
        return re.compile(self.words.negation)

    @cached_property
    def _synonyms(self) -> list[tuple[re.Pattern[str], str]]:
        groups = self.words.same_words
        return [(re.compile("|".join(sorted(map(re.escape, group), key=len, reverse=True))), group[0])
                for group in groups]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """The words beside a number, and those of what is spoken of, as pairs of characters."""

    near: Pairs
    topic: Pairs


def wording(style: Style, own: Sequence[str]) -> Wording:
    """The word lists of the law folder. Raises LawFault."""
    return Wording(style.read("ledger", LedgerWords), tuple(own))


def around(text: str, start: int, end: int, title: str, by: Wording) -> Around:
    """What stands around text[start:end]: its clause, and its heading and sentence's first clause."""
    near = f"{text[_before(text, start) : start]}{text[end : _after(text, end)]}"
    return of_words(near, [title, _subject(text, start)], by)


def clause(text: str, start: int, end: int) -> str:
    """The words from the last stop to the next, the number itself left out."""
    return f"{text[_before(text, start) : start]}{text[end : _after(text, end)]}"


def of_words(near: str, topic: Sequence[str], by: Wording) -> Around:
    """The same of words that are already taken apart."""
    beside = by.plain(near)
    spoken = frozenset().union(*(_pairs(by.plain(word)) for word in topic)) | _pairs(beside)
    return Around(_pairs(f"^{beside}"), spoken)


def likeness(one: Around, other: Around) -> float:
    """From 0 to 1; `one` of a text, `other` of the law files.

    Where neither number has words of its own (共89人次), what is spoken of decides alone.
    """
    topic = _dice(one.topic, other.topic)
    return topic if not (one.near or other.near) else NEAR * _beside(one.near, other.near) + TOPIC * topic


def _before(text: str, start: int) -> int:
    return max((text.rfind(stop, max(0, start - 60), start) for stop in _STOPS), default=-1) + 1


def _after(text: str, end: int) -> int:
    found = [at for stop in _STOPS if (at := text.find(stop, end, end + 30)) != -1]
    return min(found, default=min(len(text), end + 30))


def _subject(text: str, start: int) -> str:
    begin = max(0, start - 400)
    last = _SENTENCE.search(text[begin:start])
    found = _SUBJECT.match(_BRACKETED.sub("", text[begin + (last.end() if last else 0) : start + 60]))
    return found[0] if found else ""


def _pairs(text: str) -> Pairs:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _beside(text: Pairs, known: Pairs) -> float:
    """Words that hold a known label whole (热线工单办结率) are nearly as good as the label alone."""
    label = frozenset(pair for pair in known if pair[0] != "^")
    dice = _dice(text, known)
    return max(dice, WHOLE + (1 - WHOLE) * dice) if len(label) >= 2 and label <= text else dice


def _dice(one: Pairs, other: Pairs) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0
