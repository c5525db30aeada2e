from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fazheng.checkup.facts.periods import events_told
from fazheng.checkup.facts.times import days_told, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

EARLY_MONTH = 3  # signed so early in the year reported on, the year was miswritten
LATE_MONTH = 11  # from here on the year was all but over


@rule(
    title="成文日期早于报告写的时间",
    kinds="date_contradiction signed_before_year_end",
    severity="error",
    why="一年没有过完，写不出这一年的报告；年初常见的是年份忘了改。",
    source="党政机关公文处理工作条例：成文日期署会议通过或者发文机关负责人签发的日期",
    example="2031年度的报告落款“2031年2月5日”，应是2032年；11月、12月就成文的，提示注明数据截止日。",
)
def signed_early(report: Report) -> Iterator[Hit]:
    """成文日期在报告年度以前或者年初，早于文号的年份，早于正文写到的会议和日期；或者年度没有结束。"""
    header, year = report.header, report.year
    signed, at = header.signed, header.signed_at
    if signed is None or at is None or year is None or not whole_year(report):
        return
    if signed.year > year:
        if signed.year > year + 1 and any(argument.weight >= 5 for argument in header.arguments):
            said = f"报告写的是{year}年，成文日期却是{signed.year}年，请核对"
            yield Hit(said, at.start, at.end, severity="warning")
        return
    title = header.title
    if title and str(year) in title.value and _tells_of(report, year - 1) and signed.month <= EARLY_MONTH:
        at_title = report.text.find(str(year), title.start, title.end)
        said = f"正文写的是{year - 1}年，{at.value}成文，标题的年份却是{year}年"
        yield Hit(said, *((at_title, at_title + 4) if at_title != -1 else (title.start, title.end)))
        return
    reason = _reason(report, signed, year)
    later = at.value.replace(str(signed.year), str(year + 1), 1)
    if reason:
        yield Hit(f"{reason}，成文日期却是{at.value}", at.start, at.end, later if later != at.value else "")
    elif signed.month < LATE_MONTH:
        yield Hit(
            f"{year}年还没有过完就成文", at.start, at.end, kind="signed_before_year_end", severity="warning"
        )  # fmt: skip
    else:
        yield Hit(
            f"{year}年还没有过完就成文，请注明数据截止到哪一天", at.start, at.end,
            kind="signed_before_year_end", severity="info",
        )  # fmt: skip


def _reason(report: Report, signed: date, year: int) -> str:
    number = report.header.number_year
    if signed.year < year or signed.month <= EARLY_MONTH:
        return f"报告写的是{year}年全年"
    if number and number > signed.year:
        return f"文号是{number}年的"
    for event, _, _ in report.made(events_told):
        if event.day > signed:
            return f"正文写到{event.day.year}年{event.day.month}月的{event.name}"
    told = next((told for told in report.made(days_told) if told.day > signed), None)
    if told:
        line, _ = report.document.place(told.start)
        return f"第{line}行写到{told.day.month}月{told.day.day}日的事"
    return ""


def _tells_of(report: Report, earlier: int) -> bool:
    """Whether the body speaks of the year before the title's, and hardly of the title's own."""
    body = report.plain[report.header.head : report.header.foot]
    return body.count(f"{earlier}年") > body.count(f"{earlier + 1}年")
