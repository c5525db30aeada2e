from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.copies import copies
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="与别的文本几乎相同的段落",
    kinds="duplicated_passage",
    severity="info",
    why="整段沿用往年的报告，容易留下去年的数字和已经过时的提法；与别的单位雷同，说明写的不是本单位的事。",
    source="法治政府建设与责任落实督察工作规定：报告应当真实",
    example="今年“举办讲座6场，发放资料1200份”一段与去年的报告只差年份，数字也没有变。",
)
def copied_paragraph(report: Report) -> Iterator[Hit]:
    """给了往年或者别处的文本时，告诉哪一段与那里的哪一行几乎相同；数字一个没变的，列为建议核对。"""
    for copy in report.made(copies).found:
        said = f"与《{copy.source.name}》第{copy.source_line}行几乎相同（{copy.share:.0%}）"
        if copy.same_figures:
            said += "，数字一个也没有变，请核对"
        yield Hit(said, copy.line.start, copy.line.end, severity="warning" if copy.same_figures else "info")
