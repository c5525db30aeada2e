from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fazheng.checkup.facts.context import places, sentence, titles
from fazheng.checkup.facts.periods import Periods, Plan, events_told, history, plan_names
from fazheng.checkup.facts.times import coming_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_PERIOD = re.compile(r"(?<!\d)20\d\d ?年? ?[-—–~至]{1,2} ?(?P<last>20\d\d) ?年?）?")


@rule(
    title="规划、专项工作已经到期",
    kinds="stale_plan",
    severity="warning",
    why="到期的规划还写成正在实施，说明文字是从前几年抄来的。",
    source="各规划、方案名称里的期间；年份见 law/style/periods.toml",
    example="2031年的报告写“深入实施‘八五’普法”“落实三年行动方案（2026—2028年）”。讲总结、验收、巩固成果的不提示。",
)
def stale_plan(report: Report) -> Iterator[Hit]:
    """报告年度开始以前已经到期的规划、活动，句子里没有说是总结、收官、巩固；写明期间的方案也看。"""
    if report.year is None or not report.is_report:
        return
    read = report.style.read("periods", Periods)
    inside = report.made(titles)
    for plan in read.plans:
        for word in plan.words if plan.last <= report.year else ():
            for at in places(report.plain, word):
                if at not in inside:
                    yield from _plan(report, plan, at, at + len(word))
    yield from _periods(report)
    yield from _congress(report)


def _plan(report: Report, plan: Plan, start: int, end: int) -> Iterator[Hit]:
    year = report.year or 0
    ahead = start in report.made(coming_year)
    said = sentence(report.plain, start, end)
    if plan.last >= year + ahead or report.style.made(history).search(said):
        return
    if (plan.more_like and re.search(plan.more_like, said)) or (
        plan.after_like and re.match(plan.after_like, report.plain[end : end + 20])
    ):
        return
    yield Hit(f"{plan.name}到{plan.last}年为止", start, end, severity="info" if plan.last == year else None)


def _periods(report: Report) -> Iterator[Hit]:
    named = report.style.made(plan_names)
    known = [(c.start, c.end) for c in report.citations if c.named.statute]
    for found in _PERIOD.finditer(report.plain):
        start, end = found.span()
        last = int(found["last"])
        if last >= (report.year or 0) or any(a <= start < b for a, b in known) or report.header.holds(start):
            continue
        near = report.plain[max(0, start - 16) : start].rsplit("\n", 1)[-1] + report.plain[end : end + 12]
        if named.search(near.split("\n")[0]) and not report.style.made(history).search(
            sentence(report.plain, start, end)
        ):
            yield Hit(f"这个规划、方案到{last}年为止", start, end)


def _congress(report: Report) -> Iterator[Hit]:
    """The spirit of a congress alone, a year after the next one was held."""
    events = [e for e in report.style.read("periods", Periods).events if e.kind == "congress"]
    told = {event.name for event, _, _ in report.made(events_told)}
    for old, new in pairwise(events):
        if old.name not in told or new.name in told or (report.year or 0) <= new.day.year:
            continue
        found = re.search(f"{re.escape(old.name)}[^，。；\n]{{0,10}}精神", report.plain)
        if found:
            yield Hit(f"只写了{old.name}，没有写{new.name}", found.start(), found.end())
