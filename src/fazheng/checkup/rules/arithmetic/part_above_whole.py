from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.sentence import shown
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="部分大于总数",
    kinds="internal_inconsistency",
    severity="error",
    why="“其中”的一项不可能比总数还多，必有一个数写错。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“举办培训4场，其中法治专题培训6场”。",
)
def part_above_whole(report: Report) -> Iterator[Hit]:
    """“其中”后面的一项比前面的总数还大。"""
    for relation in report.relations:
        if relation.kind == "part" and relation.certain:
            part, total = relation.figures
            message = f"“其中”的{shown(part.number)}{part.unit}比总数{shown(total.number)}{total.unit}还多"
            yield Hit(message, relation.start, relation.end)
