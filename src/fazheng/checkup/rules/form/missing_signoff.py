from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="没有落款",
    kinds="missing_signoff",
    severity="warning",
    why="没有署名和成文日期，看不出是谁在哪一天报的，也就看不出报告写的是不是一整年。",
    source="党政机关公文处理工作条例：公文应有发文机关署名和成文日期",
    example="全文到“……取得新成效。”为止，后面没有“示例县民政局”和“2032年1月15日”。",
)
def missing_signoff(report: Report) -> Iterator[Hit]:
    """文末没有发文机关署名，或者没有成文日期。"""
    header = report.header
    if not report.is_report or (header.signature and header.signed_at):
        return
    lacks = [
        word for word, there in (("发文机关署名", header.signature), ("成文日期", header.signed_at)) if there is None
    ]
    last = header.signature or header.signed_at
    message = f"文末没有{'和'.join(lacks)}"
    yield Hit(message) if last is None else Hit(message, last.start, last.end, severity="info")
