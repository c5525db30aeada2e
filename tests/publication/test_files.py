"""一个社会组织一个档案, measures in force, and holds that keep a case from being erased."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazheng.casework.bureaux import Bureau
from fazheng.casework.erasing import standing
from fazheng.casework.filing import check_file, organisation, organisations
from fazheng.casework.holding import change_hold, holds
from fazheng.casework.recording import keep
from fazheng.casework.writing import Act, Writing, writing
from fazheng.figures import count
from fazheng.lawbook.load import load
from fazheng.procedure.refusals import not_yet
from tests.casework.desk import CODE, TODAY, data_of, day, do, enter, receive, sound
from tests.casework.desk import book as entries_of
from tests.cli.typing import Shell
from tests.publication.penalties import closed, decided, registered
from tests.publication.test_due import YEAR

MATERIALS = ("certificate", "charter", "representative", "premises")


def opened(act: Writing) -> str:
    enter(act, "staff", "2026-01-01", code="癸", name="示例癸", roles=["npo_section"])
    file = {"organisation": CODE, "file_no": "示例档001"}
    return sound(act.open("organisation.file", Act(day("2026-03-02"), "癸", file))).case_id


def test_a_file_gathers_the_row_the_cases_and_what_is_linked(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act, sponsor="示例县文化局")
        ticket = receive(act)
        case = decided(act, filed={"ticket": ticket})
        file = opened(act)
        do(act, file, "add_material", "2026-03-02", "癸", material="charter")
    found = organisation(Writing(desk, TODAY), CODE, TODAY)
    assert found is not None
    assert [row.register for row in found.rows] == ["social_organisation"]
    assert found.cases == {"penalty.ordinary": (case,), "organisation.file": (file,)}
    assert found.linked == (ticket,)
    assert {item.holds.id: item.there for item in found.items} == {
        "file.sponsor": True, "file.certificate": False, "file.charter": True,
        "file.representative": False, "file.premises": False,
    }  # fmt: skip
    assert (found.holds, found.must_hold) == (2, 5)
    assert [(one.holds, one.must_hold) for one in organisations(desk, TODAY)] == [(2, 5)]


def test_a_check_is_entered_by_the_program_and_counted(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act, sponsor="示例县文化局")
        assert [refusal.gate for refusal in check_file(act, CODE, Act(TODAY, "甲", {}))[0]] == ["order"]
        file = opened(act)
        for material in MATERIALS:
            do(act, file, "add_material", "2026-03-02", "癸", material=material)
    with writing(desk, today=TODAY) as act:
        refused, found = check_file(act, CODE, Act(TODAY, "癸", {}))
    assert refused == ()
    assert found is not None
    checked = next(data_of(entry) for entry in entries_of(desk, file) if entry.event == "file_checked")
    assert checked == {"must_hold": 5, "holds": 5}
    ids = ["file.standing", "file.checks", "file.completeness"]
    assert [one.shown for one in count(desk.code, load(place=desk.place), YEAR, ids)] == ["1", "1", "100.0%"]


def test_a_yearly_report_is_asked_only_of_years_the_bureau_checked(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        enter(act, "staff", "2026-01-01", code="癸", name="示例癸", roles=["npo_section"])
        data = {"organisation": CODE, "year": 2025, "has_sponsor": False}
        sound(act.open("annual_check.association", Act(day("2026-03-03"), "癸", data)))
    found = organisation(Writing(desk, TODAY), CODE, TODAY)
    assert found is not None
    yearly = [(item.year, item.there) for item in found.items if item.year]
    assert yearly == [(2025, False)]


def test_measures_in_force_answer_for_any_day(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        said = {"document_no": "示民发〔2026〕3号", "topic": "三项制度实施方案", "signed_by": ["丙"]}
        plan = sound(act.open("three_systems.plan", Act(day("2026-01-05"), "丙", said))).case_id
        for number, system in (("示例01", "publication"), ("示例02", "record")):
            do(act, plan, "start_measure", "2026-01-05", number=number, system=system, measure="示例措施")
        do(act, plan, "end_measure", "2026-06-01", number="示例02", reason="合并")
    book = load(place=desk.place)
    for last, measures in ((date(2026, 3, 31), 2), (TODAY, 1)):
        found = count(desk.code, book, (date(2026, 1, 1), last), ["plan.measures", "plan.issued"])
        assert {one.id: one.value for one in found} == {"plan.issued": 1, "plan.measures": measures}


def test_a_case_held_back_is_not_erased_until_the_hold_is_lifted(desk: Bureau) -> None:
    late = date(2099, 1, 1)
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case)
    with writing(desk, today=TODAY) as act:
        assert [refusal.gate for refusal in standing(act, [case], late)[0].against] == ["term"]
        assert [one.gate for one in change_hold(act, case, Act(TODAY, "甲", {}), "", place=True)] == ["field"]
        assert change_hold(act, case, Act(TODAY, "甲", {}), "诉讼没有完", place=True) == ()
        tomorrow = change_hold(act, case, Act(day("2026-11-21"), "甲", {}), "诉讼没有完", place=True)
        assert [one for one in tomorrow if one.gate == "future"] == not_yet(day("2026-11-21"), TODAY)
    with writing(desk, today=TODAY) as act:
        assert [refusal.gate for refusal in standing(act, [case], late)[0].against] == ["hold"]
        assert holds(desk.code) == {case: TODAY.isoformat()}
        again = change_hold(act, case, Act(TODAY, "甲", {}), "再登记", place=True)
        assert [one.gate for one in again] == ["once"]
        assert change_hold(act, case, Act(TODAY, "甲", {}), "诉讼已结", place=False) == ()
    assert holds(desk.code) == {}


def test_a_hold_on_a_case_holds_its_recordings_until_it_is_lifted(
    desk: Bureau, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = date(2099, 1, 1)
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case)
    video = tmp_path / "a.mp4"
    video.write_bytes(b"x")
    _, kept = keep(desk, case, video, Act(day("2026-09-08"), "甲", {"stage": "service"}), TODAY)
    assert kept is not None

    def gates(on: date) -> list[tuple[str, tuple[str, ...]]]:
        with writing(desk, today=TODAY) as act:
            one = standing(act, [kept.case_id], on)[0]
            return [(refusal.gate, one.held_by) for refusal in one.against]

    assert gates(late) == [("term", ())]
    with writing(desk, today=TODAY) as act:
        assert change_hold(act, case, Act(TODAY, "甲", {}), "诉讼没有完", place=True) == ()
    assert gates(late) == [("hold", (case,))]
    listed = Shell(home, capsys)("retention", "list", "--on", "2099-01-01").out.splitlines()
    line = next(line for line in listed if f"  {kept.case_id}  " in line)
    assert line.startswith(f"暂缓销毁（自{TODAY}起，关联的{case}暂缓）")
    with writing(desk, today=TODAY) as act:
        assert change_hold(act, case, Act(TODAY, "甲", {}), "诉讼已结", place=False) == ()
    assert gates(late) == [("term", ())]


OTHER = "51999900MJX000010F"


def test_the_cases_of_all_organisations_are_looked_for_together_and_no_text_is_searched(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        one = decided(act)
    with CaptureQueriesContext(connection) as few:
        alone = organisations(desk, TODAY)
    with writing(desk, today=TODAY) as act:
        registered(act, OTHER)
        other = decided(act, number=2, filed={"organisation": OTHER})
    with CaptureQueriesContext(connection) as more:
        both = organisations(desk, TODAY)
    assert [found.cases for found in alone] == [{"penalty.ordinary": (one,)}]
    assert {found.code: found.cases["penalty.ordinary"] for found in both} == {CODE: (one,), OTHER: (other,)}
    for asked in (few, more):
        told = [query["sql"] for query in asked]
        assert not [sql for sql in told if "LIKE" in sql]
        assert sum('FROM "ledger_case_part"' in sql for sql in told) == 1
        assert sum('FROM "ledger_standing_event"' in sql and '"case_id" IN' in sql for sql in told) == 1
    early = organisation(Writing(desk, TODAY), CODE, date(2026, 8, 31))
    assert early is not None
    assert early.cases == {}
