"""代录: signatures that stand on paper, and the head's monthly confirmation."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fazheng.casework import clock
from fazheng.casework.attaching import attach
from fazheng.casework.bureaux import Bureau
from fazheng.casework.on_paper import signs
from fazheng.casework.paper_months import MonthFault, confirm, paper_signed, unconfirmed_months
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import change_row
from fazheng.casework.writing import Act, Done, writing
from fazheng.lawbook.load import load
from tests.casework.desk import TODAY, book, data_of, day, enter, receive

EXTEND: dict[str, Any] = {"reason": "材料待补", "caller_told": True}
MONTH = clock.today().isoformat()[:7]  # entries are recorded by this computer's clock
NEXT = date(int(MONTH[:4]) + int(MONTH[5:] == "12"), int(MONTH[5:]) % 12 + 1, 2)


def signed(desk: Bureau, **how: Any) -> Done:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    if isinstance(how.get("scan"), Path):
        refused, taken, _ = attach(desk, case, how["scan"], Act(clock.today(), "甲", {}))
        assert taken is not None, refused
        how["scan"] = taken.digest
    with writing(desk, today=TODAY) as act:
        return act.do(case, "extend", Act(day("2026-09-02"), "丙", EXTEND, **how))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.4 example scan")
    return path


def gates(done: Done) -> list[str]:
    return [one.gate for one in done.decision.refusals]


def test_which_steps_are_signatures_is_said_by_the_staff_register() -> None:
    law = load()
    version = law.procedures["penalty.ordinary"][-1]
    steps = version.steps
    assert [signs(law, steps[id]) for id in (version.opens, "pass_legal_review", "hold_hearing", "decide")] == [
        False, True, True, True,
    ]  # fmt: skip


def test_another_enters_a_signature_only_with_the_mark_that_it_stands_on_paper(desk: Bureau, scan: Path) -> None:
    assert gates(signed(desk)) == []  # by their own hand
    assert gates(signed(desk, entered_by="甲")) == ["on_paper"]
    assert gates(signed(desk, entered_by="甲", happened=True)) == ["on_paper"]
    assert gates(signed(desk, entered_by="甲", signed_on_paper=True)) == ["on_paper"]
    assert gates(signed(desk, entered_by="甲", signed_on_paper=True, scan="0" * 64)) == ["on_paper"]
    done = signed(desk, entered_by="甲", signed_on_paper=True, scan=scan)
    assert gates(done) == []
    last = book(desk, done.case_id)[-1]
    assert (last.by, last.entered_by, last.happened_on) == ("丙", "甲", "2026-09-02")
    assert set(data_of(last)["on_paper"]) == {"scan"}


def test_a_step_that_is_no_signature_takes_no_mark_and_needs_none(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        one = act.do(case, "sign_in", Act(day("2026-09-01"), "乙", {}, entered_by="甲", signed_on_paper=True))
    assert "on_paper" in gates(one)


@pytest.mark.parametrize("what", ["withdraw", "correct", "add_late"])
def test_an_amendment_of_what_is_no_signature_takes_no_mark_and_names_no_scan(desk: Bureau, what: str) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        data = {"entry": 1, "reason": "办错", "step": "没有的步骤", "data": {"topic": "别的"}}
        how = {"entered_by": "甲", "signed_on_paper": True, "scan": "0" * 64}
        done = act.do(case, what, Act(day("2026-09-02"), "乙", data, **how))
    assert "“纸上签字”" in "".join(one.todo for one in done.decision.refusals if one.gate == "on_paper")
    assert len(book(desk, case)) == 1


def put_right(desk: Bureau, case: str, what: str, by: str, **how: Any) -> Done:
    """The extension of `signed` withdrawn, or its reason corrected."""
    said = {"event.reason": "材料待核"} if what == "correct" else {}
    with writing(desk, today=TODAY) as act:
        return act.do(case, what, Act(day("2026-09-03"), by, {"entry": 2, "reason": "签错了", **said}, **how))


@pytest.mark.parametrize("what", ["withdraw", "correct"])
def test_only_who_could_sign_it_corrects_or_withdraws_a_signature(desk: Bureau, what: str) -> None:
    case = signed(desk).case_id
    refused = put_right(desk, case, what, "乙")
    assert [(one.gate, "行政机关负责人" in one.todo) for one in refused.decision.refusals] == [("role", True)]
    assert gates(put_right(desk, case, what, "丙", entered_by="乙")) == ["on_paper"]
    assert len(book(desk, case)) == 2
    assert gates(put_right(desk, case, what, "辛")) == []  # heads the bureau, too


@pytest.mark.parametrize("what", ["withdraw", "correct"])
def test_a_signature_put_right_on_paper_names_its_scan_and_is_confirmed_with_the_month(
    desk: Bureau, scan: Path, what: str
) -> None:
    case = signed(desk).case_id
    _, taken, _ = attach(desk, case, scan, Act(clock.today(), "乙", {}))
    assert taken is not None
    paper = {"entered_by": "乙", "signed_on_paper": True}
    assert gates(put_right(desk, case, what, "丙", **paper)) == ["on_paper"]  # no scan
    assert gates(put_right(desk, case, what, "甲", **paper, scan=taken.digest)) == ["role"]
    assert gates(put_right(desk, case, what, "丙", **paper, scan=taken.digest)) == []
    assert [(one.by, one.entered_by) for one in paper_signed(desk.code, MONTH)] == [("丙", "乙")]
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live


def put_right_on_paper(desk: Bureau, case: str, scan: Path, what: str, on: str, by: str = "丙") -> Done:
    _, taken, _ = attach(desk, case, scan, Act(TODAY, "乙", {}), today=TODAY)
    assert taken is not None
    data = {"entry": 2, "reason": "签错了"} | ({"event.reason": "材料待核"} if what == "correct" else {})
    with writing(desk, today=TODAY) as act:
        paper = Act(day(on), by, data, entered_by="乙", signed_on_paper=True, scan=taken.digest)
        return act.do(case, what, paper)


@pytest.mark.parametrize("what", ["withdraw", "correct"])
def test_a_paper_that_puts_right_keeps_its_own_day_and_is_judged_by_it(desk: Bureau, scan: Path, what: str) -> None:
    case = signed(desk).case_id
    with writing(desk, today=TODAY) as act:
        moved = Act(day("2026-10-01"), "辛", {"roles": ["hotline_desk"]}, paper="示例任免")
        assert change_row(act, "staff", "丙", moved) == ()
    assert gates(put_right_on_paper(desk, case, scan, what, "2026-10-08")) == ["role"]
    assert gates(put_right_on_paper(desk, case, scan, what, "2026-09-08")) == []
    last = book(desk, case)[-1]
    assert (last.happened_on, last.by, last.entered_by) == ("2026-09-08", "丙", "乙")
    assert last.recorded_at[:10] == clock.today().isoformat()


@pytest.mark.parametrize("what", ["withdraw", "correct"])
def test_no_paper_puts_right_what_had_not_happened_on_its_day_nor_on_a_day_to_come(
    desk: Bureau, scan: Path, what: str
) -> None:
    case = signed(desk).case_id
    early = put_right_on_paper(desk, case, scan, what, "2026-09-01").decision.refusals
    assert [(one.gate, one.todo) for one in early] == [("order", "请核对纸上签字的日期")]
    assert "签于2026-09-01" in early[0].says
    assert "还没有办（2026-09-02）" in early[0].says
    assert gates(put_right_on_paper(desk, case, scan, what, "2026-11-21")) == ["future"]
    assert gates(put_right_on_paper(desk, case, scan, what, "2026-09-02")) == []


def test_who_heads_the_bureau_no_more_withdraws_no_signature_of_their_time(desk: Bureau) -> None:
    case = signed(desk).case_id
    with writing(desk, today=TODAY) as act:
        moved = Act(day("2026-10-01"), "辛", {"roles": ["hotline_desk"]}, paper="示例任免")
        assert change_row(act, "staff", "丙", moved) == ()
    assert gates(put_right(desk, case, "withdraw", "丙")) == ["role"]


def test_who_stands_in_withdraws_a_signature_with_the_paper_they_stand_in_by(desk: Bureau) -> None:
    case = signed(desk).case_id
    with writing(desk, today=TODAY) as act:
        acting = {"paper": "示任〔2026〕3号", "who": "乙", "term_from": "2026-09-01"}
        assert enter(act, "acting_head", "2026-09-01", "丙", **acting) == []
    assert gates(put_right(desk, case, "withdraw", "乙")) == []
    assert data_of(book(desk, case)[-1])["stands_in"] == {"as": "acting_head", "paper": "示任〔2026〕3号"}


def test_the_head_confirms_exactly_what_was_signed_on_paper_in_a_month_that_is_over(desk: Bureau, scan: Path) -> None:
    signed(desk, entered_by="甲", signed_on_paper=True, scan=scan)
    assert [(one.by, one.entered_by, one.confirmed) for one in paper_signed(desk.code, MONTH)] == [("丙", "甲", False)]
    assert unconfirmed_months(desk.code, clock.today()) == {}
    assert unconfirmed_months(desk.code, NEXT) == {MONTH: 1}
    with writing(desk, today=NEXT) as act:
        early = confirm(act, MONTH, Act(clock.today().replace(day=1), "丙", {}))[0]
        stranger = confirm(act, MONTH, Act(NEXT, "甲", {}))[0]
        assert ([one.gate for one in early], [one.gate for one in stranger]) == (["future"], ["role"])
        assert confirm(act, MONTH, Act(NEXT, "丙", {})) == ((), 1)
        assert [one.gate for one in confirm(act, MONTH, Act(NEXT, "丙", {}))[0]] == ["order"]
    assert unconfirmed_months(desk.code, NEXT) == {}
    entry = book(desk, f"paper_signed:{MONTH}")[-1]
    found = paper_signed(desk.code, MONTH)[0]
    assert data_of(entry)["entries"] == [[found.seq, found.digest]]
    signed(desk, entered_by="甲", signed_on_paper=True, scan=scan)  # afterwards, in the same month
    assert unconfirmed_months(desk.code, NEXT) == {MONTH: 1}


def test_what_is_no_month_is_said(desk: Bureau) -> None:
    with pytest.raises(MonthFault, match="2026-13"):
        paper_signed(desk.code, "2026-13")
