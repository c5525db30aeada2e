"""No daily page is older than the book: each kind of entry stands on the next page, which is the page that a server
would make that has just begun."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from fazheng.casework.consulting import ask_people, late_clocks
from fazheng.casework.handing import hand_over
from fazheng.casework.kept import forget
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.ledger.models import CaseRow, ClockRow, Task
from fazheng.web import serving
from tests.casework import desk
from tests.casework.test_waiting import investigated, notified
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
PAGES = ("/today/", "/todo/", "/done/", "/supervised/", "/reading/", "/review/", "/people/乙/", "/handover/乙/")
PAPER = Act(desk.day("2026-11-18"), "丙", {}, paper="示例文件")


def shown(client: Client, url: str) -> str:
    """The page without the tokens of its forms."""
    page = client.get(url).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|form_key" value|X-CSRFToken&quot;: &quot;)[^>]*', "", page)


def every(client: Client) -> dict[str, str]:
    return {url: shown(client, url) for url in PAGES}


def anew(client: Client) -> dict[str, str]:
    """The same as a server would show them that keeps nothing."""
    found = {}
    for url in PAGES:
        forget()
        serving.serving()._as_of = None
        found[url] = shown(client, url)
    return found


def run(home: AtWork, *asked: str) -> None:
    """Another process on the same home."""
    environment = {**os.environ, "FAZHENG_HOME": str(home.home), "DJANGO_SETTINGS_MODULE": "fazheng.site.settings"}
    done = subprocess.run([sys.executable, *asked], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


class Watched:
    """The daily pages of two people, before and after each entry."""

    def __init__(self, client_of: Clients, home: AtWork) -> None:
        self.home, self.clients = home, [client_of(who) for who in "丙己乙"]
        self.before = [every(client) for client in self.clients]

    def changed(self) -> set[str]:
        """The pages that are others than before, for one of them; each is the page made from nothing."""
        now = [every(client) for client in self.clients]
        assert now == [anew(client) for client in self.clients]
        found = {url for old, new in zip(self.before, now, strict=True) for url in PAGES if old[url] != new[url]}
        self.before = now
        return found


def decides(watched: Watched, case: str) -> bool:
    """Whether the head's queue has the decision of the case."""
    row = watched.before[0]["/review/"].partition(f'/review/{case}/"')[2].partition("</tr>")[0]
    return "作出处罚决定" in row


