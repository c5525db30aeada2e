"""Finds the figures of a text."""

from __future__ import annotations

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.header import Header
from fazheng.checkup.facts.outline import Section
from fazheng.checkup.style import Style
from fazheng.checkup.text import Document

__all__ = ["Figure", "figures"]


def figures(document: Document, sections: tuple[Section, ...], header: Header, style: Style) -> tuple[Figure, ...]:
    """Every figure in order."""
    return ()
