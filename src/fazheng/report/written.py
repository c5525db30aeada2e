"""The composed report as one text, as it would be printed: what the check-up reads and a bureau signs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from fazheng.lawbook.citation import numeral
from fazheng.report.composed import Composed, Piece, SectionText


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

    A part that says nothing is left out, heading and all: so the check-up misses it, as a reader would.
    """
    sheet = _Sheet()
    sheet.put(f"{composed.title}\n\n")
    for n, part in enumerate((part for part in composed.parts if part.sections), 1):
        sheet.place(part.name)
        sheet.put(f"{numeral(n)}、{part.name}\n")
        for m, section in enumerate(part.sections, 1):
            sheet.place(f"{part.name}·{section.title}" if section.title else part.name)
            sheet.section(section, m)
    return Written("".join(sheet.words), tuple(sheet.places))


class _Sheet:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.places: list[Place] = []
        self._length = 0

    def put(self, text: str) -> None:
        self.words.append(text)
        self._length += len(text)

    def place(self, heading: str) -> None:
        self.places.append(Place(self._length, heading))

    def section(self, section: SectionText, m: int) -> None:
        if section.title:
            self.put(f"（{numeral(m)}）{section.title}\n")
        for paragraph in (section.sentence, *section.prose):
            self._paragraph(paragraph)

    def _paragraph(self, pieces: tuple[Piece, ...]) -> None:
        if pieces:
            self.put("\u3000\u3000" + "".join(piece.text for piece in pieces) + "\n")
