from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fazheng.checkup.facts.periods import events_told
from fazheng.checkup.facts.times import days_told, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="写到了成文以后的事",
    kinds="date_contradiction",
    severity="warning",
    why="成文以后的事不会写在报告里；不是日期写错，就是落款没有改。",
    source="党政机关公文处理工作条例：公文内容应当真实、准确",
    example="落款2032年1月12日，正文写“2032年3月5日，召开专题会议”。下一年安排里的日子、截止日期不提示。",
)
def told_after_signing(report: Report) -> Iterator[Hit]:
    """正文写某日办了某事，或者写到某次全会，那一天却在成文日期以后。没有落款日期的，看是不是在报告年度后一年以后。"""
    if report.year is None or not whole_year(report):
        return
    signed = report.header.signed
    if signed is not None and signed.year <= report.year:
        return  # told at the signature
    last = signed or date(report.year + 1, 12, 31)
    for event, start, end in report.made(events_told):
        if event.day > last:
            yield Hit(f"{event.name}{event.day.year}年{event.day.month}月才召开", start, end)
    for told in report.made(days_told):
        if told.day > last and told.year_said:
            yield Hit("这一天在成文日期以后", told.start, told.end)
