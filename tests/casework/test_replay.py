"""Replay equals live: what the entries alone give is what stands in the tables, after whatever was done."""

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import read_case
from fazheng.casework.rebuild import PROJECTIONS, dump, rebuild
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.ledger.models import CaseRow, StandingEvent
from fazheng.ledger.read import cases_entries
from fazheng.ledger.verify import verify
from fazheng.procedure.case import event_of, evolve, fold
from fazheng.procedure.outlook import duties, prospects, suggestions
from fazheng.procedure.review import entered_afterwards
from tests.casework.acts import Acting
from tests.casework.desk import CODE, TODAY, book, day, enter, receive

ACTS, AT_ONCE = 180, 12


@pytest.fixture(params=range(3))
def busy(desk: Bureau, request: pytest.FixtureRequest) -> tuple[Bureau, Acting, int]:
    """The bureau after many random acts, and how many of them were recorded."""
    acting, recorded = Acting(request.param), 0
    for _ in range(ACTS // AT_ONCE):
        with writing(desk, today=TODAY) as act:
            recorded += sum(acting.act(act) for _ in range(AT_ONCE))
    return desk, acting, recorded


def test_rebuilt_tables_are_the_live_ones(busy: tuple[Bureau, Acting, int]) -> None:
    desk, acting, recorded = busy
    live = dump(desk.code)
    assert recorded > ACTS // 4
    assert {entry.event for entry in book(desk)} >= {"correct", "withdraw", "add_late"}
    assert rebuild(desk, today=TODAY) == len(acting.cases)
    assert dump(desk.code) == live
    assert live["ledger_defect"] != []
    assert live["ledger_task"] != []
    assert rebuild(desk, today=day("2027-01-01")) == len(acting.cases)  # on whatever day it is done
    assert dump(desk.code) == live
    assert verify(desk.code).first_broken is None


def test_a_case_is_what_its_entries_add_up_to(busy: tuple[Bureau, Acting, int]) -> None:
    desk, acting, _ = busy
    with writing(desk, today=TODAY) as act:
        for case_id, rows in cases_entries(desk.code, acting.cases):
            folded = fold(rows)
            assert folded == read_case(desk.code, case_id, act.book).case == act.case(case_id)[1]
            one_by_one = fold(rows[:1])
            for row in rows[1:]:
                one_by_one = evolve(one_by_one, event_of(row))
            assert one_by_one == folded
            stands = StandingEvent.objects.filter(bureau=desk.code, case_id=case_id)
            assert sorted(stands.values_list("version", "event", "on_day")) == sorted(
                (event.version, event.event, event.on.isoformat()) for event in folded.standing
            )


def test_a_live_case_is_what_the_book_says_after_each_act(desk: Bureau) -> None:
    acting = Acting(11)
    with writing(desk, today=TODAY) as act:
        for _ in range(60):
            acting.act(act)
        remembered = {case: act.case(case) for case in acting.cases}
    for case, (law, found) in remembered.items():
        read = read_case(desk.code, case, act.book)
        assert (read.law, read.case) == (law, found)


def test_standing_events_go_by_day_then_by_entry(busy: tuple[Bureau, Acting, int]) -> None:
    desk, acting, _ = busy
    for _, rows in cases_entries(desk.code, acting.cases):
        standing = [(event.on, event.version) for event in fold(rows).standing]
        assert standing == sorted(standing)


def test_registers_zeros_and_bureaux_are_rebuilt_too(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        entered = {"code": CODE, "name": "示例协会", "kind": "association", "registered_on": "2020-05-06"}
        assert enter(act, "social_organisation", "2024-01-02", **entered) == []
        assert (
            change_row(
                act, "social_organisation", CODE, Act(day("2025-01-02"), "甲", {"name": "新示例协会"}, paper="示例台账")
            )
            == ()
        )
        assert strike_row(act, "social_organisation", CODE, Act(day("2026-01-02"), "甲", {}, paper="示例台账")) == ()
        receive(act)
    live = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live
    assert len(live["ledger_register_row"]) > 2


def test_a_spoilt_table_is_made_good(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        receive(act)
    live = dump(desk.code)
    CaseRow.objects.filter(bureau=desk.code).update(opened_on="1999-01-01")
    StandingEvent.objects.filter(bureau=desk.code).delete()
    assert dump(desk.code) != live
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live


def test_a_rebuild_of_one_bureau_leaves_the_other_alone(desk: Bureau) -> None:
    from tests.casework.desk import bureau_at_work

    other = bureau_at_work("999002", "示例县第二民政局")
    with writing(other, today=TODAY) as act:
        receive(act)
    before = dump(other.code)
    rebuild(desk, today=TODAY)
    assert dump(other.code) == before


def test_every_projection_is_rebuilt() -> None:
    from django.apps import apps

    record = {"ledger_entry", "ledger_private_value", "ledger_chain_head", "ledger_data_key"}
    tables = {model._meta.db_table for model in apps.get_app_config("ledger").get_models()}
    record.add("ledger_remade")  # counts the rebuilds themselves: tests/web/test_as_of.py
    found = {"ledger_search_token", "ledger_searched_to"}  # made when somebody searches: tests/web/test_search.py
    assert {table._meta.db_table for table in PROJECTIONS} == tables - record - found


def test_any_case_can_be_looked_at_from_any_day(busy: tuple[Bureau, Acting, int]) -> None:
    desk, acting, _ = busy
    with writing(desk, today=TODAY) as act:
        around = act.surroundings()
        for case_id in acting.cases:
            law, case = act.case(case_id)
            for on in ("2025-12-31", "2026-03-02", "2026-11-20"):
                found = prospects(law, case, day(on), around)
                assert all(refusal.article and refusal.todo for one in found for refusal in one.against)
                assert all(duty.clock.limit.binds for duty in duties(law, case, day(on), around))
                suggestions(law, case, day(on), around)
            assert entered_afterwards(law, case) <= {event.version for event in case.standing}
