from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.context import titles
from fazheng.checkup.facts.slips import slip_patterns
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="用词、搭配不当",
    kinds="typo wrong_term duplicated_meaning grammar_de grammar_zuo broken_sentence missing_word",
    severity="warning",
    why="单看一个词不错，放在句子里就错了：截止与截至、的地得、约和左右叠用、句子缺成分。",
    source="现代汉语词典；公文写作通行的规范",
    example="“截止2031年底”应为“截至2031年底”；“约30余人”应去掉一个；“不断提升依法行政。”后面缺“能力”。",
)
def wrong_usage(report: Report) -> Iterator[Hit]:
    """按前后文才能断定的错误（law/style/slip-patterns.toml）。"""
    made = report.style.made(slip_patterns)
    for index in made.sieve.kept(report.document.signs):
        sought, slip = made.patterns[index]
        if slip.needs and not any(word in report.plain for word in slip.needs):
            continue
        for found in sought.finditer(report.document.signs):
            group = next((n for n in range(1, sought.pattern.groups + 1) if found[n] is not None), 0)
            if slip.kind != "typo" and found.start(group) in report.made(titles):
                continue
            said = f"“{found[group]}”：{slip.says}" + (f"，应为“{slip.to}”" if slip.to else "")
            yield Hit(said, *found.span(group), suggestion=slip.to, kind=slip.kind, severity=slip.severity)
