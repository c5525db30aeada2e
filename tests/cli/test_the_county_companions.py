"""The same quantity is the same number in every report of the two example counties."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.lawbook.load import load
from fazheng.ledger.storage import open_home
from fazheng.report import Composed, compose, flow, render
from fazheng.report.sentences import in_a_sentence
from tests.cli.typing import Shell

COUNTIES = (("demo", 2024), ("second", 2025))


def every(shell: Shell, number: int) -> dict[str, Composed]:
    open_home(shell.home)
    bureau = the_bureau("")
    book = load(place=bureau.place)
    return {
        id: compose(bureau.code, bureau.name, book, number, {}, report=id, person="Z001" if one.acts else "")
        for id, one in book.reports.items()
    }


@pytest.mark.parametrize(("county", "number"), COUNTIES)
def test_a_figure_that_stands_in_two_reports_is_one_number(
    county: str, number: int, request: pytest.FixtureRequest
) -> None:
    reports = every(request.getfixturevalue(county), number)
    assert len(reports) == 3
    seen: dict[str, tuple[object, ...]] = {}
    twice = 0
    for report in reports.values():
        for block in report.figures:
            value = block.value
            same = (value.value, value.definition, value.rows)
            twice += value.id in seen
            assert seen.setdefault(value.id, same) == same, value.id
    assert twice > 8


@pytest.mark.parametrize(("county", "number"), COUNTIES)
def test_what_is_printed_is_that_number_in_sentences_tables_and_charts(
    county: str, number: int, request: pytest.FixtureRequest
) -> None:
    for report in every(request.getfixturevalue(county), number).values():
        values = {block.value.id: block.value for block in report.figures}
        for table in report.tables:
            for cell in (cell for row in table.rows for cell in row if cell.figure):
                value = values[cell.figure]
                if cell.number is None or value.value is None:
                    assert cell.text == value.shown == "无数据", cell
                elif value.unit == "元":
                    assert cell.number == round(Decimal(int(value.value)) / 1_000_000, 2)
                else:
                    assert cell.number == value.value
        for chart in report.charts:
            for panel in chart.panels:
                value = values[panel.figure]
                assert panel.bars[-1].number == (None if value.value is None else float(value.value))
        for piece in (piece for block in flow(report) for piece in block.pieces):
            if piece.figure and re.fullmatch(r"\d+", piece.text):
                assert piece.text in (in_a_sentence(values[piece.figure]), str(values[piece.figure].value))


@pytest.mark.parametrize(("county", "number"), COUNTIES)
def test_figures_declared_different_say_so_in_one_line_where_both_are_printed(
    county: str, number: int, request: pytest.FixtureRequest
) -> None:
    book = load()
    page = render(every(request.getfixturevalue(county), number)["enforcement_statistics"])
    for figure in book.figures.values():
        for one in figure.differs_from:
            assert f"“{figure.name}”与“{book.figures[one.figure].name}”不是同一个数：{one.because}。" in page


def test_the_command_writes_a_page_and_a_workbook_whose_links_all_open_something(demo: Shell) -> None:
    told = demo.ask("report", "2024", "--report", "enforcement_statistics")
    assert [Path(file).suffix for file in told["files"]] == [".html", ".xlsx"]
    page = Path(told["file"]).read_text("utf-8")
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    refused = demo("report", "2024", "--report", "account_of_law")
    assert refused.code != 0
    assert "--person" in refused.err


def test_each_head_s_account_lists_that_head_s_own_decisions(demo: Shell) -> None:
    open_home(demo.home)
    bureau = the_bureau("")
    book = load(place=bureau.place)

    def acts(person: str) -> dict[str, int]:
        account = compose(bureau.code, bureau.name, book, 2024, {}, report="account_of_law", person=person)
        return {table.id: len(table.rows) for table in account.tables}

    first, second = acts("Z001"), acts("Z002")
    assert (first["penalty_signed"], second["penalty_signed"]) == (5, 0)
    assert (first["petition_answered"], second["petition_answered"]) == (0, 12)
