"""Holes in text that a form splits over several runs: {{hotline.received}} found and filled where it begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HOLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into a hole: its words; `number` where a cell that holds nothing else becomes a number."""

    text: str
    number: str = ""


def holes(text: str) -> list[str]:
    """What stands in the holes, in order."""
    return HOLE.findall(text)


def fill_runs(runs: Sequence[Any], fillings: Mapping[str, Filling]) -> int:
    """Fills the holes in the text of these elements, read as one; the number of holes filled.

    What fills a hole stands in the run where the hole began and has that run's look; runs the hole went on in lose
    their share of it and stay.
    """
    text = "".join(run.text or "" for run in runs)
    found = [hole for hole in HOLE.finditer(text) if hole[1] in fillings]
    for hole in reversed(found):
        _put(runs, hole.start(), hole.end(), fillings[hole[1]].text)
    return len(found)


def _put(runs: Sequence[Any], start: int, end: int, new: str) -> None:
    at = 0
    for run in runs:
        old = run.text or ""
        begins, ends = max(start - at, 0), min(end - at, len(old))
        if begins < ends:
            first = at <= start
            run.text = old[:begins] + (new if first else "") + old[ends:]
            if run.text != run.text.strip():
                run.set(SPACE, "preserve")
        at += len(old)
