"""What a step costs the database, counted: seconds jitter and counts do not."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection

from fazheng.casework.bureaux import Bureau
from fazheng.casework.desk import Desk
from fazheng.casework.handing import cases_in_hand
from fazheng.casework.kept import forget
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.signed import SIGNED
from tests.casework.desk import TODAY, book, bureau_at_work, day, do, receive
from tests.casework.test_together import CLIENTS, submitted_together

MOST_PAGES = 14
MOST_CALLS = 300
pytestmark = pytest.mark.sqlite  # which tells what it is asked


@contextmanager
def statements() -> Iterator[list[str]]:
    """What SQLite itself is asked meanwhile."""
    told: list[str] = []
    connection.ensure_connection()
    connection.connection.set_trace_callback(told.append)
    yield told
    connection.connection.set_trace_callback(None)


def kinds(told: list[str]) -> list[str]:
    """Each statement by its first word and its table; SQLite tells one again for each trigger that it fires."""
    once = [statement for before, statement in pairwise(["", *told]) if statement != before]
    words = [statement.replace('"', " ").split() for statement in once]
    tables = [next((word for word in words if word.startswith("ledger_")), "") for words in words]
    return [f"{of[0]} {table}".strip() for of, table in zip(words, tables, strict=True)]


def test_a_step_asks_for_the_head_and_writes_what_changed(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    with writing(desk, today=TODAY) as act:  # the first step of a process reads the staff
        do(act, case, "contact", "2026-09-02", reached=False)
    act_of = Act(day("2026-09-02"), "甲", {"reached": True})
    with statements() as told, writing(desk, today=TODAY) as act:
        assert not act.do(case, "contact", act_of).refused
    assert kinds(told) == [
        "BEGIN",
        "SELECT ledger_chain_head",  # is what was kept still so? Under the lock, and once
        "INSERT ledger_entry",
        "UPDATE ledger_chain_head",
        "UPDATE ledger_case",
        "INSERT ledger_standing_event",
        "COMMIT",
    ]


def test_a_step_writes_few_pages_into_the_log(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        cases = [receive(act) for _ in range(20)]
    driver = connection.connection
    log = Path(f"{driver.execute('PRAGMA database_list').fetchone()[2]}-wal")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.execute("PRAGMA wal_autocheckpoint=0")
    for case in cases:
        with writing(desk, today=TODAY) as act:
            assert not act.do(case, "contact", Act(day("2026-09-02"), "甲", {"reached": True})).refused
    frame = driver.execute("PRAGMA page_size").fetchone()[0] + 24
    assert log.stat().st_size // frame <= MOST_PAGES * len(cases)


def test_a_step_is_taken_in_few_calls(desk: Bureau) -> None:
    """Of functions, generators' turns among them; it was 331 before decision 0040."""
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    for _ in range(2):
        with writing(desk, today=TODAY) as act:  # what is worked out once a law is worked out here
            do(act, case, "contact", "2026-09-02", reached=False)
    calls = list[str]()
    sys.setprofile(lambda frame, what, _: calls.append(frame.f_code.co_name) if what == "call" else None)
    try:
        with writing(desk, today=TODAY) as act:
            act.do(case, "contact", Act(day("2026-09-02"), "甲", {"reached": True}))
    finally:
        sys.setprofile(None)
    assert len(calls) <= MOST_CALLS


def test_an_act_that_is_refused_writes_nothing(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
    with writing(desk, today=TODAY) as act:
        act.do(case, "receive", Act(day("2026-09-02"), "乙", {}))
    with statements() as told, writing(desk, today=TODAY) as act:
        assert act.do(case, "receive", Act(day("2026-09-02"), "乙", {})).refused
    assert kinds(told) == ["BEGIN", "SELECT ledger_chain_head", "COMMIT"]


def test_what_a_step_costs_does_not_grow_with_the_book(desk: Bureau) -> None:
    def cost() -> int:
        with statements() as told, writing(desk, today=TODAY) as act:
            receive(act)
        return len(kinds(told))

    with writing(desk, today=TODAY) as act:
        receive(act)
    before = cost()
    with writing(desk, today=TODAY) as act:
        for _ in range(50):
            receive(act)
    assert cost() == before


def test_a_group_is_flushed_once(desk: Bureau) -> None:
    told: list[str] = []
    with Desk(desk, today=lambda: TODAY) as counter:
        counter.submit(lambda act: connection.connection.set_trace_callback(told.append))
        cases = submitted_together(counter, [receive] * CLIENTS)
    assert len(set(cases)) == CLIENTS
    assert kinds(told).count("COMMIT") == 3  # the one that asked to be told, the one that kept the desk busy, the group


def test_staff_changed_by_another_writer_is_seen_by_the_next_act(desk: Bureau) -> None:
    from fazheng.casework.registers import strike_row

    with Desk(desk, today=lambda: TODAY) as counter:
        counter.submit(lambda act: receive(act, by="甲"))
        with writing(desk, today=TODAY) as act:
            assert strike_row(act, "staff", "乙", Act(day("2026-08-01"), "甲", {}, paper="示例台账")) == ()
        done = counter.submit(lambda act: act.open("hotline.ticket", Act(day("2026-09-01"), "乙", {})))
    assert "role" in [refusal.gate for refusal in done.decision.refusals]


def test_what_was_undone_is_not_kept(desk: Bureau) -> None:
    for _ in range(2):
        try:
            with writing(desk, today=TODAY) as act:
                assert receive(act) == "hotline.ticket-2026-0001"
                act.flush()
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    with writing(desk, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-0001"


def test_two_books_in_one_process_are_not_taken_for_each_other(desk: Bureau) -> None:
    other = bureau_at_work("999002", "示例县第二民政局")
    for bureau in (desk, other, desk, other):
        with writing(bureau, today=TODAY) as act:
            receive(act)
    assert [len([e for e in book(b) if e.event == "ticket_received"]) for b in (desk, other)] == [2, 2]
    forget()
    with writing(desk, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-0003"


def test_who_has_many_cases_in_hand_is_told_in_as_few_statements_as_who_has_one(desk: Bureau) -> None:
    def cost() -> int:
        with statements() as told:
            assert cases_in_hand(Writing(desk, TODAY), "乙")
        return len(kinds(told))

    for count in (1, 6):
        with writing(desk, today=TODAY) as act:
            for _ in range(count):
                receive(act)
        assert cost() == 2  # whose cases end where, with their tasks; those that went on
        assert cost() == 1


def test_whether_a_past_year_is_signed_is_asked_once_until_its_report_is_entered(desk: Bureau) -> None:
    later, again = date(2027, 3, 1), Act(day("2026-09-02"), "甲", {"reached": False})
    with writing(desk, today=later) as act:
        case = receive(act)
    with statements() as told, writing(desk, today=later) as act:
        assert act.do(case, "contact", again).decision.warnings == ()
    assert "SELECT ledger_entry" not in kinds(told)
    with writing(desk, today=later) as act:
        act.record("report:2026", SIGNED, Act(later, "甲", {}), {})
        signed = act.do(case, "contact", again)
    with writing(desk, today=later) as act:
        after = act.do(case, "contact", again)
    assert [[warning.gate for warning in done.decision.warnings] for done in (signed, after)] == [["after_signing"]] * 2
