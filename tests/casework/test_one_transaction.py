"""Entry and projections stand or fall together; nothing that was refused leaves a trace."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.folding import CaseUnknown, read_case
from fazheng.casework.rebuild import dump
from fazheng.casework.writing import Act, writing
from fazheng.ledger.read import head
from fazheng.ledger.verify import verify
from fazheng.procedure.attempt import UnknownStep
from tests.casework.desk import TICKET, TODAY, book, bureau_at_work, day, do, receive

Counted = tuple[int, ...]


def fill(table: str, verb: str) -> None:
    """Makes the table refuse every such statement, as a full disk would."""
    body = "BEGIN SELECT RAISE(ABORT, 'full'); END"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            said = "$$ BEGIN RAISE EXCEPTION 'full'; END $$"
            cursor.execute(f"CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS {said}")
            body = "FOR EACH ROW EXECUTE FUNCTION full_up()"
        cursor.execute(f"CREATE TRIGGER full_up BEFORE {verb} ON {table} {body}")


def rows() -> Counted:
    """How many rows each table of the book holds."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return tuple(cursor.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in sorted(tables))


@pytest.mark.parametrize(
    "table", ["ledger_case", "ledger_standing_event", "ledger_clock", "ledger_private_value", "ledger_chain_head"]
)
def test_a_table_that_takes_no_row_fails_the_act(desk: Bureau, table: str) -> None:
    before, end = rows(), head(desk.code)
    verb = "UPDATE" if table == "ledger_chain_head" else "INSERT"
    fill(table, verb)
    with pytest.raises(DatabaseError), writing(desk, today=TODAY) as act:
        receive(act, request="机密")
    assert (rows(), head(desk.code)) == (before, end)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_up" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    with writing(desk, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-0001"


def test_a_defect_that_cannot_be_projected_fails_what_happened_too(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    before = rows()
    fill("ledger_task", "INSERT")
    with pytest.raises(DatabaseError), writing(desk, today=TODAY) as act:
        do(act, case, "answer", "2026-09-02", happened=True, outcome="resolved", reply="…")
    assert rows() == before
    assert [entry.event for entry in book(desk, case)] == ["ticket_received"]


def test_an_error_after_the_act_undoes_it(desk: Bureau) -> None:
    before = rows()
    with pytest.raises(RuntimeError, match="power"):
        _received_before_the_power_went(desk)
    assert rows() == before


def _received_before_the_power_went(desk: Bureau) -> None:
    with transaction.atomic():
        with writing(desk, today=TODAY) as act:
            receive(act)
            act.flush()
            receive(act)
        raise RuntimeError("power")


def test_a_refused_act_leaves_no_trace_and_the_others_stand(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        refused = act.do(case, "answer", Act(day("2026-09-02"), "甲", {"outcome": "resolved", "reply": "机密"}))
        assert refused.refused
        do(act, case, "contact", "2026-09-02", reached=True)
    assert [entry.event for entry in book(desk, case)] == ["ticket_received", "caller_contacted"]
    assert verify(desk.code).first_broken is None


def test_a_case_that_was_refused_has_no_number(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        done = act.open("hotline.ticket", Act(day("2026-09-01"), "丙", TICKET))
        assert (done.case_id, [refusal.gate for refusal in done.decision.refusals]) == ("", ["role"])
        assert receive(act) == "hotline.ticket-2026-0001"


def test_a_day_that_no_version_covers_opens_no_case(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        done = act.open("hotline.ticket", Act(day("2021-01-05"), "乙", TICKET))
    assert [refusal.gate for refusal in done.decision.refusals] == ["version"]
    assert book(desk, "hotline.ticket-2021-0001") == []


def test_acts_of_one_transaction_see_each_other(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        do(act, case, "contact", "2026-09-02", reached=True)
        again = act.do(case, "receive", Act(day("2026-09-02"), "乙", TICKET))
        assert [refusal.gate for refusal in again.decision.refusals] == ["once"]
        do(act, case, "answer", "2026-09-02", outcome="resolved", reply="…")
    found = read_case(desk.code, case, act.book)
    assert [event.event for event in found.case.standing] == ["ticket_received", "caller_contacted", "ticket_answered"]


def test_what_a_transaction_remembers_is_what_the_book_says(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        act.do(case, "contact", Act(day("2026-09-02"), "甲", {"reached": True}, paper="通话记录"))
        act.do(case, "answer", Act(day("2026-09-20"), "甲", {"outcome": "resolved", "reply": "…"}, happened=True))
        remembered = act.case(case)
    found = read_case(desk.code, case, act.book)
    assert remembered == (found.law, found.case)


def test_a_case_nobody_opened_is_unknown(desk: Bureau) -> None:
    with pytest.raises(CaseUnknown, match="账本里没有案件"), writing(desk, today=TODAY) as act:
        act.do("hotline.ticket-2026-0099", "answer", Act(day("2026-09-02"), "甲", {}))
    with pytest.raises(UnknownStep), writing(desk, today=TODAY) as act:
        act.do(receive(act), "fly", Act(day("2026-09-02"), "甲", {}))
    with pytest.raises(KeyError), writing(desk, today=TODAY) as act:
        act.open("no.procedure", Act(day("2026-09-02"), "甲", {}))


def test_two_bureaux_in_one_home_do_not_mix(desk: Bureau) -> None:
    other = bureau_at_work("999002", "示例县第二民政局")
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    before = dump(desk.code)
    with writing(other, today=TODAY) as act:
        assert receive(act, on="2026-09-03") == case  # each counts its own
        with pytest.raises(CaseUnknown):
            act.do("hotline.ticket-2026-0002", "contact", Act(day("2026-09-03"), "甲", {"reached": True}))
        do(act, case, "contact", "2026-09-04", reached=False)
    assert dump(desk.code) == before
    assert [entry.event for entry in book(desk, case)] == ["ticket_received"]
    assert [entry.event for entry in book(other, case)] == ["ticket_received", "caller_contacted"]
    assert all(verify(bureau.code).first_broken is None for bureau in (desk, other))
    assert {row[1] for row in dump(other.code)["ledger_case"]} == {case}
    assert json.loads(book(other, case)[0].data)["topic"] == "养老机构收费"


def test_a_person_of_one_bureau_is_unknown_in_the_other(desk: Bureau) -> None:
    other = open_bureau("示例县第二民政局", "999002")
    with writing(other, today=TODAY) as act:
        done = act.open("hotline.ticket", Act(day("2026-09-01"), "乙", TICKET))
    assert [(refusal.gate, refusal.hard) for refusal in done.decision.refusals] == [("role", True)]
