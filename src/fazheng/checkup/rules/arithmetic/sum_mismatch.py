from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.sentence import shown
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="各部分加起来不等于总数",
    kinds="sum_unclear",
    severity="error",
    why="总数和各部分对不上，读者不知道哪个数是真的，整份报告的数都会被怀疑。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“城市3件、农村5件，共计9件”：3＋5＝8。加得上的（含“其中”有剩余的）从不提示；口径可能不同的只作提示。",
)
def sum_mismatch(report: Report) -> Iterator[Hit]:
    """同一句里写明了总数和各部分，加起来却不相等：“共计”“分别为”“收到若干、办结若干、正在办理若干”。"""
    certain = [r for r in report.relations if r.kind == "sum" and not r.holds and r.certain]
    for relation in report.relations:
        if relation.kind == "sum" and not relation.holds:
            if not relation.certain and any(r.start < relation.end and relation.start < r.end for r in certain):
                continue  # the same figures, told already
            total = relation.figures[-1]
            message = f"各部分相加是{relation.suggestion}，这里写{shown(total.number)}（{relation.expr}）"
            hint = "" if relation.certain else "；如果口径不同，请写明"
            yield Hit(message + hint, relation.start, relation.end, severity="error" if relation.certain else "info")
