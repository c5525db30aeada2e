"""A file that came back, held against the report's own words: what was edited outside, and which numbers left the book.

Blanks, line ends, pages and tables do not count. A number is a finding where the book's stands and another is read;
every other difference is an edit, told by its words alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from fazheng.ledger.signed import Line

Kind = Literal["changed", "added", "left_out"]
KINDS: dict[Kind, str] = {"changed": "改", "added": "增", "left_out": "删"}
FRAME = "公文要素"  # title, addressees, date: what stands around the text
_UNIT = re.compile(r"[^。！？；，：]*[。！？；，：]?")
_NUMBER = re.compile(r"[\d.%]")
_MARKS = re.compile(r"［\d+］")
_EVEN = {0xFF10 + n: 0x30 + n for n in range(10)} | dict.fromkeys((0x200B, 0xFEFF, 0xAD))
ALIKE = 0.5  # of the shorter of two passages: less is one left out and another added


class Edit(NamedTuple):
    """Words that were changed, added or left out, the heading they stand under, and the sentence of the book."""

    kind: Kind
    heading: str
    old: str
    new: str
    sentence: str


class NumberLeft(NamedTuple):
    """A number of the file that is not the book's."""

    figure: str
    heading: str
    book: str
    file: str
    sentence: str


@dataclass(frozen=True)
class ReadBack:
    """What came of it. `numbers` are findings; `edits` are told only."""

    numbers: tuple[NumberLeft, ...]
    edits: tuple[Edit, ...]


class _Run(NamedTuple):
    start: int
    end: int
    figure: str


class _Op(NamedTuple):
    tag: str
    a0: int
    a1: int
    b0: int
    b1: int


def read_back(above: Sequence[str], lines: Sequence[Line], below: Sequence[str], file: str, noise: str) -> ReadBack:
    """The differences of the text `file` from the report's lines and what stands above and below them on the paper.

    `noise`: what every page of the file says at its head. Empty where only blanks and line ends differ.
    """
    return _Compared(above, lines, below, file, noise).found()


