"""An import is undone by entries: the figures are those of before, the chain holds, its rows may come in again."""

from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import declare_nothing, open_bureau, withdraw_zero
from fazheng.casework.rebuild import PROJECTIONS, dump, rebuild
from fazheng.casework.registers import change_row
from fazheng.casework.workbook import Undone, UndoRefused, imports, undo_import
from fazheng.casework.writing import Act, writing
from fazheng.figures.counting import count, recount
from fazheng.figures.periods import year
from fazheng.ledger.models import CasePart, CaseRow, NothingHappened, StandingEvent, Task
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
    Rows,
    answered,
    contacted,
    end_of,
    good,
    law,
    person,
    registered,
    session,
    step,
    taken,
    ticket,
)

T1 = "hotline.ticket-2024-0001"
REASON = "表格用错了年度"


def staff() -> Rows:
    return {STAFF: [person("甲"), person("乙"), person("丙"), person("丁")]}


def rest() -> Rows:
    """The good year without its staff, two rows of it as they happened against the rules."""
    rows = good()
    del rows[STAFF]
    return rows | {FURTHER: [answered("T1", 如实补录="是", 依据材料="回复单"), contacted("T2", "2024-03-12")]}


def undo(bureau: Bureau, number: int, by: str = "丁", reason: str = REASON, *, keep: bool = False) -> Undone:
    return undo_import(bureau, number, by=by, reason=reason, keep_worked_on=keep, today=TODAY)


def refusal(bureau: Bureau, number: int, by: str = "丁", reason: str = REASON) -> str:
    """The sentence; the book stays as it was."""
    before = end_of(bureau)
    with pytest.raises(UndoRefused) as fault:
        undo(bureau, number, by, reason)
    assert end_of(bureau) == before
    return str(fault.value)


def figures(bureau: Bureau) -> list[list[object]]:
    """What every indicator of the bureau's place gives for two years, by both readers."""
    book = law(bureau)
    return [[read(bureau.code, book, year(one)) for one in (2023, 2024)] for read in (count, recount)]


def standing_rows(bureau: Bureau) -> dict[str, int]:
    """How many rows each projection has, but for the cases, which are never deleted, and who may read them."""
    kept = (CaseRow, CasePart)
    return {
        table._meta.db_table: table._default_manager.filter(bureau=bureau.code).count()
        for table in PROJECTIONS
        if table not in kept and table._meta.db_table != "ledger_register_move"
    }


def test_an_undone_import_leaves_what_was_there_before(database: str, tmp_path: Path) -> None:
    bureau = open_bureau("示例县民政局", "999001")
    taken(tmp_path, bureau, staff())
    before, rows = figures(bureau), standing_rows(bureau)
    done = taken(tmp_path, bureau, rest())
    assert (done.faults, done.number) == ((), 2)
    assert (figures(bureau) != before, standing_rows(bureau) != rows) == (True, True)
    undone = undo(bureau, 2)
    assert (undone.steps, len(undone.cases), undone.rows, undone.zeros, undone.kept) == (6, 4, 1, 1, ())
    assert figures(bureau) == before
    assert standing_rows(bureau) == rows
    assert registered(bureau, "social_organisation") == []
    assert verify(bureau.code).ok


def test_import_undo_and_import_again_is_what_a_rebuild_makes(database: str, tmp_path: Path) -> None:
    bureau = open_bureau("示例县民政局", "999001")
    taken(tmp_path, bureau, staff())
    first = taken(tmp_path, bureau, rest())
    undo(bureau, 2)
    again = taken(tmp_path, bureau, rest())
    assert (again.faults, again.recorded, again.skipped, again.number) == ((), first.recorded, 0, 3)
    assert taken(tmp_path, bureau, rest()).recorded == 0
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    assert verify(bureau.code).ok


def test_a_whole_first_import_is_undone_but_for_who_undoes_it(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff() | rest())
    assert undo(bureau, 1).kept == ("staff:丁",)
    assert registered(bureau, "staff") == ["丁"]
    assert StandingEvent.objects.count() == NothingHappened.objects.count() == Task.objects.count() == 0
    again = taken(tmp_path, bureau, staff() | rest())
    assert (again.faults, again.skipped) == ((), 1)


