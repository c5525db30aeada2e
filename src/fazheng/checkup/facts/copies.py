"""Which paragraphs of a report stand nearly so in another text given with --against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fazheng.checkup.facts.near import WIDE, near, normal, shingles
from fazheng.checkup.text import Document, Line

if TYPE_CHECKING:
    from fazheng.checkup.report import Report

SHARE = 0.6  # of the shingles of both; with one word in twelve changed two texts still reach it
SHORTEST = 30  # signs; headings and set openings say nothing
_FIGURES = re.compile(r"\d+(?:\.\d+)?(?!\d*年)")


@dataclass(frozen=True)
class Copy:
    """A paragraph and where it stands nearly so. `kept` of its `signs` are the same."""

    line: Line
    source: Document
    source_line: int
    share: float
    kept: int
    signs: int
    same_figures: bool  # two figures or more, and not one of them changed


@dataclass(frozen=True)
class Copies:
    """The copies in the order of the text, and how many signs the report's paragraphs have."""

    found: tuple[Copy, ...]
    signs: int

    @property
    def new_share(self) -> float:
        """The share of signs that stand in no near-equal paragraph, 0 to 1."""
        return 1 - sum(copy.kept for copy in self.found) / self.signs if self.signs else 1.0


def copies(report: Report) -> Copies:
    """For `report.made`: nothing found where no other text was given."""
    if not report.others:
        return Copies((), 0)
    header, plain = report.header, report.plain
    lines = [line for line in report.document.paragraphs if not header.holds(line.start)]
    own = [(line, said) for line in lines if len(said := normal(plain[line.start : line.end])) >= SHORTEST]
    sources: dict[str, tuple[Document, Line]] = {}
    for other in report.others:
        for line in other.paragraphs:
            said = normal(other.plain[line.start : line.end])
            if len(said) >= SHORTEST:
                sources.setdefault(said, (other, line))
    best: dict[int, tuple[float, str]] = {}
    theirs = list(sources)
    for pair in near([said for _, said in own], theirs, SHARE):
        best[pair.ours] = max(best.get(pair.ours, (0.0, "")), (pair.share, theirs[pair.theirs]))
    found = [_copy(report, *own[at], *sources[said], share, said) for at, (share, said) in sorted(best.items())]
    return Copies(tuple(found), sum(len(said) for _, said in own))


def _copy(report: Report, line: Line, said: str, source: Document, at: Line, share: float, their: str) -> Copy:
    figures = _FIGURES.findall(report.plain[line.start : line.end])
    same = len(figures) > 1 and figures == _FIGURES.findall(source.plain[at.start : at.end])
    return Copy(line, source, at.number, share, _kept(said, their), len(said), same)


def _kept(said: str, their: str) -> int:
    """How many signs of a text lie in shingles that the other has."""
    known, kept, reached = shingles(their), 0, 0
    for at in range(max(1, len(said) - WIDE + 1)):
        if said[at : at + WIDE] in known:
            end = min(at + WIDE, len(said))
            kept, reached = kept + end - max(at, reached), end
    return kept
