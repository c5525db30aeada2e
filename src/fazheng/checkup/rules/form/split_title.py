from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_WHOLE = re.compile(r"(?:局|厅|委员会|政府|办公室|中心|处|站|院|关于[\u4e00-\u9fff\d]{4,}|年度?)$|[，、]$")
_BEGINS = re.compile(r"^(?:关于|20\d\d年|二〇|（|—)")


@rule(
    title="大标题断在词语中间",
    kinds="split_title",
    severity="info",
    why="标题分行要词意完整；断在词中间，网页上只显示前半截。",
    source="党政机关公文格式（GB/T 9704）：标题回行时词意完整、排列对称",
    example="“示例县民政局2031年度法治政府建”一行，“设情况报告”另一行。",
)
def split_title(report: Report) -> Iterator[Hit]:
    """大标题分成几行，上一行不是单位名称，下一行也不是从“关于”或者年份开始。"""
    lines = report.header.title_lines
    for above, below in pairwise(lines):
        first, second = report.plain[above.start : above.end], report.plain[below.start : below.end]
        if not _WHOLE.search(first) and not _BEGINS.match(second) and len(second) <= 20:
            yield Hit("标题在这里断成两行，词意不完整", above.start, below.end)
