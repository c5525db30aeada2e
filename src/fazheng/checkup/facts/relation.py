"""A relation among figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fazheng.checkup.facts.figure import Figure


@dataclass(frozen=True, slots=True)
class Relation:
    """`holds`: it adds up. `certain`: the words leave no other reading, so that a failure is a fault.

    `figures` are the operands, the total or rate last. `suggestion` is what the last would have to be.
    """

    kind: Literal["sum", "part", "rate", "growth", "equal", "direction"]
    expr: str
    holds: bool
    certain: bool
    figures: tuple[Figure, ...]
    suggestion: str = ""

    @property
    def start(self) -> int:
        return min(figure.start for figure in self.figures)

    @property
    def end(self) -> int:
        return max(figure.end for figure in self.figures)
