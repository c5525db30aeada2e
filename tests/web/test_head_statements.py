"""What the head's pages, 数据 and 年报 ask after an entry: little of their own, and a fixed number for figures."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from fazheng.casework.act import Act
from fazheng.casework.declared_numbers import Number, declare_number
from fazheng.casework.rebuild import rebuild
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import writing
from fazheng.figures import parse
from fazheng.web.head.questions import questions
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted

Clients = Callable[[str], Client]
ROOT = Path(__file__).parents[2]
FIXED = 2  # where the book ends; the staff, once after each entry
MOVED = 26  # what went on is noted; its form and the numbers kept of it go along; the end of the book is looked at
NOTED = ("SELECT seq, digest FROM ledger_chain_head", "SELECT seq, digest, '' FROM ledger_entry")
PAGES = {"/head/": 3, **{f"/head/{one.id}/": 2 for one in questions()}, "/figures/": 0, "/figures/?p=2024+2025": 0,
         "/figures/of/hotline.received/": 2, "/report/": 2, "/report/2025/": 5}  # fmt: skip


def asks(client: Client, url: str) -> tuple[list[str], list[str]]:
    """The statements of a page beside the session's: those about figures, and others."""
    with counted() as asked:
        assert client.get(url).status_code == 200
    told = [one["sql"] for one in asked["default"].captured_queries]
    ours = [one for one in told if "figures_" in one or one.startswith(NOTED)]
    return ours, [one for one in told if one not in ours]


@pytest.mark.parametrize("url", PAGES)
def test_a_page_asks_little_after_an_entry_and_brings_figures_up_in_a_fixed_number_of_statements(
    client_of: Clients, desk_home: AtWork, url: str
) -> None:
    """Whatever the number of figures, procedures and years."""
    client = client_of("丙")
    client.get(url)
    for number in ("甲", "乙"):
        with writing(desk_home.bureau, today=desk.TODAY) as act:
            desk.receive(act, ticket_no=f"示例工单{number}")
        ours, others = asks(client, url)
    assert len(others) - FIXED <= PAGES[url], [one[:90] for one in others]
    assert len(ours) <= MOVED, [one[:90] for one in ours]
    ours, others = asks(client, url)
    assert len(ours) + len(others) - 1 <= 3, [one[:90] for one in others]


def number(client: Client, id: str, period: str = "2026") -> str:
    """What 数据 says of the figure."""
    page = client.get(f"/figures/?word={id}&p={period}").content.decode()
    found = re.findall(rf'href="/figures/of/{re.escape(id)}/[^"]*"[^>]*>([^<]*)<', page)
    return str(found[1]).strip()


def test_what_is_entered_stands_on_the_next_page_wherever_it_was_entered(client_of: Clients, desk_home: AtWork) -> None:
    """In a procedure, in a register, a declared number, and after the projections were made anew."""
    client = client_of("丙")
    before = int(number(client, "hotline.received"))
    front = client.get("/head/tickets/").content.decode()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act, ticket_no="示例工单丁")
    assert int(number(client, "hotline.received")) == before + 1
    assert client.get("/head/tickets/").content.decode() != front
    row = {"code": "51999001MJX00003AG", "name": "示例协会", "kind": "association", "registered_on": "2026-01-05"}
    standing = number(client, "organisations.standing")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert enter_row(act, "social_organisation", Act(desk.day("2026-01-05"), "system", row, paper="登记证书")) == ()
    assert number(client, "organisations.standing") != standing
    assert "166" not in number(client, "hotline.received", "2023")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        told = Number("hotline.received", parse("2023"), 166, "示例核对表", "hotline_desk")
        assert declare_number(act, told, Act(desk.day("2026-11-19"), "丙", {})) == ()
    assert number(client, "hotline.received", "2023") == "166"
    rebuild(desk_home.bureau, today=desk.TODAY)
    assert int(number(client, "hotline.received")) == before + 1


ELSEWHERE = """
import sys
from pathlib import Path
from fazheng.ledger.storage import open_home
open_home(Path(sys.argv[1]))
from fazheng.casework.bureaux import the_bureau
from fazheng.casework.writing import writing
from fazheng.figures import count, parse
from fazheng.lawbook.load import load
from tests.casework import desk
bureau = the_bureau(None)
with writing(bureau, today=desk.TODAY) as act:
    desk.receive(act, ticket_no="示例工单戊")
count(bureau.code, load(place=bureau.place), parse("2026"))
"""


def test_what_another_process_entered_and_counted_stands_on_the_next_page(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("丙")
    before = int(number(client, "hotline.received"))
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT)))}
    command = [sys.executable, "-c", ELSEWHERE, str(desk_home.home)]
    done = subprocess.run(command, env=place, cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert int(number(client, "hotline.received")) == before + 1
