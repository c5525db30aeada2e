from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.pairs import singles
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="引号不成对",
    kinds="unbalanced_quote",
    severity="error",
    why="引号少一半或者方向反了，引的话从哪里到哪里就看不出来。",
    source="标点符号用法（GB/T 15834）",
    example="“开展“法律进社区“活动”里，第二个引号方向反了。",
)
def unbalanced_quote(report: Report) -> Iterator[Hit]:
    """引号有开没有合、有合没有开，或者接连两个前引号。跨几段的引文不算。"""
    for single in report.made(singles):
        if single.sign in "“”‘’「」『』":
            said = "前面的引号还没有合上，这里又开了一个，可能方向反了" if single.again else "没有与它成对的另一半"
            yield Hit(f"引号“{single.sign}”{said}", single.at, single.at + 1)
