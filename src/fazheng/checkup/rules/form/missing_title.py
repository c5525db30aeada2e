from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="没有标题",
    kinds="missing_title",
    severity="warning",
    why="标题说明谁、就什么事、是什么文种；没有标题的报告挂到网上以后，别人不知道它是哪个单位、哪一年的。",
    source="党政机关公文处理工作条例：公文标题由发文机关名称、事由和文种组成",
    example="正文第一行就是“2031年，示例县民政局坚持……”。应在前面加“示例县民政局2031年度法治政府建设情况报告”。",
)
def missing_title(report: Report) -> Iterator[Hit]:
    """正文以前没有标题。网页标题栏里另有标题的，也提示，因为正文离开网页就没有标题了。"""
    if report.header.title is None and report.is_report:
        bureau, year = report.header.bureau, report.year
        said = f"{bureau}{year}年度法治政府建设情况报告" if bureau and year else ""
        yield Hit(f"全文没有标题{f'，可写“{said}”' if said else ''}")