@pytest.fixture
def case(desk_home: AtWork) -> str:
    """A penalty that waits for the head's decision, and one that waits for its review."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        investigated(act, complex=True)
        case = investigated(act)
        notified(act, case)
    return case


@pytest.fixture
def watched(client_of: Clients, desk_home: AtWork, case: str) -> Watched:
    return Watched(client_of, desk_home)


def test_an_entry_of_the_case_itself(watched: Watched, case: str) -> None:
    assert decides(watched, case)
    with writing(watched.home.bureau, today=desk.TODAY) as act:
        desk.do(act, case, "decide", "2026-09-10", "丙", **desk.DECISION)
    assert watched.changed() >= {"/today/", "/todo/", "/done/", "/review/"}
    assert not decides(watched, case)


def test_a_new_case_and_a_recusal_in_it(watched: Watched) -> None:
    with writing(watched.home.bureau, today=desk.TODAY) as act:
        new = investigated(act, complex=True)
    assert watched.changed() >= {"/today/", "/todo/", "/review/", "/handover/乙/"}
    assert new in watched.before[1]["/review/"]
    with writing(watched.home.bureau, today=desk.TODAY) as act:
        desk.do(act, new, "order_recusal", "2026-09-05", "丙", recused=["己"], reason="亲属")
    assert "/review/" in watched.changed()
    assert new not in watched.before[1]["/review/"]


def test_a_case_that_names_it_and_what_is_entered_there(watched: Watched, case: str) -> None:
    """Rules of a penalty ask the others that are linked with it, from either end."""
    with writing(watched.home.bureau, today=desk.TODAY) as act:
        other = investigated(act, related=case, linked_as="same_act")
        notified(act, other)
    assert watched.changed() >= {"/today/", "/todo/", "/review/"}
    with writing(watched.home.bureau, today=desk.TODAY) as act:
        desk.do(act, case, "decide", "2026-09-10", "丙", **desk.DECISION)
    assert watched.changed() >= {"/today/", "/todo/", "/review/"}
    assert (decides(watched, case), decides(watched, other)) == (False, True)


def test_a_question_its_answer_and_a_paper_to_be_read(watched: Watched) -> None:
    ticket, bureau = watched.home.ticket, watched.home.bureau
    with writing(bureau, today=desk.TODAY) as act:
        law, found = act.case(ticket)
        limit = next(iter(late_clocks(act, ticket, law, found)))
        by = Act(desk.TODAY, "丙", {}, paper="请看一看")
        assert ask_people(act, ticket, "supervision", limit, ("乙",), by) == ()
    assert watched.changed() >= {"/today/", "/todo/", "/supervised/", "/reading/"}
    with writing(bureau, today=desk.TODAY) as act:
        assert ask_people(act, ticket, "reading", "1", ("乙",), by) == ()
    assert watched.changed() >= {"/reading/"}
    assert "送您阅" in watched.before[2]["/reading/"]


def test_a_row_of_the_staff_and_a_case_handed_over(watched: Watched) -> None:
    bureau, ticket = watched.home.bureau, watched.home.ticket
    assert "法制审核通过" in watched.before[1]["/today/"]
    with writing(bureau, today=desk.TODAY) as act:
        assert change_row(act, "staff", "己", Act(PAPER.on, "丙", {"roles": ["presider"]}, paper="示例文件")) == ()
    assert watched.changed() >= {"/today/", "/todo/"}
    assert "法制审核通过" not in watched.before[1]["/today/"]
    with writing(bureau, today=desk.TODAY) as act:
        row = {"code": "庚", "name": "示例庚", "roles": ["officer", "hotline_desk"], "certificate_until": "2030-12-31"}
        assert desk.enter(act, "staff", "2020-01-01", **row) == []
        assert hand_over(act, "乙", "庚", PAPER, "调岗", [ticket])[0] == ()
    assert watched.changed() >= {"/today/", "/todo/", "/people/乙/", "/handover/乙/"}
    assert ticket not in watched.before[0]["/handover/乙/"]


def test_a_row_of_a_register_that_the_rules_ask(watched: Watched) -> None:
    bureau = watched.home.bureau
    row = {"code": desk.CODE, "name": "示例协会", "kind": "association", "registered_on": "2010-01-04"}
    with writing(bureau, today=desk.TODAY) as act:
        assert desk.enter(act, "social_organisation", "2020-01-01", **row) == []
    watched.changed()
    with writing(bureau, today=desk.TODAY) as act:
        assert strike_row(act, "social_organisation", desk.CODE, Act(PAPER.on, "丙", {}, paper="示例文件")) == ()
    watched.changed()


def test_what_another_process_entered(watched: Watched, case: str) -> None:
    told = (
        "import os; from pathlib import Path; from fazheng.ledger.storage import open_home;"
        "open_home(Path(os.environ['FAZHENG_HOME'])); from tests.casework import desk;"
        "from fazheng.casework.bureaux import the_bureau; from fazheng.casework.writing import writing;\n"
        "with writing(the_bureau(None), today=desk.TODAY) as act:"
        f" desk.do(act, {case!r}, 'decide', '2026-09-10', '丙', **desk.DECISION)"
    )
    run(watched.home, "-c", told)
    assert watched.changed() >= {"/today/", "/todo/", "/review/"}
    assert not decides(watched, case)


def test_projections_made_anew_by_another_process(watched: Watched, case: str) -> None:
    CaseRow.objects.filter(case_id=case).update(closed_on="2026-11-01")  # as a disk or a hand may spoil it
    ClockRow.objects.all().delete()
    Task.objects.all().delete()
    serving.serving()._as_of = None
    assert case not in shown(watched.clients[0], "/review/")
    run(watched.home, "-m", "fazheng", "rebuild")
    assert watched.changed() == set()


def test_another_day(watched: Watched) -> None:
    for days in (1, 400):
        serving.serving().today = lambda days=days: desk.TODAY + timedelta(days=days)  # type: ignore[misc]
        assert watched.changed() >= {"/today/", "/todo/"}
