"""What a reader of the book answers for one figure. Two readers exist, SQL and Python; a test holds them equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from fazheng.figures.declared import Declared
from fazheng.lawbook.figure import Figure

UNSAID = ""  # the part of a split that was not entered


@dataclass(frozen=True, slots=True)
class Found:
    """The number, the case ids or register keys it was counted from (sorted), and its parts by choice key."""

    value: int
    rows: Sequence[str]
    parts: Mapping[str, int] = field(default_factory=dict)


class Reader(Protocol):
    """Reads one bureau's book over one period; facts are those of the period's last day."""

    def read(self, figure: Figure) -> Found:
        """What the figure counts. Not asked of a rate."""

    def was_kept(self, procedure: str) -> bool:
        """Whether a standing event of such a case lies in the period, or a signed zero for one of its years stands."""

    def had_rows(self, register: str) -> bool:
        """Whether the register had a row on or before the period's last day."""

    def declared(self) -> Sequence[Declared]:
        """Every declared number that stands, of all figures and periods; sorted."""
