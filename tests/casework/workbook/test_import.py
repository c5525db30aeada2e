"""A workbook comes in: all of it or nothing, once."""

import json
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import BUREAU_CASE, Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.workbook import import_workbook, write_template
from fazheng.ledger.models import CaseRow, DefectRow, NothingHappened
from fazheng.ledger.read import entries
from fazheng.ledger.verify import verify
from tests.casework.workbook.desk import (
    FURTHER,
    HOTLINE,
    NOTHING,
    PENALTY,
    STAFF,
    STUDY,
    TODAY,
    answered,
    contacted,
    end_of,
    good,
    law,
    opened,
    person,
    registered,
    session,
    standing,
    step,
    taken,
    ticket,
    written,
)


def test_a_workbook_comes_into_each_database_and_once(database: str, tmp_path: Path) -> None:
    bureau = open_bureau("示例县民政局", "999001")
    assert taken(tmp_path, bureau, good()).recorded == 13
    before = end_of(bureau)
    assert taken(tmp_path, bureau, good()).skipped == 13
    assert len(taken(tmp_path, bureau, {STUDY: [session("S9", 会议="茶话会")]}).faults) == 1
    assert end_of(bureau) == before
    assert verify(bureau.code).ok


def test_every_sheet_of_a_good_workbook_is_recorded(bureau: Bureau, tmp_path: Path) -> None:
    done = taken(tmp_path, bureau, good())
    assert (done.faults, done.warnings, done.defects) == ((), (), 0)
    assert (done.rows_read, done.recorded, done.skipped, done.steps) == (13, 13, 0, 4)
    assert done.cases == (
        "hotline.ticket-2024-0001", "hotline.ticket-2024-0002", "penalty.ordinary-2024-0001", "study.session-2024-0001",
    )  # fmt: skip
    assert registered(bureau, "staff") == ["丙", "乙", "甲"]
    assert registered(bureau, "social_organisation") == ["51999900MJX00000X8"]
    assert NothingHappened.objects.filter(bureau=bureau.code, procedure="study.session", year=2023).exists()
    assert verify(bureau.code).ok


