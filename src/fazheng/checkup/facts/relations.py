"""Sums, rates and growth among the figures of a sentence, and whether they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from fazheng.checkup.facts.arithmetic_words import words
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.figures import in_ones
from fazheng.checkup.facts.rates import growth, rates
from fazheng.checkup.facts.relation import Relation
from fazheng.checkup.facts.sentence import Sentence
from fazheng.checkup.facts.sums import sums
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document

MOST = 120  # figures of a sentence; more are no prose
__all__ = ["Relation", "relations"]


def relations(document: Document, figures: Sequence[Figure], style: Style) -> tuple[Relation, ...]:
    """Every relation that the words of a sentence state, in order."""
    made = style.made(words)
    found: list[Relation] = []
    for sentence in _sentences(document, figures):
        found += sums(sentence, made)
        found += rates(sentence, made)
        found += growth(sentence, made)
    return tuple(sorted(found, key=lambda relation: relation.start))


def _sentences(document: Document, figures: Sequence[Figure]) -> Iterator[Sentence]:
    """The sentences with two numbers or more."""
    index = 0
    numbers = [f for f in figures if isinstance(f.value, Decimal) and f.kind != "date"]
    for span in document.sentences:
        begin = index
        while index < len(numbers) and numbers[index].start < span.end:
            index += 1
        within = [f for f in numbers[begin:index] if f.start >= span.start]
        if 1 < len(within) <= MOST:
            yield Sentence(document.plain, span, tuple(_even(within)))


def _even(figures: list[Figure]) -> Iterator[Figure]:
    """The figures as written; those of a unit that stands there with 万 and without it, or with 亿, counted out."""
    ones = [in_ones(figure) for figure in figures]
    written: dict[str, set[str]] = {}
    for figure, one in zip(figures, ones, strict=True):
        written.setdefault(one.unit, set()).add(figure.unit)
    for figure, one in zip(figures, ones, strict=True):
        yield one if len(written[one.unit]) > 1 else figure
