from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.times import whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="文号的年份不对",
    kinds="date_contradiction",
    severity="warning",
    why="文号用发文当年的年份；与成文日期、报告年度对不上，说明有一处没有改。",
    source="党政机关公文格式：发文字号的年份",
    example="2031年度的报告，2032年1月成文，文号却是“示民报〔2030〕1号”。",
)
def number_year(report: Report) -> Iterator[Hit]:
    """报告自己的文号，年份早于报告年度、晚于下一年，或者与成文日期的年份不同。"""
    header, year = report.header, report.year
    if header.number is None or header.number_year is None or year is None or not whole_year(report):
        return
    at, own = header.number, header.number_year
    if own < year or own > year + 1:
        yield Hit(f"报告写的是{year}年，文号却是{own}年的", at.start, at.end)
    elif header.signed and header.signed.year == year + 1 and own == year:
        yield Hit(f"成文在{header.signed.year}年，文号却是{own}年的", at.start, at.end)
