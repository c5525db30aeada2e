"""The check-up of a composed report before it is signed, and what it means for the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fazheng.checkup.finding import Finding
from fazheng.checkup.registry import rules
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document
from fazheng.checkup.told.as_text import marked
from fazheng.checkup.told.summary import WORDS
from fazheng.report.composed import Composed
from fazheng.report.written import Written, written

REFUSING = frozenset(("arithmetic", "time"))  # groups of rules whose errors no bureau may sign
REASONED = "missing_part"  # may be signed where somebody signs why
_EFFECTS = ("签发以前须改", "须签注理由", "")
_BY_SIGNING = "missing-signoff"  # name and date are put under the text when it is signed


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands between a report and its signature."""

    refusing: tuple[Finding, ...] = ()
    needing_reason: tuple[Finding, ...] = ()
    unanswered: tuple[str, ...] = ()  # promises of earlier reports, in their words

    @property
    def ready(self) -> bool:
        """Whether it can be signed as it is."""
        return not (self.refusing or self.needing_reason or self.unanswered)

    @property
    def summary(self) -> str:
        """That as a sentence; empty where it can be signed."""
        must = f"签发以前须改{len(self.refusing)}处（数字、时间）" if self.refusing else ""
        why = f"签发以前须由负责人签注理由{len(self.needing_reason)}处（缺少应有的部分）" if self.needing_reason else ""
        owed = "、".join(f"“{one}”" for one in self.unanswered)
        owed = f"以前的报告提出的安排还没有答复，不能签发（{len(self.unanswered)}项）：{owed}" if owed else ""
        said = "；".join(word for word in (must, why, owed) if word)
        return said and f"{said}。"


def ready_to_sign(findings: Sequence[Finding], unanswered: tuple[str, ...] = ()) -> Readiness:
    """Errors of arithmetic and time and `unanswered` promises refuse the lock; a missing part needs a signed reason.

    The rest is told only.
    """
    known = rules()
    errors = [finding for finding in findings if finding.severity == "error"]
    return Readiness(
        tuple(finding for finding in errors if known[finding.rule].group in REFUSING),
        tuple(finding for finding in findings if finding.kind == REASONED),
        unanswered,
    )


@dataclass(frozen=True, slots=True)
class FoundAt:
    """A finding as the page shows it: how grave, under which heading, what, at which words, and what to write."""

    severity: str
    heading: str
    message: str
    words: str
    suggestion: str
    rule: str
    effect: str  # what it does to the signature; empty for nothing


@dataclass(frozen=True)
class Examined:
    """A composed report after its check-up."""

    written: Written
    report: Report
    findings: tuple[Finding, ...]
    readiness: Readiness

    @property
    def rows(self) -> tuple[FoundAt, ...]:
        """The findings for a reader: those that refuse first, then by severity, in the order of the text."""
        order = sorted(
            self.findings, key=lambda one: (_EFFECTS.index(self._effect(one)), list(WORDS).index(one.severity))
        )
        return tuple(self._row(finding) for finding in order)

    @property
    def summary(self) -> str:
        """How many of each severity, and what the signature waits for."""
        if not self.findings:
            return f"体检：没有发现问题。{self.readiness.summary}"
        counts = [(word, sum(one.severity == severity for one in self.findings)) for severity, word in WORDS.items()]
        return f"体检：{'，'.join(f'{word}{n}处' for word, n in counts if n)}。{self.readiness.summary}"

    @property
    def told(self) -> dict[str, Any]:
        """The same for a program. Offsets count characters of the report's text without annexes."""
        return {
            "findings": [
                asdict(one) | {"heading": row.heading, "effect": row.effect}
                for one, row in zip(self.findings, map(self._row, self.findings), strict=True)
            ],
            "ready_to_sign": self.readiness.ready,
            "refusing": [one.rule for one in self.readiness.refusing],
            "needing_reason": [one.message for one in self.readiness.needing_reason],
            "unanswered_promises": list(self.readiness.unanswered),
        }

    @property
    def lines(self) -> str:
        """Each finding on a line of its own; empty for none."""
        return "".join(f"\n  {line(row)}" for row in self.rows)

    def _row(self, finding: Finding) -> FoundAt:
        heading = "" if finding.start is None else self.written.heading_at(finding.start)
        words = marked(self.report, finding)
        return FoundAt(WORDS[finding.severity], heading or "全文", finding.message, words, finding.suggestion,
                       finding.rule, self._effect(finding))  # fmt: skip

    def _effect(self, finding: Finding) -> str:
        if finding in self.readiness.refusing:
            return _EFFECTS[0]
        return _EFFECTS[1] if finding in self.readiness.needing_reason else _EFFECTS[2]


def line(row: FoundAt) -> str:
    """A finding as one line."""
    effect = f"〔{row.effect}〕" if row.effect else ""
    words = f"　{row.words}" if row.words else ""
    change = f"　改为：{row.suggestion}" if row.suggestion else ""
    return f"{row.severity}{effect}：{row.heading}：{row.message}{words}{change}（{row.rule}）"


def examine(composed: Composed) -> Examined:
    """The check-up of the report's own text. Raises LawFault where the word lists cannot be read."""
    text = written(composed)
    report = Report(Document(text.text, composed.title), year=composed.year)
    found = tuple(finding for finding in run(report) if finding.rule != _BY_SIGNING)
    return Examined(text, report, found, ready_to_sign(found, composed.unanswered))
