"""The sum row is kept by blocks of cases and goes on by what changed: it says what a sum made anew says."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.test import Client

from fazheng.casework.lists import sums
from fazheng.casework.writing import Writing, writing
from fazheng.ledger.models import CaseRow, StandingEvent
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted
from tests.web.test_lists import text

Clients = Callable[[str], Client]
LIST = "/lists/penalty.ordinary/"


def foot(client: Client, asked: str) -> str:
    found = re.search(r"<tfoot>.*</tfoot>", text(client, f"{LIST}?sum=1{asked}"), re.S)
    assert found is not None
    return re.sub("<[^>]*>", "|", found[0])


def decided(bureau: str, number: int, fine: int, day: str = "2025-03-04") -> None:
    """A case with a decision, as rows alone."""
    case = f"penalty.ordinary-2025-{number:06d}"
    CaseRow.objects.create(bureau=bureau, case_id=case, procedure="penalty.ordinary", in_force="2021-07-15",
                           opened_on=day, closed_on=None, last_on=day, last_version=1, ref="")  # fmt: skip
    StandingEvent.objects.create(bureau=bureau, case_id=case, version=2, procedure="penalty.ordinary", by="丙",
                                 event="penalty_decided", on_day=day, data=json.dumps({"fine": fine}))  # fmt: skip


@contextmanager
def acting(home: AtWork) -> Iterator[Writing]:
    with writing(home.bureau, today=desk.TODAY) as act:
        yield act


_YEARS = count(2900)


def anew(client: Client, asked: str) -> str:
    """The sum row of a question that nobody asked before and that leaves the same cases: nothing is kept of it."""
    return foot(client, f"{asked}&until={next(_YEARS)}-01-01")


ASKED = ("", "&state=open", "&light=green", "&by.case_filed.source=complaint", "&since=2026-10-01", "&state=closed")


@pytest.mark.parametrize("who", ["丙", "甲", "己"])
def test_a_kept_sum_is_never_older_than_the_book(client_of: Clients, desk_home: AtWork, who: str) -> None:
    """Cases are opened, decided, corrected, withdrawn, closed: each time as if it were counted for the first time."""
    client = client_of(who)
    with acting(desk_home) as act:
        first = desk.decided_unheard(act)
    steps: list[Callable[[Writing], object]] = [
        lambda act: desk.file(act, "2026-11-19", source="complaint", facts="…"),
        desk.decided_unheard,
        desk.receive,
        lambda act: desk.do(act, first, "correct", "2026-11-19", entry=1, source="complaint", reason="…"),
        lambda act: desk.do(act, desk_home.penalty, "gather_evidence", "2026-09-04", method="other",
                            evidence_kind="document", officers=["甲", "乙"], content="账"),
    ]  # fmt: skip
    for step in (lambda _: None, *steps):
        with acting(desk_home) as act:
            step(act)
        for asked in ASKED:
            kept, again = foot(client, asked), foot(client, asked)
            assert kept == again
            assert kept == anew(client, asked), asked


def test_after_an_entry_only_the_block_of_its_case_is_asked_again(client_of: Clients, desk_home: AtWork) -> None:
    client, bureau = client_of("丙"), desk_home.bureau.code
    for n in range(5):
        decided(bureau, 1 + 1000 * n, 100_00)
    assert "合计 6件" in foot(client, "")
    with acting(desk_home) as act:
        desk.file(act, "2026-11-19", source="complaint", facts="…")
    with counted() as asked:
        told = foot(client, "")
    assert "合计 7件" in told
    assert "500.00" in told
    values = " ".join(one["sql"] for one in asked["default"].captured_queries)
    assert "penalty.ordinary-2026-0" in values
    assert "penalty.ordinary-2025-00" not in values.split("GROUP BY", 1)[1]


def test_a_block_holds_a_thousand_numbers_and_numbers_of_another_length_lie_in_none_of_its_cases(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, bureau = client_of("丙"), desk_home.bureau.code
    for number in (1, 999, 1000, 1999, 100_001):
        decided(bureau, number, 1_00)
    assert "合计 6件" in foot(client, "")
    StandingEvent.objects.filter(case_id="penalty.ordinary-2025-001000").update(data='{"fine":20000}')
    with acting(desk_home) as act:
        desk.receive(act)
    assert "5.00" in foot(client, "")  # what changed without an entry is not seen: nothing changes so
    with acting(desk_home) as act:
        for _ in range(2):
            desk.file(act, "2026-11-19", source="complaint", facts="…")
    assert "合计 8件" in foot(client, "")


def test_where_very_many_cases_changed_all_blocks_are_asked(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("丙")
    foot(client, "")
    monkeypatch.setattr(sums, "_MOST_CASES", 1)
    with acting(desk_home) as act:
        for _ in range(3):
            desk.file(act, "2026-11-19", source="complaint", facts="…")
    assert "合计 4件" in foot(client, "")
