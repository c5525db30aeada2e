"""Figures, report, check-up and audit in a real browser: axe, content policy, a phone's width, paper, no scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.web.conftest import AtWork
from tests.web.looking import SIZES, pictured, step_in, violations, watched
from tests.web.test_checkup_pages import TEXT

pytestmark = pytest.mark.long

Clients = Callable[[str], Client]
PAGES = {
    "figures": "/figures/?p=2025 2026", "figure": "/figures/of/hotline.on_time_rate/?p=2026",
    "figure-rows": "/figures/of/hotline.received/?p=2026", "figure-none": "/figures/of/hotline.received/?p=2024",
    "figures-wrong": "/figures/?p=去年", "declare": "/figures/of/hotline.received/declare/?p=2025",
    "zero": "/figures/zero/hotline.ticket/", "report": "/report/", "studio": "/report/2026/",
    "sign": "/report/2025/sign/", "words": "/report/2026/words/opening/", "promise": "/report/2026/promise/",
    "read-back": "/report/2026/back/", "checkup": "/checkup/", "audit": "/audit/", "verify": "/audit/verify/",
    "looks": "/audit/looks/", "exports": "/audit/exports/", "clocks": "/audit/clocks/",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_numbers_is_without_violation(
    name: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    with watched(browser_page) as complaints:
        browser_page.goto(live + PAGES[name])
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{width} wide"
            assert violations(browser_page) == []
    pictured(browser_page, name)
    assert [one for one in complaints if "400" not in one] == []


def test_the_result_of_a_check_up_is_without_violation(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork, tmp_path: Path
) -> None:
    step_in(browser_page, live, "乙", client_of("乙"))
    (tmp_path / "报告.txt").write_text(TEXT, "utf-8")
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/checkup/")
        browser_page.get_by_label("或者选一个文件").set_input_files(tmp_path / "报告.txt")
        browser_page.get_by_role("button", name="检查").click()
        browser_page.locator("mark").first.wait_for()
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{width} wide"
            assert violations(browser_page) == []
    pictured(browser_page, "checked")
    assert complaints == []
    with browser_page.expect_download() as download:
        browser_page.get_by_role("button", name="下载体检单").click()
    assert "报告体检单" in Path(download.value.path()).read_text("utf-8")


def test_from_a_number_to_a_case_without_scripts(
    browser: Browser, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    step_in(page, live, "乙", client_of("乙"))
    page.goto(f"{live}/figures/?p=2026&of=hotline.ticket&word=收到工单")
    page.locator("tbody a").nth(1).click()
    page.get_by_role("link", name=desk_home.ticket).click()
    assert page.url.endswith(f"/case/{desk_home.ticket}/")
    context.close()


def test_a_verification_is_followed_to_its_end(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/audit/verify/")
        browser_page.get_by_role("button", name="验算").click()
        browser_page.locator("#progress .light.green").wait_for()
    assert complaints == []


@pytest.mark.parametrize("name", ["figure", "studio", "audit"])
def test_paper_carries_no_navigation(
    name: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(live + PAGES[name])
    browser_page.emulate_media(media="print")
    assert not browser_page.locator(".side").is_visible()
    assert not browser_page.locator(".find").is_visible()
    assert browser_page.locator("h1").is_visible()


def test_nobody_is_ranked_and_no_name_stands_on_these_pages(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for name, address in PAGES.items():
        page = client.get(address).content.decode()
        assert not [word for word in ("排名", "打卡", "先进", "示例甲", "示例乙", "示例丙") if word in page], name
