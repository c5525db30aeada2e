"""Exports of other systems: read by their mapping, whole, then longer; what changed is shown, nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.workbook import UnusableWorkbook, undo_import
from fazheng.casework.workbook.exports import Exported, import_export, mapping_named, recognised
from fazheng.casework.workbook.standing_rows import APART
from fazheng.cli.demo import examples_root
from fazheng.ledger.models import CaseRow, RegisterRow, StandingEvent
from fazheng.ledger.verify import verify
from tests.casework.workbook.desk import STAFF, end_of, law, standing, taken
from tests.examples.other_systems import Export, assistance, changed, hotline, platform, renamed

TODAY = date(2025, 3, 3)
MAPS = {"hotline-12345": hotline, "organisation-platform": platform, "assistance-requests": assistance}


@pytest.fixture
def staffed(bureau: Bureau, tmp_path: Path) -> Bureau:
    with (examples_root() / "county-a" / "人员名册.csv").open(encoding="utf-8") as file:
        taken(tmp_path, bureau, {STAFF: list(csv.DictReader(file))}, today=TODAY)
    return bureau


def imported(folder: Path, bureau: Bureau, export: Export, mapping: str, **how: Any) -> Exported:
    path = export.write(folder / "导出.xlsx")
    found = mapping_named(mapping, law(bureau))
    return import_export(path, bureau, found, **{"today": TODAY, "entered_by": "Z011", **how})


def said(done: Exported) -> list[str]:
    return [str(fault) for fault in done.imported.faults]


@pytest.mark.parametrize(
    ("mapping", "first", "later"),
    [
        ("hotline-12345", (200, 200, 720), (259, 60, 320)),
        ("organisation-platform", (40, 40, 70), (46, 6, 22)),
        ("assistance-requests", (30, 30, 20), (36, 6, 16)),
    ],
)
def test_an_export_goes_in_whole_and_a_longer_one_adds_what_is_new(
    staffed: Bureau, tmp_path: Path, mapping: str, first: tuple[int, ...], later: tuple[int, ...]
) -> None:
    whole, longer = MAPS[mapping]()
    done = imported(tmp_path, staffed, whole, mapping)
    assert said(done) == []
    assert (done.rows, len(done.imported.cases), done.imported.steps) == first
    assert done.changes == done.missing == done.told == ()
    before = end_of(staffed)
    again = imported(tmp_path, staffed, whole, mapping)
    assert (said(again), again.imported.recorded, again.changes, end_of(staffed)) == ([], 0, (), before)
    more = imported(tmp_path, staffed, longer, mapping)
    assert said(more) == []
    assert (more.rows, len(more.imported.cases), more.imported.steps) == later
    live = dump(staffed.code)
    rebuild(staffed)
    assert dump(staffed.code) == live
    assert verify(staffed.code).ok


def state(bureau: Bureau) -> tuple[Any, ...]:
    cases = [(one.case_id, one.event, one.on_day, one.data) for one in standing(bureau)]
    rows = RegisterRow.objects.filter(bureau=bureau.code, to_day=None).order_by("register", "key")
    return cases, list(rows.values_list("register", "key", "data"))


def test_a_changed_cell_is_shown_and_its_row_left_as_it_stands(staffed: Bureau, tmp_path: Path) -> None:
    whole, longer = hotline()
    imported(tmp_path, staffed, whole, "hotline-12345")
    done = imported(tmp_path, staffed, longer, "hotline-12345")
    assert [(one.row, one.column, one.old, one.new) for one in done.changes] == [
        (9, "诉求/标题", "养老机构收费", "养老机构退费"),
        (13, "诉求人/电话", APART, APART),
    ]
    assert done.missing == ("12345平台-GD20240100012",)
    topics = StandingEvent.objects.filter(bureau=staffed.code, data__contains="养老机构退费")
    assert not topics.exists()
    assert CaseRow.objects.filter(bureau=staffed.code, ref=done.missing[0]).exists()


@pytest.mark.parametrize("mapping", ["hotline-12345", "organisation-platform"])
def test_changes_are_taken_by_corrections_and_undone_with_the_import(
    staffed: Bureau, tmp_path: Path, mapping: str
) -> None:
    whole, longer = MAPS[mapping]()
    imported(tmp_path, staffed, whole, mapping)
    before = state(staffed)
    done = imported(tmp_path, staffed, longer, mapping, take_changes="平台更正了登记", entered_by="Z013" if
                    mapping.startswith("org") else "Z008")  # fmt: skip
    assert said(done) == []
    assert done.corrected == len(done.changes) > 0
    assert imported(tmp_path, staffed, longer, mapping).changes == ()
    undone = undo_import(staffed, done.imported.number, by="Z011", reason="导错了", today=TODAY)
    assert undone.corrections > 0
    assert state(staffed) == before
    live = dump(staffed.code)
    rebuild(staffed)
    assert dump(staffed.code) == live
    assert len(imported(tmp_path, staffed, longer, mapping).changes) == len(done.changes)


def _row(rows: list[list[Any]], n: int, column: int, value: Any) -> None:
    rows[n][column] = value


WRONG: list[tuple[Callable[[list[list[Any]]], None], str]] = [
    (lambda rows: _row(rows, 3, 1, ""), "“工单明细”表第8行“工单编号”：缺少“工单编号”"),
    (
        lambda rows: _row(rows, 3, 1, rows[1][1]),
        "“工单明细”表第8行“工单编号”：编号“12345平台-GD20240100002”与第6行重复",
    ),
    (lambda rows: _row(rows, 3, 9, "昨天"), "“工单明细”表第8行“时间/派单”：“昨天”不是日期"),
    (lambda rows: _row(rows, 3, 2, "表扬类"), "“工单明细”表第8行“诉求/类型”：“表扬类”不在可选项里"),
    (lambda rows: _row(rows, 3, 3, ""), "“工单明细”表第8行“诉求/标题”：缺少“诉求/标题”"),
    (lambda rows: _row(rows, 3, 14, "殡葬股"), "“工单明细”表第8行“承办科室”：人员名册里没有“殡葬股”"),
]


@pytest.mark.parametrize(("spoil", "fault"), WRONG)
def test_a_fault_names_the_row_and_head_of_their_own_sheet(
    staffed: Bureau, tmp_path: Path, spoil: Callable[[list[list[Any]]], None], fault: str
) -> None:
    done = imported(tmp_path, staffed, changed(hotline()[0], spoil), "hotline-12345")
    assert said(done)[0].startswith(fault), said(done)
    assert done.imported.recorded == 0
    assert not CaseRow.objects.filter(bureau=staffed.code).exists()


def test_a_renamed_head_is_a_fault_and_a_new_column_is_told(staffed: Bureau, tmp_path: Path) -> None:
    done = imported(tmp_path, staffed, renamed(hotline()[0], "评价", "满意度评价"), "hotline-12345")
    assert said(done) == [
        "“工单明细”表“回访/评价”：没有这一列，最接近的是“回访/满意度评价”。列名改了的，"
        "请改对应文件（local/示例县/sheets/hotline-12345.toml）；不再有的，请从对应文件里去掉"
    ]
    done = imported(tmp_path, staffed, renamed(hotline()[0], "性别", "年龄"), "hotline-12345")
    assert said(done) == []
    assert done.told[0].startswith("“诉求人/年龄”这一列对应文件里没有写，没有读")
    with pytest.raises(UnusableWorkbook, match="没有“工单编号”，表里最接近的是"):
        imported(tmp_path, staffed, renamed(hotline()[0], "工单编号", "编号"), "hotline-12345")


def test_a_workbook_is_recognised_by_its_heads(staffed: Bureau, tmp_path: Path) -> None:
    for mapping, makers in MAPS.items():
        path = makers()[0].write(tmp_path / "导出.xlsx")
        found = recognised(path, law(staffed))
        assert found is not None
        assert found.id == mapping


def test_days_are_read_however_they_are_written(staffed: Bureau, tmp_path: Path) -> None:
    days = [45356, "2024.3.5", "2024-03-05 14:22:31", "20240305142231", "2024年3月5日 9:05", "45356"]

    def same_day(rows: list[list[Any]]) -> None:
        del rows[len(days) :]
        for row, day in zip(rows, days, strict=True):
            row[9], row[10:14] = day, ["", "", "", ""]

    done = imported(tmp_path, staffed, changed(hotline()[0], same_day), "hotline-12345")
    assert said(done) == []
    assert {one.on_day for one in standing(staffed)} == {"2024-03-05"}


def test_statements_a_thousand_rows_stay_few(staffed: Bureau, tmp_path: Path) -> None:
    counts = []
    for export in hotline():
        with CaptureQueriesContext(connection) as told:
            imported(tmp_path, staffed, export, "hotline-12345")
        counts.append(len(told))
    with CaptureQueriesContext(connection) as told:
        imported(tmp_path, staffed, hotline()[1], "hotline-12345")
    assert max(*counts, len(told)) <= 150, (counts, len(told))
