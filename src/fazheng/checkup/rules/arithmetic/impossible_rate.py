from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.arithmetic_words import words
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="率超过百分之一百",
    kinds="internal_inconsistency",
    severity="error",
    why="办结、覆盖、满意这些率最多是100%，超过就是写错了数。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“群众满意率达到102%”。完成率、增长率可以超过100%，不提示。",
)
def impossible_rate(report: Report) -> Iterator[Hit]:
    """办结率、覆盖率、合格率、满意率一类的率写成了100%以上。"""
    pattern = report.style.made(words).at_most_whole
    for figure in report.figures:
        if figure.unit == "%" and figure.number > 100:
            clause = report.plain[max(0, figure.start - 16) : figure.start]
            begin = max(clause.rfind(stop) for stop in "，。；、\n") + 1
            if pattern.search(clause, begin):
                yield Hit(f"这种率最多是100%，写成了{figure.raw}", figure.start, figure.end)
