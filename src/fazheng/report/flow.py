"""The report as one run of headings and paragraphs: what the page, the text and the signed paper all walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fazheng.lawbook.citation import numeral
from fazheng.report.composed import Composed, Paragraph, PartText, Piece, SectionState, SectionText

ZEROS = "没有"
Kind = Literal["heading", "sentence", "zeros", "prose", "entry", "blank"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` from 1) or a paragraph (0). `number` is 一、 or （一） or 1．; `under` its heading.

    A blank block stands where a heading has nothing under it; it has no pieces.
    """

    kind: Kind
    pieces: Paragraph
    level: int = 0
    number: str = ""
    under: str = ""
    state: SectionState = "some"

    @property
    def text(self) -> str:
        """Its words, number included."""
        return self.number + "".join(piece.text for piece in self.pieces)


def flow(composed: Composed, *, blanks: bool = False) -> Iterator[Block]:
    """Every heading and paragraph in the order of reading. Headings with nothing under them only with `blanks`."""
    for paragraph in composed.opening:
        yield Block("prose", paragraph)
    yield from _parts(composed.parts, "", blanks)
    for paragraph in composed.closing:
        yield Block("prose", paragraph)


def _parts(parts: tuple[PartText, ...], above: str, blanks: bool) -> Iterator[Block]:
    for n, part in enumerate((part for part in parts if blanks or part.says_anything), 1):
        under = f"{above}·{part.name}" if above else part.name
        yield Block("heading", (Piece(part.name),), part.level, _number(part.level, n), under)
        yield from _sections(part, under)
        yield from _parts(part.below, under, blanks)
        if not part.sections and not part.below:
            yield Block("blank", (), under=under)


def _number(level: int, n: int) -> str:
    return (f"{numeral(n)}、", f"（{numeral(n)}）", f"{n}．")[min(level, 3) - 1]


def _sections(part: PartText, under: str) -> Iterator[Block]:
    gathered = [s for s in part.sections if s.state == "zero" and s.none and not s.prose and not s.entries]
    if len(gathered) < 2:
        gathered = []
    open_block: Block | None = None
    for section in (section for section in part.sections if section not in gathered):
        if section.sentence:
            if open_block and section.joins and open_block.state == section.state:
                open_block = Block(
                    "sentence", (*open_block.pieces, *section.sentence), under=under, state=section.state
                )
            else:
                yield from [open_block] if open_block else []
                open_block = Block("sentence", section.sentence, under=under, state=section.state)
        if section.prose or section.entries:
            yield from [open_block] if open_block else []
            open_block = None
            yield from (Block("prose", paragraph, under=under) for paragraph in section.prose)
            yield from (Block("entry", paragraph, under=under) for paragraph in section.entries)
    yield from [open_block] if open_block else []
    if gathered:
        yield Block("zeros", tuple(_gathered(part, gathered)), under=under, state="zero")


def _gathered(part: PartText, sections: list[SectionText]) -> Iterator[Piece]:
    """没有甲、乙和丙。 The words around the nouns speak for the first of them."""
    source = sections[0].none[0].source
    yield Piece(part.zeros or ZEROS, source=source)
    for n, section in enumerate(sections):
        if n:
            yield Piece("和" if n == len(sections) - 1 else "、", source=section.none[0].source)
        yield from section.none
    yield Piece("。", source=source)
