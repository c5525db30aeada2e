"""Which section of the bureau answers for a figure: law data, or who opens the cases it counts."""

from __future__ import annotations

from collections.abc import Mapping

from fazheng.lawbook.figure import STAFF, Figure
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure


def section_names(book: LawBook) -> Mapping[str, str]:
    """The roles of the staff register, one of which answers for each figure: id → Chinese name."""
    return book.registers[STAFF].choices.get("role", {}) if STAFF in book.registers else {}


def section_of(figure: Figure, book: LawBook) -> str:
    """The role that answers for the figure: the one its file names, else the one that opens the cases it counts, as
    the place has it served; of a rate or a sum that of its first figure. Empty where nobody can be told.
    """
    if figure.section:
        return figure.section
    if figure.rate is not None or figure.adds:
        first = figure.rate.of if figure.rate is not None else figure.adds[0]
        return section_of(book.figures[first], book) if first in book.figures else ""
    if figure.of in book.procedures:
        return _opens(book.procedures[figure.of][-1], book)
    register = book.registers.get(figure.of)
    moved_by = [change.of for change in register.changes if change.of in book.procedures] if register else []
    return _opens(book.procedures[moved_by[0]][-1], book) if moved_by else ""


def _opens(version: Procedure, book: LawBook) -> str:
    role = version.steps[version.opens].role
    said = book.place.role(version.id, role) if book.place is not None else None
    return said.held_by[0] if said is not None and said.held_by else role
