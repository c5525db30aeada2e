from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.named import names_of
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_ENDS_SHORT = re.compile(r"(?:[的和及与、，]|关于)》$")
_TWICE = re.compile(r"(?:(中华人民共和国)\1|关于关于|的的|通知的通知|意见的意见(?!书))")
_SHORT_BODY = re.compile(r"依法治[国省市县区州旗]委(?=[^员办关印会文《〈、和及第全》的等组])")
_STATE_ONLY = re.compile(r"^《(?:中华人民共和国|中国)》$")


@rule(
    title="文件名称残缺",
    kinds="garbled_citation punctuation",
    severity="warning",
    why="文件名称要照原样写全；掉了字、多了字的名称，别人找不到那份文件。",
    source="党政机关公文处理工作条例：引用公文应当先引标题",
    example="写成“《关于做好有关工作的》”“《中华人民共和国中华人民共和国慈善法》”。",
)
def title_garbled(report: Report) -> Iterator[Hit]:
    """书名号里只有国名，末尾掉了文种，几部法写在一对书名号里，词语重复，或者把委员会的名称写断。"""
    meant = names_of(report.statutes, report.style)
    for citation in report.citations:
        words = citation.as_written
        names = words[1:-1].split("、")
        if len(names) > 1 and all(meant.meant(name).kind in ("statute", "other_law") for name in names):
            said = "每部法各用一对书名号"
            yield Hit(said, citation.start, citation.end, f"《{'》《'.join(names)}》", "punctuation")
        if _STATE_ONLY.match(words) or _ENDS_SHORT.search(words):
            yield Hit("名称没有写完", citation.start, citation.end)
        for pattern, said in ((_TWICE, "名称里有重复的字"), (_SHORT_BODY, "名称像是掉了字：委员会的名称没有写完")):
            if at := pattern.search(words):
                yield Hit(said, citation.start + at.start(), citation.start + at.end())
