from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like, sentence_of
from fazheng.checkup.facts.figure_words import any_of
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

BACK = 24
DURATIONS = frozenset(("日", "天", "个工作日", "工作日", "年", "个月"))


@rule(
    title="比率没有底数",
    kinds="missing_denominator",
    severity="info",
    why="“办结率100%”办了一件是百分之百，办了一千件也是；不写件数，这个率说明不了什么。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“信访事项办结率100%。”前后没有受理多少件。应写“受理信访事项36件，办结36件，办结率100%”。",
)
def missing_denominator(report: Report) -> Iterator[Hit]:
    """办结率、答复率、满意率一类的率，同一段里前后都没有受理、办理、调查了多少。"""
    if not report.is_report:
        return
    words = content(report.style)
    rates = like(rf"(?:{any_of(words.based_rates)})[^，。；：\n]{{0,12}}$")
    counts = {
        report.document.line_at(f.start).number
        for f in report.figures
        if f.kind == "count" and f.scope in ("actual", "zero") and f.unit not in DURATIONS
    }
    for figure in report.figures:
        if (
            figure.kind != "rate"
            or figure.number > 100
            or figure.scope != "actual"
            or report.header.holds(figure.start)
        ):
            continue
        begin = max(sentence_of(report, figure.start).start, figure.start - BACK)
        found = rates.search(report.plain, begin, figure.start)
        if found and report.document.line_at(figure.start).number not in counts:
            yield Hit("只有比率，没有写一共多少件", found.start(), figure.end)
