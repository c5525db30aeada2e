from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,16}?[省市县区旗州盟](?:民政局|民政厅)")


@rule(
    title="标题和署名对不上",
    kinds="title_body_mismatch",
    severity="error",
    why="标题和署名说的不是同一个单位，是套用旧稿没有改完。",
    source="党政机关公文处理工作条例：公文标题、正文、署名应当一致",
    example="标题是示例县民政局，署名是示范县民政局。",
)
def title_body_mismatch(report: Report) -> Iterator[Hit]:
    """标题的单位与署名的单位不同。"""
    header = report.header
    if header.title is None:
        return
    ours = _BUREAU.match(header.title.value)
    signed = _BUREAU.search(header.signature.value) if header.signature else None
    if ours and signed and header.signature and not _same(ours[0], signed[0]):
        yield Hit(f"标题是{ours[0]}，署名是{signed[0]}", header.signature.start, header.signature.end)


def _same(one: str, other: str) -> bool:
    """示例市示例县民政局 and 示例县民政局 are one."""
    return one.endswith(other) or other.endswith(one)
