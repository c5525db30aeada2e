"""What is held apart stands in the private store and nowhere else: no entry, no table, no error, no task."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import settle_task
from fazheng.casework.registers import change_row
from fazheng.casework.writing import Act, writing
from fazheng.lawbook.procedure import HELD_APART
from fazheng.ledger.chain import apart_digest
from fazheng.ledger.models import PrivateValue, Task
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.read import private_value
from fazheng.ledger.storage import BOOK
from fazheng.procedure.fields import FieldFault, read
from tests.casework.acts import Acting
from tests.casework.desk import FILE, TICKET, TODAY, book, data_of, day, decided_unheard, do, enter, receive, sound

pytestmark = pytest.mark.sqlite  # they look into the file, past the program
SECRET = "机密甲乙丙"


def leaks(home: Path, marker: str) -> list[str]:
    """Tables and columns of the book, the private store apart, in which the marker stands."""
    found = []
    with closing(sqlite3.connect(home / BOOK)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for column in columns if table != "ledger_private_value" else ():
                sql = f'SELECT count(*) FROM {table} WHERE instr(CAST("{column}" AS TEXT), ?)'
                if connection.execute(sql, [marker]).fetchone()[0]:
                    found.append(f"{table}.{column}")
    return found


def kept(home: Path, marker: str) -> int:
    """How many private values hold the marker; none of them may be read in the file itself."""
    with closing(sqlite3.connect(home / BOOK)) as connection:
        sql = "SELECT count(*) FROM ledger_private_value WHERE instr(value, ?)"
        assert connection.execute(sql, [marker]).fetchone()[0] == 0
    rows = PrivateValue.objects.values_list("bureau", "digest")
    return sum(marker in str(private_value(bureau, digest)) for bureau, digest in rows)


def test_no_private_value_leaves_the_private_store(home: Path, desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        ticket = receive(act, request=SECRET, caller=SECRET, phone="13800138000")
        happened = Act(day("2026-09-02"), "甲", {"reached": True, "note": SECRET}, happened=True, paper=SECRET)
        sound(act.do(ticket, "contact", happened))
        do(act, ticket, "correct", "2026-09-03", entry=1, request=SECRET + "又", reason=SECRET)
        do(act, ticket, "add_late", "2026-09-02", step="contact", reached=False, note=SECRET, reason=SECRET)
        do(act, ticket, "withdraw", "2026-09-03", entry=2, reason=SECRET)
        case = decided_unheard(act)
        act.flush()
        task = Task.objects.filter(bureau=desk.code, case_id=case).values_list("task_id", flat=True)[0]
        assert settle_task(act, task, Act(day("2026-09-10"), "丙", {}, paper=SECRET), SECRET) == ()
        assert enter(act, "staff", "2026-01-01", code="庚", name=SECRET, roles=["officer"]) == []
        assert change_row(act, "staff", "庚", Act(day("2026-02-01"), "丙", {"name": SECRET}, paper=SECRET)) == ()
    assert leaks(home, SECRET) == []
    assert leaks(home, "13800138000") == []
    assert kept(home, SECRET) == 14


def test_no_random_act_leaks_either(home: Path, desk: Bureau) -> None:
    acting = Acting(7, SECRET)
    for _ in range(10):
        with writing(desk, today=TODAY) as act:
            for _ in range(10):
                acting.act(act)
    assert leaks(home, SECRET) == []
    assert kept(home, SECRET) > 20


def test_the_digest_binds_the_value_to_its_entry(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, request=SECRET)
    digest = data_of(book(desk, case)[0])["request"]["apart"]
    stored = PrivateValue.objects.get(bureau=desk.code, digest=digest)
    assert (stored.salt, SECRET in stored.value) == ("", False)
    opened = Ring(desk.code).value(digest, stored.salt, stored.value)
    assert apart_digest(bytes.fromhex(opened.salt), SECRET) == digest
    assert private_value(desk.code, digest) == SECRET


def test_the_same_words_twice_have_two_digests(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        first, second = receive(act, request=SECRET), receive(act, request=SECRET)
    digests = {data_of(book(desk, case)[0])["request"]["apart"] for case in (first, second)}
    assert len(digests) == 2


def test_a_value_that_was_erased_leaves_the_book_readable(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, request=SECRET)
    digest = data_of(book(desk, case)[0])["request"]["apart"]
    PrivateValue.objects.filter(bureau=desk.code, digest=digest).delete()
    with writing(desk, today=TODAY) as act:
        do(act, case, "contact", "2026-09-02", reached=True)
    assert private_value(desk.code, digest) is None


@pytest.mark.parametrize(
    ("procedure", "data"),
    [
        ("hotline.ticket", {**TICKET, "request": "", "caller": SECRET}),
        ("hotline.ticket", {**TICKET, "phone": SECRET}),
        ("hotline.ticket", {**TICKET, "colour": SECRET}),
        ("hotline.ticket", {**TICKET, "law": SECRET}),
        ("hotline.ticket", {**TICKET, "paper": SECRET}),
        ("hotline.ticket", {**TICKET, "kind": SECRET}),
        ("penalty.ordinary", {**FILE, "organisation": SECRET}),
        ("penalty.ordinary", {**FILE, "facts": [SECRET]}),
    ],
)
def test_a_refusal_repeats_nothing_of_what_was_entered(
    home: Path, desk: Bureau, procedure: str, data: dict[str, Any]
) -> None:
    with writing(desk, today=TODAY) as act:
        done = act.open(procedure, Act(day("2026-09-01"), "甲" if "facts" in data else "乙", data))
    assert done.refused
    assert SECRET not in "".join(r.says + r.todo for r in done.decision.refusals)
    assert leaks(home, SECRET) == []
    assert kept(home, SECRET) == 0


@pytest.mark.parametrize("kind", sorted(HELD_APART))
def test_no_fault_of_a_private_field_repeats_it(kind: str) -> None:
    from fazheng.lawbook.procedure import Kind

    try:
        read(Kind.parse(f"{kind}*"), f"{SECRET}、{SECRET}", {})
    except FieldFault as fault:
        told = str(fault)
    else:
        told = ""
    assert SECRET not in told


def test_conditions_see_only_whether_a_private_value_is_there(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act, request=SECRET)
        _, found = act.case(case)
    assert SECRET not in repr(found)


def test_an_open_field_takes_no_number_of_a_person(home: Path, desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        for typed in ("13800138000", "99900119900101001X"):
            done = act.open("hotline.ticket", Act(day("2026-09-01"), "乙", {**TICKET, "topic": f"找{typed}"}))
            assert [refusal.gate for refusal in done.decision.refusals] == ["field"]
            assert typed not in done.decision.refusals[0].says
    assert leaks(home, "13800138000") == []
