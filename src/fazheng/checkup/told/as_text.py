"""The answer on a screen: a summary for a head of office, then each finding with its line and the span marked."""

from __future__ import annotations

from fazheng.checkup.facts.personal import cover, shown
from fazheng.checkup.finding import SEVERITIES, Finding
from fazheng.checkup.report import Report
from fazheng.checkup.told.summary import WORDS, Checked, head, verdict, why

AROUND = 24  # characters shown on each side of a span
LONGEST = 80  # of a span itself


def as_text(checked: Checked) -> str:
    """One report's answer as lines."""
    lines = [
        f"《{checked.report.document.name}》体检结果：{verdict(checked)}",
        *(f"  {line}" for line in head(checked)),
    ]
    for severity in SEVERITIES:
        found = checked.of(severity)
        if found:
            lines += ["", f"{WORDS[severity]}（{len(found)}处）"]
        for number, finding in enumerate(found, 1):
            lines += _told(checked.report, finding, number)
    lines += ["", f"已标不再提示（{len(checked.muted)}处）"] if checked.muted else []
    lines += [f"     {where(finding)}：{finding.message}　{why(entry)}" for finding, entry in checked.muted]
    return cover(checked.report, "\n".join(lines))


def where(finding: Finding) -> str:
    """The place of a finding in words."""
    return "全文" if finding.line is None else f"第{finding.line}行第{finding.column}字"


def marked(report: Report, finding: Finding) -> str:
    """The words around a span, the span in 【】; empty for a finding on the whole text."""
    if finding.start is None or finding.end is None:
        return ""
    first, last = report.document.line_at(finding.start), report.document.line_at(max(finding.start, finding.end - 1))
    begin, stop = max(first.start, finding.start - AROUND), min(last.end, finding.end + AROUND)
    quote = finding.quote if len(finding.quote) <= LONGEST else f"{finding.quote[:40]}……{finding.quote[-30:]}"
    text = report.made(shown)
    before, after = text[begin : finding.start], text[finding.end : max(stop, finding.end)]
    words = f"{'…' if begin > first.start else ''}{before}【{quote}】{after}{'…' if stop < last.end else ''}"
    return " ".join(words.split())


def _told(report: Report, finding: Finding, number: int) -> list[str]:
    lines = [f"{number:>3}. {where(finding)}：{finding.message}（{finding.rule}）"]
    if context := marked(report, finding):
        lines.append(f"     {context}")
    if finding.suggestion:
        lines.append(f"     改为：{finding.suggestion}")
    return lines
