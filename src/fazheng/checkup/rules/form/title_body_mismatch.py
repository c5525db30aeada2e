from __future__ import annotations

from collections.abc import Iterator

import re

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_SAID = re.compile(r"现[^。\n]{0,24}?((?:19|20)\d{2}) ?年度?[^。\n]{0,40}(?:报告|汇报|总结)如下")
_YEAR = re.compile(r"((?:19|20)\d{2}) ?年")
_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,16}?[省市县区旗州盟](?:民政局|民政厅)")


@rule(
    title="标题和正文、署名对不上",
    kinds="title_body_mismatch",
    severity="error",
    why="标题、开头和署名说的不是同一年、同一个单位，是套用旧稿没有改完。",
    source="党政机关公文处理工作条例：公文标题、正文、署名应当一致",
    example="标题写“2031年度”，开头写“现将2030年度……报告如下”；标题是示例县民政局，署名是示范县民政局。",
)
def title_body_mismatch(report: Report) -> Iterator[Hit]:
    """标题的年份与“现将……年……报告如下”的年份不同；标题的单位与署名的单位不同。"""
    header = report.header
    if header.title is None:
        return
    named = _YEAR.search(header.title.value)
    said = _SAID.search(report.plain, 0, header.head + 3000)
    if named and said and named[1] != said[1]:
        yield Hit(f"标题写{named[1]}年，这里写{said[1]}年", *said.span(1))
    ours = _BUREAU.match(header.title.value)
    signed = _BUREAU.search(header.signature.value) if header.signature else None
    if ours and signed and header.signature and not _same(ours[0], signed[0]):
        yield Hit(f"标题是{ours[0]}，署名是{signed[0]}", header.signature.start, header.signature.end)


def _same(one: str, other: str) -> bool:
    """示例市示例县民政局 and 示例县民政局 are one."""
    return one.endswith(other) or other.endswith(one)
