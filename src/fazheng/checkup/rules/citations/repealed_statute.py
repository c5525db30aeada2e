from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fazheng.checkup.facts.named import told
from fazheng.checkup.facts.statutes_told import Mention, mentions, of_the_past
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.lawbook.catalogue import status_on


@rule(
    title="引用、宣传已经废止的法规",
    kinds="repealed_law stale_plan",
    severity="error",
    why="废止的法不能再作依据，也不能再向群众宣传。",
    source="立法法：法律、法规的废止；各法规的废止日期见 law/statutes",
    example="2024年的报告写“宣传《收养法》”。收养法2021年1月1日起由民法典取代。写“原《收养法》”“……同时废止”的不提示。",
)
def repealed_statute(report: Report) -> Iterator[Hit]:
    """报告年度开始以前已经废止或者期满的法规、规划，仍当作现行的引用。有没有书名号都看；当年废止的、讲历史的不提示。"""
    if report.year is None:
        return
    begins = date(report.year, 1, 1)
    for mention in report.made(mentions):
        one = mention.statute
        on = status_on(one, begins)
        if on.state != "repealed" or not _meant(mention) or of_the_past(report, mention.start, mention.end):
            continue
        run_out = one.status.startswith("期满")
        by = [report.statutes[short].name for short in on.replaced_by if short in report.statutes]
        now = f"，现在是《{'》《'.join(by)}》" if by else ""
        said = told(one, begins).split("，")[0].rstrip("）") + "）"
        yield Hit(
            f"“{one.short}”{said}{now}", mention.start, mention.end,
            kind="stale_plan" if run_out else "repealed_law", severity=None if on.certain else "info",
        )  # fmt: skip


def _meant(mention: Mention) -> bool:
    """A plan's short form without its years may mean the one that follows."""
    return not mention.statute.status.startswith("期满") or any(sign.isdecimal() for sign in mention.written)
