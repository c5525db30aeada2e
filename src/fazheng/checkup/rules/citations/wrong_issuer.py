from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fazheng.checkup.facts.citations import Citation
from fazheng.checkup.facts.named import CitationWords
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.lawbook.statute import Statute

_NUMBER = re.compile(r"（ ?(?P<issuer>[\u4e00-\u9fff]{2,8}?)令 ?第? ?(?P<ordinal>\d{1,4}) ?号 ?）")


def _patterns(style: Style) -> tuple[re.Pattern[str], Mapping[str, list[str]]]:
    words = style.read("citations", CitationWords)
    belongs = {name: one.belongs for one in words.issuers for name in one.names}
    named = "|".join(map(re.escape, sorted(belongs, key=len, reverse=True)))
    return re.compile(f"(?<![、和与及])(?P<issuer>{named}){words.issuing_like}"), belongs


@rule(
    title="制定机关或令号写错",
    kinds="wrong_issuer garbled_citation",
    severity="warning",
    why="谁制定的决定它的效力：条例是国务院制定的，写成民政部，层级就错了。",
    source="立法法：法律、行政法规、部门规章各由不同机关制定；制定机关和令号见 law/statutes",
    example="写“民政部颁布的《殡葬管理条例》”，应为国务院；写“《社会组织信用信息管理办法》（国务院令第60号）”，应为民政部令第60号。",
)
def wrong_issuer(report: Report) -> Iterator[Hit]:
    """紧接在书名号前面的制定机关，或者紧跟在后面的令号，与目录里的不同。目录里没有令号的不比。"""
    before, belongs = report.style.made(_patterns)
    for citation in report.citations:
        one = citation.named.statute
        if one is None or citation.named.wrong:
            continue
        lead = report.plain[max(0, citation.start - 24) : citation.start]
        found = before.search(lead)
        if found and one.issuer and not any(word in one.issuer for word in belongs[found["issuer"]]):
            start = citation.start - len(lead) + found.start("issuer")
            yield Hit(f"这是{one.issuer}制定的，不是{found['issuer']}", start, citation.end)
        yield from _number(report, citation, one)


def _number(report: Report, citation: Citation, one: Statute) -> Iterator[Hit]:
    found = _NUMBER.match(report.plain, citation.end)
    orders = [number for number in one.numbers if "令第" in number]
    if found is None or not orders:
        return
    issuers = {number.split("令", 1)[0] for number in orders}
    known = {re.sub(r"\D", "", number.split("令", 1)[1]) for number in orders}
    said = found["issuer"].removeprefix("中华人民共和国")
    if said not in issuers and found["ordinal"] in known:
        yield Hit(f"令号应为{'、'.join(orders)}", found.start(), found.end(), kind="wrong_issuer")
    elif said in issuers and found["ordinal"] not in known and all(version.number for version in one.versions):
        yield Hit(f"目录里的令号是{'、'.join(orders)}", found.start(), found.end(), kind="garbled_citation")