def test_every_step_is_withdrawn_by_an_entry_that_names_reason_and_person(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    number = taken(tmp_path, bureau, rest(), entered_by="乙").number
    before = end_of(bureau).seq
    undo(bureau, number)
    made = [entry for entry in entries(bureau.code) if entry.seq > before]
    assert {entry.by for entry in made} == {"丁"}
    assert {entry.event for entry in made} == {"withdraw", "row_strike", "zero_withdrawn", "import_undone"}
    assert [REASON in entry.data for entry in made] == [False] * len(made)
    assert all("apart" in entry.data for entry in made)


def test_an_import_is_listed_with_its_counts_and_no_file_name(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, rest(), entered_by="乙")
    undo(bureau, 2)
    one, two = imports(bureau.code)
    assert (one.number, one.by, one.rows, one.entered, one.undone_on) == (1, "import", 4, 4, "")
    assert (two.by, two.rows, two.cases, two.steps, two.entered) == ("乙", 8, 4, 2, 2)
    assert two.undone_on == TODAY.isoformat()
    assert not [entry for entry in entries(bureau.code) if "台账" in entry.data]


def test_undo_is_refused_with_a_sentence(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, rest())
    assert refusal(bureau, 9) == "没有编号为9的导入；请核对导入的编号"
    assert refusal(bureau, 2, by="癸") == "人员名册里没有“癸”；请写明由谁撤销（人员编号）"
    assert refusal(bureau, 2, by="") == "人员名册里没有“”；请写明由谁撤销（人员编号）"
    assert refusal(bureau, 2, reason=" ") == "缺少“理由”；请写明为什么撤销（另存）"
    undo(bureau, 2)
    assert refusal(bureau, 2) == "导入2已于2026-03-02撤销，不能再撤销一次"


def test_a_step_by_hand_on_an_imported_case_is_named(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, rest())
    with writing(bureau, today=TODAY) as act:
        assert not act.do(T1, "close", Act(date(2024, 3, 8), "甲", {}, happened=True, paper="办结单")).refused
    assert refusal(bureau, 2) == (
        f"导入2以后，有1处又办理过或者被别的条目用到：{T1}。请先撤回以后的办理；也可以留下这些，只撤销其余的"
    )
    undone = undo(bureau, 2, keep=True)
    assert (undone.kept, len(undone.cases)) == ((T1,), 3)
    assert {event.case_id for event in StandingEvent.objects.all()} == {T1}
    again = taken(tmp_path, bureau, rest())
    assert (again.faults, again.skipped) == ((), 2)
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live


def test_a_step_by_hand_that_was_withdrawn_is_nothing_built_upon(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, rest())
    with writing(bureau, today=TODAY) as act:
        closed = act.do(T1, "close", Act(date(2024, 3, 8), "甲", {}, happened=True, paper="办结单"))
        assert not closed.refused
    with writing(bureau, today=TODAY) as act:
        back = {"entry": act.case(T1)[1].standing[-1].version, "reason": "办错"}
        assert not act.do(T1, "withdraw", Act(TODAY, "甲", back)).refused
    assert undo(bureau, 2).kept == ()
    assert StandingEvent.objects.count() == 0


def test_a_case_that_names_an_imported_one_rests_on_it(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, {HOTLINE: [ticket("T1"), ticket("T2")]})
    rows = good()
    taken(tmp_path, bureau, {PENALTY: [rows[PENALTY][0] | {"来源工单": "T1"}]})
    assert T1 in refusal(bureau, 2)
    assert undo(bureau, 2, keep=True).kept == (T1,)


def test_rows_of_staff_that_later_entries_use_stay(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, {STUDY: [session("S1")]})
    assert refusal(bureau, 1).startswith("导入1以后，有2处又办理过或者被别的条目用到：人员名册“乙”、人员名册“甲”。")
    assert undo(bureau, 1, keep=True).kept == ("staff:丁", "staff:乙", "staff:甲")
    assert registered(bureau, "staff") == ["丁", "乙", "甲"]


def test_what_is_kept_keeps_the_rows_it_rests_on(bureau: Bureau, tmp_path: Path) -> None:
    rows = staff() | {HOTLINE: [ticket("T1")], FURTHER: [contacted("T1"), answered("T1")]}
    rows[STAFF].append(person("戊"))
    taken(tmp_path, bureau, rows)
    with writing(bureau, today=TODAY) as act:
        assert not act.do(T1, "close", Act(date(2024, 3, 8), "乙", {}, happened=True, paper="办结单")).refused
    assert undo(bureau, 1, by="丁", keep=True).kept == (T1, "staff:丁", "staff:乙", "staff:甲")


def test_a_row_changed_by_hand_is_kept(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, {STAFF: [person("戊"), person("己")]})
    with writing(bureau, today=TODAY) as act:
        assert not change_row(act, "staff", "戊", Act(TODAY, "丁", {"name": "示例改名"}, paper="示例登记表"))
    assert refusal(bureau, 2).startswith("导入2以后，有1处又办理过或者被别的条目用到：人员名册“戊”。")
    assert undo(bureau, 2, keep=True).rows == 1
    assert set(registered(bureau, "staff")) == {"丁", "丙", "乙", "戊", "甲"}


def test_two_imports_are_undone_one_after_the_other(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, {HOTLINE: [ticket("T1")]})
    taken(tmp_path, bureau, {FURTHER: [contacted("T1")]})
    assert T1 in refusal(bureau, 2)
    assert undo(bureau, 3).steps == 1
    assert undo(bureau, 2).kept == ()
    assert taken(tmp_path, bureau, {HOTLINE: [ticket("T1")]}).recorded == 1


def test_a_step_on_a_withdrawn_case_is_refused_by_its_number(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, staff())
    taken(tmp_path, bureau, {HOTLINE: [ticket("T1")]})
    undo(bureau, 2)
    told = taken(tmp_path, bureau, {FURTHER: [contacted("T1")]}).faults
    assert [fault.message for fault in told] == ["没有编号是“T1”的案件：各程序的表里没有这一行，账本里也没有，请核对"]
    assert taken(tmp_path, bureau, {FURTHER: [step(T1, "办结", "2024-03-08")]}).faults


def test_a_signed_zero_is_withdrawn_and_signed_again(database: str, tmp_path: Path) -> None:
    bureau = open_bureau("示例县民政局", "999001")
    taken(
        tmp_path, bureau, staff() | {NOTHING: [{"程序": STUDY, "年度": "2023", "签报人": "丙", "日期": "2024-01-05"}]}
    )
    with writing(bureau, today=TODAY) as act:
        by = Act(TODAY, "丁", {})
        assert [r.says for r in withdraw_zero(act, "study.session", 2022, by, REASON)] == ["2022年“学法”没有零申报"]
        assert [r.says for r in withdraw_zero(act, "study.session", 2023, by, "")] == ["缺少“理由”"]
        assert not withdraw_zero(act, "study.session", 2023, by, REASON)
    assert NothingHappened.objects.count() == 0
    with writing(bureau, today=TODAY) as act:
        assert not declare_nothing(act, "study.session", 2023, Act(TODAY, "丁", {}))
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    assert NothingHappened.objects.get().by == "丁"
