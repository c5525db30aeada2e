"""The head's questions as they are seen: without violation, without a complaint, on a screen and on a phone."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from fazheng.casework.writing import writing
from fazheng.web.head.questions import questions
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.looking import SIZES, pictured, step_in, violations, watched

pytestmark = pytest.mark.long

Clients = Callable[[str], Client]
ADDRESSES = {
    "head": "/head/",
    "rows": "/head/rows/2026/hotline.late/",
    **{one.id: f"/head/{one.id}/" for one in questions()},
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_of_the_head_is_without_violation(
    name: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.decided_unheard(act)
    step_in(browser_page, live, "丙", client_of("丙"))
    with watched(browser_page) as complaints:
        browser_page.goto(live + ADDRESSES[name])
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{width} wide"
            assert violations(browser_page) == []
    pictured(browser_page, f"head-{name}")
    assert complaints == []


def test_a_number_leads_to_its_cases_in_two_clicks_without_a_mouse(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(f"{live}/head/")
    for name in ("哪些热线工单让我们丢了名次？", "1 件"):
        with browser_page.expect_navigation():
            browser_page.get_by_role("link", name=name).first.press("Enter")
    assert browser_page.locator("tbody a").first.inner_text() == desk_home.ticket
