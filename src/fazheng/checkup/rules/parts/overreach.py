from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import sentence_of
from fazheng.checkup.facts.powers import claims, of_county
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="写了本级没有的权力",
    kinds="overreach",
    severity="warning",
    why="职权法定。县、区的民政部门写自己“立法”“制定规章”，多半是从上级的报告里抄来的。",
    source="立法法：地方性法规、规章的制定权限；行政处罚法、刑事诉讼法：拘留、逮捕等由公安、司法机关行使",
    example="示例区民政局写“提高养老立法质量”。县区没有立法权，应写“提高行政规范性文件质量”。",
)
def overreach(report: Report) -> Iterator[Hit]:
    """县、区（不含自治县、设区的市）的单位写自己行使立法、制定规章等本级没有的权力。配合、参与、宣传上级立法的不提示。"""
    if not report.is_report or not of_county(report.header, report.style):
        return
    for one in report.style.made(claims):
        for found in one.claim.finditer(report.plain):
            sentence = sentence_of(report, found.start())
            begin = max(sentence.start, *(report.plain.rfind(stop, sentence.start, found.start()) for stop in "，；"))
            stops = [at for stop in "，；。" if (at := report.plain.find(stop, found.end(), sentence.end)) != -1]
            clause = report.plain[begin : min(stops, default=sentence.end)]
            quoted = report.plain.rfind("《", begin, found.start()) > report.plain.rfind("》", begin, found.start())
            if not one.unless.search(clause) and not quoted:
                yield Hit(one.says, *found.span())
