"""A paper: what stands on it, in order, with nothing said of how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from fazheng.documents.facts import Facts

Level = Literal[1, 2, 3, 4]  # 一、 （一） 1. （1）


@dataclass(frozen=True, slots=True)
class Run:
    """Text within a paragraph. `note`: what is said of it below the text, with a mark behind it; empty: nothing."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number as it is printed."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its words without the marks of notes."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of one bureau. `draft`: nobody has signed it; `example`: invented. Both are said on every page."""

    bureau: str
    title: str
    body: tuple[Block, ...]
    facts: Facts = field(default_factory=Facts)
    draft: bool = False
    example: bool = False
    signed: str = ""  # by whom, on which day, from which entry: a note under the date; empty on what nobody signed
