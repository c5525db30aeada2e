"""Charts and tables as they are shown; every table is printed alike on the page, in the workbook, on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `figure` or `anchor` is what it opens, `number` its value where a workbook may add it up."""

    text: str
    figure: str = ""
    anchor: str = ""
    state: str = ""
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TableText:
    """Every row has as many cells as the head; `notes` stand below it, a line each."""

    id: str
    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar; its name begins with the sign that stands in the drawing."""

    name: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a figure; `number` is None where nothing is known, which is drawn otherwise than zero."""

    name: str
    number: float | None
    text: str
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure over the years, the oldest first."""

    figure: str
    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ChartText:
    """A chart and the table below it, which says the same."""

    id: str
    title: str
    unit: str
    panels: tuple[Panel, ...]
    table: TableText

    @property
    def described(self) -> str:
        """The chart in words."""
        return "；".join(
            f"{panel.name}：" + "，".join(f"{bar.name}{bar.text}" for bar in panel.bars) for panel in self.panels
        )
