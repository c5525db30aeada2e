"""Sums, rates and growth among the figures of a text, and whether they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation. `certain` tells that the words leave no other reading: only then is a failure an error."""

    kind: Literal["sum", "rate", "growth", "equal", "order"]
    expr: str
    holds: bool
    certain: bool
    figures: tuple[Figure, ...]
    start: int
    end: int
    suggestion: str = ""


def relations(document: Document, figures: tuple[Figure, ...], style: Style) -> tuple[Relation, ...]:
    """Every relation that the words of a sentence state, in order."""
    return ()
