"""Names one slip away from a statute's: 行政惩罚法 for 行政处罚法. A place's own papers must not be taken for slips."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fazheng.lawbook.statute import Statute

SHORTEST = 8  # regulations with shorter names are too like local ones for a guess
SHORTEST_LAW = 4
TWO_SLIPS = 8  # from this length on two wrong characters still mean the same law


class Nearest(NamedTuple):
    """The one statute a name comes near; `statute` is None for a law that the catalogue does not hold."""

    full: str
    statute: Statute | None


class _Right(NamedTuple):
    name: str
    signs: frozenset[str]
    kind: str  # its last word: 法, 条例; empty where none is known
    meant: Nearest


class Near:
    """Right names by their length: laws apart, for only the state makes laws."""

    def __init__(
        self,
        right: Mapping[str, Statute],
        other: Mapping[str, str],
        types: Sequence[str],
        not_a_law: re.Pattern[str],
    ) -> None:
        self._types = types
        self._not_a_law = not_a_law
        self._laws: dict[int, list[_Right]] = defaultdict(list)
        self._rules: dict[int, list[_Right]] = defaultdict(list)
        for name, one in right.items():
            kind = self._type(name)
            if one.ended or one.kind not in ("law", "regulation", "rule", "party"):
                continue
            if one.kind == "law" and kind == "法":
                self._laws[len(name)].append(_Right(name, frozenset(name), kind, Nearest(one.name, one)))
            elif one.kind != "law" and len(name) >= SHORTEST:
                self._rules[len(name)].append(_Right(name, frozenset(name), kind, Nearest(one.name, one)))
        for full, name in other.items():
            self._laws[len(name)].append(_Right(name, frozenset(name), "法", Nearest(full, None)))

    def _type(self, name: str) -> str:
        return next((kind for kind in self._types if name.endswith(kind)), "")

    def nearest(self, name: str, national: bool) -> Nearest | None:
        """The one statute that a name, in plain form, comes nearest to; None where none or several do.

        `national`: the name was written with the state's.
        """
        law = name.endswith("法") and not self._not_a_law.search(name)
        if "、" in name or len(name) < (SHORTEST_LAW if law and national else SHORTEST_LAW + 1 if law else SHORTEST):
            return None
        most = 2 if law and len(name) >= TWO_SLIPS else 1
        signs, kind, shelf = set(name), self._type(name), self._laws if law else self._rules
        found: dict[str, tuple[int, Nearest]] = {}
        for length in range(len(name) - most, len(name) + most + 1):
            for right in shelf.get(length, ()):
                # 办法 for 条例 may be a place's own paper; a last word that is no type at all is a slip
                other_type = not law and kind and right.kind and kind != right.kind
                if other_type or len(right.signs & signs) < len(right.signs) - most:
                    continue
                slips = distance(name, right.name, most)
                if slips <= min(most, found.get(right.meant.full, (most, None))[0]):
                    found[right.meant.full] = slips, right.meant
        least = min((slips for slips, _ in found.values()), default=0)
        best = [meant for slips, meant in found.values() if slips == least]
        return best[0] if len(best) == 1 else None


def distance(a: str, b: str, most: int) -> int:
    """How many characters are put in, left out, changed or swapped with their neighbour; above `most`: `most` + 1."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one != other))
            if i > 1 and j > 1 and one == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
