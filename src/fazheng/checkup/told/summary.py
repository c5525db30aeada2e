"""What a head of office needs to know before reading on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fazheng.checkup.finding import SEVERITIES, Finding, Severity
from fazheng.checkup.muted import Mute
from fazheng.checkup.registry import rules
from fazheng.checkup.report import Report

WORDS: dict[Severity, str] = {"error": "必改", "warning": "建议", "info": "提示"}


@dataclass(frozen=True)
class Checked:
    """A report, what was found in it, and what the bureau has looked at and need not be told again."""

    report: Report
    findings: Sequence[Finding]
    muted: Sequence[tuple[Finding, Mute]] = ()

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity, in the order of the text."""
        return [finding for finding in self.findings if finding.severity == severity]


def verdict(checked: Checked) -> str:
    """One sentence: whether it may be signed."""
    errors, warnings = len(checked.of("error")), len(checked.of("warning"))
    if errors:
        return f"有{errors}处必须改正，改好以后再签发。"
    if warnings:
        return f"没有必须改正的，有{warnings}处建议修改。"
    return "没有发现需要修改的地方。" if not checked.findings else "没有需要修改的，只有几处提示。"


def head(checked: Checked) -> list[str]:
    """Whose report it is and of which year, with the argument for it; the parts; what was counted."""
    report = checked.report
    header = report.header
    lines = [f"单位：{header.bureau or '看不出'}"]
    if header.year:
        lines[0] += f"　年度：{header.year}（{header.arguments[0].words if header.arguments else ''}）"
    lines[0] += (
        f"　成文：{header.signed or (header.signed_at.value + '（没有这一天）' if header.signed_at else '没有写')}"
    )
    if report.sections:
        words = {"present": "有", "embedded": "夹在别的部分里", "missing": "没有"}
        lines.append("应有部分：" + "；".join(f"{name}（{words[part.status]}）" for name, part in report.parts.items()))
    counts = "　".join(f"{WORDS[severity]} {len(checked.of(severity))}" for severity in SEVERITIES)
    lines.append(counts + (f"　已标不再提示 {len(checked.muted)}" if checked.muted else ""))
    return lines


def why(entry: Mute) -> str:
    """Why a finding is not told again, who said so and when."""
    signed = "，".join(word for word in (entry.who, entry.when.isoformat() if entry.when else "") if word)
    return f"理由：{entry.reason}{f'（{signed}）' if signed else ''}"


def grouped(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """Findings by rule title, the rules with most first."""
    titles = {finding.rule: rules()[finding.rule].title for finding in findings}
    counted = Counter(finding.rule for finding in findings)
    return [(titles[rule], [f for f in findings if f.rule == rule]) for rule, _ in counted.most_common()]
