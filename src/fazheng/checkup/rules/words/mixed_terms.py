from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_BODY = re.compile(r"(?<![机市县区州盟旗省])(?:局|我局|厅)(党组|党委|党总支|党支部)(?!书记、|成员)")
_OWN = re.compile(r"(?<!自)我(县|区|旗)(?![域划])")


@rule(
    title="同一个对象前后称呼不一",
    kinds="mixed_terms",
    severity="warning",
    why="一个局只设党组或者党委；县里的报告写“我区”，多半是从别处抄来的。",
    source="公文校对的一般要求",
    example="前面写“局党组”，后面写“局党委”；示例县民政局的报告里写“我区”。",
)
def mixed_terms(report: Report) -> Iterator[Hit]:
    """“局党组”与“局党委”混用；县、区、旗单位的报告里写了别种区划的“我县”“我区”。"""
    said = {"党组": [], "党委": []}  # type: dict[str, list[re.Match[str]]]
    for found in _BODY.finditer(report.plain):
        if found[1] in said:
            said[found[1]].append(found)
    few, many = sorted(said, key=lambda word: len(said[word]))
    for found in said[few] if said[many] else ():
        yield Hit(f"别处写“局{many}”，这里写“局{few}”，应当统一", *found.span(), severity="info")
    own = report.header.region.county[-1:]
    for found in _OWN.finditer(report.plain) if own in ("县", "区", "旗") else ():
        if found[1] != own:
            yield Hit(f"本单位在{report.header.region.county}，这里写“我{found[1]}”", *found.span())
