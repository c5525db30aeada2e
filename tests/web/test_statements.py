"""How many statements a page asks, those past Django's cursor among them: while the book stands, and once it went on.

Fixed for every page: the session and its account on the desk's own file, and where the book ends.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from fazheng.casework.act import Act
from fazheng.casework.registers import strike_row
from fazheng.casework.writing import writing
from fazheng.web.head.questions import questions
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import Counted, counted

Clients = Callable[[str], Client]
SESSION, END, STAFF = 2, 1, 1  # on the desk's own file; on the book; on the book, once after each entry
STANDING = 3  # of a page's data while nothing is entered
HEAD_ANEW = 30  # of a page of the head, the first time after an entry
PAGES = {  # → of its data, the first time after an entry
    "/today/": 5, "/todo/": 5, "/supervised/": 6, "/reading/": 6, "/review/": 4, "/lists/": 1,
    "/lists/penalty.ordinary/": 1, "/lists/penalty.ordinary/?sum=1": 3, "/registers/social_organisation/": 1,
    "/registers/social_organisation/?sum=1": 2, "/registers/staff/row/甲/": 2,
}  # fmt: skip


def of_data(asked: dict[str, Counted], fixed: int) -> int:
    """Statements beyond the fixed ones: a list's own views, which lie on the desk's file, are data."""
    return len(asked["default"]) - fixed + len(asked["desk"]) - SESSION


def asks(client: Client, url: str, home: AtWork, anew: int) -> None:
    """A page that was asked for already asks STANDING statements at most, and `anew` the first time after an entry."""
    for fixed, most in ((END, STANDING), (END + STAFF, anew)):
        with counted() as asked:
            client.get(url)
        told = [one["sql"][:90] for of in asked.values() for one in of.captured_queries]
        assert of_data(asked, fixed) <= most, told
        with writing(home.bureau, today=desk.TODAY) as act:
            desk.receive(act, ticket_no="示例工单甲")


@pytest.mark.parametrize("who", ["丙", "乙"])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_asks_three_statements_while_the_book_stands_and_few_more_once_it_went_on(
    client_of: Clients, desk_home: AtWork, url: str, who: str
) -> None:
    client = client_of(who)
    opens = client.get(url).status_code == 200
    assert opens or (who, url) == ("乙", "/review/")
    asks(client, url, desk_home, PAGES[url] + ("lists/p" in url or "social" in url))


HEAD_PAGES = ("", *(f"{one.id}/" for one in questions()))


@pytest.mark.parametrize("of", HEAD_PAGES)
def test_a_page_of_the_head_asks_at_most_three_statements_while_the_book_stands_and_thirty_after_an_entry(
    client_of: Clients, desk_home: AtWork, of: str
) -> None:
    """All figures of two years, of every procedure and register that the twelve questions name."""
    client, url = client_of("丙"), f"/head/{of}"
    client.get(url)
    asks(client, url, desk_home, HEAD_ANEW)


def test_what_is_entered_stands_on_the_next_page_and_who_left_reads_nothing_more(
    client_of: Clients, desk_home: AtWork
) -> None:
    """What a page kept is never older than the book."""
    head, url = client_of("丙"), "/lists/penalty.ordinary/"
    before = head.get(url).content.decode()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        later = desk.file(act, "2026-11-19", source="complaint", facts="…")
    assert later not in before
    assert later in head.get(url).content.decode()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert strike_row(act, "staff", "丙", Act(desk.day("2026-11-20"), "system", {}, paper="示例文件")) == ()
    assert head.get(url).status_code == 403


def test_a_row_stands_while_other_cases_go_on_and_is_made_anew_when_its_own_does(
    client_of: Clients, desk_home: AtWork
) -> None:
    head, url, data = client_of("丙"), "/lists/penalty.ordinary/", "ledger_standing_event"

    def asked_again() -> tuple[str, str]:
        with counted() as asked:
            page = head.get(url).content.decode()
        told = " ".join(one["sql"] for one in asked["default"].captured_queries)
        return page[page.index(f'/case/{desk_home.penalty}/"') :].partition("</tr>")[0], told

    before, _ = asked_again()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act, ticket_no="示例工单乙")
    same, told = asked_again()
    assert same == before
    assert data not in told
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.do(act, desk_home.penalty, "gather_evidence", "2026-09-04", method="other", evidence_kind="document",
                officers=["甲", "乙"], content="账")  # fmt: skip
    after, told = asked_again()
    assert after != before
    assert after.endswith("<td>2026-09-04</td>")
    assert told.count(data) == 1


def test_a_table_kept_for_who_reads_all_is_not_shown_to_who_reads_some(client_of: Clients, desk_home: AtWork) -> None:
    url = "/lists/penalty.ordinary/"
    assert desk_home.penalty in client_of("丙").get(url).content.decode()
    for who in ("丁", "己"):
        assert desk_home.penalty not in client_of(who).get(url).content.decode(), who
    assert desk_home.penalty in client_of("丙").get(url).content.decode()


def test_nothing_is_kept_for_an_address_longer_than_any_of_ours(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for length, again in ((100, 1), (3000, 2)):
        url = f"/lists/penalty.ordinary/?state=open&n={'x' * length}&before={'x' * length}"
        assert desk_home.penalty in client.get(url).content.decode()
        with counted() as asked:
            client.get(url)
        assert len(asked["default"]) == again, length
