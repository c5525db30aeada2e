from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

# a court writes its numbers with （）, and a word for the court behind: the number of a paper follows at once
_NUMBER = re.compile(r"[\[【（〔{［〈<](?P<year>(?:19|20)\d\d) ?年? ?[\]】）〕}］〉>](?P<rest> ?第? ?\d{1,4} ?号)")
_LETTER = re.compile("[\u4e00-\u9fff]")


@rule(
    title="发文字号的括号不是六角括号",
    kinds="bracket_form",
    severity="warning",
    why="发文字号的年份用六角括号“〔〕”括入，不用方括号、圆括号。",
    source="党政机关公文格式：发文字号",
    example="写成“示民发[2031]5号”或“示民发（2031）5号”。应为“示民发〔2031〕5号”。法院的案号用圆括号，不提示。",
)
def number_brackets(report: Report) -> Iterator[Hit]:
    """文号里的年份没有用〔〕，或者前后括号不是一对。"""
    for found in _NUMBER.finditer(report.plain):
        start = found.start()
        left, right = report.text[start], report.text[found.start("rest") - 1]
        if (left, right) == ("〔", "〕") or start == 0 or not _LETTER.match(report.plain, start - 1):
            continue
        end = found.start("rest")
        yield Hit("发文字号的年份要用六角括号“〔〕”", start, end, f"〔{found['year']}〕")
