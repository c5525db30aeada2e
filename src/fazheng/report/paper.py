"""The composed report as a paper: the words of `written`, with headings that Word knows and notes for a draft."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.documents import Block, Facts, Heading, Paper, Paragraph, Run
from fazheng.lawbook.citation import numeral
from fazheng.report.composed import Composed, Piece

UNSOURCED = "此数没有统计出处，定稿以前请核对。"


def paper(composed: Composed, facts: Facts, *, draft: bool = False) -> Paper:
    """The paper. A draft has a mark and a note at every number that no figure made; a fair copy has none."""
    return Paper(
        bureau=composed.bureau_name,
        title=composed.title,
        body=tuple(_body(composed, draft)),
        facts=facts,
        draft=draft,
        example=composed.example,
    )


def _body(composed: Composed, draft: bool) -> Iterator[Block]:
    for n, part in enumerate((part for part in composed.parts if part.sections), 1):
        yield Heading(1, f"{numeral(n)}、{part.name}")
        for m, section in enumerate(part.sections, 1):
            if section.title:
                yield Heading(2, f"（{numeral(m)}）{section.title}")
            for pieces in (section.sentence, *section.prose):
                if pieces:
                    yield Paragraph(tuple(_run(piece, draft) for piece in pieces))


def _run(piece: Piece, draft: bool) -> Run:
    return Run(piece.text, UNSOURCED if draft and piece.marked else "")
