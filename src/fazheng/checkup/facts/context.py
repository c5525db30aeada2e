"""Where a place in the text stands: its sentence, its clause, whether inside 《》, and where a word is found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from fazheng.checkup.report import Report
from fazheng.checkup.text import Span

_ENDS = "。；！？\n\r"
_PARTS = "，：、"
WIDEST = 240  # a sentence is looked at this far on either side, so that a text without stops costs nothing more


def sentence(plain: str, start: int, end: int) -> str:
    """The words between the full stops or semicolons around a span."""
    return plain[slice(*sentence_span(plain, start, end))]


def sentence_span(plain: str, start: int, end: int) -> Span:
    """Where the sentence around a span stands."""
    return _between(plain, start, end, _ENDS)


def clause(plain: str, start: int, end: int) -> str:
    """The words between the commas around a span."""
    return plain[slice(*_between(plain, start, end, _ENDS + _PARTS))]


def _between(plain: str, start: int, end: int, stops: str) -> Span:
    low, high = max(0, start - WIDEST), min(len(plain), end + WIDEST)
    begin = max([low - 1, *(plain.rfind(stop, low, start) for stop in stops)]) + 1
    found = [at for stop in stops if (at := plain.find(stop, end, high)) != -1]
    return Span(begin, min(found, default=high))


def places(plain: str, word: str) -> Iterator[int]:
    """Where a word stands, from the beginning on."""
    at = plain.find(word)
    while at != -1:
        yield at
        at = plain.find(word, at + len(word))


class Inside:
    """Spans in order that do not overlap: whether a place stands in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, at: object) -> bool:
        if not isinstance(at, int):
            return False
        index = bisect_right(self._starts, at) - 1
        return index >= 0 and at < self._spans[index][1]


def titles(report: Report) -> Inside:
    """The words inside 《》: what stands there is a name, not what the report says."""
    return Inside((citation.start, citation.end) for citation in report.citations)
