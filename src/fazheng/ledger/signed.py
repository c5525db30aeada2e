"""Signed yearly reports, and what restated them. Read from the entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries, entries_under

CASE, SIGNED, RESTATED = "report", "report_signed", "report_restated"
_ON_PAPER = "on_paper"  # of an entry that somebody entered for who signed on paper


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (`level` from 1) or a paragraph (0) of the signed text: runs with the figure each came from, or ""."""

    level: int
    runs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Signature:
    """A yearly report as it was signed, or restated: the very words, every figure, and the head it was counted from.

    `text_digest`: SHA-256 of the words; `files`: of each written file. `lines` of a restatement are the words of now.
    """

    entry: int
    year: int
    title: str
    name: str
    outline: str
    on: date
    by: str
    reason: str
    missing: tuple[str, ...]
    seq: int
    digest: str
    text_digest: str
    lines: tuple[Line, ...]
    figures: tuple[Mapping[str, Any], ...]
    files: Mapping[str, str]
    facts: Mapping[str, Any]
    example: bool
    notes: Mapping[str, str] = field(default_factory=dict)  # of a declared figure: who signed for it, on which paper
    changed: tuple[Mapping[str, Any], ...] = ()  # of a restatement: id, name, what was signed, what is said now
    scan: str = ""  # digest of the scan where it was signed on paper, and entered by `entered_by`
    entered_by: str = ""

    @property
    def text(self) -> str:
        """The words as they were signed, as `written` lays them out."""
        return text_of(self.title, self.lines)

    @property
    def sound(self) -> bool:
        """Whether the words are those of the digest."""
        return sha256(self.text.encode()) == self.text_digest


def text_of(title: str, lines: tuple[Line, ...]) -> str:
    """Title, headings and paragraphs as one text."""
    body = (f"{line.text}\n" if line.level else f"\u3000\u3000{line.text}\n" for line in lines)
    return "".join((f"{title}\n\n", *body))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def signature(bureau: str, year: int) -> Signature | None:
    """The report of the year as it was signed; None where nobody signed it."""
    found = (entry for entry in entries(bureau, case_id=f"{CASE}:{year}") if entry.event == SIGNED)
    return next((_read(entry) for entry in found), None)


def is_signed(bureau: str, year: int) -> bool:
    """Whether the report of the year was signed, and the year locked."""
    return any(entry.event == SIGNED for entry in entries(bureau, case_id=f"{CASE}:{year}"))


def restatements(bureau: str, year: int) -> list[Signature]:
    """What restated the signed report of the year, in order. Empty for none."""
    return [_read(entry) for entry in entries(bureau, case_id=f"{CASE}:{year}") if entry.event == RESTATED]


def signatures_under(bureau: str, prefix: str) -> list[Signature]:
    """Every signed report and restatement under `prefix` (`report:`), by year and entry: the last one of a year is
    what its report says now. One statement.
    """
    return [_read(entry) for entry in entries_under(bureau, prefix) if entry.event in (SIGNED, RESTATED)]


def _read(entry: SealedEntry) -> Signature:
    data = json.loads(entry.data)
    lines = tuple(Line(level, tuple((text, figure) for text, figure in runs)) for level, runs in data["body"])
    return Signature(
        entry=entry.seq, year=data["year"], title=data["title"], name=data["report"], outline=data["outline"],
        on=date.fromisoformat(entry.happened_on), by=entry.by, reason=data["reason"],
        missing=tuple(data["missing"]), seq=data["head"]["seq"], digest=data["head"]["digest"],
        text_digest=data["text"], lines=lines, figures=tuple(data["figures"]), files=data["files"],
        facts=data["facts"], example=data["example"], notes=data.get("notes", {}),
        changed=tuple(data.get("changed", ())), scan=str((data.get(_ON_PAPER) or {}).get("scan", "")),
        entered_by=entry.entered_by,
    )  # fmt: skip
