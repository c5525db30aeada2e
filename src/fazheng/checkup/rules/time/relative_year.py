from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.context import places, titles
from fazheng.checkup.facts.times import coming_year, times, whole_year
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="“今年”“明年”指的不是那一年",
    kinds="relative_year",
    severity="warning",
    why="报告第二年才成文，这时“今年”已经是下一年；以后的读者更分不清。",
    source="出版物上数字用法：年份应当写明，不用相对的说法",
    example="2032年1月成文的2031年度报告写“今年以来，我局……”。应写“2031年”。",
)
def relative_year(report: Report) -> Iterator[Hit]:
    """第二年才成文的年度报告，用“今年”说报告年度，用“明年”说下一年。当年成文的、没有成文日期的看文号，都没有的不提示。"""
    year, header = report.year, report.header
    written = header.signed.year if header.signed else header.number_year
    if year is None or written != year + 1 or not whole_year(report):
        return
    words = report.style.made(times).words
    ahead, inside = report.made(coming_year), report.made(titles)
    for word in words.this_year:
        for at in places(report.plain, word):
            longer = any(len(other) > len(word) and report.plain.startswith(other, at) for other in words.this_year)
            if at not in ahead and at not in inside and not longer:
                yield Hit(f"成文时“今年”已经是{written}年，请写{year}年", at, at + len(word))
    for word in words.next_year:
        for at in places(report.plain, word):
            if at not in inside:
                yield Hit(f"成文时“{word}”已经是{written + 1}年，请写{year + 1}年", at, at + len(word))
