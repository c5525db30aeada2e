from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.citations import spoken_for
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.lawbook import texts
from fazheng.lawbook.citation import number
from fazheng.lawbook.statute import Version

_ARTICLE = re.compile(r" ?第 ?([零〇一二三四五六七八九十百千]{1,9}|\d{1,4}) ?条")


@rule(
    title="条号不存在",
    kinds="garbled_citation",
    severity="warning",
    why="条号是依据的一部分；引了不存在的条，说明没有核对条文，或者引的是修订以前的条号。",
    source="行政处罚法：决定书应当写明处罚的依据；条文见所装的法条库",
    example="写“依照《中华人民共和国民法典》第一千三百条”。民法典没有这么多条。没有装法条库的，不核对条号。",
)
def article_number(report: Report) -> Iterator[Hit]:
    """书名号后面的条号，在报告成文时施行的文本里没有这一条。只核对装有条文的国家法律。"""
    if not texts.installed():
        return
    day = spoken_for(report.header)
    for citation in report.citations:
        one = citation.named.statute
        found = _ARTICLE.match(report.plain, citation.end)
        if one is None or found is None or day is None:
            continue
        version = one.version_on(day)
        if version is not None and version.text == "package" and _lacks(one.name, number(found[1]), version):
            yield Hit(f"《{one.name}》没有{found[0].strip()}", citation.start, found.end())


def _lacks(name: str, wanted: int, version: Version) -> bool:
    """Whether the text is here and has no such article."""
    return texts.article(name, wanted, version.passed) is None and texts.article(name, 1, version.passed) is not None
