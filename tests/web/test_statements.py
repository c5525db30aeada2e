"""How many statements a page asks, those past Django's cursor among them: while the book stands, and once it went on.

Fixed for every page: the session and its account on the desk's own file, and where the book ends.
"""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from fazheng.casework.act import Act
from fazheng.casework.consulting import ask_people, late_clocks
from fazheng.casework.looking import look
from fazheng.casework.registers import strike_row
from fazheng.casework.writing import writing
from fazheng.ledger.models import Entry
from fazheng.web.head.questions import questions
from tests.casework import desk
from tests.casework.test_waiting import investigated, notified
from tests.web.conftest import AtWork
from tests.web.test_case_page import Counted, counted

Clients = Callable[[str], Client]
SESSION, END, STAFF = 2, 1, 1  # on the desk's own file; on the book; on the book, once after each entry
MOST = 3  # of a page's own data, while nothing is entered and the first time after an entry
HEAD_ANEW = 29  # of a page of the head, the first time after an entry
ADMINISTRATORS = {"系": "system_admin", "安": "security_admin", "审": "audit_admin", "办": "office", "人": "personnel"}
# name of an address → who asks it, and what stands in its place
PAGES: dict[str, tuple[str, tuple[object, ...]]] = {
    "today": ("乙丙己", ()), "duties": ("乙丙", ()), "todo": ("乙丙己", ()), "done": ("乙丙", ()),
    "supervised": ("乙丙", ()), "reading": ("乙丙", ()), "calendar": ("乙", ()),
    "ask": ("丙", ("{ticket}", "supervision")), "asked": ("丙", ("{ticket}", 3)),
    "review": ("丙己", ()), "review_file": ("丙", ("{penalty}",)),
    "second_factor": ("乙", ()), "paper_signed": ("丙", ()),
    "people": ("乙丙", ()), "person": ("乙丙", ("乙",)), "staffing": ("丙", ()), "handover": ("丙", ("乙",)),
    "people_row_new": ("丙人", ("staff",)), "people_row": ("丙人", ("staff", "乙")), "sections": ("乙丙", ()),
    "accounts": ("系", ()), "account": ("系", ("乙",)), "lockouts": ("安", ()), "lockout": ("安", ("乙",)),
    "logins": ("审", ()),
    "audit": ("审", ()), "verify": ("审", ()), "looks": ("审", ()), "look": ("审", ("{look}",)),
    "audit_exports": ("审", ()), "audit_clocks": ("审", ()),
    "case": ("乙丙", ("{penalty}",)), "dossier": ("乙丙", ("{penalty}",)), "case_files": ("乙", ("{penalty}",)),
    "private": ("乙", ("{penalty}",)), "late_steps": ("乙", ("{penalty}",)), "step": ("乙", ("{ticket}", "contact")),
    "correct": ("乙", ("{ticket}", 1)), "withdraw": ("乙", ("{ticket}", 1)),
    "add_late": ("乙", ("{ticket}", "contact")),
    "new_case": ("乙", ()), "open": ("乙", ("penalty.ordinary",)),
}  # fmt: skip
LISTS = {  # → the most after an entry
    "/lists/": 1, "/lists/penalty.ordinary/": 2, "/lists/penalty.ordinary/?sum=1": 4,
    "/registers/social_organisation/": 2, "/registers/social_organisation/?sum=1": 3, "/registers/staff/row/甲/": 2,
}  # fmt: skip
# what shows no page of its own: it leads elsewhere, gives a file, or takes a form alone
NO_PAGES = {"home", "feed", "checkpoint", "checkpoint_file", "receipt", "case_file", "put_aside", "settle"}
OURS = ("today", "review", "signing", "people", "accounts", "audit", "cases")


def of_data(asked: dict[str, Counted], fixed: int) -> int:
    """Statements beyond the fixed ones: a list's own views, which lie on the desk's file, are data."""
    return len(asked["default"]) - fixed + len(asked["desk"]) - SESSION


def asks(client: Client, url: str, home: AtWork, anew: int) -> None:
    """A page that was asked for already asks MOST statements at most, and `anew` the first time after an entry."""
    for fixed, most in ((END, MOST), (END + STAFF, anew)):
        with counted() as asked:
            client.get(url)
        told = [one["sql"][:90] for of in asked.values() for one in of.captured_queries]
        assert of_data(asked, fixed) <= most, told
        with writing(home.bureau, today=desk.TODAY) as act:
            desk.receive(act, ticket_no="示例工单甲")


