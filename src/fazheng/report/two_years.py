"""Last year's signed words beside this year's: which sentences stand as they stood, which have new numbers only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from fazheng.ledger.signed import Line

State = Literal["same", "numbers", "reworded", "new", "gone"]
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")
_DIGITS = re.compile(r"[\d.%,，]+")
_ALIKE = 0.6  # of a sentence's characters, to be one that was reworded
_SHORT = 6  # characters: below, a sentence says nothing of its own


@dataclass(frozen=True, slots=True)
class Beside:
    """A sentence of last year's report and what stands for it this year; "" where there is none."""

    state: State
    before: str
    now: str


def beside(before: Sequence[Line], now: Sequence[Line]) -> list[Beside]:
    """Every sentence of both reports, last year's order first, then what is new. Headings are left out."""
    old, new = list(_sentences(before)), list(_sentences(now))
    taken: set[int] = set()
    found = [_found(text, new, taken) for text in old]
    return [*found, *(Beside("new", "", text) for at, text in enumerate(new) if at not in taken)]


def _found(text: str, new: Sequence[str], taken: set[int]) -> Beside:
    """The sentence with the one of `new` that stands for it, which is then taken."""
    free = [at for at in range(len(new)) if at not in taken]
    for state, same in (("same", _as_it_is), ("numbers", _without_numbers)):
        at = next((at for at in free if same(new[at]) == same(text)), None)
        if at is not None:
            taken.add(at)
            return Beside("same" if state == "same" else "numbers", text, new[at])
    match = max(((_likeness(text, new[at]), -at) for at in free), default=(0.0, 0))
    if match[0] < _ALIKE:
        return Beside("gone", text, "")
    taken.add(-match[1])
    return Beside("reworded", text, new[-match[1]])


def _sentences(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if not line.level:
            found = (one.strip() for one in _SENTENCE.findall(line.text))
            yield from (one for one in found if len(one) >= _SHORT)


def _as_it_is(text: str) -> str:
    return text


def _without_numbers(text: str) -> str:
    return _DIGITS.sub("", text)


def _likeness(one: str, other: str) -> float:
    match = SequenceMatcher(None, _without_numbers(one), _without_numbers(other), autojunk=False)
    return match.ratio() if match.real_quick_ratio() >= _ALIKE and match.quick_ratio() >= _ALIKE else 0.0
