from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.context import sentence_span, titles
from fazheng.checkup.facts.times import coming_year, times, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_HEAD = re.compile(r"(?<![\d—–至-])(?P<year>20\d\d) ?年?度?(?! ?[—–至-])")
_SENTENCE = re.compile(r"(?:(?<=[。：；\n])|^) *在?(?P<year>20\d\d) ?年度?(?![ —–至-]*\d)[，：]?", re.MULTILINE)
_NEXT = re.compile(r"(?:下一?年度?|明年|来年) ?[（(]? ?(?:即|也就是)?(?P<year>20\d\d) ?年")


@rule(
    title="下一年安排的年份写错",
    kinds="wrong_plan_year",
    severity="error",
    why="下一年的安排写成当年或者更早的年份，是上一年的文字没有改。",
    source="法治政府建设与责任落实督察：年度报告应当写下一年度的主要安排",
    example="2031年度的报告，标题“四、2031年工作打算”，或者在下一年安排里写“2031年，我局将……”。应为2032年。",
)
def wrong_plan_year(report: Report) -> Iterator[Hit]:
    """写下一年安排的标题、句子，年份不是报告年度的下一年。回顾当年的句子、跨几年的目标不提示。"""
    if report.year is None or not whole_year(report):
        return
    due = report.year + 1
    yield from _headings(report, due)
    made, inside, ahead = report.style.made(times), report.made(titles), report.made(coming_year)
    for found in _SENTENCE.finditer(report.plain):
        at = found.start("year")
        if int(found["year"]) >= due or at not in ahead or at in inside or _in_heading(report, at):
            continue
        begin, end = sentence_span(report.plain, at, found.end())
        plan = made.plan.search(report.plain, found.end(), min(end, found.end() + 60))
        done = made.done.search(report.plain, begin, plan.start() if plan else end)
        if plan and not done:
            yield _hit(found, due)
    for found in _NEXT.finditer(report.plain):
        if int(found["year"]) != due:
            yield _hit(found, due)


def _headings(report: Report, due: int) -> Iterator[Hit]:
    made = report.style.made(times)
    for index, section in enumerate(report.sections):
        if section.part != made.words.plan_part or not index or section.level > 2:
            continue
        found = _HEAD.search(report.plain, section.title_start, section.title_end)
        if found is None or int(found["year"]) == due or abs(int(found["year"]) - due) > 3:
            continue
        rest = report.plain[found.end() : section.title_end]
        if made.plan_head.match(rest) and not made.done_head.search(rest):
            yield _hit(found, due)


def _in_heading(report: Report, at: int) -> bool:
    section = report.section_at(at)
    return section is not None and section.alone and at < section.title_end


def _hit(found: re.Match[str], due: int) -> Hit:
    return Hit(f"下一年的安排应写{due}年", found.start("year"), found.end("year"), str(due))
