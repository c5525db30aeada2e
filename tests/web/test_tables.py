"""Pages by key: every row once, forwards and backwards, however many share a day; the index walks straight there."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from fazheng.ledger.models import CaseRow
from fazheng.web.paging import PAGE_ROWS, keyset
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
MANY = 2 * PAGE_ROWS + 17


@pytest.fixture
def many(desk_home: AtWork) -> AtWork:
    """So many tickets more, most of them on one day."""
    CaseRow.objects.bulk_create(
        CaseRow(bureau=desk_home.bureau.code, case_id=f"hotline.ticket-2025-{n:04d}", procedure="hotline.ticket",
                in_force="2021-01-01", opened_on="2025-03-04" if n % 9 else f"2025-02-{n % 27 + 1:02d}", closed_on=None,
                last_on="2025-03-04", last_version=1, ref="")
        for n in range(1, MANY)
    )  # fmt: skip
    return desk_home


def listed(client: Client, url: str) -> list[str]:
    return re.findall(r'href="/case/([^/]+)/"', client.get(url).content.decode())


def way(client: Client, url: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', client.get(url).content.decode())
    return url.split("?", maxsplit=1)[0] + found[1].replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("sort", ["", "?sort=opened"])
def test_the_pages_of_a_list_hold_every_case_once_in_both_directions(
    many: AtWork, client_of: Clients, sort: str
) -> None:
    client, url = client_of("丙"), f"/lists/hotline.ticket/{sort}"
    there: list[list[str]] = []
    last = url
    while url:
        there.append(listed(client, url))
        last, url = url, way(client, url, "next")
    every = [case for page in there for case in page]
    assert len(every) == len(set(every))
    assert [len(page) for page in there] == [PAGE_ROWS, PAGE_ROWS, MANY - 2 * PAGE_ROWS]
    back = [there[-1]]
    while last := way(client, last, "prev"):
        back.append(listed(client, last))
    assert back[::-1] == there


def test_a_page_of_a_list_is_found_through_its_index(many: AtWork) -> None:
    rows = CaseRow.objects.filter(bureau=many.bureau.code, procedure="hotline.ticket")
    order = ("-opened_on", "-case_id")
    page, _, older = keyset(rows, order, QueryDict(), lambda row: (row.opened_on, row.case_id))
    with connection.execute_wrapper(_explained(told := list[str]())):
        keyset(rows, order, QueryDict(older[1:]), lambda row: (row.opened_on, row.case_id))
    assert len(page) == PAGE_ROWS
    assert any("case_by_procedure (bureau=? AND procedure=? AND opened_on<?)" in line for line in told), told


def _explained(told: list[str]) -> Callable[..., object]:
    def wrap(execute: Callable[..., object], sql: str, params: tuple[object, ...], *rest: object) -> object:
        told.extend(
            str(row[3]) for row in connection.connection.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params)
        )
        return execute(sql, params, *rest)

    return wrap


@pytest.mark.parametrize("nonsense", ["after=x", "after=WyJhIl0", "after=eyJhIjoxfQ", "sort=;drop"])
def test_an_address_that_says_nothing_sensible_is_the_first_page(
    many: AtWork, client_of: Clients, nonsense: str
) -> None:
    client = client_of("丙")
    assert listed(client, f"/lists/hotline.ticket/?{nonsense}") == listed(client, "/lists/hotline.ticket/")
