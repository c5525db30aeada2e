"""行政执法统计年报 and 述法: tables of figures and dated acts from the same book."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from msgspec import structs

from fazheng.figures import findings as figure_findings
from fazheng.lawbook.figure import Differs
from fazheng.lawbook.load import load
from fazheng.lawbook.tabled import Acts, FormRow
from fazheng.report import Composed, PersonUnknown, compose, findings, render, workbook
from fazheng.report.paper import paper
from tests.report.small_book import fill, text
from tests.report.test_paper import BARE

FORMS, ACCOUNT = "enforcement_statistics", "account_of_law"


def made(home: Path, report: str, person: str = "") -> Composed:
    bureau = fill(home)
    return compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {}, report=report, person=person)


def cells(composed: Composed, table: str) -> dict[str, list[str]]:
    found = next(one for one in composed.tables if one.id == table)
    return {row[0].text.strip(): [cell.text for cell in row[1:]] for row in found.rows}


def test_what_no_procedure_reaches_is_no_data_and_never_zero(home: Path) -> None:
    statistics = made(home, FORMS)
    for id in ("licence", "inspection", "levy", "requisition", "measures"):
        assert {text for row in cells(statistics, id).values() for text in row} == {"无数据"}, id
    reached = cells(statistics, "penalty")
    assert reached["处罚决定（宗）"][0] == "1"
    assert reached["责令关闭（宗）"][0] == "0"
    assert reached["被申请行政复议、被提起行政诉讼（件）"] == ["无数据"] * 3


def test_counting_rules_and_what_is_another_number_stand_under_the_table(home: Path) -> None:
    statistics = made(home, FORMS)
    page = text(render(statistics))
    for form in load().reports[FORMS].forms:
        for rule in form.rule:
            assert f"统计口径：{rule.says}（{rule.source}" in page
    assert "“罚没金额”与“罚款金额”不是同一个数：" in page
    assert 'href="#f-penalty.decided"' in render(statistics)


def test_the_workbook_and_the_paper_say_what_the_page_says(home: Path) -> None:
    statistics = made(home, FORMS)
    book = openpyxl.load_workbook(io.BytesIO(workbook(statistics)))
    assert book.sheetnames == [table.name for table in statistics.tables]
    sheet = book["行政处罚"]
    found = {str(row[0].value).strip(): row[1].value for row in sheet.iter_rows(min_row=4) if row[0].value}
    assert found["处罚决定（宗）"] == 1
    assert found["责令关闭（宗）"] == 0
    said = str(paper(statistics, BARE).body)
    assert all(note in said for table in statistics.tables for note in table.notes)


def test_an_account_lists_only_acts_of_the_person_each_with_its_day_and_case(home: Path) -> None:
    account = made(home, ACCOUNT, "Z001")
    signed = next(table for table in account.tables if table.id == "penalty_signed")
    assert [row[1].text[:8] for row in signed.rows] == ["作出行政处罚决定"]
    assert all(row[0].text.endswith("日") and row[2].anchor for row in signed.rows)
    empty = [table for table in account.tables if not table.rows]
    assert empty
    assert all("请本人核对、补录或者补写" in table.notes[0] for table in empty)
    assert "代拟稿" in account.title


def test_nobody_else_s_acts_are_told_as_one_s_own(home: Path) -> None:
    bureau = fill(home)
    with pytest.raises(PersonUnknown, match="不是行政机关负责人"):
        compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {}, report=ACCOUNT, person="Z003")


def test_companions_answer_no_promises_and_the_yearly_report_stays_the_one_that_is_meant(home: Path) -> None:
    bureau = fill(home)
    book = load(place=bureau.place)
    assert compose(bureau.code, bureau.name, book, 2024, {}).name == "法治政府建设年度报告"
    statistics = compose(bureau.code, bureau.name, book, 2024, {}, report=FORMS)
    assert statistics.companion
    assert not statistics.unanswered


def test_two_figures_of_one_name_must_say_why_they_differ() -> None:
    law = load()
    twin = structs.replace(law.figures["penalty.filed"], id="penalty.twin")
    twins = replace(law, figures={**law.figures, twin.id: twin})
    assert ["与“penalty.filed”同名" in one.what for one in figure_findings(twins)] == [True]
    told = structs.replace(twin, differs_from=(Differs(figure="penalty.filed", because="口径不同"),))
    assert not figure_findings(replace(law, figures={**law.figures, twin.id: told}))
    lost = structs.replace(twin, name="别的", differs_from=(Differs(figure="none", because="口径不同"),))
    said = figure_findings(replace(law, figures={**law.figures, twin.id: lost}))
    assert [one.what for one in said] == ["没有统计项“none”（differs_from）"]


def test_forms_and_lists_of_acts_that_lead_nowhere_are_found() -> None:
    law = load()
    form = law.reports[FORMS].forms[1]
    rows = (
        FormRow(name="甲", cells=("none",)),
        FormRow(name="乙"),
        FormRow(name="丙", cells=("penalty.filed", "penalty.filed")),
        FormRow(name="丁", cells=("penalty.filed",), unit="万元"),
    )
    acts = (
        Acts(id="a", title="甲", did="做", of="none", event="x"),
        Acts(id="b", title="乙", did="做", of="petition", event="x"),
        Acts(id="c", title="丙", did="做", of="study.session", event="session_held", through="topic", tells=("x",)),
    )
    report = structs.replace(law.reports[FORMS], forms=(structs.replace(form, row=rows),), acts=acts)
    assert [one.what for one in findings(replace(law, reports={"x": report}))] == [
        "“甲”里没有统计项“none”",
        "“乙”没有统计项，也没有写明为什么没有（why）",
        "“丙”有2格，表有1栏",
        "“丁”的统计项“penalty.filed”不能写成万元",
        "没有程序“none”",
        "程序“petition”没有事件“x”",
        "through 只能是 by、填人员的字段或者是否字段，不能是“topic”",
        "没有字段“x”（tells）",
    ]
