"""The answer for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.finding import Finding
from fazheng.checkup.report import Report


def as_json(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """One report's answer. Offsets count characters of the text as read; what is not there is null."""
    header = report.header
    return {
        "file": report.document.name,
        "title": header.title.value if header.title else None,
        "bureau": header.bureau or None,
        "region": {key: value or None for key, value in asdict(header.region).items()},
        "year": header.year,
        "year_arguments": [{"words": a.words, "year": a.year, "weight": a.weight} for a in header.arguments],
        "signed": header.signed.isoformat() if header.signed else None,
        "number": header.number.value if header.number else None,
        "addressee": header.addressee.value if header.addressee else None,
        "parts": {name: part.status for name, part in report.parts.items()},
        "sections": [
            {"level": s.level, "number": s.number, "title": s.title, "part": s.part, "start": s.start, "end": s.end}
            for s in report.sections
        ],
        "figures": [_figure(figure) for figure in report.figures],
        "relations": [{"expr": r.expr, "holds": r.holds} for r in report.relations],
        "citations": [
            {"as_written": c.as_written, "name": c.name, "status": c.status, "start": c.start, "end": c.end}
            for c in report.citations
        ],
        "findings": [asdict(finding) for finding in findings],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    value: Any = figure.value
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    return {
        "label": figure.label, "value": value, "unit": figure.unit or None, "kind": figure.kind, "scope": figure.scope,
        "raw": figure.raw, "start": figure.start, "end": figure.end,
    }  # fmt: skip
