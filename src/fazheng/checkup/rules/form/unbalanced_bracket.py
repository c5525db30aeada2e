from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.pairs import singles
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_YEAR = re.compile(r"[〔\[（【] ?\d{4} ?[〕\]）】](?= ?第?\d+ ?号)")


@rule(
    title="括号、书名号不成对",
    kinds="unbalanced_bracket",
    severity="error",
    why="少了一半的括号，读的人不知道补充的话到哪里为止；书名号不成对，文件名就断不开。",
    source="标点符号用法（GB/T 15834）",
    example="“公布事项清单（含办事指南。”少了“）”。",
)
def unbalanced_bracket(report: Report) -> Iterator[Hit]:
    """一个段落里，括号、书名号、六角括号有开没有合，或者有合没有开。“1）”这样的序号不算。"""
    for single in report.made(singles):
        around = _YEAR.search(report.plain, max(0, single.at - 6), single.at + 16)
        if around and around.start() <= single.at < around.end():
            continue  # the form of its brackets is told by another rule
        if single.sign not in "“”‘’「」『』":
            yield Hit(f"“{single.sign}”没有与它成对的另一半", single.at, single.at + 1)
