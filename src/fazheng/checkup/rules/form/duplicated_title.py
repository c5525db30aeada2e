from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

NEAR = 6  # paragraphs after the title in which it may stand again by mistake
SHORTEST = 6


@rule(
    title="大标题重复",
    kinds="duplicated_title",
    severity="warning",
    why="网页标题和正文标题都复制了进来，开头就有两个标题。",
    source="党政机关公文格式（GB/T 9704）：公文标题只写一次",
    example="第一行和第二行都是“示例县民政局2031年度法治政府建设情况报告”。",
)
def duplicated_title(report: Report) -> Iterator[Hit]:
    """大标题在开头几段里又出现一次。"""
    title = report.header.title
    if title is None or len(title.value) < SHORTEST:
        return
    lines = report.document.paragraphs[: NEAR + 3]
    words = ["".join(report.text[line.start : line.end].split()) for line in lines]
    if any(len(word) >= SHORTEST and word in words[:index] for index, word in enumerate(words)):
        index = next(i for i, word in enumerate(words) if len(word) >= SHORTEST and word in words[:i])
        yield Hit("标题写了两遍，删去一个", lines[index].start, lines[index].end)
        return
    for line, word in zip(lines, words, strict=True):
        if line.start >= title.end and word == title.value:
            yield Hit("标题写了两遍，删去一个", line.start, line.end)
            return