def test_the_number_of_the_sheet_stays_with_its_case(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    refs = CaseRow.objects.filter(bureau=bureau.code).values_list("ref", flat=True)
    assert sorted(refs) == ["P1", "S1", "T1", "T2"]


def test_the_same_file_again_changes_nothing(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    before = end_of(bureau), dump(bureau.code)
    again = taken(tmp_path, bureau, good())
    assert (again.rows_read, again.recorded, again.skipped, again.cases, again.faults) == (13, 0, 13, (), ())
    assert (end_of(bureau), dump(bureau.code)) == before


def test_the_same_rows_spelled_otherwise_are_the_same_rows(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    before = end_of(bureau)
    rows = good()
    rows[HOTLINE][0] |= {"日期": "2024年3月4日", "紧急": "×", "诉求类别": "complaint", "经办人": " 甲 "}
    rows[HOTLINE].reverse()
    rows[PENALTY][0] |= {"承办人员": "甲,乙"}
    again = taken(tmp_path, bureau, rows)
    assert (again.skipped, again.faults, end_of(bureau)) == (13, (), before)


def test_only_rows_that_are_new_are_added(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    taken(tmp_path, bureau, rows)
    rows[FURTHER].append(answered("T2", "2024-03-13"))
    rows[HOTLINE].append(ticket("T3", "2024-04-01"))
    rows[FURTHER].append(contacted("T3", "2024-04-02"))
    again = taken(tmp_path, bureau, rows)
    assert (again.recorded, again.skipped, again.steps, again.faults) == (3, 13, 2, ())
    assert again.cases == ("hotline.ticket-2024-0003",)


def test_two_steps_that_are_the_same_in_every_cell_are_two_steps(bureau: Bureau, tmp_path: Path) -> None:
    rows = good() | {FURTHER: [contacted("T1"), contacted("T1")]}
    assert taken(tmp_path, bureau, rows).steps == 2
    assert taken(tmp_path, bureau, rows).skipped == 11
    rows[FURTHER].append(contacted("T1"))
    assert taken(tmp_path, bureau, rows).recorded == 1


def test_one_fault_keeps_every_row_out(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[STUDY][0]["会议"] = "茶话会"
    before = end_of(bureau), dump(bureau.code)
    done = taken(tmp_path, bureau, rows)
    assert (len(done.faults), done.recorded) == (1, 0)
    assert (end_of(bureau), dump(bureau.code)) == before


def test_a_dry_run_finds_what_the_import_would_find_and_leaves_the_book_alone(bureau: Bureau, tmp_path: Path) -> None:
    before = end_of(bureau), dump(bureau.code)
    tried = taken(tmp_path, bureau, good(), dry_run=True)
    assert (end_of(bureau), dump(bureau.code)) == before
    assert tried == taken(tmp_path, bureau, good())


def test_an_empty_template_imports_nothing(bureau: Bureau, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, law(bureau))
    before = end_of(bureau)
    done = import_workbook(path, bureau, today=TODAY)
    assert (done.rows_read, done.recorded, done.faults, end_of(bureau)) == (0, 0, (), before)


def test_steps_are_taken_by_day_whatever_the_order_of_the_rows(bureau: Bureau, tmp_path: Path) -> None:
    rows = good() | {FURTHER: [step("T1", "办结", "2024-03-08"), answered("T1"), contacted("T1")]}
    assert taken(tmp_path, bureau, rows).faults == ()
    told = [event.event for event in standing(bureau) if event.case_id == "hotline.ticket-2024-0001"]
    assert told == ["ticket_received", "caller_contacted", "ticket_answered", "ticket_closed"]


def test_steps_of_one_day_are_taken_by_row(bureau: Bureau, tmp_path: Path) -> None:
    rows = good() | {FURTHER: [contacted("T1"), answered("T1", "2024-03-05"), step("T1", "办结", "2024-03-05")]}
    assert taken(tmp_path, bureau, rows).faults == ()


def test_what_happened_is_recorded_with_its_defect_where_the_row_says_so(bureau: Bureau, tmp_path: Path) -> None:
    rows = good() | {FURTHER: [answered("T1", 如实补录="是", 依据材料="回复单第2页")]}
    done = taken(tmp_path, bureau, rows)
    assert (done.faults, done.warnings, done.defects) == ((), (), 1)
    assert DefectRow.objects.get(bureau=bureau.code).gate == "contacted_before_answer"


def test_what_happened_without_a_paper_is_recorded_with_a_warning(bureau: Bureau, tmp_path: Path) -> None:
    done = taken(tmp_path, bureau, good() | {FURTHER: [answered("T1", 如实补录="是")]})
    assert list(done.warnings) == [
        "“后续步骤”表“依据材料”：有1行填了“如实补录”而没有写“依据材料”：请尽量写明哪份材料能证明"
    ]


def test_a_step_goes_on_with_a_case_of_the_book_by_its_number_or_its_id(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    rows = {FURTHER: [answered("T2", "2024-03-13"), step("hotline.ticket-2024-0001", "办结", "2024-03-08")]}
    done = taken(tmp_path, bureau, rows)
    assert (done.faults, done.steps) == ((), 2)


def test_one_number_in_two_procedures_is_told_apart_by_the_procedure(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[STUDY] = [session("T1")]
    rows[FURTHER] = [contacted("T1")]
    assert "请填“程序”" in taken(tmp_path, bureau, rows).faults[0].message
    rows[FURTHER] = [contacted("T1", 程序=HOTLINE)]
    assert taken(tmp_path, bureau, rows).faults == ()


def test_a_row_may_name_the_case_of_another_row_by_its_number(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[PENALTY][0]["来源工单"] = "T2"
    assert taken(tmp_path, bureau, rows).faults == ()
    filed = next(event for event in standing(bureau) if event.event == "case_filed")
    assert '"ticket":"hotline.ticket-2024-0002"' in filed.data


def test_entries_name_who_entered_them(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    taken(tmp_path, bureau, rows, entered_by="丙")
    made = [entry for entry in entries(bureau.code) if entry.source]
    assert {entry.entered_by for entry in made if not entry.case_id.startswith("staff:")} == {"丙"}
    assert {entry.by for entry in made if entry.event == "ticket_received"} == {"甲"}


def test_where_nobody_is_named_the_import_itself_is(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    assert {entry.entered_by for entry in entries(bureau.code) if entry.source} == {"import"}


def test_an_old_session_is_recorded_under_the_old_version(bureau: Bureau, tmp_path: Path) -> None:
    rows = {STAFF: [person("甲"), person("乙")], STUDY: [session("S1", "2024-03-04"), session("S2", "2025-12-01")]}
    assert taken(tmp_path, bureau, rows).faults == ()
    found = CaseRow.objects.filter(bureau=bureau.code).order_by("ref").values_list("in_force", flat=True)
    assert list(found) == ["2019-01-01", "2025-11-01"]


def test_a_signed_zero_stands_beside_cases_of_other_years(bureau: Bureau, tmp_path: Path) -> None:
    rows = good() | {NOTHING: [{"程序": "study.session", "年度": "2022年", "签报人": "丙", "日期": "2023.1.5"}]}
    assert taken(tmp_path, bureau, rows).faults == ()


def test_what_was_imported_is_what_a_rebuild_makes_again(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    assert taken(tmp_path, bureau, good()).recorded == 0


def test_progress_ends_with_all_rows(bureau: Bureau, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = good() | {FURTHER: [contacted("T1") for _ in range(250)]}
    taken(tmp_path, bureau, rows, progress=lambda done, of: told.append((done, of)))
    assert told == [(100, 259), (200, 259), (259, 259)]


def test_a_title_above_the_heads_and_rows_left_empty_do_no_harm(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    book = opened(path)
    page = book[HOTLINE]
    page.insert_rows(1, 2)
    page["A1"] = "示例县民政局2024年工单台账"
    page.insert_rows(5)
    page["A400"] = "   "
    page["AZ3"] = None
    book.create_sheet("Sheet1")
    book.create_sheet("#我的草稿")["A1"] = "随便写"
    book.save(path)
    assert import_workbook(path, bureau, today=TODAY).faults == ()
    assert CaseRow.objects.filter(procedure="hotline.ticket").count() == 2


def test_each_bureau_of_a_home_has_its_own_rows(bureau: Bureau, tmp_path: Path) -> None:
    other = open_bureau("示例县第二民政局", "999002")
    first, second = taken(tmp_path, bureau, good()), taken(tmp_path, other, good())
    assert first.recorded == second.recorded == 13
    sources = [{entry.source for entry in entries(code) if entry.source} for code in ("999001", "999002")]
    assert sources[0] & sources[1] == set()


def test_the_key_of_the_digests_is_held_apart(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    kept = [entry for entry in entries(bureau.code, case_id=BUREAU_CASE) if entry.event == "import_key_made"]
    assert [list(json.loads(entry.data)["key"]) for entry in kept] == [["apart"]]


@pytest.mark.parametrize("today", [date(2024, 3, 10)])
def test_no_row_may_lie_in_the_future(bureau: Bureau, tmp_path: Path, today: date) -> None:
    faults = taken(tmp_path, bureau, good(), today=today).faults
    assert [str(fault) for fault in faults] == [
        "“12345热线工单”表第3行“日期”：2024-03-11还没有到；今天是2024-03-10，请核对日期",
    ]