class _Compared:
    """Both texts without blanks, and where the lines, headings and numbers of the book's stand in it."""

    def __init__(
        self, above: Sequence[str], lines: Sequence[Line], below: Sequence[str], file: str, noise: str
    ) -> None:
        self.runs: list[_Run] = []
        self.begins: list[int] = []  # of each line
        self.headings: list[str] = []  # over each line
        words, heading = "", ""
        for text in above:
            words = self._line(words, ((text, ""),), FRAME)
        for line in lines:
            heading = line.text if line.level else heading
            words = self._line(words, line.runs, heading)
        for text in below:
            words = self._line(words, ((text, ""),), FRAME)
        self.book = words
        plain = _squeezed(_MARKS.sub("", file))
        self.file = plain.replace(_squeezed(noise), "") if noise else plain

    def _line(self, words: str, runs: Sequence[tuple[str, str]], heading: str) -> str:
        self.begins.append(len(words))
        self.headings.append(heading)
        for text, figure in runs:
            start = len(words)
            words += _squeezed(text)
            if figure:
                self.runs.append(_Run(start, len(words), figure))
        return words

    def found(self) -> ReadBack:
        ops = list(self._ops())
        numbers = [one for run in self.runs if (one := self._number(run, ops))]
        of_numbers = {op for _, mine in numbers for op in mine}
        edits = [self._edit(op) for op in ops if op.tag != "equal" and op not in of_numbers]
        return ReadBack(tuple(one for one, _ in numbers), tuple(_without_moved(edits)))

    def _ops(self) -> Iterator[_Op]:
        """Sentences and clauses first, so that a long text is quick; then the signs within those that differ."""
        ours, theirs = _UNIT.findall(self.book), _UNIT.findall(self.file)
        a, b = _sums(ours), _sums(theirs)
        for tag, i0, i1, j0, j1 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            whole = _Op(tag, a[i0], a[i1], b[j0], b[j1])
            if tag == "replace":
                yield from self._within(whole)
            else:
                yield whole

    def _within(self, op: _Op) -> Iterator[_Op]:
        ours, theirs = self.book[op.a0 : op.a1], self.file[op.b0 : op.b1]
        signs = SequenceMatcher(None, ours, theirs, autojunk=False)
        same = sum(block.size for block in signs.get_matching_blocks())
        if same < ALIKE * min(len(ours), len(theirs)):
            yield _Op("delete", op.a0, op.a1, op.b0, op.b0)
            yield _Op("insert", op.a1, op.a1, op.b0, op.b1)
            return
        for tag, i0, i1, j0, j1 in signs.get_opcodes():
            yield _Op(tag, op.a0 + i0, op.a0 + i1, op.b0 + j0, op.b0 + j1)

    def _number(self, run: _Run, ops: Sequence[_Op]) -> tuple[NumberLeft, list[_Op]] | None:
        """The number of the file where the run's should stand, and the edits that made it; None where it stands."""
        mine = [op for op in ops if op.tag != "equal" and self._touches(op, run)]
        if not mine:
            return None
        start, end = self._there(run.start, ops), self._there(run.end, ops, last=True)
        while start > 0 and _NUMBER.match(self.file[start - 1]) and run.start and not self._digit(run.start - 1):
            start -= 1
        while end < len(self.file) and _NUMBER.match(self.file[end]):
            end += 1
        read, stood = self.file[start:end], self.book[run.start : run.end]
        if read == stood or not re.search(r"\d", read):
            return None
        return NumberLeft(run.figure, self._heading(run.start), stood, read, self._sentence(run.start)), mine

    def _digit(self, at: int) -> bool:
        return bool(_NUMBER.match(self.book[at]))

    def _touches(self, op: _Op, run: _Run) -> bool:
        if op.a0 < run.end and op.a1 > run.start:
            return True
        said = self.file[op.b0 : op.b1]
        after = op.a0 == run.end and bool(said) and bool(_NUMBER.match(said[0]))
        before = op.a1 == run.start and bool(said) and bool(_NUMBER.match(said[-1]))
        return op.tag == "insert" and (after or before)

    def _there(self, at: int, ops: Sequence[_Op], *, last: bool = False) -> int:
        """Where a place of the book lies in the file."""
        for op in ops:
            if op.a0 <= at < op.a1 or (last and op.a0 < at <= op.a1):
                if op.tag == "equal":
                    return op.b0 + at - op.a0
                return op.b1 if last else op.b0
        return len(self.file)

    def _edit(self, op: _Op) -> Edit:
        kind: Kind = "added" if op.tag == "insert" else "left_out" if op.tag == "delete" else "changed"
        at = op.a0 if op.a1 > op.a0 else max(op.a0 - 1, 0)
        old, new = self.book[op.a0 : op.a1], self.file[op.b0 : op.b1]
        return Edit(kind, self._heading(at), old, new, self._sentence(at))

    def _line_at(self, at: int) -> int:
        return max(bisect_right(self.begins, at) - 1, 0)

    def _heading(self, at: int) -> str:
        return self.headings[self._line_at(at)] if self.headings else ""

    def _sentence(self, at: int) -> str:
        line = self._line_at(at)
        first = self.begins[line]
        last = self.begins[line + 1] if line + 1 < len(self.begins) else len(self.book)
        start = max(self.book.rfind("。", first, at) + 1, first)
        end = self.book.find("。", at, last)
        return self.book[start : last if end < 0 else end + 1]


def _without_moved(edits: Sequence[Edit]) -> Iterator[Edit]:
    """The edits without what only stands elsewhere around the text: a program may read a foot before the last line."""
    added = {one.new for one in edits if one.heading == FRAME and one.kind == "added"}
    moved = added & {one.old for one in edits if one.heading == FRAME and one.kind == "left_out"}
    return (one for one in edits if one.heading != FRAME or (one.old or one.new) not in moved)


def _squeezed(text: str) -> str:
    """Without blanks, with digits made even."""
    return "".join(text.translate(_EVEN).split())


def _sums(units: Sequence[str]) -> list[int]:
    found = [0]
    for unit in units:
        found.append(found[-1] + len(unit))
    return found
