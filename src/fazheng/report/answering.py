"""Last year's promises with what became of them, and next year's tasks: sections that list entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazheng.figures import FigureValue
from fazheng.lawbook.figure import Section
from fazheng.lawbook.load import LawBook
from fazheng.ledger.spoken import Promise
from fazheng.report.composed import Paragraph, Piece, Proposed, SectionText
from fazheng.report.sentences import Told, filled, in_a_sentence

UNANSWERED = "unanswered"


def promised(
    section: Section, due: Iterable[Promise], number: int, told: Told, book: LawBook, anchors: Mapping[str, str]
) -> tuple[Paragraph, ...]:
    """A paragraph for each promise the report owes an answer to; one that nobody answered says so."""
    paragraphs = []
    for made in due:
        answer = made.answer(number)
        text = section.says[answer.result if answer else UNANSWERED]
        shown = told.with_words(promise=_clause(made.text), made_in=str(made.year))
        if answer:
            shown = shown.with_words(answer=_clause(answer.text))
        proof = evidence(answer.evidence, told.values, book, anchors) if answer else ()
        paragraphs.append(filled(text, Told(shown.values, shown.words, {"evidence": proof}), made.id))
    return tuple(paragraphs)


def tasks(section: Section, taken: Iterable[Promise], told: Told) -> tuple[Paragraph, ...]:
    """A paragraph for each task that somebody took up for next year."""
    return tuple(filled(section.says["task"], told.with_words(task=_clause(one.text)), one.id) for one in taken)


def proposed(
    sections: Iterable[Section], texts: Mapping[str, SectionText], taken: Iterable[Promise], told: Told
) -> tuple[Proposed, ...]:
    """The tasks that this year's shortcomings propose and nobody has taken up."""
    answered = {one.section for one in taken}
    return tuple(
        Proposed(one.id, one.title, "".join(piece.text for piece in filled(one.task, told)))
        for one in sections
        if one.task and texts[one.id].state == "some" and one.id not in answered
    )


def evidence(id: str, values: Mapping[str, FigureValue], book: LawBook, anchors: Mapping[str, str]) -> Paragraph:
    """What a promise was kept by: a figure with its number, or a case by the name of its procedure. Empty for none."""
    if id in values:
        value = values[id]
        unit = "" if value.counts == "rate" or value.value is None else value.unit
        return (Piece(value.name, source=id), Piece(in_a_sentence(value), figure=id, source=id), Piece(unit, source=id))
    procedure = id.rsplit("-", 2)[0]
    if procedure in book.procedures:
        name = f"{book.procedures[procedure][-1].name}{'-'.join(id.rsplit('-', 2)[1:])}号"
        return (Piece(name, source=id, anchor=anchors.get(id, "")),)
    return ()


def _clause(text: str) -> str:
    """A sentence without its full stop, so that it may stand within another."""
    return text.strip().rstrip("。；;.")
