"""The answer on a screen: a summary for a head of office, then each finding with its line."""

from __future__ import annotations

from collections.abc import Sequence

from fazheng.checkup.finding import Finding
from fazheng.checkup.report import Report


def as_text(report: Report, findings: Sequence[Finding]) -> str:
    """One report's answer as lines."""
    lines = [f"{report.document.name}：{len(findings)} 处"]
    for f in findings:
        where = "全文" if f.line is None else f"第{f.line}行第{f.column}字"
        lines.append(f"{f.severity} {where} {f.quote} {f.message}（{f.rule}）")
    return "\n".join(lines)
