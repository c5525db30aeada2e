from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.named import left_out
from fazheng.checkup.facts.statutes_told import unmarked
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_STATE = "中华人民共和国"


@rule(
    title="法律全称没有书名号",
    kinds="missing_punctuation wrong_law_name",
    severity="info",
    why="写法律全称要用书名号；没有书名号的，名称也照样核对。",
    source="标点符号用法：书名号标示法律、规章等文件的名称",
    example="写“宣传中华人民共和国慈善法”。应为《中华人民共和国慈善法》。不写国名的简称不加书名号的，不提示。",
)
def unmarked_statute(report: Report) -> Iterator[Hit]:
    """正文里的法律全称没有书名号，或者不加书名号的法律名称写错。"""
    for mention in report.made(unmarked):
        start, full = mention.start, mention.statute.name
        if mention.wrong:
            if not left_out(mention.written, full):  # to shorten is usual where no signs stand
                said = f"名称写错，应为《{full}》"
                yield Hit(said, start, mention.end, kind="wrong_law_name", severity="warning")
        elif report.plain.endswith(_STATE, 0, start) and full.startswith(_STATE):
            yield Hit("法律全称要加书名号", start - len(_STATE), mention.end, f"《{full}》")
