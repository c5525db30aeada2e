"""On which articles a figure stands: of the steps it counts, and of the limits and gates that its condition names."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.figures.adding import rests_on
from fazheng.figures.definition import version_of
from fazheng.figures.periods import Period
from fazheng.lawbook.conditions import walk
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure


def articles(figure: Figure, book: LawBook, period: Period) -> tuple[str, ...]:
    """The articles, each once, as they are cited; of a rate or a sum those of what it rests on.

    Empty for a register that no procedure changes: a list of the bureau's own.
    """
    return tuple(dict.fromkeys(_cited(figure, book, period)))


def _cited(figure: Figure, book: LawBook, period: Period) -> Iterator[str]:
    for id in rests_on(figure):
        yield from _cited(book.figures[id], book, period)
    if figure.of in book.procedures:
        version = version_of(figure.of, book, period)
        yield from _of_step(version, figure.event or version.opens)
        for part in walk(figure.where) if figure.where is not None else ():
            if limit := version.limit_of.get(str(getattr(part, "limit", ""))):
                yield limit.cited
            yield from _of_step(version, str(getattr(part, "event", "")))
    elif register := book.registers.get(figure.of):
        for change in register.changes:
            if change.of in book.procedures:
                yield from _of_step(version_of(change.of, book, period), change.on)


def _of_step(version: Procedure, event: str) -> Iterator[str]:
    step = version.step_of.get(event) or version.steps.get(event)
    if step is not None:
        yield step.cited
