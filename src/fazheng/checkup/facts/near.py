"""Near-equal texts: every pair whose shingles agree enough, none left to chance.

Two texts are near-equal where of all their runs of five signs a given share is common. A pair that reaches the share
has in common one of the rarest shingles of each (prefix filter): only those are indexed; the rest is set arithmetic.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

WIDE = 5  # signs of a shingle
_KEPT = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_NUMBER = re.compile(r"\d+")


class Near(NamedTuple):
    """One of ours and one of theirs by index, and the share of shingles that both have, 0 to 1."""

    ours: int
    theirs: int
    share: float


def normal(text: str) -> str:
    """The signs that count: no punctuation, no blanks, every number the same: new figures do not hide a copy."""
    return _NUMBER.sub("0", _KEPT.sub("", text))


def shingles(text: str) -> frozenset[str]:
    """Every run of five signs; the text itself where it is shorter."""
    return frozenset([text[at : at + WIDE] for at in range(max(1, len(text) - WIDE + 1))])


def near(ours: Sequence[str], theirs: Iterable[str], share: float) -> Iterator[Near]:
    """Every pair of texts (already made `normal`) with at least this share in common, in the order of theirs."""
    sets = [shingles(text) for text in ours]
    common = Counter(chain.from_iterable(sets))
    rank = {shingle: place for place, shingle in enumerate(sorted(common, key=common.__getitem__))}
    index: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(sets):
        for shingle in sorted(one, key=rank.__getitem__)[: _prefix(share, len(one))]:
            index[shingle].append(at)
    vocabulary = rank.keys()
    for place, text in enumerate(theirs):
        other = shingles(text)
        known = other & vocabulary
        if len(known) < share * len(other):
            continue
        left = _prefix(share, len(other)) - (len(other) - len(known))  # shingles that ours lack stand first
        lists = [index[one] for one in sorted(known, key=rank.__getitem__)[:left] if one in index]
        for at in sorted(set(chain.from_iterable(lists))):
            both = len(sets[at] & other)
            found = both / (len(sets[at]) + len(other) - both)
            if found >= share:
                yield Near(at, place, found)


def _prefix(share: float, length: int) -> int:
    """How many of the rarest shingles one must look at: a pair that shares none of them cannot reach the share."""
    return length - int(share * length + 0.999999) + 1
