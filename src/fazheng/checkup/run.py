"""All rules over one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazheng.checkup.facts.personal import cover, shown
from fazheng.checkup.facts.wrapped import at_a_break
from fazheng.checkup.finding import SEVERITIES, Finding
from fazheng.checkup.registry import Rule, rules
from fazheng.checkup.report import Report

LOCAL = ("form", "words")  # groups whose rules look at a few signs, which a page may have torn apart


def run(report: Report, only: Iterable[str] | None = None) -> list[Finding]:
    """The findings in the order of the text, those on the whole text first. `only` names rules; all without it."""
    known: Mapping[str, Rule] = rules()
    chosen = known.values() if only is None else [known[id] for id in only]
    found = {finding: None for rule in chosen for finding in _findings(rule, report)}
    return sorted(_without_echoes(found), key=lambda f: (f.start or -1, SEVERITIES.index(f.severity), f.rule))


def _findings(rule: Rule, report: Report) -> Iterable[Finding]:
    for hit in rule.check(report):
        if hit.start is not None and not _speaks_of(rule, hit.start, report):
            continue
        if hit.start is not None and rule.group in LOCAL and at_a_break(report, hit.start, hit.end or hit.start):
            continue
        kind = hit.kind or rule.kinds[0]
        line, column = (None, None) if hit.start is None else report.document.place(hit.start)
        quote = "" if hit.start is None else report.made(shown)[hit.start : hit.end]
        yield Finding(
            rule.id, kind, hit.severity or rule.severity, hit.start, hit.end, line, column, quote,
            cover(report, hit.message), cover(report, hit.suggestion),
        )  # fmt: skip


def _speaks_of(rule: Rule, start: int, report: Report) -> bool:
    """Whether a rule speaks of these words: of a web page's own lines only those on residue and private data do."""
    at_home = "page_chrome" in rule.kinds or "leftover_markup" in rule.kinds or "private_data" in rule.kinds
    return at_home or not report.chrome or report.document.line_at(start).start not in report.chrome


def _without_echoes(found: Iterable[Finding]) -> list[Finding]:
    """What is left when a slip of the pen within a name that is told as wrong is not told again."""
    kept = list(found)
    names = [(f.start, f.end) for f in kept if f.kind == "wrong_law_name" and f.start is not None and f.end is not None]
    if not names:
        return kept

    def echo(f: Finding) -> bool:
        return f.kind in ("typo", "wrong_term") and any(a <= (f.start or -1) and (f.end or a) <= b for a, b in names)

    return [f for f in kept if not echo(f)]