@pytest.fixture
def at_work(desk_home: AtWork) -> dict[str, object]:
    """What a page may list: administrators and offices, a section, papers, a question, a look, a signature on paper."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for code, role in ADMINISTRATORS.items():
            assert desk.enter(act, "staff", "2020-01-01", code=code, name=f"示例{code}", roles=[role]) == []
        desk.enter(act, "section", "2026-09-01", code="执法股", name="执法股", procedures=["penalty.ordinary"])
        investigated(act, complex=True)
        notified(act, investigated(act))
        look(act, desk_home.ticket, [], Act(desk.TODAY, "乙", {}), "核对")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        by = Act(desk.TODAY, "丙", {}, paper="请看一看")
        law, case = act.case(desk_home.ticket)
        limit = next(iter(late_clocks(act, desk_home.ticket, law, case)))
        assert ask_people(act, desk_home.ticket, "supervision", limit, ("乙",), by) == ()
        assert ask_people(act, desk_home.ticket, "reading", "1", ("乙",), by) == ()
    (look_seq,) = Entry.objects.filter(event="private_looked").values_list("seq", flat=True)
    return {"home": desk_home, "ticket": desk_home.ticket, "penalty": desk_home.penalty, "look": look_seq}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_three_statements_of_its_own_while_the_book_stands_and_the_first_time_after_an_entry(
    client_of: Clients, at_work: dict[str, object], name: str
) -> None:
    people, named = PAGES[name]
    home, url = at_work["home"], reverse(name, args=[str(one).format(**at_work) for one in named])
    assert isinstance(home, AtWork)
    for who in people:
        client = client_of(who)
        assert client.get(url).status_code == 200, (who, url)
        asks(client, url, home, MOST)


@pytest.mark.parametrize("url", ["/today/", "/todo/", "/done/", "/supervised/", "/reading/", "/review/"])
def test_three_are_enough_where_cases_that_wait_and_the_rows_that_they_ask_went_on(
    client_of: Clients, at_work: dict[str, object], url: str
) -> None:
    """Where the cases end; those that went on, with the linked ones; the rows of registers."""
    home, head = at_work["home"], client_of("丙")
    assert isinstance(home, AtWork)
    head.get(url)
    row = {"code": desk.CODE, "name": "示例协会", "kind": "association", "registered_on": "2010-01-04"}
    for n in range(3):
        with writing(home.bureau, today=desk.TODAY) as act:
            first = investigated(act, complex=n == 1)
            notified(act, investigated(act, related=first, linked_as="same_act"))
            if n == 1:
                assert desk.enter(act, "social_organisation", "2020-01-01", **row) == []
        with counted() as asked:
            assert head.get(url).status_code == 200
        told = [one["sql"][:90] for of in asked.values() for one in of.captured_queries]
        assert of_data(asked, END + STAFF) <= MOST, told


def test_every_address_of_these_rooms_is_counted_or_shows_no_page() -> None:
    here = {str(url.name) for room in OURS for url in import_module(f"fazheng.web.{room}").urls}
    assert here == set(PAGES) | NO_PAGES


@pytest.mark.parametrize("who", ["丙", "乙"])
@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_few_statements_too(client_of: Clients, desk_home: AtWork, url: str, who: str) -> None:
    client = client_of(who)
    assert client.get(url).status_code == 200
    asks(client, url, desk_home, LISTS[url])


HEAD_PAGES = ("", *(f"{one.id}/" for one in questions()))


@pytest.mark.parametrize("of", HEAD_PAGES)
def test_a_page_of_the_head_asks_at_most_three_statements_while_the_book_stands_and_few_more_after_an_entry(
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
    assert told.count(data) == 1  # whether anything of it stands at all
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.do(act, desk_home.penalty, "gather_evidence", "2026-09-04", method="other", evidence_kind="document",
                officers=["甲", "乙"], content="账")  # fmt: skip
    after, told = asked_again()
    assert after != before
    assert after.endswith("<td>2026-09-04</td>")
    assert told.count(data) > 1


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
