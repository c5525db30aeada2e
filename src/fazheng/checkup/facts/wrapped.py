"""Lines broken by the page, not by the author: text copied from a PDF, twenty to fifty signs a line."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from fazheng.checkup.report import Report
from fazheng.checkup.text import Line, Span

SHORTEST = 15  # signs of a line that may be a broken one
FEWEST = 5  # broken lines that make a text a broken one
_STOP = re.compile(r"[。！？：；…\t]$")
_NEW = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、]|第[一二三四五六七八九十]+)"
)


def run_on(report: Report) -> frozenset[int]:
    """The starts of lines that go on in the next one; empty unless most lines of a text are so, and of one length."""
    plain, lines = report.plain, report.document.paragraphs
    long = [line for line in lines if line.end - line.start >= SHORTEST]
    broken = [
        line
        for line, below in pairwise(lines)
        if line.end - line.start >= SHORTEST
        and not _STOP.search(plain, line.start, line.end)
        and not _NEW.match(plain, below.start, below.end)
    ]
    if len(broken) < FEWEST or len(broken) < 0.4 * len(long):
        return frozenset()
    usual = median(line.end - line.start for line in broken)
    alike = [line for line in broken if abs(line.end - line.start - usual) <= 0.2 * usual]
    return frozenset(line.start for line in alike) if len(alike) >= 0.7 * len(broken) else frozenset()


def at_a_break(report: Report, start: int, end: int) -> bool:
    """Whether words begin or end where the page broke a line: what seems missing there stands on the next line."""
    goes_on = report.made(run_on)
    if not goes_on:
        return False
    here, line = report.document.line_at(max(0, end - 1)), report.document.line_at(start)
    above = report.document.lines[line.number - 2] if line.number > 1 else None
    ends = here.start in goes_on and end >= here.end
    return ends or bool(above and above.start in goes_on and start <= line.start)


def whole_paragraphs(report: Report) -> tuple[Span, ...]:
    """The paragraphs, with lines that the page broke put together again."""
    goes_on, found = report.made(run_on), []
    begun: Line | None = None
    for line in report.document.paragraphs:
        begun = begun or line
        if line.start not in goes_on:
            found.append(Span(begun.start, line.end))
            begun = None
    if begun is not None:
        found.append(Span(begun.start, report.document.paragraphs[-1].end))
    return tuple(found)
