"""交接单: no open case without a person."""

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.departing import NotLeft, depart
from fazheng.casework.handing import cases_in_hand, hand_over, last_part, takes_part
from fazheng.casework.looking import look
from fazheng.casework.meanwhile import entered_since
from fazheng.casework.parts import seen
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.ledger.models import CasePart, CaseRow
from fazheng.staff import load_roster
from fazheng.staff.rights import Reach, Seen, reach, viewer
from tests.casework.desk import TODAY, book, data_of, day, enter, file, receive

BY = Act(day("2026-11-18"), "丙", {}, paper="示例调令")


def newcomer(desk: Bureau, code: str = "庚", **more: object) -> None:
    with writing(desk, today=TODAY) as act:
        row = {"code": code, "name": f"示例{code}", "roles": ["officer", "hotline_desk"], **more}
        assert enter(act, "staff", "2026-10-01", "丙", **row) == []


def mine(desk: Bureau, code: str) -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [one.case_id for one in cases_in_hand(act, code)]


def test_a_case_is_in_the_hands_of_whom_its_steps_named_or_of_who_opened_it(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        ticket, penalty = receive(act), file(act)
    assert mine(desk, "甲") == [penalty]
    assert mine(desk, "乙") == sorted([ticket, penalty])
    assert mine(desk, "丙") == []  # approved it: the head signs, and has no case in hand


def test_handing_over_names_both_and_the_reason_is_held_apart(desk: Bureau) -> None:
    newcomer(desk, certificate_until="2030-12-31")
    with writing(desk, today=TODAY) as act:
        ticket, penalty = receive(act), file(act)
        refused, handed = hand_over(act, "乙", "庚", BY, "调离")
    assert (refused, [one.case_id for one in handed]) == ((), sorted([ticket, penalty]))
    last = book(desk, penalty)[-1]
    data = data_of(last)
    assert (last.event, last.by, data["from"], data["to"], set(data["reason"])) == (
        "handed_over", "丙", "乙", "庚", {"apart"},
    )  # fmt: skip
    assert (mine(desk, "乙"), mine(desk, "庚")) == ([], sorted([ticket, penalty]))
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live


def test_a_case_goes_to_nobody_who_may_not_handle_it(desk: Bureau) -> None:
    newcomer(desk)
    with writing(desk, today=TODAY) as act:
        ticket, penalty = receive(act), file(act)
        told = {
            now: [one.gate for one in hand_over(act, "乙", now, BY, "调离")[0]] for now in ("己", "庚", "乙", "路人")
        }
        one_of_them = hand_over(act, "乙", "庚", BY, "调离", [ticket])
        no_reason = hand_over(act, "乙", "庚", BY, " ", [penalty])[0]
    assert told == {"己": ["role", "role"], "庚": ["certificate"], "乙": ["field"], "路人": ["role"]}
    assert (one_of_them[0], [one.case_id for one in one_of_them[1]]) == ((), [ticket])
    assert [one.gate for one in no_reason] == ["field"]
    assert mine(desk, "乙") == [penalty]


def test_who_has_open_cases_is_not_struck_and_does_not_lose_the_post_they_have_them_by(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        penalty = file(act)
        struck = strike_row(act, "staff", "甲", BY)
        moved = change_row(act, "staff", "甲", Act(BY.on, "丙", {"roles": ["office"]}, paper="示例调令"))
        kept = change_row(act, "staff", "甲", Act(BY.on, "丙", {"roles": ["officer"]}, paper="示例调令"))
    assert [one.gate for one in (*struck, *moved)] == ["handover", "handover"]
    assert penalty in struck[0].says
    assert kept == ()


def test_leaving_and_handing_over_are_one_act_or_none(desk: Bureau) -> None:
    newcomer(desk)
    with writing(desk, today=TODAY) as act:
        ticket = receive(act)
    with pytest.raises(NotLeft, match="不在岗"), writing(desk, today=TODAY) as act:
        depart(act, "乙", "庚", Act(day("2019-01-01"), "丙", {}, paper="示例调令"), "调离")
    assert mine(desk, "乙") == [ticket]
    with writing(desk, today=TODAY) as act:
        assert [one.case_id for one in depart(act, "乙", "庚", BY, "调离")] == [ticket]
    assert load_roster(desk.code).on("乙", TODAY) is None
    assert mine(desk, "庚") == [ticket]


def test_who_has_a_part_in_a_case_reads_it_and_whose_step_waits_too(desk: Bureau) -> None:
    newcomer(desk, certificate_until="2030-12-31")
    with writing(desk, today=TODAY) as act:
        assert (
            enter(act, "section", "2026-09-01", "丙", code="执法股", name="执法股", procedures=["penalty.ordinary"])
            == []
        )
        penalty = file(act)
        hand_over(act, "乙", "庚", BY, "调离")
        act.flush()
        law, case = act.case(penalty)
    before, roster = seen(law, case), load_roster(desk.code)
    assert {"甲", "乙", "丙", "庚"} <= before.people
    sections = roster.sections_of("penalty.ordinary", TODAY)

    def reads(known: Seen) -> list[str]:
        reach_of = {code: reach(viewer(roster, code, TODAY), law.first, known, sections) for code in "甲乙丙丁己庚"}
        return [code for code, how_far in reach_of.items() if how_far is Reach.WHOLE]

    assert sections == {"执法股"}
    assert reads(before) == ["甲", "乙", "丙", "庚"]
    assert reads(Seen(before.people, before.roles | {"legal_reviewer"})) == ["甲", "乙", "丙", "己", "庚"]


def test_who_looked_erased_or_held_a_case_back_has_no_part_in_it(desk: Bureau) -> None:
    aside = ["private_erased", "hold_placed", "hold_lifted", "package_listed", "receipt_listed"]
    with writing(desk, today=TODAY) as act:
        ticket = receive(act)
        look(act, ticket, [], Act(TODAY, "丁", {}), "核对")
        for event in aside:
            act.record(ticket, event, Act(TODAY, "丁", {}), {})
        act.flush()
        law, case = act.case(ticket)
        assert [entry.event for entry in case.entries][1:] == ["private_looked", *aside]
        assert seen(law, case).people == {"乙"}
        assert entered_since(law, case, 1, ticket) is None
    rows = CaseRow.objects.filter(case_id=ticket)
    said = {code: rows.annotate(said=last_part(code)).values_list("said", flat=True).get() for code in "丁乙"}
    assert [takes_part(said[code], code) for code in "丁乙"] == [False, True]
    assert CasePart.objects.filter(case_id=ticket, who="person:丁").count() == 0


def test_a_part_that_an_earlier_build_left_does_not_stop_the_next_step(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    CasePart.objects.create(bureau=desk.code, procedure="hotline.ticket", who="person:甲", case_id=case)
    with writing(desk, today=TODAY) as act:
        done = act.do(case, "contact", Act(day("2026-09-01"), "甲", {"reached": True}))
    assert not done.refused
