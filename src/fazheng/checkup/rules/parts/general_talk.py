from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.content import RESULTS, content, like
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.text import Span

SENTENCES = 3  # fewer are no section to judge
SHARE = 2  # one in so many sentences reasons


@rule(
    title="整节只讲道理",
    kinds="out_of_scope_content",
    severity="info",
    why="报告写本单位做了什么；整节讲意义、讲应当怎样，多半是从别处抄来的。",
    source="法治政府建设与责任落实督察工作规定：年度报告应写主要举措和成效",
    example="一节四句话都是“……具有重要意义”“只有……才能……”，没有一句写本局做了什么。",
)
def general_talk(report: Report) -> Iterator[Hit]:
    """举措成效里有一节，三句话以上，多半是讲道理的话，没有一句写本单位做的事，没有一个数。"""
    if not report.owes_parts:
        return
    words = content(report.style)
    for section in report.sections:
        body = report.plain[section.title_end : min(section.end, report.header.foot)]
        if section.part != RESULTS or like(words.acts_like).search(body):
            continue
        said = [sentence for sentence in body.split("。") if len(sentence.strip()) > 6]
        talk = [sentence for sentence in said if like(words.talk_like).search(sentence)]
        if len(said) >= SENTENCES and len(talk) * SHARE >= len(said):
            span = Span(section.title_end, min(section.end, report.header.foot))
            begin = span.start + len(body) - len(body.lstrip(" \r\n。"))
            yield Hit("整节讲道理，没有写本单位做了什么", begin, span.start + len(body.rstrip()))
