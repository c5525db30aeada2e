from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import PLANS, RESULTS, content, like, sentence_of
from fazheng.checkup.facts.figure import Figure
from fazheng.checkup.facts.figure_words import any_of
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="打算写成了结果",
    kinds="plan_as_result",
    severity="warning",
    why="还没有做的事写成已经做到，是虚报；安排里混着已做的事，是抄错了地方。",
    source="统计法：不得提供不真实的统计资料；法治政府建设与责任落实督察工作规定：报告应当真实",
    example="下一年安排里写“信访件答复率达到100%。”应写“确保答复率达到100%”。",
)
def plan_as_result(report: Report) -> Iterator[Hit]:
    """安排一节里的率写成已经达到，或者写“已完成”；已做的一节里的数字还只是“计划”“预计”，没有写实际做了多少。"""
    if not report.is_report:
        return
    for figure in report.figures:
        section = report.section_at(figure.start)
        if section is None or figure.kind == "date" or report.header.holds(figure.start):
            continue
        if section.part == PLANS:
            yield from _done(report, figure)
        elif section.part == RESULTS and figure.kind == "count":
            yield from _meant(report, figure)


def _clauses(report: Report, figure: Figure) -> tuple[str, str]:
    """The words of the sentence and of the clause before a figure."""
    begin = sentence_of(report, figure.start).start
    said = report.plain[begin : figure.start]
    return said, said[max(said.rfind(stop) for stop in "，；：") + 1 :]


def _done(report: Report, figure: Figure) -> Iterator[Hit]:
    words = content(report.style)
    said, clause = _clauses(report, figure)
    past = like(words.done_like).search(clause) and "基础上" not in report.plain[figure.start : figure.end + 30]
    rate = figure.kind == "rate" and like(rf"(?:{any_of(words.based_rates)})(?:达到?了?|为|是)$").search(clause)
    rate = None if report.plain.startswith(("以上", "左右"), figure.end) else rate
    if past or (rate and figure.scope in ("plan", "actual") and not like(words.aim_like).search(clause)
                and not like("将|力争|确保|争取|努力|目标").search(said)):  # fmt: skip
        yield Hit("这是安排，却写成已经做到；打算要写“确保”“力争”", figure.start - len(clause), figure.end)


def _meant(report: Report, figure: Figure) -> Iterator[Hit]:
    words = content(report.style)
    sentence = sentence_of(report, figure.start)
    _, clause = _clauses(report, figure)
    found = like(words.meant_like).search(clause)
    if found and not like(words.told_like).search(report.plain, *sentence):
        start = figure.start - len(clause) + found.start()
        yield Hit("已做的工作里写的还是打算，没有写实际做了多少", start, figure.end, severity="info")
