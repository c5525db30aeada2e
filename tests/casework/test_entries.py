"""What an entry says: who did it, who entered it, when it happened, when it was recorded, under which law."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import read_case
from fazheng.casework.kept import forget
from fazheng.casework.rebuild import rebuild
from fazheng.casework.writing import Act, writing
from fazheng.lawbook.load import load
from fazheng.ledger.models import CaseRow
from tests.casework.desk import TICKET, TODAY, book, data_of, day, do, file, receive, sound


def test_who_did_it_and_who_entered_it_are_two(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        sound(act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET, entered_by="甲")))
        receive(act)
    entered, plain = book(desk, "hotline.ticket-2026-0001")[0], book(desk, "hotline.ticket-2026-0002")[0]
    assert (entered.by, entered.entered_by, entered.acting_as) == ("乙", "甲", "hotline_desk")
    assert (plain.by, plain.entered_by) == ("乙", "乙")


def test_nobody_enters_under_a_name_we_do_not_know(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        done = act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET, entered_by="路人"))
    assert [(refusal.gate, refusal.hard) for refusal in done.decision.refusals] == [("role", True)]


def test_a_number_of_the_bureaus_own_is_as_long_as_both_databases_hold(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        kept = act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET), ref="号" * 60)
        refused = act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET), ref="号" * 61)
    assert CaseRow.objects.get(case_id=sound(kept).case_id).ref == "号" * 60
    assert [refusal.says for refusal in refused.decision.refusals] == ["本单位编号最多60个字，现有61个"]


def test_a_sheet_may_enter_what_a_person_did_and_does_nothing_itself(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = sound(act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET, entered_by="import"))).case_id
        opened = act.open("hotline.ticket", Act(day("2026-09-01"), "import", TICKET))
        amended = act.do(case, "withdraw", Act(day("2026-09-01"), "system", {"entry": 1, "reason": "…"}))
    assert [[refusal.gate for refusal in done.decision.refusals] for done in (opened, amended)] == [["role"], ["role"]]


def test_when_it_happened_and_when_it_was_recorded_are_two(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, on="2026-09-01")
    entry = book(desk, case)[0]
    assert entry.happened_on == "2026-09-01"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00", entry.recorded_at)
    days = date.fromisoformat(entry.recorded_at[:10]) - date.fromisoformat(entry.happened_on)
    assert days.days != 0  # the days between are there to be shown


def test_what_happened_keeps_its_paper_apart_and_its_defects_beside_it(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        act_of = Act(day("2026-09-03"), "甲", {"outcome": "resolved", "reply": "…"}, happened=True, paper="答复单")
        sound(act.do(case, "answer", act_of))
    entry = book(desk, case)[1]
    assert set(data_of(entry)) == {"outcome", "reply", "paper"}
    assert set(data_of(entry)["paper"]) == {"apart"}
    assert '"gate":"contacted_before_answer"' in entry.defects
    assert "示例县12345热线工单办理规定第五条第二款（本地规定）" in entry.defects


def test_a_warning_stands_on_the_entry_that_was_warned(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(act.open("toy.marks", Act(day("2026-09-01"), "甲", {}))).case_id
        do(act, case, "remind", "2026-09-02")
    entry = book(toy_desk, case)[1]
    assert (entry.defects, entry.warnings) == ("[]", '[{"article":"试验意见（待核）","gate":"second_hand_gate"}]')


def test_the_opening_entry_names_procedure_version_and_digest(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
    version = load(place="示例县").procedures["penalty.ordinary"][0]
    assert data_of(book(desk, case)[0])["law"] == {
        "procedure": "penalty.ordinary",
        "in_force": "2021-07-15",
        "digest": version.digest,
    }
    assert "law" not in {key for entry in book(desk, case)[1:] for key in data_of(entry)}


def test_a_late_act_seals_how_late_it_was(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, on="2026-09-01")
        do(act, case, "contact", "2026-09-02", reached=True)
        do(act, case, "answer", "2026-09-10", outcome="resolved", reply="…")
    last = book(desk, case)[-1]
    assert (last.event, data_of(last)) == (
        "limit_missed",
        {"limit": "handling_period", "due": "2026-09-08", "days": 2},
    )


# ── numbers ──


def test_case_ids_count_up_per_procedure_and_year(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        ids = [receive(act, on="2026-01-05"), receive(act, on="2025-12-30"), receive(act, on="2026-03-02"), file(act)]
    assert ids == [
        "hotline.ticket-2026-0001",
        "hotline.ticket-2025-0001",
        "hotline.ticket-2026-0002",
        "penalty.ordinary-2026-0001",
    ]
    with writing(desk, today=TODAY) as act:
        assert receive(act, on="2026-03-02") == "hotline.ticket-2026-0003"


def test_case_ids_count_beyond_9999(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        receive(act)
    row = CaseRow.objects.get(bureau=desk.code)
    for number in (9998, 9999):
        CaseRow.objects.create(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} | {
            "case_id": f"hotline.ticket-2026-{number}"})  # fmt: skip
    forget()  # the rows were put there behind the book's back
    with writing(desk, today=TODAY) as act:
        assert [receive(act) for _ in range(2)] == ["hotline.ticket-2026-10000", "hotline.ticket-2026-10001"]
    with writing(desk, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-10002"


def test_a_withdrawn_case_keeps_its_number(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        do(act, case, "withdraw", "2026-09-02", entry=1, reason="重复登记")
    with writing(desk, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-0002"


# ── amendments ──


def test_an_amendment_holds_its_reason_apart(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        do(act, case, "correct", "2026-09-02", entry=1, topic="低保", request="另一番话", reason="抄错")
    data = data_of(book(desk, case)[1])
    assert set(data["reason"]) == {"apart"}
    assert set(data["data"]["request"]) == {"apart"}
    assert (data["entry"], data["data"]["topic"]) == (1, "低保")


def test_a_forgotten_step_is_added_by_who_did_it_then(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, on="2026-09-01")
        do(act, case, "add_late", "2026-09-02", "甲", step="contact", reached=True, reason="漏记")
    found = read_case(desk.code, case, load(place="示例县"))
    event = found.case.standing[-1]
    assert (event.event, event.on, event.by) == ("caller_contacted", day("2026-09-02"), "甲")


# ── the law moves on ──


def test_an_old_case_goes_on_after_its_law_file_was_edited(
    toy_desk: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(act.open("toy.words", Act(day("2026-03-02"), "甲", {}))).case_id
    edited = tmp_path / "edited"
    shutil.copytree(tmp_path / "law", edited)
    path = edited / "procedures" / "words" / "procedure.toml"
    path.write_text(path.read_text("utf-8").replace('length  = "10 days"', 'length  = "20 days"'), "utf-8")
    monkeypatch.setenv("FAZHENG_LAW", str(edited))
    with writing(toy_desk, today=TODAY) as act:
        law, found = act.case(case)
        assert law.first.digest != data_of(book(toy_desk, case)[0])["law"]["digest"]
        do(act, case, "do_a", "2026-03-04")
    assert [event.event for event in read_case(toy_desk.code, case, act.book).case.standing] == ["begun", "a"]
    assert found.standing[0].event == "begun"


def test_an_old_case_is_read_though_its_version_is_gone(
    toy_desk: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(toy_desk, today=TODAY) as act:
        case = sound(act.open("toy.acts", Act(day("2024-03-04"), "甲", {}))).case_id
    edited = tmp_path / "edited"
    shutil.copytree(tmp_path / "law", edited)
    shutil.rmtree(edited / "procedures" / "acts-2024")
    monkeypatch.setenv("FAZHENG_LAW", str(edited))
    assert rebuild(toy_desk, today=TODAY) == 1
    assert CaseRow.objects.filter(bureau=toy_desk.code, case_id=case).exists()


def test_a_case_stays_with_the_version_it_was_opened_under(toy_desk: Bureau) -> None:
    with writing(toy_desk, today=day("2027-06-01")) as act:
        done = act.open("toy.acts", Act(day("2023-05-08"), "甲", {}))
        assert [refusal.gate for refusal in done.decision.refusals] == ["version"]
        case = sound(act.open("toy.words", Act(day("2026-03-02"), "甲", {}))).case_id
    row = CaseRow.objects.get(bureau=toy_desk.code, case_id=case)
    assert (row.procedure, row.in_force, row.opened_on) == ("toy.words", "2020-01-01", "2026-03-02")
