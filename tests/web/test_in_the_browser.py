"""Pages in a real browser: no violation of axe, no complaint of the content policy, nothing from another host."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.web.conftest import AtWork
from tests.web.looking import SIZES, pictured, step_in, violations, watched

Clients = Callable[[str], Client]
PAGES = {
    "today": "/today/", "lists": "/lists/", "list": "/lists/penalty.ordinary/", "case": "/case/{penalty}/",
    "step": "/case/{penalty}/do/gather_evidence/", "open": "/open/penalty.ordinary/", "help": "/help/today/",
    "password": "/account/password/", "todo": "/todo/", "done": "/done/", "supervised": "/supervised/",
    "reading": "/reading/", "calendar": "/calendar/", "factor": "/account/second-factor/", "duties": "/today/duties/",
    "ask": "/case/{penalty}/ask/opinion/", "file": "/review/{penalty}/", "paper": "/paper-signed/",
    "registers": "/registers/", "register": "/registers/staff/",
    "row": "/registers/staff/row/甲/", "search": "/search/", "sums": "/lists/penalty.ordinary/?sum=1&light=red",
    "asked": "/figures/asked/?p=2025&section=office", "on_paper": "/report/2025/on-paper/",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_without_violation(
    name: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "甲", client_of("甲"))
    with watched(browser_page) as complaints:
        browser_page.goto(live + PAGES[name].format(penalty=desk_home.penalty))
        assert violations(browser_page) == []
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{width} wide"
            assert violations(browser_page) == []
    pictured(browser_page, name)
    assert complaints == []


def test_the_log_in_page_is_without_violation(browser_page: Page, live: str) -> None:
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/login/")
        assert violations(browser_page) == []
    pictured(browser_page, "login")
    assert complaints == []


def test_a_case_is_opened_without_javascript(browser: Browser, live: str, client_of: Clients) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    step_in(page, live, "乙", client_of("乙"))
    page.goto(f"{live}/lists/hotline.ticket/")
    page.get_by_role("link", name="开一件").click()
    page.get_by_role("button", name="记入").click()
    assert "/open/hotline.ticket/" in page.url
    context.close()
