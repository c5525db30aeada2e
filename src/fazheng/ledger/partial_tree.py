"""What somebody needs, beside some leaves, to find the root of a tree: one hash for each range that holds none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from fazheng.ledger.merkle import leaf, node

Hash = Callable[[bytes], bytes]


def without(hashed: Hash, contents: Sequence[bytes], known: Sequence[int]) -> dict[str, str]:
    """Hashes, by `begin-end`, of the largest ranges of the tree over `contents` that hold no leaf of `known`.

    `known` are sorted places from 0. Splits as RFC 9162, 2.1.1. What it costs grows with the contents.
    """
    found: dict[str, str] = {}

    def root(begin: int, end: int) -> bytes:
        if end - begin == 1:
            return leaf(hashed, contents[begin])
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        return node(hashed, root(begin, middle), root(middle, end))

    def walk(begin: int, end: int) -> None:
        at = bisect_left(known, begin)
        if at == len(known) or known[at] >= end:
            found[f"{begin}-{end}"] = root(begin, end).hex()
        elif end - begin > 1:
            middle = begin + (1 << (end - begin - 1).bit_length() - 1)
            walk(begin, middle)
            walk(middle, end)

    walk(0, len(contents))
    return found
