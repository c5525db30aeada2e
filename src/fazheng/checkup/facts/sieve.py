"""Which patterns a text can hold at all: each is searched for only where signs that it cannot do without are there.

A pattern's needs are read from its own parse tree: a set of signs and pairs of signs of which a match holds one.
Where nothing can be said of a pattern (\\d, a dot) it has no needs and is always searched for: never a match is lost.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Any

try:  # the parse tree is no part of the library's promise: without it every pattern is searched for, as before
    from re import _parser as _tree  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _tree = None

Words = frozenset[str]
Codes = frozenset[int]
_CODE = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
MOST_BEGINS = 64  # beginnings that are looked for one by one; where a text has more, it is searched as it is
WIDEST = 8000  # signs of a range that are worth being told one by one
MOST = 400  # words that a part of a pattern is spelled out to
_COMMON = frozenset("，。、；：的和与年月日是为了以 \n0123456789")


class Signs:
    """The signs and pairs of neighbouring signs of a text, as numbers: a sign its code, a pair both in one."""

    def __init__(self, text: str) -> None:
        raw = text.encode(_CODE, "surrogatepass")
        whole = memoryview(raw)
        self.text = text
        self.held = set(whole.cast("H"))
        self.held.update(whole[: len(raw) & ~3].cast("I"))
        self.held.update(whole[2 : 2 + ((len(raw) - 2) & ~3)].cast("I") if len(raw) > 2 else ())

    def may_hold(self, wanted: Codes | None) -> bool:
        """Whether one of the needs is there; true where nothing is known of them."""
        return wanted is None or not wanted.isdisjoint(self.held)


class Sought:
    """A pattern that is searched for only where it may be found."""

    def __init__(self, pattern: str | re.Pattern[str], flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        begins = firsts(self.pattern.pattern, self.pattern.flags)
        self.begins = {code(word): word for word in begins or ()}
        self._common = not _COMMON.isdisjoint(begins or ())
        self.needs = codes(needs(self.pattern.pattern, self.pattern.flags))

    def finditer(self, signs: Signs) -> Iterable[re.Match[str]]:
        """As the pattern's own."""
        if not signs.may_hold(self.needs):
            return ()
        begins = [self.begins[one] for one in self.begins.keys() & signs.held]
        searched = not self.begins or self._common or len(begins) > MOST_BEGINS
        return self.pattern.finditer(signs.text) if searched else self._at(signs.text, begins)

    def _at(self, text: str, begins: list[str]) -> Iterator[re.Match[str]]:
        match, behind = self.pattern.match, 0
        for at in sorted(at for word in begins for at in _places(text, word)):
            if at >= behind and (found := match(text, at)):
                behind = found.end()
                yield found


class Sieve:
    """Many needs: which of them a text may meet, by their place in the list, in order."""

    def __init__(self, wanted: Iterable[Codes | None]) -> None:
        self._always: list[int] = []
        self._by_need: dict[int, list[int]] = {}
        for index, one in enumerate(wanted):
            if one is None:
                self._always.append(index)
            for need in one or ():
                self._by_need.setdefault(need, []).append(index)

    def kept(self, signs: Signs) -> list[int]:
        """Places of those that the text may meet."""
        found = self._by_need.keys() & signs.held
        return sorted({*self._always, *(index for need in found for index in self._by_need[need])})


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at != -1:
        yield at
        at = text.find(word, at + 1)


def code(word: str) -> int:
    """The number of a sign or a pair of signs."""
    if len(word) == 1 and word <= "\uffff":
        return ord(word)
    raw = word.encode(_CODE, "surrogatepass")[:4]
    return int.from_bytes(raw, sys.byteorder)


def codes(words: Words | None) -> Codes | None:
    """The same of many; None of None."""
    return None if words is None else frozenset(map(code, words))


@lru_cache(1)  # needs and beginnings of a pattern are asked for one after the other
def _parsed(pattern: str, flags: int) -> Any:
    """The parse tree; None where there is none, or where capitals and small letters are the same."""
    if _tree is None or flags & re.IGNORECASE:
        return None
    parsed = _tree.parse(pattern, flags & ~re.DEBUG)
    return None if parsed.state.flags & re.IGNORECASE else parsed


@cache
def needs(pattern: str, flags: int = 0) -> Words | None:
    """Signs and pairs of signs of which every match holds one; None where nothing can be said."""
    parsed = _parsed(pattern, flags)
    return None if parsed is None else _needs(parsed)


@cache
def firsts(pattern: str, flags: int = 0) -> Words | None:
    """The signs or pairs of signs that every match begins with one of; None where nothing can be said."""
    parsed = _parsed(pattern, flags)
    return None if parsed is None else _firsts(parsed)


