"""The check-up of a composed report: what refuses the signature, what needs a reason, and what the page shows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.checkup.finding import Finding, Severity
from fazheng.lawbook.load import load
from fazheng.report import Composed, Readiness, compose, examine, ready_to_sign, render
from fazheng.report.composed import Piece, SectionText
from tests.report.small_book import fill


def finding(rule: str, kind: str, severity: Severity = "error") -> Finding:
    return Finding(rule, kind, severity, 0, 2, 1, 1, "甲乙", "说明")


WRONG_SUM = finding("sum-mismatch", "sum_unclear")
NO_SUCH_DAY = finding("no-such-day", "odd_date")
NO_PART = finding("missing-part", "missing_part")
WRONG_NAME = finding("wrong-statute-name", "wrong_statute_name")


def test_errors_of_arithmetic_and_time_refuse_the_signature() -> None:
    found = ready_to_sign([WRONG_SUM, NO_SUCH_DAY, WRONG_NAME])
    assert found.refusing == (WRONG_SUM, NO_SUCH_DAY)
    assert found.needing_reason == ()
    assert not found.ready
    assert "签发以前须改2处" in found.summary


def test_a_missing_part_needs_a_signed_reason_and_refuses_nothing() -> None:
    found = ready_to_sign([NO_PART])
    assert (found.refusing, found.needing_reason, found.ready) == ((), (NO_PART,), False)
    assert "签注理由1处" in found.summary


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_what_is_doubtful_never_refuses(severity: Severity) -> None:
    doubtful = [finding("sum-mismatch", "sum_unclear", severity), finding("no-such-day", "odd_date", severity)]
    assert ready_to_sign(doubtful) == Readiness()
    assert ready_to_sign(doubtful).ready
    assert ready_to_sign([]).summary == ""


@pytest.fixture
def bureau(home: Path) -> Bureau:
    return fill(home)


def composed(bureau: Bureau, **prose: str) -> Composed:
    return compose(bureau.code, bureau.name, load(place=bureau.place), 2024, prose)


def test_what_a_person_wrote_is_checked_with_the_sentences(bureau: Bureau) -> None:
    prose = "全年抽查社会组织9家，其中社会团体3家、民办非企业单位4家、基金会1家，共计9家。"
    examined = examine(composed(bureau, penalty=prose))
    (found,) = examined.readiness.refusing
    assert found.rule == "sum-mismatch"
    assert examined.rows[0].heading == "主要举措和成效·规范行政处罚"
    assert examined.rows[0].effect == "签发以前须改"
    assert "签发以前须改1处" in examined.summary
    assert examined.written.text[found.start : found.end] == found.quote


def test_a_part_that_says_nothing_is_a_missing_part_for_the_check_up(bureau: Bureau) -> None:
    report = composed(bureau)
    assert [part.name for part in report.parts if not part.says_anything] == ["第一责任人履职情况"]
    examined = examine(report)
    assert [found.message for found in examined.readiness.needing_reason] == [
        "缺少“第一责任人履职”部分：没有这样的标题，别处也没有写到"
    ]
    assert "第一责任人" not in examined.written.text
    assert "三、2025年主要安排" in examined.written.text


def test_the_text_is_what_is_signed_and_nothing_of_the_annexes(bureau: Bureau) -> None:
    text = examine(composed(bureau)).written.text
    assert text.startswith("示例县民政局2024年法治政府建设年度报告\n")
    assert "收到12345热线工单3件" in text
    assert "附一" not in text
    assert "无数据" not in text


def test_the_page_has_an_annex_only_where_something_was_found(bureau: Bureau) -> None:
    report = composed(bureau, penalty="已经完成完成整改，受众<b>人次人次。")
    examined = examine(report)
    html = render(report, examined)
    assert len(re.findall('id="checkup"', html)) == 1
    assert '<a href="#checkup">体检</a>' in html
    assert "须签注理由" in html
    assert "<b>人次" not in html
    clean = replace(examined, findings=())
    assert 'id="checkup"' not in render(report, clean)
    assert "体检" not in re.sub(r"<style>.*?</style>", "", render(report), flags=re.S)


def test_the_signature_is_not_asked_of_a_draft(bureau: Bureau) -> None:
    report = composed(bureau)
    part = report.parts[2]
    section = SectionText("x", "", "some", (Piece("到2月30日为止。"),))
    parts = (*report.parts[:2], replace(part, sections=(section,)), *report.parts[3:])
    rules = {found.rule for found in examine(replace(report, parts=parts)).findings}
    assert "missing-signoff" not in rules
    assert "no-such-day" in rules
