from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import RESULTS
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

SHORTEST = 400  # characters of measures from which one may ask for a figure


@rule(
    title="通篇没有实绩数据",
    kinds="no_figures",
    severity="warning",
    why="没有一个数的报告，看不出这一年做了多少，换个年份也能用。",
    source="法治政府建设与责任落实督察工作规定：年度报告应写主要举措和成效",
    example="举措部分写了十段，没有办了多少件、查了多少家、培训了多少人。",
)
def no_figures(report: Report) -> Iterator[Hit]:
    """举措和成效部分没有一个实际做了多少的数（件数、人数、金额、比率）。“三个方面”之类的不算。"""
    if not report.owes_parts:
        return
    header = report.header
    length = sum(s.end - s.title_end for s in report.sections if s.part == RESULTS)
    if (length or header.foot - header.head) < SHORTEST:
        return
    if not any(_counts(report, figure) for figure in report.figures):
        yield Hit("举措和成效部分没有一个实绩数据")


def _counts(report: Report, figure: Figure) -> bool:
    if figure.kind == "date" or figure.scope not in ("actual", "zero") or report.header.holds(figure.start):
        return False
    section = report.section_at(figure.start)
    if section is not None and section.part in ("不足和原因", "下一年安排"):
        return False
    return any(sign.isdigit() for sign in figure.raw) or figure.unit != "个"
