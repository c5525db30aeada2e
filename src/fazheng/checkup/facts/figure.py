"""A figure of a text: what is counted, how much, where it stands, and whether it was done or only meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FigureKind = Literal["count", "rate", "amount", "ratio", "date"]
Scope = Literal["actual", "plan", "target", "condition", "zero", "document"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is a number, or an ISO date (also of a month, 2024-07) for dates; `unit` is as written, 件.

    `raw` is text[start:end]. `vague` tells 余, 多, 约; `after` is the second of a pair 由…至….
    """

    label: str
    value: Decimal | str
    unit: str
    kind: FigureKind
    scope: Scope
    raw: str
    start: int
    end: int
    vague: bool = False

    @property
    def number(self) -> Decimal:
        """The value as a number; 0 for dates."""
        return self.value if isinstance(self.value, Decimal) else Decimal(0)
