from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

BACK = 30


@rule(
    title="先说没有，又说有",
    kinds="internal_inconsistency",
    severity="warning",
    why="同一份报告里，一处写没有行政复议案件，另一处写办了几件，总有一处是错的。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“全年未发生行政复议案件”，后面又写“办理行政复议案件2件”。",
)
def none_and_some(report: Report) -> Iterator[Hit]:
    """一处写没有行政处罚、复议、诉讼、公开申请，另一处写有几件；说的是其中一种（被撤销的、败诉的、某个月的）不提示。"""
    words = content(report.style)
    other = like(words.zero_other_like)
    zeros: dict[str, Figure] = {}
    for figure in report.figures if report.is_report else ():
        if figure.scope != "zero":
            continue
        subject = next((word for word in words.zero_subjects if figure.raw.endswith((word, f"{word}案件"))), "")
        before = report.plain[max(0, figure.start - 12) : figure.start].split("。")[-1]
        if subject and not other.search(before + figure.raw):
            zeros.setdefault(subject, figure)
    for figure in report.figures if zeros else ():
        if figure.scope != "actual" or figure.kind != "count" or figure.unit not in ("件", "起", "宗", "次"):
            continue
        before = report.plain[max(0, figure.start - BACK) : figure.start]
        clause = before[max(before.rfind(stop) for stop in "，。；：、\n") + 1 :]
        for subject, zero in zeros.items():
            same = like(rf"{subject}(?:案件?|事项)?(?:共计?|有)?$").search(clause)
            if same and figure.number and not other.search(clause):
                line, _ = report.document.place(zero.start)
                yield Hit(f"第{line}行写“{zero.raw}”，这里又写{figure.raw}", figure.start - len(clause), figure.end)
