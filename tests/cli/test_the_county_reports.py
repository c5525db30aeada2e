"""The reports of the two example counties: in every outline, each character somebody's, fit to be signed."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise

import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.cli.numbers import read_prose
from fazheng.lawbook.load import load
from fazheng.ledger.spoken import promises
from fazheng.ledger.storage import open_home
from fazheng.report import Composed, Examined, compose, examine, flow, render
from fazheng.report.composed import PERSON
from tests.cli.typing import Shell

VARIANTS = ("required-parts", "topics", "aspects", "three-parts")
COUNTIES = (("demo", 2024), ("second", 2025))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def composed(shell: Shell, number: int, outline: str = "") -> Composed:
    open_home(shell.home)
    bureau = the_bureau("")
    book = load(place=bureau.place)
    prose = read_prose(str(shell.home / "prose.toml"), book.reports)
    return compose(bureau.code, bureau.name, book, number, prose, outline=outline)


def examined(shell: Shell, number: int, outline: str = "") -> Examined:
    return examine(composed(shell, number, outline))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("county", "number"), COUNTIES)
def test_each_outline_composes_with_every_required_part_served_and_every_section_in_it(
    county: str, number: int, variant: str, request: pytest.FixtureRequest
) -> None:
    report = composed(request.getfixturevalue(county), number, variant)
    assert report.outline == variant
    required = load().reports["rule_of_law"].parts.values()
    for name in required:
        assert any(part.sections for part in report.headings if part.serves == name), name
    blocks = list(flow(report, blanks=True))
    for block, after in pairwise(blocks):
        assert not block.level or after.level > block.level or not after.level, block.text
    assert blocks[-1].level == 0
    assert not [one for one in report.absent if "提纲没有列入" in one.why]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_first_county_s_report_has_no_finding_in_any_outline(demo: Shell, variant: str) -> None:
    found = examined(demo, 2024, variant)
    assert [one for one in found.findings if one.severity != "info"] == []
    assert found.readiness.ready


def test_the_first_county_s_report_is_long_enough_clean_and_ready_to_sign(demo: Shell) -> None:
    found = examined(demo, 2024)
    text = found.written.text
    assert len(CHINESE.findall(text)) >= 2500
    assert found.findings == ()
    assert found.readiness.ready
    assert not re.search(r"[A-Za-z]|\.00元|无数据|\{\{|\[\[", text)
    assert "罚款合计3.6万元" in text
    assert "比上年增加33家，增长6.1%" in text
    assert "2022年508家、2023年544家、2024年577家" in text
    sentences = [one.strip() for one in re.split(r"[。\n]", text) if len(one.strip()) > 8]
    assert [one for one, times in Counter(sentences).items() if times > 1] == []


def test_every_character_is_a_figure_s_an_entry_s_or_a_person_s(demo: Shell) -> None:
    """A heading's words are the outline's; every other run of text says whose it is, and whose it says exists."""
    report = composed(demo, 2024)
    figures = {block.value.id for block in report.figures}
    entries = {one.id for one in promises(report.bureau)} | {one.key.replace(".", ":") for one in report.offered}
    cases = {case.case_id for _, told in report.cases for case in told}
    whose: Counter[str] = Counter()
    for block in flow(report):
        if block.level:
            continue
        for piece in block.pieces:
            assert piece.source == PERSON or piece.source in figures | entries | cases, piece
            kind = PERSON if piece.source == PERSON else "figure" if piece.source in figures else "entry"
            whose[kind] += len(piece.text)
    body = sum(len(block.text) for block in flow(report) if not block.level)
    assert sum(whose.values()) == body
    assert min(whose["figure"], whose["entry"], whose[PERSON]) > 200


def test_every_number_of_the_sentences_is_a_figure_s_or_within_somebody_s_words(demo: Shell) -> None:
    report = composed(demo, 2024)
    figures = {block.value.id for block in report.figures}
    for block in flow(report):
        for piece in block.pieces if not block.level else ():
            if re.search(r"\d", re.sub(r"12345|20\d\d", "", piece.text)):
                assert piece.figure in figures or piece.marked, piece


def test_what_a_shortcoming_says_is_drawn_from_its_cases(demo: Shell) -> None:
    text = examined(demo, 2024).written.text
    assert "“办案期限”1件，逾期18日" in text
    assert "违反行政处罚法第五十八条第一款的1件" in text
    assert "“录入期限”2件，最长逾期4日" in text


def test_the_page_of_a_county_shows_promises_tasks_and_material_and_can_be_mailed(demo: Shell) -> None:
    report = composed(demo, 2024)
    page = render(report, examine(report))
    assert len(gzip.compress(page.encode())) < 100 * 1024
    assert "有人认领" in page
    assert "material.1" in page
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_the_commands_of_promises_material_and_outlines(demo: Shell) -> None:
    assert "2024年报告" in demo("promise", "list").out
    assert [one["year"] for one in demo.ask("promise", "list", "--year", "2024")] == [2023, 2023, 2023]
    taken = demo("promise", "add", "2024", "--take", "publicity_rural", "--as", "Z001", "--on", "2025-01-20")
    assert taken.code == 0
    assert "向乡镇、村延伸" in taken.out
    again = demo("promise", "add", "2024", "--take", "publicity_rural", "--as", "Z001", "--on", "2025-01-20")
    assert again.code == 2
    assert "没有拟出待认领的安排" in again.err
    assert demo("promise", "add", "2024", "--as", "Z001").code == 2
    answered = demo("promise", "answer", "2", "已完成", "都审了", "--as", "Z001", "--on", "2025-02-01")
    assert answered.code == 1
    assert "要有证据" in answered.out
    good = demo("promise", "answer", "2", "已完成", "都审了", "--evidence", "penalty.reviewed", "--as", "Z001")
    assert good.code == 0
    given = demo("case", "material", "hotline.ticket-2024-0001", "当日答复。", "--as", "Z003", "--on", "2024-06-01")
    assert (given.code, "material.3" in given.out) == (0, True)
    refused = demo("case", "material", "hotline.ticket-2024-0001", "电话13800138000。", "--by", "Z003")
    assert (refused.code, "13800138000" in refused.out) == (1, False)
    assert "topics" in demo("outline").out
    assert "行政执法专题［主要举措和成效］" in demo("outline", "topics").out
    assert demo("outline", "none").code == 2
    page = demo.ask("report", "2024", "--outline", "aspects", "--with-material")
    assert page["outline"] == "aspects"
    assert {one["printed"] for one in page["material"]} == {True}
    wrong = demo("report", "2024", "--outline", "none")
    assert (wrong.code, "没有提纲“none”" in wrong.err) == (2, True)
