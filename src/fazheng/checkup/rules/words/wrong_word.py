from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.context import titles
from fazheng.checkup.facts.slips import slips
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="错字和写错的固定说法",
    kinds="typo wrong_term style_term",
    severity="warning",
    why="同音字、形近字和固定提法写错，打字时最常见，公开以后最难堪。",
    source="通用规范汉字表、现代汉语词典；固定提法以中央文件的写法为准",
    example="“工作布署”应为“工作部署”，“台帐”应为“台账”，“权利清单”应为“权力清单”。",
)
def wrong_word(report: Report) -> Iterator[Hit]:
    """词表（law/style/slips.toml）里列出的错字、错词和旧说法。"""
    made = report.style.made(slips)
    for found in made.find.finditer(report.document.signs):
        slip = made.known[found[0]]
        named = slip.of.kind != "typo" and found.start() in report.made(titles)
        if not named and not slip.excused(report.plain, found.start()):
            yield Hit(
                f"{slip.of.says}：“{found[0]}”，应为“{slip.right}”", *found.span(), suggestion=slip.right,
                kind=slip.of.kind, severity=slip.of.severity,
            )  # fmt: skip
