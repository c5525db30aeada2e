"""Fixed phrases that are written one sign wrong inside: law/style/near-phrases.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.checkup.facts.sieve import Sieve, Signs, codes, of_words
from fazheng.checkup.style import Style
from fazheng.lawbook.procedure import Table

SHORTEST_ANCHOR = 3  # signs of the longer half that must stand as they should
FREE = set("的和与及、，·“”‘’（）()《》 \n\r\t　")  # a sign more or less of these changes no phrase


class NearPhrases(Table, frozen=True, kw_only=True):
    """`variants` differ from a phrase by one sign and are right all the same."""

    phrases: list[str]
    variants: list[str]


@dataclass(frozen=True)
class Near:
    """Words that differ from a phrase by one sign."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Phrases:
    phrases: tuple[str, ...]
    right: frozenset[str]
    sieve: Sieve  # of the phrases, by their halves


def phrases(style: Style) -> Phrases:
    """The phrases; give it to `Style.made`."""
    read = style.read("near-phrases", NearPhrases)
    halves = (codes(of_words((phrase[: _half(phrase)], phrase[-_half(phrase) :]))) for phrase in read.phrases)
    return Phrases(tuple(read.phrases), frozenset((*read.phrases, *read.variants)), Sieve(halves))


def _half(phrase: str) -> int:
    return max(SHORTEST_ANCHOR, len(phrase) // 2)


def near(signs: Signs, known: Phrases) -> Iterator[Near]:
    """Places where a phrase stands with one sign changed, left out or put in; never its first or last two signs."""
    plain = signs.text
    for phrase in (known.phrases[index] for index in known.sieve.kept(signs)):
        half = _half(phrase)
        head, tail = phrase[:half], phrase[-half:]
        if head not in plain and tail not in plain:
            continue
        seen = set()
        for at in _places(plain, head):
            for end in _ends(plain, at, phrase, half):
                seen.add((at, end))
        for at in _places(plain, tail):
            for start in _starts(plain, at + len(tail), phrase, half):
                seen.add((start, at + len(tail)))
        for start, end in sorted(seen):
            if not _right(plain, start, end, known):
                yield Near(phrase, start, end)


def _places(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at != -1:
        yield at
        at = plain.find(word, at + 1)


def _ends(plain: str, at: int, phrase: str, half: int) -> Iterator[int]:
    """Ends of what stands one sign away from the phrase, its first half being right."""
    rest = phrase[half:]
    if plain.startswith(rest, at + half):
        return
    for length in (len(rest), len(rest) - 1, len(rest) + 1):
        end = at + half + length
        if _one_off(plain[at + half : end], rest, 0, 2):
            yield end


def _starts(plain: str, end: int, phrase: str, half: int) -> Iterator[int]:
    rest = phrase[:-half]
    stop = end - half
    if plain.endswith(rest, 0, stop):
        return
    for length in (len(rest), len(rest) - 1, len(rest) + 1):
        if stop - length >= 0 and _one_off(plain[stop - length : stop], rest, 2, 0):
            yield stop - length


def _one_off(said: str, rest: str, left: int, right: int) -> bool:
    """Whether one sign is changed, missing or more, neither in the first `left` nor the last `right` signs."""
    front = 0
    while front < min(len(said), len(rest)) and said[front] == rest[front]:
        front += 1
    back = 0
    while back < min(len(said), len(rest)) - front and said[-1 - back] == rest[-1 - back]:
        back += 1
    if front < left or back < right:
        return False
    odd, due = said[front : len(said) - back], rest[front : len(rest) - back]
    if len(odd) > 1 or len(due) > 1 or not (odd or due):
        return False
    return not (set(odd + due) & FREE or odd.isdigit() or (odd and not "\u4e00" <= odd <= "\u9fff"))


def _right(plain: str, start: int, end: int, known: Phrases) -> bool:
    words = plain[start:end]
    return words in known.right or any(words in right and right in plain[start - 8 : end + 8] for right in known.right)
