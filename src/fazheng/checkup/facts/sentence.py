"""A sentence with its figures, and the words between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.text import Span


@dataclass(frozen=True)
class Sentence:
    plain: str
    span: Span
    figures: tuple[Figure, ...]  # with 万 counted out

    def before(self, index: int) -> str:
        """The words between a figure and the one before it, or the sentence's beginning."""
        begin = self.figures[index - 1].end if index else self.span.start
        return self.plain[begin : self.figures[index].start]

    def after(self, index: int) -> str:
        """The words between a figure and the next one, or the sentence's end."""
        end = self.figures[index + 1].start if index + 1 < len(self.figures) else self.span.end
        return self.plain[self.figures[index].end : end]

    def clause(self, index: int) -> str:
        """The words from the last comma before a figure to the next one after it."""
        start, end = self.figures[index].start, self.figures[index].end
        begin = max([self.plain.rfind(stop, self.span.start, start) for stop in "，；、：（"])
        stops = [at for stop in "，；、。）" if (at := self.plain.find(stop, end, self.span.end)) != -1]
        return self.plain[max(begin + 1, self.span.start) : min(stops, default=self.span.end)]


def shown(value: Decimal) -> str:
    """A number as one writes it: 12, 24.02."""
    return f"{value.normalize():f}"
