from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="率与件数对不上",
    kinds="rate_mismatch",
    severity="error",
    why="率是用件数算出来的，算不出来就是率或件数写错了。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“受理8件，办结7件，办结率95%”：7÷8＝87.5%。四舍五入和截尾都算对；按期办结率等另有分母的不比。",
)
def rate_mismatch(report: Report) -> Iterator[Hit]:
    """同一句里写了受理数、办结数和办结率，或者变化前后的数和增幅，算出来却不是这个率。"""
    for relation in report.relations:
        if relation.kind in ("rate", "growth") and not relation.holds and relation.certain:
            rate = relation.figures[-1]
            yield Hit(f"按文中的数算是{relation.suggestion}，这里写{rate.raw}（{relation.expr}）", rate.start, rate.end)
