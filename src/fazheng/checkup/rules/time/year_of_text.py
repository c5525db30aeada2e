from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.times import times, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_YEAR = re.compile(r"(?<![\d—-])(20\d\d) ?年(?!以来|[—-]|至)")
_OPENING = re.compile(r"现[将就][^。\n]{0,30}?(?P<year>20\d\d) ?年[^。\n]{0,50}(?:报告|汇报|总结)如下")


@rule(
    title="正文的年份与标题不同",
    kinds="date_contradiction",
    severity="warning",
    why="标题写一年，正文却说是另一年，多半是上一年的文字没有改。",
    source="党政机关公文处理工作条例：标题应当准确概括公文内容",
    example="标题写“2031年度”，正文写“现将2030年工作情况报告如下”，或者标题“一、2030年工作情况”。",
)
def year_of_text(report: Report) -> Iterator[Hit]:
    """“现将某年……报告如下”、写成绩的一级标题，年份与文件标题的年份不同。标题没有年份的不比。"""
    title = report.header.title
    said = {int(year) for year in re.findall(r"20\d\d", title.value)} if title else set()
    if len(said) != 1 or not whole_year(report):
        return
    (year,) = said
    if (found := _OPENING.search(report.plain)) and int(found["year"]) != year:
        yield Hit(f"标题写的是{year}年", found.start("year"), found.end("year"), str(year))
    made = report.style.made(times)
    for section in report.sections:
        if section.level != 1 or section.part == made.words.plan_part:
            continue
        at = _YEAR.search(report.plain, section.title_start, section.title_end)
        rest = report.plain[at.end() : section.title_end] if at else ""
        if at and int(at[1]) == year - 1 and made.done_head.search(rest) and not made.other_head.search(rest):
            yield Hit(f"标题写的是{year}年", at.start(1), at.end(1), str(year))
