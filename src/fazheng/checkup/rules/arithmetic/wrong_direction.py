from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="写的是增加，数却减少了",
    kinds="internal_inconsistency",
    severity="error",
    why="变化的方向和前后两个数相反，必有一处写错。",
    source="统计法：统计资料应当真实、准确、完整",
    example="“标准由700元/月提高到650元/月”。",
)
def wrong_direction(report: Report) -> Iterator[Hit]:
    """“由甲提高到乙”而乙比甲小，“由甲缩小至乙”而乙比甲大。"""
    for relation in report.relations:
        if relation.kind == "direction" and relation.certain:
            yield Hit(f"变化的方向和数相反（{relation.expr}）", relation.start, relation.end)
