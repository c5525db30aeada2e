"""The columns of a list or a register: chosen without a script, kept in the address and in views, as shown in files."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.exporting import EXPORTS
from fazheng.casework.writing import writing
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted
from tests.web.test_lists import text
from tests.web.test_tables import listed

Clients = Callable[[str], Client]
LIST, REGISTER = "/lists/penalty.ordinary/", "/registers/social_organisation/"
SOME = "show=opened&show=due&show=case_filed.matter&show=penalty_decided.fine"


def heads(page: str) -> list[str]:
    return [re.sub("<[^>]*>|[ ↓↑]", "", one) for one in re.findall(r'<th scope="col".*?</th>', page)]


def cells(page: str) -> list[list[str]]:
    """The cells of each row of the table, as text."""
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", page, re.S)
    return [[re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_a_list_shows_the_columns_that_are_ticked_and_always_its_first(client_of: Clients) -> None:
    client = client_of("丙")
    every, some = text(client, LIST), text(client, f"{LIST}?{SOME}")
    assert [len(heads(some)), *heads(some)[:2]] == [5, "案件", "开案"]
    kept = [heads(every).index(head) for head in heads(some)]
    assert kept == sorted(kept)
    assert cells(some) == [[row[place] for place in kept] for row in cells(every)]
    assert cells(some)


@pytest.mark.parametrize("nonsense", ["show=", "show=case", "show=没有的", "show=,,&show=x"])
def test_no_column_that_is_known_means_all_of_them(client_of: Clients, nonsense: str) -> None:
    client = client_of("丙")
    assert heads(text(client, f"{LIST}?{nonsense}")) == heads(text(client, LIST))


@pytest.mark.parametrize("url", [LIST, REGISTER])
def test_columns_are_chosen_by_a_form_of_the_page_that_keeps_what_was_asked(client_of: Clients, url: str) -> None:
    client = client_of("丙")
    form = re.search(r'<details class="columns">.*?</details>', text(client, f"{url}?sort=-x&light=red"), re.S)
    assert form is not None
    names = re.findall(r'name="show" value="([^"]+)" checked', form[0])
    assert len(names) == len(heads(text(client, url))) - 1
    assert '<input type="hidden" name="light" value="red">' in form[0]
    narrowed = text(client, f"{url}?show={names[0]}&show={names[-1]}&light=red")
    assert len(heads(narrowed)) == 3
    again = re.search(r'<details class="columns">.*?</details>', narrowed, re.S)
    assert again is not None
    assert re.findall(r'name="show" value="([^"]+)" checked', again[0]) == [names[0], names[-1]]
    assert '<a href="?light=red">全部列</a>' in again[0]


def test_filters_order_and_sums_keep_the_columns(client_of: Clients) -> None:
    page = text(client_of("丙"), f"{LIST}?{SOME}&sum=1")
    words = "opened,due,case_filed.matter,penalty_decided.fine"
    assert f'<input type="hidden" name="show" value="{words}">' in page
    turned = re.search(r'aria-sort="descending"><a href="([^"]+)"', page)
    assert turned is not None
    assert heads(text(client_of("丙"), LIST + turned[1].replace("&amp;", "&"))) == heads(page)
    foot = re.search(r"<tfoot>.*</tfoot>", page, re.S)
    assert foot is not None
    assert foot[0].count("<td") == 5


def test_a_view_keeps_its_columns(client_of: Clients) -> None:
    client = client_of("丙")
    kept = client.post(f"{LIST}view/", {"name": "八列", "query": f"state=open&{SOME}&after=x&q=y"})["Location"]
    assert "after" not in kept
    assert len(heads(text(client, kept))) == 5
    link = re.search(r'<a href="([^"]+)">八列</a>', text(client, LIST))
    assert link is not None
    assert heads(text(client, LIST + link[1].replace("&amp;", "&"))) == heads(text(client, kept))


@pytest.mark.parametrize("url", [LIST, REGISTER])
def test_what_leaves_has_the_columns_that_are_shown_and_the_book_says_how_many(
    client_of: Clients, desk_home: AtWork, url: str
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.enter(act, "social_organisation", "2026-01-05", code=desk.CODE, name="示例县爱心协会",
                   kind="association", registered_on="2026-01-05")  # fmt: skip
    client = client_of("丙")
    some = SOME if url == LIST else "show=name&show=since"
    page = text(client, f"{url}?{some}")
    asked = re.search(r'<details class="export">.*?</details>', page, re.S)
    assert asked is not None
    sent = {name: [value] for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked[0])}
    sent["show"] = re.findall(r'name="show" value="([^"]*)"', asked[0])
    answer = client.post(f"{url}export/", {**sent, "to": "示例市局", "form": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == heads(page)
    assert [row[1:] for row in rows[1:]] == [row[1:] for row in cells(page)]
    assert f"{len(rows[0])}列" in desk.data_of(desk.book(desk_home.bureau, EXPORTS)[-1])["selection"]


def test_no_clock_and_no_event_is_read_for_columns_that_are_not_shown(client_of: Clients) -> None:
    with counted() as asked:
        client_of("丙").get(f"{LIST}?show=opened&show=last")
    told = " ".join(one["sql"] for one in asked["default"].captured_queries)
    assert "ledger_clock" not in told
    assert told.count("ledger_standing_event") == 1  # whether anything of the case stands at all


def test_a_row_kept_with_some_columns_is_not_shown_with_others(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for _ in range(2):
        for asked, many in (("", len(heads(text(client, LIST)))), (f"?{SOME}", 5), ("?show=last", 2)):
            assert {len(row) for row in cells(text(client, f"{LIST}{asked}"))} == {many}, asked
    assert listed(client, f"{LIST}?show=last") == [desk_home.penalty]
