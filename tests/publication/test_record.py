"""The record of a case: what it must hold, the holes in it, recordings and their files."""

from dataclasses import replace
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.recording import keep, record_of, with_holes
from fazheng.casework.writing import Act, writing
from fazheng.figures import count
from fazheng.lawbook.load import load
from fazheng.ledger.attachments import files
from tests.casework.desk import TODAY, day, do, sound
from tests.casework.test_statements import statements
from tests.publication.penalties import closed, decided
from tests.publication.test_due import YEAR

LEFT = "penalty.record.left_service"


def states(desk: Bureau, case: str) -> dict[str, str]:
    return {line.rule.id: line.state for line in record_of(desk, case, TODAY).record.lines}


def test_a_hole_stands_with_its_article_until_the_recording_is_filed(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left")
    shown = record_of(desk, case, TODAY)
    hole = [line for line in shown.record.lines if line.state == "hole"]
    assert [(line.rule.id, line.rule.adopted_as, line.counts) for line in hole] == [(LEFT, "本地规定", True)]
    assert not shown.record.whole
    assert [one.case_id for one in with_holes(desk, TODAY)] == [case]
    video = tmp_path / "送达.mp4"
    video.write_bytes(b"recording" * 100)
    refused, kept = keep(desk, case, video, Act(day("2026-09-08"), "甲", {"stage": "service"}), TODAY)
    assert refused == ()
    assert kept is not None
    found = record_of(desk, case, TODAY)
    assert found.record.whole
    assert [one["digest"] for one in found.files] == [kept.digest]
    assert found.spoilt == ()
    whole = count(desk.code, load(place=desk.place), YEAR, ["record.penalty.whole", "recording.filed"])
    assert [one.value for one in whole] == [1, 1]


def test_a_file_that_was_changed_behind_the_book_is_told(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left")
    video = tmp_path / "送达.mp4"
    video.write_bytes(b"recording" * 100)
    _, kept = keep(desk, case, video, Act(day("2026-09-08"), "甲", {"stage": "service"}), TODAY)
    assert kept is not None
    stored = next(path for path in files(desk.code) if path.name == kept.digest)
    stored.chmod(0o600)
    content = bytearray(stored.read_bytes())
    content[20] ^= 1
    stored.write_bytes(bytes(content))
    assert record_of(desk, case, TODAY).spoilt == (kept.digest,)


def test_a_reason_makes_a_hole_explained_and_no_whole_record(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left")
        said = {"enforcement_case": case, "stage": "service"}
        recording = sound(act.open("enforcement.recording", Act(day("2026-09-08"), "甲", said))).case_id
        do(act, recording, "explain", "2026-09-08", reason="设备损坏")
    assert states(desk, case)[LEFT] == "explained"
    assert not record_of(desk, case, TODAY).record.whole


def test_a_recording_of_another_step_fills_no_hole(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left")
    video = tmp_path / "a.mp4"
    video.write_bytes(b"x")
    keep(desk, case, video, Act(day("2026-09-02"), "甲", {"stage": "investigate"}), TODAY)
    assert states(desk, case)[LEFT] == "hole"


def test_no_recording_is_asked_where_no_law_asks_it_and_an_unread_rule_asks_nothing(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case)
    found = states(desk, case)
    assert found[LEFT] == "not_asked"
    assert found["penalty.record.hearing_recording"] == "no_effect"
    assert record_of(desk, case, TODAY).record.whole


def test_a_place_that_did_not_adopt_the_recording_sees_it_without_effect(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left")
    nation = replace(desk, place="")
    found = record_of(nation, case, TODAY).record
    assert {line.state for line in found.lines if line.rule.id == LEFT} == {"no_effect"}
    assert found.whole


@pytest.mark.sqlite  # which tells what it is asked
def test_holes_are_found_in_as_many_statements_however_many_cases_there_are_and_no_file_is_read(
    desk: Bureau, tmp_path: Path
) -> None:
    def closed_with_a_recording(number: int) -> str:
        with writing(desk, today=TODAY) as act:
            case = decided(act, number=number)
            closed(act, case, "left")
        video = tmp_path / f"{number}.mp4"
        video.write_bytes(b"x")
        stage = "service" if number == 1 else "investigate"
        assert keep(desk, case, video, Act(day("2026-09-08"), "甲", {"stage": stage}), TODAY)[0] == ()
        return case

    def holes() -> tuple[list[str], int]:
        with statements() as told:
            found = [one.case_id for one in with_holes(desk, TODAY)]
        assert not [sql for sql in told if "ledger_private_value" in sql or "ledger_attachment" in sql]
        return found, len(told)

    closed_with_a_recording(1)
    none, few = holes()
    cases = [closed_with_a_recording(number) for number in (2, 3)]
    assert (none, holes()) == ([], (cases, few))
