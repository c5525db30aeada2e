"""What a rule found, and what a reader is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule yields. Without a span it speaks of the whole text; kind and severity are the rule's own if empty.

    `message` is one sentence in plain Chinese; `suggestion` stands in for the marked words, only where that is safe.
    """

    message: str
    start: int | None = None
    end: int | None = None
    suggestion: str = ""
    kind: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of one rule in one text. Lines and columns count from 1; without a span they are None."""

    rule: str
    kind: str
    severity: Severity
    start: int | None
    end: int | None
    line: int | None
    column: int | None
    quote: str
    message: str
    suggestion: str = ""
