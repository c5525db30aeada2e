"""The page: the whole report, findings linked to their words and back, nothing lost where spans overlap."""

from __future__ import annotations

import re
from html import unescape

import pytest

from fazheng.checkup.finding import Finding
from fazheng.checkup.told.as_html import as_html
from fazheng.checkup.told.summary import Checked
from tests.checkup.texts import CLEAN, report


def finding(start: int | None, end: int | None, rule: str = "sum-mismatch", severity: str = "error") -> Finding:
    line, column = (None, None) if start is None else report(CLEAN).document.place(start)
    quote = "" if start is None else CLEAN[start:end]
    return Finding(rule, "sum_unclear", severity, start, end, line, column, quote, "加起来<不对>", "12")  # type: ignore[arg-type]


AT = CLEAN.index("全年办理")
OVER_ONE_ANOTHER = [finding(AT, AT + 12), finding(AT + 4, AT + 6, severity="info"), finding(AT + 8, AT + 20)]
MANY = [finding(AT + n, AT + n + 1, "two-values", "warning") for n in range(9)]
ODD = [finding(None, None), finding(0, len(CLEAN)), finding(len(CLEAN) - 1, len(CLEAN)), finding(AT, AT)]


def page(findings: list[Finding]) -> str:
    return as_html([Checked(report(CLEAN), findings), Checked(report(CLEAN), [])])


@pytest.mark.parametrize("findings", [OVER_ONE_ANOTHER, ODD, [], OVER_ONE_ANOTHER + ODD])
def test_every_link_leads_somewhere_and_no_place_is_named_twice(findings: list[Finding]) -> None:
    shown = page(findings)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)
    assert len([one for one in ids if one.startswith("r1w")]) == sum(f.start is not None for f in findings)


@pytest.mark.parametrize("findings", [OVER_ONE_ANOTHER, MANY, ODD])
def test_the_whole_report_stands_on_the_page(findings: list[Finding]) -> None:
    text = page(findings).split('aria-label="报告全文">')[1]
    kept = re.sub(r'<a class="no"[^>]*>\d+</a>|<div>.*?</div>', "", text.split("</section>")[0])
    assert "".join(unescape(re.sub("<[^>]+>", "", kept)).split()) == "".join(CLEAN.split())


def test_many_findings_of_one_rule_are_told_once_and_linked_each() -> None:
    shown = page(MANY)
    assert "，9处。如：" in shown
    assert shown.count('<p class="note') == 1
    assert "同样的还有8处" in shown
    assert len(re.findall('href="#r1w', shown.split("</nav>")[0])) == 9


def test_findings_are_grouped_gravest_first_and_escaped() -> None:
    shown = page(OVER_ONE_ANOTHER)
    assert shown.index("<h3>必改 2</h3>") < shown.index("<h3>提示 1</h3>")
    assert "加起来&lt;不对&gt;" in shown
    assert "<不对>" not in shown


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    shown = page(OVER_ONE_ANOTHER)
    assert "default-src 'none'" in shown
    assert re.findall(r"<script|<link|<img|<iframe| src=|url\(|@import|https?:|\bon\w+=", shown) == []
