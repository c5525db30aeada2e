"""Clients that wait together: one flush for all of them, and nobody pays for another's refusal or fault."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from fazheng.casework.bureaux import Bureau
from fazheng.casework.desk import Desk, DeskClosed
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.ledger.models import CaseRow
from fazheng.ledger.verify import verify
from tests.casework.desk import TICKET, TODAY, book, bureau_at_work, day, do, receive

pytestmark = pytest.mark.usefixtures("database")
CLIENTS = 8


@pytest.fixture
def bureau(database: str) -> Bureau:
    return bureau_at_work()


@pytest.fixture
def counter(bureau: Bureau) -> Iterator[Desk]:
    with Desk(bureau, today=lambda: TODAY) as desk:
        yield desk


@contextmanager
def held_up(desk: Desk) -> Iterator[None]:
    """The desk is busy with one client's work for as long as this lasts, so that the others wait together."""
    begun, go_on = Event(), Event()

    def hold(_: Writing) -> None:
        begun.set()
        assert go_on.wait(20)

    holding = Thread(target=desk.submit, args=(hold,))
    holding.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        go_on.set()
        holding.join()


def submitted_together(desk: Desk, works: list) -> list:
    """What each client was answered or told; all of them waited for the same transaction."""

    def told(work: object) -> object:
        try:
            return desk.submit(work)  # type: ignore[arg-type]
        except Exception as fault:
            return fault

    with ThreadPoolExecutor(len(works)) as pool:
        with held_up(desk):
            waiting = [pool.submit(told, work) for work in works]
            while desk._waiting.qsize() < len(works):
                pass
        return [one.result() for one in waiting]


def test_clients_that_wait_together_share_one_flush(bureau: Bureau, counter: Desk) -> None:
    before = counter.groups
    cases = submitted_together(counter, [receive] * CLIENTS)
    assert sorted(cases) == [f"hotline.ticket-2026-{n:04d}" for n in range(1, CLIENTS + 1)]
    assert counter.groups - before == 2  # the one that held the desk up, and all the others
    assert verify(bureau.code).ok
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live


def test_who_is_answered_finds_the_act_in_the_book(bureau: Bureau, counter: Desk) -> None:
    case = counter.submit(receive)
    assert [entry.event for entry in book(bureau, case)] == ["ticket_received"]


def test_a_refused_act_takes_no_other_with_it(bureau: Bureau, counter: Desk) -> None:
    def refused(act: Writing) -> Done:
        return act.open("hotline.ticket", Act(day("2026-09-01"), "丙", TICKET))

    first, second, third = submitted_together(counter, [receive, refused, receive])
    assert [refusal.gate for refusal in second.decision.refusals] == ["role"]
    assert sorted([first, third]) == ["hotline.ticket-2026-0001", "hotline.ticket-2026-0002"]
    assert {row.case_id for row in CaseRow.objects.filter(bureau=bureau.code)} == {first, third}


def test_an_act_that_fails_leaves_no_trace_and_the_others_stand(bureau: Bureau, counter: Desk) -> None:
    def fails_late(act: Writing) -> None:
        receive(act)
        act.flush()  # its rows are in the tables already
        raise ZeroDivisionError

    def spoilt(act: Writing) -> None:
        receive(act)
        act.flush()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO ledger_chain_head (bureau, seq, digest) VALUES ('999001', 0, '')")

    works = [receive, fails_late, receive, spoilt, receive]
    first, second, third, fourth, fifth = submitted_together(counter, works)
    assert isinstance(second, ZeroDivisionError)
    assert "链头" in str(fourth)
    assert sorted([first, third, fifth]) == [f"hotline.ticket-2026-000{n}" for n in (1, 2, 3)]
    staff = [entry for entry in book(bureau) if entry.event == "ticket_received"]
    assert len(staff) == 3
    assert verify(bureau.code).ok


def test_acts_of_one_group_see_those_before_them(bureau: Bureau, counter: Desk) -> None:
    case = counter.submit(lambda act: do(act, receive(act), "contact", "2026-09-02", reached=True).case_id)
    reply = Act(day("2026-09-02"), "甲", {"outcome": "resolved", "reply": "…"}, seen=2)
    answers = submitted_together(counter, [lambda act: act.do(case, "answer", reply)] * 4)
    assert sorted(answer.refused for answer in answers) == [False, True, True, True]
    assert [entry.event for entry in book(bureau, case)].count("ticket_answered") == 1


def test_a_group_that_cannot_be_committed_is_told_to_all(bureau: Bureau, counter: Desk) -> None:
    def gives_up(act: Writing) -> None:
        connection.connection.execute("ROLLBACK")  # as a database does by itself whose disk is full
        raise ZeroDivisionError

    answers = submitted_together(counter, [receive, gives_up, receive])
    assert [type(answer) for answer in answers] == [ZeroDivisionError] * 3
    assert CaseRow.objects.count() == 0
    assert counter.submit(receive) == "hotline.ticket-2026-0001"  # and the desk goes on


def test_a_desk_sees_what_others_wrote_beside_it(bureau: Bureau, counter: Desk) -> None:
    case = counter.submit(receive)
    with writing(bureau, today=TODAY) as act:
        assert receive(act) == "hotline.ticket-2026-0002"
        do(act, case, "contact", "2026-09-02", reached=True)
    assert counter.submit(receive) == "hotline.ticket-2026-0003"
    again = counter.submit(lambda act: act.case(case)[1].next_version)
    assert again == 3


def test_a_closed_desk_takes_nothing(bureau: Bureau) -> None:
    desk = Desk(bureau, today=lambda: TODAY)
    assert desk.submit(receive)
    desk.close()
    desk.close()
    with pytest.raises(DeskClosed, match="没有写入"):
        desk.submit(receive)


def test_nobody_is_answered_before_the_commit(bureau: Bureau, counter: Desk) -> None:
    seen: list[int] = []

    def looks(act: Writing) -> None:
        transaction.on_commit(lambda: seen.append(len(answered)))

    answered: list[object] = []
    for work in (receive, looks, receive):
        answered.append(counter.submit(work))
    assert seen == [1]
