"""The answer for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.personal import cover, shown
from fazheng.checkup.finding import Finding
from fazheng.checkup.report import Report


def as_json(report: Report, findings: Sequence[Finding]) -> dict[str, Any]:
    """One report's answer. Offsets count characters of the text as read; what is not there is null."""
    header = report.header
    answer = {
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
        "figures": [_figure(f) for f in report.figures if _public(report, f)],
        "relations": [{"expr": r.expr, "holds": r.holds} for r in report.relations],
        "citations": [
            {"as_written": c.as_written, "name": c.name, "status": c.status, "start": c.start, "end": c.end}
            for c in report.citations
        ],
        "findings": [asdict(finding) for finding in findings],
    }
    return {key: _covered(report, value) for key, value in answer.items()}


def _covered(report: Report, value: Any) -> Any:
    """The value with personal numbers and names covered, wherever a fact of the text quotes them."""
    if isinstance(value, str):
        return cover(report, value)
    if isinstance(value, list):
        return [_covered(report, one) for one in value]
    return {key: _covered(report, one) for key, one in value.items()} if isinstance(value, dict) else value


def _public(report: Report, figure: Figure) -> bool:
    """Whether a figure is none of a personal number's digits."""
    return report.made(shown)[figure.start : figure.end] == report.text[figure.start : figure.end]


def _figure(figure: Figure) -> dict[str, Any]:
    value: Any = figure.value
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    return {
        "label": figure.label, "value": value, "unit": figure.unit or None, "kind": figure.kind, "scope": figure.scope,
        "raw": figure.raw, "start": figure.start, "end": figure.end,
    }  # fmt: skip
