"""Whole cases of the law files: a handler's dossier, in the examples and in a real book the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from fazheng.lawbook.load import load
from fazheng.procedure.examples import examples_of
from fazheng.report.dossier import Cover, as_json
from tests.casework.desk import bureau_at_work, decided_unheard, do, file, receive, writing
from tests.cli.typing import Shell
from tests.docs.dossiers import MARK, Story, stories, story_of
from tests.law.dossiers import SECRET, TODAY, lived

STORIES = stories()


def name(story: Story) -> str:
    return story.example.name.removeprefix(MARK)


def told(story: Story) -> dict[str, Any]:
    return as_json(story.dossier, Cover("", ""), story.case.standing[-1].on)


def test_there_are_ten_dossiers_of_six_procedures() -> None:
    assert len(STORIES) >= 10
    assert len({story.version.id for story in STORIES}) >= 6
    of_penalties = [story for story in STORIES if story.version.id == "penalty.ordinary"]
    assert len(of_penalties) >= 4


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_dossier_goes_from_opening_to_closing_through_eight_gates(story: Story) -> None:
    file = story.dossier
    assert file.acts[0].step.id == story.version.opens
    assert file.closed is not None
    assert len(file.gates) >= 8, sorted(file.gates)
    assert [passed.gate.id for act in file.acts for passed in act.gates if not passed.held] == []


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_dossier_is_worked_on_working_days_by_people_apart(story: Story) -> None:
    days = {act.event.on for act in story.dossier.acts}
    assert [day for day in sorted(days) if not story.around.calendar.is_working_day(day)] == []
    people = [(code, one["role"]) for one in told(story)["people"] for code in one["codes"]]
    assert len({code for code, _ in people}) == len(people) >= 3, people


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_a_dossier_reads_the_same_out_of_a_real_book(
    story: Story, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau, case = lived(story)
    last = story.case.standing[-1].on.isoformat()
    shell = Shell(home, capsys)
    found, pure = shell.ask("case", "dossier", case, "--on", last), told(story)
    assert [(act["on"], act["name"], act["by"], act["apart"], act["gates"]) for act in found["acts"]] == [
        (act["on"], act["name"], act["by"], act["apart"], act["gates"]) for act in pure["acts"]
    ]
    same = ("counts", "clocks", "people", "closed", "in_force")
    assert {key: found[key] for key in same} == {key: pure[key] for key in same}
    assert found["bureau"] == bureau.name


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_no_private_value_is_on_the_page_or_in_the_data(
    story: Story, home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, case = lived(story)
    shell, out = Shell(home, capsys), tmp_path / "案卷.md"
    assert shell("case", "dossier", case, "-o", str(out)).code == 0
    said = [shell("case", "dossier", case).out, shell("case", "dossier", case, "--format", "json").out]
    for text in (*said, out.read_text("utf-8")):
        assert "另存" in text or '"apart"' in text
        assert SECRET not in text
        assert "99999999" not in text
        assert not re.search(r"[0-9a-f]{64}", text), "a digest of something held apart"


def test_what_happened_against_a_gate_is_shown_unmet_and_stays_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(bureau_at_work(), today=TODAY) as act:
        case = decided_unheard(act)
    shell = Shell(home, capsys)
    file = shell.ask("case", "dossier", case, "--on", "2026-09-07")
    unmet = {gate["gate"]: gate["note"] for act in file["acts"] for gate in act["gates"] if not gate["held"]}
    assert unmet == {"party_heard": "未满足（如实补录）"}
    assert file["counts"]["unmet"] == 1
    assert file["closed"] is None
    text = shell("case", "dossier", case).out
    assert "✗ 须已听取陈述、申辩" in text
    assert "**未满足（如实补录）**" in text
    assert "| 结案 | 未结 |" in text


def test_a_gate_that_only_warns_is_shown_as_such() -> None:
    version = load().procedures["petition"][-1]
    example = next(one for one in examples_of(version, load()) if one.name == "重复信访不适用简易办理，提醒")
    gates = [gate for act in told(story_of(1, version, example))["acts"] for gate in act["gates"] if not gate["held"]]
    assert [(gate["gate"], gate["note"]) for gate in gates] == [
        ("simple_for_first_time", "未满足（待核，只提示，不拦）")
    ]


def test_a_gate_that_a_correction_broke_is_shown_by_what_stands_now(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(bureau_at_work(), today=TODAY) as act:
        case = file(act)
        entry = act.case(case)[1].entries[0].version
        do(act, case, "correct", "2026-09-02", entry=entry, officers=["甲"], reason="多写了一人")
    gates = Shell(home, capsys).ask("case", "dossier", case)["acts"][0]["gates"]
    assert [gate["note"] for gate in gates if not gate["held"]] == ["未满足（按更正以后的记录）"]


def test_late_open_stopped_and_amended_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with writing(bureau_at_work(), today=TODAY) as act:
        case = receive(act)
        do(act, case, "contact", "2026-09-04", reached=True)
        do(act, case, "suspend", "2026-09-07", reason="等诉求人补充")
        entry = act.case(case)[1].entries[0].version
        do(act, case, "correct", "2026-09-07", entry=entry, topic="养老机构押金", reason="写错了")
    shell = Shell(home, capsys)

    def states(day: str) -> dict[str, str]:
        return {c["limit"]: c["state"] for c in shell.ask("case", "dossier", case, "--on", day)["clocks"]}

    assert states("2026-09-02") == {"contact_period": "未到期", "handling_period": "未到期"}
    assert states("2026-09-03") == {"contact_period": "超期未办", "handling_period": "未到期"}
    assert states("2026-09-08") == {"contact_period": "超期2日", "handling_period": "中止"}
    assert states("2026-11-02") == {"contact_period": "超期2日", "handling_period": "超期未办"}
    assert "养老机构押金" in shell("case", "dossier", case).out
    assert "更正、撤回或者补记1处" in shell("case", "dossier", case).out


def test_a_notice_given_anew_restarts_its_clocks() -> None:
    again = next(story for story in STORIES if "重新告知" in story.example.name)
    clocks = [clock for clock in told(again)["clocks"] if clock["limit"] == "statement_period"]
    assert [clock["state"] for clock in clocks] == ["2026-05-27重新起算", "已届满"]


def test_an_unknown_case_and_a_file_that_cannot_be_written_are_said_in_chinese(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(bureau_at_work(), today=TODAY) as act:
        case = receive(act)
    shell = Shell(home, capsys)
    unknown = shell("case", "dossier", "penalty.ordinary-2026-0099")
    assert (unknown.code, unknown.out) == (2, "")
    assert "账本里没有案件“penalty.ordinary-2026-0099”" in unknown.err
    unwritten = shell("case", "dossier", case, "-o", str(home / "没有" / "案卷.md"))
    assert unwritten.code == 2
    assert "写不了“案卷.md”" in unwritten.err
