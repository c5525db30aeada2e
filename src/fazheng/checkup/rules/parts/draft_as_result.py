from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import content, like, sentence_of
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="草案当成了正式文件",
    kinds="draft_as_result",
    severity="info",
    why="征求意见稿、草案还没有效力，不能印发施行，也不能当作依据。",
    source="行政规范性文件制定和监督管理的规定：经审议、公布才能施行",
    example="“印发《示例县养老服务补贴办法（征求意见稿）》”。已经印发的，去掉“（征求意见稿）”；没有印发的，写“起草了”。",
)
def draft_as_result(report: Report) -> Iterator[Hit]:
    """书名号里写着征求意见稿、草案，前面却写印发、实施、依据。"""
    words = content(report.style)
    if not report.is_report:
        return
    for found in like(rf"《[^《》\n]{{2,60}}（(?:{words.draft_like})）[^《》\n]{{0,4}}》?").finditer(report.plain):
        begin = sentence_of(report, found.start()).start
        before = report.plain[max(begin, found.start() - 16) : found.start()]
        clause = before[max(before.rfind(stop) for stop in "，；。：、》") + 1 :]
        told = like(words.issued_like).search(clause)
        if told and not like(words.unsure_like).search(clause):
            start = found.start() - len(clause) + told.start()
            yield Hit(f"草案还没有效力，不能“{told[0]}”", start, found.end())
