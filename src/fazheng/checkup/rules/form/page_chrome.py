from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.text import Line


@rule(
    title="网页、页码等杂物混进正文",
    kinds="page_chrome",
    severity="warning",
    why="“打印”“上一篇”“第3页”不是报告的内容，是从网页或者版式文件里带来的，不怪作者，但要清掉。",
    source="公文校对的一般要求",
    example="单独一行“来源：示例县民政局　浏览次数：12”，或者“- 3 -”。",
)
def page_chrome(report: Report) -> Iterator[Hit]:
    """整行是网页的导航、来源、按钮，或者页码。"""
    run: list[Line] = []
    for line in (*report.document.paragraphs, None):
        if line is not None and line.start in report.chrome:
            run.append(line)
        elif run:
            said = "这一行是" if len(run) == 1 else f"这{len(run)}行都是"
            yield Hit(f"{said}网页或者版式带来的，不是正文", run[0].start, run[-1].end)
            run = []
