"""What a report tells of kinds of power that the list does not have: 行政强制 where no item is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fazheng.register.powers import Item

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_NOT = ("没有", "未发生", "无", "不涉及", "未实施", "未作出")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that speaks of a kind of power; `items`: how many of that kind the list has."""

    kind: str
    name: str
    sentence: str
    items: int


def told_without_items(text: str, items: Iterable[Item], kinds: Mapping[str, str]) -> list[Told]:
    """The sentences that tell of a kind of power of which the list has no item, in the order of the text.

    A sentence that says there was none of it, and a statute's name in 《》, tell of nothing.
    """
    has = {item.kind for item in items}
    absent = {kind: name for kind, name in kinds.items() if kind not in has and len(name) <= 4}
    found = []
    for sentence in (one.strip() for one in _SENTENCE.findall(text)):
        plain = re.sub("《[^》]*》|" + "|".join(f"{name}法" for name in kinds.values()), "", sentence)
        if any(word in plain for word in _NOT):
            continue
        found += [Told(kind, name, sentence, 0) for kind, name in absent.items() if name in plain]
    return found


def numbers_told(text: str, items: Iterable[Item], kinds: Mapping[str, str]) -> list[Told]:
    """The sentences that give another number of items of a kind than the list has (行政给付7项)."""
    count = dict.fromkeys(kinds, 0)
    for item in items:
        count[item.kind] = count.get(item.kind, 0) + 1
    found = []
    for sentence in (one.strip() for one in _SENTENCE.findall(text)):
        for kind, name in kinds.items():
            for number in re.findall(rf"{name}(?:事项)?(\d+)项", sentence):
                if int(number) != count[kind]:
                    found.append(Told(kind, name, sentence, count[kind]))
    return found
