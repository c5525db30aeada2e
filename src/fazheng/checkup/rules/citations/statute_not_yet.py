from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.facts.citations import spoken_for
from fazheng.checkup.facts.context import sentence
from fazheng.checkup.facts.named import CitationWords
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.catalogue import status_on


def _patterns(style: Style) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = style.read("citations", CitationWords)
    return re.compile(words.making_like), re.compile(words.basis_like)


@rule(
    title="引用还没有施行的法律",
    kinds="law_not_in_force",
    severity="error",
    why="报告成文时还没有通过的法律，不可能在当年宣传、执行过；多半是照抄了别处的文字，或者报告年度写错。",
    source="立法法：法律应当明确规定施行日期",
    example="2024年的报告写“宣传《中华人民共和国社会救助法》”。社会救助法2026年才通过。讲立法过程、草案征求意见的不提示。",
)
def statute_not_yet(report: Report) -> Iterator[Hit]:
    """国家法律在报告成文时还没有通过，或者已经通过、还没有施行就作为依据。地方可能有同名法规的条例、办法不判断。"""
    day = spoken_for(report.header)
    making, basis = report.style.made(_patterns)
    for citation in report.citations if day else ():
        one = citation.named.statute
        if one is None or citation.named.wrong or one.kind != "law" or day is None:
            continue
        on = status_on(one, day)
        if on.state == "not_passed" and on.certain:
            if not making.search(sentence(report.plain, citation.start, citation.end)):
                passed = one.spans()[0][0].passed
                yield Hit(f"“{one.short}”{passed}才通过，成文时还没有这部法", citation.start, citation.end)
        elif on.state == "passed" and basis.search(report.plain, max(0, citation.start - 8), citation.start):
            yield Hit(
                f"“{one.short}”{on.changed}起施行，成文时还不能作为依据", citation.start, citation.end,
                severity="warning",
            )  # fmt: skip
