"""The composed report as a paper: the words of `written`, with headings that Word knows, and notes.

A declared number has a note that says who signed for it; a draft has one at every number that no figure made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from fazheng.documents import BLANK, Block, Facts, Heading, Paper, Paragraph, Run, Table
from fazheng.documents.paper import Level
from fazheng.figures import chinese
from fazheng.figures.saying import DECLARED_MARK
from fazheng.lawbook.citation import numeral
from fazheng.ledger.signed import Line, Signature
from fazheng.report.composed import Composed, Piece
from fazheng.report.flow import Block as Words
from fazheng.report.flow import flow

LEVELS: tuple[Level, ...] = (1, 2, 3)
UNSOURCED = "此数没有统计出处，定稿以前请核对。"


def paper(composed: Composed, facts: Facts, *, draft: bool = False) -> Paper:
    """The paper. A draft has a mark and a note at every number that no figure made; a fair copy has none of those."""
    return Paper(
        bureau=composed.bureau_name,
        title=composed.title,
        body=tuple(_body(composed, draft)),
        facts=facts,
        draft=draft,
        example=composed.example,
    )


def _body(composed: Composed, draft: bool) -> Iterator[Block]:
    told = {block.value.id: "；".join(block.declared) for block in composed.figures}
    for block in flow(composed):
        if block.level:
            yield Heading(LEVELS[min(block.level, 3) - 1], block.text)
        elif block.pieces:
            yield Paragraph(tuple(_run(piece, told, draft) for piece in block.pieces))
    texts = sum(block.level == 1 for block in flow(composed))
    for n, table in enumerate(composed.tables, texts + 1):
        yield Heading(1, f"{numeral(n)}、{table.name}")
        if table.rows:
            yield Table(table.head, tuple(tuple(cell.text for cell in row) for row in table.rows))
        yield from (Paragraph((Run(f"{note}。"),)) for note in table.notes)


def _run(piece: Piece, told: dict[str, str], draft: bool) -> Run:
    """The note of a declared number stands where it is first told: `told` is taken from."""
    if piece.declared and (who := told.pop(piece.figure, "")):
        return Run(piece.text, f"{DECLARED_MARK}：{who}。")
    return Run(piece.text, UNSOURCED if draft and piece.marked else "")


def signed_paper(signature: Signature, bureau_name: str, facts: Facts) -> Paper:
    """The paper in the very words that were signed, with who signed and from which entry of the book it was counted."""
    dated = facts if facts.date != BLANK else replace(facts, date=chinese(signature.on))
    return Paper(
        bureau=bureau_name,
        title=signature.title,
        body=tuple(_lines(signature)),
        facts=dated,
        example=signature.example,
        signed=f"{chinese(signature.on)}由{signature.by}签发；各数据台账前{signature.seq}条，该条摘要"
        f"{signature.digest[:16]}",
    )


def _lines(signature: Signature) -> Iterator[Block]:
    told = {figure: f"{DECLARED_MARK}：{who}。" for figure, who in signature.notes.items()}
    for line in signature.lines:
        if line.level:
            yield Heading(LEVELS[min(line.level, 3) - 1], line.text)
        else:
            yield Paragraph(tuple(Run(text, told.pop(figure, "")) for text, figure in line.runs))


def lines_of(composed: Composed, *, blanks: bool = False) -> tuple[Line, ...]:
    """The words of the report as they are signed: what no figure made is one run, a number another.

    With `blanks` the headings with nothing under them too, as a draft's page shows them.
    """
    return tuple(
        Line(block.level, tuple(_runs(block))) for block in flow(composed, blanks=blanks) if block.kind != "blank"
    )


def _runs(block: Words) -> Iterator[tuple[str, str]]:
    if block.number:
        yield block.number, ""
    for figure, pieces in groupby(block.pieces, lambda piece: piece.figure):
        words = [piece.text for piece in pieces]
        yield from ((text, figure) for text in (words if figure else ["".join(words)]))
