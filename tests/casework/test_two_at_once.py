"""Two people at once: one wins, the other is told what happened; no number is missing; nobody reads “locked”."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.db import connections

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, writing
from fazheng.ledger.faults import BookBusy
from fazheng.ledger.verify import verify
from tests.casework.desk import TODAY, book, bureau_at_work, day, do, receive

pytestmark = pytest.mark.usefixtures("database")
TIMES = 6
ROOT = Path(__file__).parents[2]


@pytest.fixture
def bureau(database: str) -> Bureau:
    return bureau_at_work()


def one_case(bureau: Bureau) -> str:
    with writing(bureau, today=TODAY) as act:
        return do(act, receive(act), "contact", "2026-09-02", reached=True).case_id


def replies(bureau: Bureau, case: str, start: Barrier, *, seen: bool) -> tuple[int, list[str]]:
    """How often a person's reply was recorded, and what they were told otherwise; `seen`: they look first each time."""
    recorded, told = 0, []
    try:
        for _ in range(TIMES):
            looked = len(book(bureau, case)) if seen else None
            start.wait(60)  # everybody has looked
            with writing(bureau, today=TODAY) as act:
                reply = Act(day("2026-09-03"), "甲", {"outcome": "resolved", "reply": "…"}, seen=looked)
                done = act.do(case, "answer", reply)
            recorded += not done.refused
            told += [refusal.says + refusal.todo for refusal in done.decision.refusals]
            start.wait(60)
    finally:
        connections.close_all()
    return recorded, told


def test_of_two_who_saw_the_same_case_one_wins_and_the_others_are_told(bureau: Bureau) -> None:
    case, writers = one_case(bureau), 4
    start = Barrier(writers)
    with ThreadPoolExecutor(writers) as pool:
        done = [pool.submit(replies, bureau, case, start, seen=True) for _ in range(writers)]
        found = [one.result() for one in done]
    told = [says for _, of_one in found for says in of_one]
    assert sum(recorded for recorded, _ in found) == TIMES  # one each time
    assert len(told) == TIMES * (writers - 1)
    assert all("又记入了" in says and "甲" in says and "请重新查看本案" in says for says in told)
    sound(bureau)


def test_without_a_number_an_act_is_decided_on_the_case_as_it_stands(bureau: Bureau) -> None:
    case, writers = one_case(bureau), 3
    start = Barrier(writers)
    with ThreadPoolExecutor(writers) as pool:
        done = [pool.submit(replies, bureau, case, start, seen=False) for _ in range(writers)]
        assert sum(one.result()[0] for one in done) == TIMES * writers
    sound(bureau)


def test_many_openings_at_once_leave_no_gap_in_the_numbers(bureau: Bureau) -> None:
    start = Barrier(4)

    def opens() -> list[str]:
        try:
            start.wait(60)
            opened = []
            for _ in range(TIMES):
                with writing(bureau, today=TODAY) as act:
                    opened.append(receive(act))
            return opened
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(opens) for _ in range(4)]
        cases = sorted(case for one in done for case in one.result())
    assert cases == [f"hotline.ticket-2026-{n:04d}" for n in range(1, 4 * TIMES + 1)]
    sound(bureau)


def test_many_programs_at_once_leave_no_gap_and_one_wins(bureau: Bureau) -> None:
    """Programs of their own, as two computers in one office: each replies to what it has seen, and opens a case."""
    case = one_case(bureau)
    seen = len(book(bureau, case))
    command = [sys.executable, "-m", "tests.casework.at_once", bureau.code, case, str(seen), str(TIMES)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    outputs = [program.communicate(timeout=120)[0] for program in running]
    assert [program.returncode for program in running] == [0, 0, 0]
    assert sorted(line for output in outputs for line in output.split() if line in ("recorded", "refused")) == [
        "recorded",
        "refused",
        "refused",
    ]
    opened = sorted(line for output in outputs for line in output.split() if line.startswith("hotline"))
    assert opened == [f"hotline.ticket-2026-{n:04d}" for n in range(2, 3 * TIMES + 2)]
    sound(bureau)


def test_who_says_a_number_that_is_not_there_yet_is_told(bureau: Bureau) -> None:
    case = one_case(bureau)
    reply = Act(day("2026-09-03"), "甲", {"outcome": "resolved", "reply": "…"}, seen=9)
    with writing(bureau, today=TODAY) as act:
        done = act.do(case, "answer", reply)
    assert [(r.gate, r.says) for r in done.decision.refusals] == [("seen", "本案到现在只有2条记录，没有第9条")]


def test_who_waits_too_long_reads_a_sentence(bureau: Bureau, database: str) -> None:
    from django.db import connection

    holding, let_go = Event(), Event()

    def holds() -> None:
        try:
            with writing(bureau, today=TODAY):
                holding.set()
                assert let_go.wait(60)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(holds)
        assert holding.wait(60)
        wait = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = '50ms'"}[database]
        connection.ensure_connection()
        connection.connection.execute(wait)
        if database == "postgresql":
            connection.connection.commit()
        with (
            pytest.raises(BookBusy, match="账本正被另一个程序占用，等候超时，本次没有写入"),
            writing(bureau, today=TODAY),
        ):
            pass
        let_go.set()
    with writing(bureau, today=TODAY) as act:
        receive(act)


def sound(bureau: Bureau) -> None:
    """The numbers go on without a gap, the chain holds, and a rebuild makes the rows that stand."""
    entries = book(bureau)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert verify(bureau.code).ok
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
