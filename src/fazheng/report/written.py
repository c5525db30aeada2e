"""The composed report as one text, as it would be printed: what the check-up reads and a bureau signs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from fazheng.report.composed import Composed
from fazheng.report.flow import flow


class Place(NamedTuple):
    """From which character on the text belongs to this heading."""

    start: int
    heading: str


@dataclass(frozen=True, slots=True)
class Written:
    """The text and where its sections begin. Offsets count characters of `text`."""

    text: str
    places: tuple[Place, ...]

    def heading_at(self, offset: int) -> str:
        """The heading an offset stands under; empty in the title."""
        at = bisect_right([place.start for place in self.places], offset)
        return self.places[at - 1].heading if at else ""


def written(composed: Composed) -> Written:
    """Title, headings, sentences and people's prose. Annexes and notes to the writer are not in it.

    A heading that says nothing is left out: so the check-up misses its part, as a reader would.
    """
    words, places = [f"{composed.title}\n\n"], []
    length = len(words[0])
    for block in flow(composed):
        if block.level:
            places.append(Place(length, block.under))
        line = f"{block.text}\n" if block.level else f"\u3000\u3000{block.text}\n"
        words.append(line)
        length += len(line)
    return Written("".join(words), tuple(places))
