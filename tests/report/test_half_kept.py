"""The first year: half of the numbers are not in the book, sections declared them, and the report is still honest."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declared_numbers import Number, declare_number
from fazheng.casework.writing import Act, writing
from fazheng.figures import year
from fazheng.lawbook.load import load
from fazheng.lawbook.sections import section_of
from fazheng.report import compose, examine, render
from fazheng.report.composed import Composed
from fazheng.report.flow import flow
from tests.report.small_book import fill, text

PAPER = "示例县民政局各股室2024年数据（示民〔2025〕3号）"
SIGNED = Act(date(2025, 1, 10), "Z001", {})


def composed(bureau: Bureau) -> Composed:
    return compose(bureau.code, bureau.name, load(place=bureau.place), 2024, {})


@pytest.fixture
def bureau(home: Path) -> Bureau:
    """A bureau that kept its hotline and its penalties alone, and declared every second number of the rest."""
    bureau = fill(home)
    book = load(place=bureau.place)
    missing = [block.value for block in composed(bureau).figures if block.value.note == "无数据"]
    single = [one for one in missing if one.counts != "rate"]
    with writing(bureau) as act:
        for n, value in enumerate(single[::2], 1):
            section = section_of(book.figures[value.id], book)
            number = Number(value.id, year(2024), n % 7, PAPER, section)
            assert declare_number(act, number, SIGNED) == (), value.id
    return bureau


def test_the_report_composes_from_both_kinds_and_the_tally_is_right(bureau: Bureau) -> None:
    report = composed(bureau)
    values = [block.value for block in report.figures]
    tally = report.tally
    assert tally.declared == sum(v.state == "some" and v.source != "counted" for v in values) > 20
    assert tally.some == sum(v.state == "some" and v.source == "counted" for v in values) > 5
    assert tally.zero == sum(v.state == "zero" for v in values)
    assert tally.no_data == sum(v.state == "no_data" for v in values) > 20
    assert tally.all == len(values)
    assert f"有数{tally.some}项，申报{tally.declared}项，零{tally.zero}项" in report.summary
    assert report.told["declared"] == tally.declared


def test_no_number_of_the_report_is_without_a_source(bureau: Bureau) -> None:
    report = composed(bureau)
    blocks = {block.value.id: block for block in report.figures}
    pieces = [piece for block in flow(report) for piece in block.pieces if piece.figure]
    assert len(pieces) > 30
    for piece in pieces:
        value = blocks[piece.figure].value
        assert piece.declared == (value.source != "counted")
        if value.state == "some":
            assert value.rows or blocks[piece.figure].declared, piece.figure
        if piece.declared:
            assert all("Z001" in said and "示民〔2025〕3号" in said for said in blocks[piece.figure].declared)


def test_both_kinds_are_marked_on_the_page(bureau: Bureau) -> None:
    report = composed(bureau)
    page = render(report, examine(report))
    pieces = [piece for block in flow(report) for piece in block.pieces]
    declared = sum(piece.declared for piece in pieces)
    main = page.split("<main>", 1)[1].split("</main>", 1)[0]
    assert declared == main.count('<span class="tag">申报</span>') > 10
    for block in report.figures:
        article = page.split(f'id="f-{block.value.id}"', 1)[1].split("</article>", 1)[0]
        marked = re.search(r'class="tag">(?:含)?申报<', article) is not None
        assert marked == ((block.value.source != "counted" and block.value.value is not None) or bool(block.declared))
    assert "各股室2024年数据" not in text(page)  # the paper's title is held apart, its number is not
    assert "示民〔2025〕3号" in text(page)


def test_what_is_declared_otherwise_than_counted_stands_in_the_check(bureau: Bureau) -> None:
    with writing(bureau) as act:
        number = Number("hotline.received", year(2024), 9, PAPER, "hotline_desk")
        assert declare_number(act, number, SIGNED) == ()
    report = composed(bureau)
    assert [block.value.id for block in report.differing] == ["hotline.received"]
    assert report.told["differing"] == ["hotline.received"]
    page = text(render(report))
    assert "申报数与账本不一致" in page
    assert "申报9，账本数出3（2024-01-01至2024-12-31，热线承办员，Z001，2025-01-10，示民〔2025〕3号）" in page


def test_what_nobody_declared_is_still_listed_as_missing(bureau: Bureau) -> None:
    report = composed(bureau)
    assert any(one.why.endswith("无数据") for one in report.absent)
    values = {block.value.id: block.value for block in report.figures}
    assert all(value.value is None for value in values.values() if value.state == "no_data")
