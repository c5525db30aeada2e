"""The sheet of a section: what the book knows filled in, what it does not left open, and the sheet read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fazheng.casework.act import Act
from fazheng.casework.asked import Taken, as_workbook, read_filled, sections_asked, sheet_for, take_back
from fazheng.casework.asked.sheet import HEADS, SIGNED, year_before
from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import UnusableWorkbook
from fazheng.casework.writing import writing
from fazheng.cli.asked_page import as_page
from fazheng.figures import FigureValue, Period, count, parse
from fazheng.lawbook.load import load
from fazheng.lawbook.sections import section_names
from fazheng.ledger.read import head
from tests.casework.desk import TODAY, day, receive

SPAN = parse("2026Q3")
PAPER = "示民〔2026〕8号"
COLUMN = {name: number for number, name in enumerate(HEADS, 1)}
Change = Callable[[Any, dict[str, int]], None]


@pytest.fixture
def sheet(desk: Bureau, tmp_path: Path) -> Path:
    """The sheet of the office, which answers for the hotline here; two tickets are in the book."""
    with writing(desk, today=TODAY) as act:
        receive(act, on="2026-09-01")
        receive(act, on="2026-09-02")
    made = sheet_for(desk, load(place=desk.place), SPAN, "office")
    (tmp_path / "sheet.xlsx").write_bytes(as_workbook(made))
    return tmp_path / "sheet.xlsx"


def change(path: Path, **values: object) -> None:
    """Writes into 本期数 of the figures (`__` for the dot), as a section does."""
    cells(path, lambda page, rows: [
        page.cell(rows[id.replace("__", ".")], COLUMN["本期数"], value) for id, value in values.items()])  # fmt: skip


def cells(path: Path, write: Callable[[Any, dict[str, int]], object]) -> None:
    book = openpyxl.load_workbook(path)
    page = book.active
    write(page, {str(page.cell(n, 1).value): n for n in range(1, page.max_row + 1)})
    book.save(path)


def take(desk: Bureau, path: Path, paper: str = PAPER) -> Taken:
    return take_back(read_filled(path, desk, load(place=desk.place)), desk, Act(day("2026-10-09"), "甲", {}), paper)


def value(desk: Bureau, id: str, span: Period = SPAN) -> FigureValue:
    return count(desk.code, load(place=desk.place), span, [id])[0]


def test_every_figure_of_the_law_has_a_section_that_answers_for_it() -> None:
    book = load(place="示例县")
    asked = sections_asked(book)
    assert set(asked) <= set(section_names(book))
    assert sum(asked.values()) == len(book.figures)


def test_the_sheet_has_what_the_book_knows_and_leaves_the_rest_open(desk: Bureau, sheet: Path) -> None:
    page = openpyxl.load_workbook(sheet).active
    rows = {row[0]: row for row in page.iter_rows(min_row=5, values_only=True)}
    assert rows["hotline.received"][3:7] == (None, 2, "数出2件案件", 2)
    assert rows["study.sessions"][4:7] == (None, "无数据", None)
    assert "【示例】" in page["A1"].value
    assert any(str(key).startswith(SIGNED) for key in rows)


def test_the_page_to_print_has_a_line_to_sign_and_says_the_day(desk: Bureau, sheet: Path) -> None:
    page = as_page(sheet_for(desk, load(place=desk.place), SPAN, "office"))
    assert "截至2026年9月30日" in page
    assert "填报人（签字）" in page
    assert "size:A4" in page
    assert 'aria-hidden="true">示例' in page
    assert "<script" not in page


def test_a_sheet_as_it_came_changes_nothing(desk: Bureau, sheet: Path) -> None:
    before = head(desk.code)
    taken = take(desk, sheet)
    assert (taken.declared, taken.faults) == ((), ())
    assert taken.unchanged > 0
    assert taken.blank > 0
    assert head(desk.code) == before


def test_a_blank_that_was_filled_is_declared_and_the_other_blanks_stay_no_data(desk: Bureau, sheet: Path) -> None:
    change(sheet, study__sessions=12)
    taken = take(desk, sheet)
    assert taken.declared == ("study.sessions",)
    found = value(desk, "study.sessions")
    assert (found.value, found.source, found.declared[0].section) == (12, "declared", "office")
    assert value(desk, "study.topics").value is None


def test_a_counted_number_that_was_changed_is_a_difference_and_never_overwritten(desk: Bureau, sheet: Path) -> None:
    change(sheet, hotline__received=3)
    assert take(desk, sheet).differing == ("hotline.received",)
    found = value(desk, "hotline.received")
    assert (found.value, found.source, found.against) == (2, "counted", (3, 2))


def test_the_same_sheet_twice_changes_nothing(desk: Bureau, sheet: Path) -> None:
    change(sheet, hotline__received=3, study__sessions=12)
    assert len(take(desk, sheet).declared) == 2
    before = head(desk.code)
    assert take(desk, sheet).declared == ()
    assert head(desk.code) == before


def test_a_sheet_that_was_corrected_takes_the_place_of_the_first(desk: Bureau, sheet: Path) -> None:
    change(sheet, study__sessions=12)
    take(desk, sheet)
    change(sheet, study__sessions=13)
    assert take(desk, sheet).declared == ("study.sessions",)
    assert value(desk, "study.sessions").value == 13


@pytest.mark.parametrize(
    ("values", "paper", "said"),
    [
        ({"study__sessions": "十二"}, PAPER, "“本期数”：要写整数，不带单位"),
        ({"study__sessions": 1.5}, PAPER, "“本期数”：要写整数，不带单位"),
        ({"hotline__on_time_rate": "98%"}, PAPER, "“本期数”：比率不填"),
        ({"study__sessions": 12}, "", "“依据的文件”：这个数与账本不同或账本里没有，要写出自哪份文件"),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_entered(
    desk: Bureau, sheet: Path, values: dict[str, object], paper: str, said: str
) -> None:
    change(sheet, hotline__received=3)
    cells(sheet, lambda page, rows: page.cell(rows["hotline.received"], COLUMN["依据的文件"], PAPER))
    change(sheet, **values)
    before = head(desk.code)
    taken = take(desk, sheet, paper)
    (fault,) = taken.faults
    assert fault.row > 4
    assert str(fault).startswith(f"“数据核对表”表第{fault.row}行{said}")
    assert head(desk.code) == before


def test_an_unknown_number_in_the_sheet_is_a_fault(desk: Bureau, sheet: Path) -> None:
    cells(sheet, lambda page, rows: [page.cell(rows["hotline.received"], 1, "hotline.lost"),
                                     page.cell(rows["hotline.received"], COLUMN["本期数"], 4)])  # fmt: skip
    assert "没有统计项“hotline.lost”" in str(take(desk, sheet).faults[0])


def test_a_sheet_of_another_bureau_or_none_at_all_is_refused(desk: Bureau, sheet: Path, tmp_path: Path) -> None:
    cells(sheet, lambda page, _: page.cell(2, 6, "999009"))
    with pytest.raises(UnusableWorkbook, match="单位编号一格要照原样"):
        take(desk, sheet)
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(UnusableWorkbook, match="里没有“数据核对表”表"):
        take(desk, tmp_path / "other.xlsx")


@pytest.mark.parametrize(
    ("span", "before"), [("2024", "2023"), ("2024Q1", "2023Q1"), ("2024-02", "2023-02"), ("2025-02", "2024-02")]
)
def test_the_year_before_has_the_same_days(span: str, before: str) -> None:
    assert year_before(parse(span)) == parse(before)