def _firsts(parsed: Any) -> Words | None:
    run: Collection[str] = ("",)
    for part in parsed:
        if str(part[0]) in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        spelled = _spelled(part)
        if spelled is None:
            if not any(run):
                return _first(part)
            break
        run = {(a + b)[:2] for a, b in product(run, spelled)}
        if all(len(word) == 2 for word in run):
            break
    return frozenset(run) if all(run) else None


def _first(part: Any) -> Words | None:
    """What a part that cannot be spelled out begins with."""
    name, value = str(part[0]), part[1]
    if name == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _firsts(value[3])
    if name == "BRANCH":
        found = [_firsts(way) for way in value[1]]
        known = [one for one in found if one is not None]
        return frozenset().union(*known) if len(known) == len(found) else None
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _firsts(value[2]) if value[0] >= 1 else None
    return _firsts(value) if name == "ATOMIC_GROUP" else None


def of_words(words: Iterable[str]) -> Words:
    """The rarest-looking sign or pair of each word."""
    return frozenset(min(_pieces(word), key=_weight) for word in words)


def _pieces(word: str) -> Sequence[str]:
    return word if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]


def _weight(piece: str) -> int:
    return (1 if len(piece) == 2 else 8) * (1 + 3 * sum(sign in _COMMON for sign in piece))


def _cost(words: Words) -> int:
    return sum(map(_weight, words))


def _needs(parsed: Any) -> Words | None:
    """The cheapest needs among the parts of a sequence: spelled out runs of neighbours, or one part's own."""
    offers: list[Words] = []
    run: Collection[str] = ("",)
    for part in parsed:
        beside = _sequence(part[1][1]) if str(part[0]) == "ASSERT" else None
        if beside and len(run) * len(beside) <= MOST:  # what must stand beside is a neighbour all the same
            behind = part[1][0] < 0
            if not behind:
                offers += _offer({a + b for a, b in product(run, beside)})
            elif run == ("",):
                run = beside
            continue
        spelled = _spelled(part)
        if spelled is not None and len(run) * len(spelled) <= MOST:
            run = {a + b for a, b in product(run, spelled)}
            continue
        offers += _offer(run)
        run = ("",) if spelled is None else spelled
        if own := _own(part):
            offers.append(own)
    offers += _offer(run)
    return min(offers, key=_cost, default=None)


def _offer(run: Collection[str]) -> Iterator[Words]:
    if all(run):
        yield of_words(run)


def _own(part: Any) -> Words | None:
    """What a part that cannot be spelled out needs by itself."""
    name, value = str(part[0]), part[1]
    if name == "IN":
        listed = _listed(value, WIDEST)
        return None if listed is None else frozenset(listed)
    if name == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _needs(value[3])
    if name == "BRANCH":
        found = [_needs(way) for way in value[1]]
        known = [one for one in found if one is not None]
        return frozenset().union(*known) if len(known) == len(found) else None
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _needs(value[2]) if value[0] >= 1 else None
    if name == "ASSERT":
        return _needs(value[1])
    return _needs(value) if name == "ATOMIC_GROUP" else None


def _spelled(part: Any) -> Collection[str] | None:
    """Every text that a part may stand for, or more; None where there are too many."""
    name, value = str(part[0]), part[1]
    if name == "LITERAL":
        return (chr(value),)
    if name in ("ASSERT_NOT", "AT", "ASSERT"):
        return ("",) if name != "ASSERT" else None
    if name == "IN":
        return _listed(value)
    if name == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _sequence(value[3])
    if name == "BRANCH":
        ways = [_sequence(way) for way in value[1]]
        known = [way for way in ways if way is not None]
        found = {word for way in known for word in way}
        return found if len(known) == len(ways) and len(found) <= MOST else None
    if name in ("MAX_REPEAT", "MIN_REPEAT") and (value[0], value[1]) in ((0, 1), (1, 1)):
        once = _sequence(value[2])
        return once if once is None or value[0] else {*once, ""}
    return None


def _sequence(parsed: Any) -> Collection[str] | None:
    run: Collection[str] = ("",)
    for part in parsed:
        spelled = _spelled(part)
        if spelled is None or len(run) * len(spelled) > MOST:
            return None
        run = {a + b for a, b in product(run, spelled)}
    return run


def _listed(value: Any, widest: int = 64) -> Collection[str] | None:
    found: set[str] = set()
    for kind, what in value:
        if str(kind) == "LITERAL":
            found.add(chr(what))
        elif str(kind) == "RANGE" and what[1] - what[0] < widest:
            found.update(map(chr, range(what[0], what[1] + 1)))
        else:
            return None
    return found
