"""What is wrong with the law files of a report; `fazheng law check` shows it with the other findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.load import LawBook
from fazheng.report.sentences import WORDS, holes, outside, uncounted


def findings(book: LawBook) -> list[Finding]:
    """Every fault of every report; those of figures are `figures.findings`. Empty where each can be composed."""
    return [fault for report in book.reports.values() for fault in report_findings(report, book)]


def report_findings(report: Report, book: LawBook) -> list[Finding]:
    """The faults of one report."""
    found = [Finding(f"reports：{report.id}", what, section.id) for section in report.sections
             for what in _section(section, report, book)]  # fmt: skip
    for id, times in Counter(section.id for section in report.sections).items():
        if times > 1:
            found.append(Finding(f"reports：{report.id}", "两节同名", id))
    return found


def _section(section: Section, report: Report, book: LawBook) -> Iterator[str]:
    if section.part not in report.parts:
        yield f"没有部分“{section.part}”；有：{'、'.join(report.parts)}"
    if section.rests_on not in book.figures:
        yield f"没有统计项“{section.rests_on}”（rests_on）"
    for name in ("some", "zero", "no_data"):
        yield from _text(name, getattr(section, name), book)
    if not section.some.strip():
        yield "缺少有数时的句子（some）"


def _text(name: str, text: str, book: LawBook) -> Iterator[str]:
    for hole in holes(text):
        if hole not in book.figures and hole not in WORDS:
            yield f"{name} 里的“{hole}”既不是统计项，也不是 {'、'.join(WORDS)}"
    if any(sign in outside(text) for sign in "{}"):
        yield f"{name} 里的花括号只能成对写成 {{{{ 统计项 }}}}"
    for number in uncounted(text):
        yield f"{name} 里的数“{number}”不是统计出来的，要写成 {{{{ 统计项 }}}}"
