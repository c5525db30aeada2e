"""A list, a register, a search asks its data in at most three statements, while the book stands and after an entry.

Fixed for every page: the session and its account on the desk's own file; on the book where it ends, and the staff once
after an entry. What a search enters in the book is written as every entry is, and counted where steps are.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.finding import search, sought
from fazheng.casework.writing import writing
from fazheng.staff import load_roster
from fazheng.staff.rights import viewer
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import Counted, counted

Clients = Callable[[str], Client]
MOST = 3
SESSION = 2
STAFF = "ledger_register_row"
PENALTIES, TICKETS, ORGANISATIONS = "/lists/penalty.ordinary/", "/lists/hotline.ticket/", "/registers/staff/"
PAGES = [
    *("/lists/", "/registers/", "/search/"),
    *(f"{of}{asked}" for of in (PENALTIES, TICKETS) for asked in (
        "", "?sum=1", "?light=red&sum=1", "?state=open&light=green&sum=1&sort=opened", "?show=opened&show=due&sum=1",
        "?since=2026-01-01&until=2026-12-31&sum=1", "?ref=没有的",
    )),
    f"{PENALTIES}?by.case_filed.source=inspection&sum=1",
    *(f"{of}{asked}" for of in ("/registers/social_organisation/", "/registers/staff/") for asked in (
        "", "?sum=1", "?on=2026-03-01&sum=1&sort=-key", "?show=name",
    )),
]  # fmt: skip


def of_data(asked: dict[str, Counted]) -> list[str]:
    """The statements beyond the fixed ones: a list's own views, which lie on the desk's file, are data."""
    book = [one["sql"] for one in asked["default"].captured_queries]
    fixed = [one for one in book if "ledger_chain_head" in one][:1]
    fixed += [one for one in book if STAFF in one and "'staff'" in one][:1]
    others = [one for one in book if one not in fixed]
    return [*others, *("desk" for _ in range(len(asked["desk"]) - SESSION))]


@pytest.mark.parametrize("who", ["丙", "乙", "己"])
@pytest.mark.parametrize("url", PAGES)
def test_a_list_asks_its_data_in_three_statements_also_after_an_entry(
    client_of: Clients, desk_home: AtWork, url: str, who: str
) -> None:
    client = client_of(who)
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.decided_unheard(act)
    answered = client.get(url)
    if answered.status_code != 200:
        assert answered.status_code == 403
        return
    if "/view" not in url and url.startswith("/lists/p"):
        client.post(f"{PENALTIES}view/", {"name": "甲", "query": "state=open"})
    for enter in (False, True, True):
        if enter:
            with writing(desk_home.bureau, today=desk.TODAY) as act:
                desk.receive(act)
                desk.file(act, "2026-11-19", source="complaint", facts="…")
        with counted() as asked:
            assert client.get(url).status_code == 200
        assert len(of_data(asked)) <= MOST, of_data(asked)


@pytest.mark.parametrize("text", ["axxh", "7788", "爱心协会", "penalty.ordinary-2026-0001", "示例文号一二三"])
def test_a_search_asks_two_statements_beside_its_entry_and_the_key_of_what_is_held_apart(
    client_of: Clients, desk_home: AtWork, text: str
) -> None:
    """Whether it is the number of a case, which leads there, is asked before: three of its own."""
    client_of("丙").post("/search/", {"q": "axxh"})
    who = viewer(load_roster(desk_home.bureau.code), "丙", desk.TODAY)
    with writing(desk_home.bureau, today=desk.TODAY) as act, counted() as asked:
        assert not search(act, who, sought(text))[0]
    told = [one["sql"] for one in asked["default"].captured_queries]
    assert len([one for one in told if "ledger_data_key" not in one]) <= 2, told
