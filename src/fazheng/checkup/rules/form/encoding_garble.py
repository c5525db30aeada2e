from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.residue import residue
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="乱码和看不见的字符",
    kinds="encoding_garble",
    severity="warning",
    why="转码、复制留下的乱码和零宽字符会让人读不通、搜不到；这是转换造成的，不是作者写错。",
    source="信息技术 中文编码字符集（GB 18030）",
    example="“示例县民政�局”；夹在字中间的零宽空格。",
)
def encoding_garble(report: Report) -> Iterator[Hit]:
    """替换符、常见错码、私用区和部首区的字、零宽字符、控制字符。"""
    for found in report.style.made(residue).garble.finditer(report.document.raw_signs):
        if found.start() == 0 and found[0] == "\ufeff":
            continue
        yield Hit("这里有乱码或者看不见的字符，是转换文件时造成的，请对照原稿补正", *found.span())
