"""No page is wider than its window, and nothing in it is cut off: on a phone, at a desk, on a large screen."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from fazheng.casework.writing import writing
from tests.casework import desk
from tests.casework.test_waiting import investigated
from tests.web.conftest import AtWork
from tests.web.looking import pictured, step_in, too_wide, violations
from tests.web.test_axe import arrive
from tests.web.walking import Place, names
from tests.web.whole import HEAD, Whole

Clients = Callable[[str], Client]
NAME = "示例县" + "城乡居家养老和社区服务促进志愿联合会" * 2 + "会"  # forty characters: the longest the book takes
NUMBER = "1234567890" * 4
PAGES = (
    "/registers/social_organisation/", "/registers/social_organisation/?sum=1",
    f"/registers/social_organisation/row/{desk.CODE}/", "/lists/hotline.ticket/", "/lists/hotline.ticket/?sum=1",
    "/case/{long}/", "/lists/penalty.ordinary/", "/today/", "/search/",
)  # fmt: skip


@pytest.fixture
def long(desk_home: AtWork) -> str:
    """An organisation of a very long name, and a ticket of a very long number; the ticket's case."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": desk.CODE, "name": NAME, "kind": "association", "registered_on": "2026-01-05"}
        assert desk.enter(act, "social_organisation", "2026-01-05", **row) == []
        return desk.receive(act, ticket_no=NUMBER)


@pytest.mark.parametrize(
    "url", [PAGES[0], *(pytest.param(one, marks=pytest.mark.long) for one in PAGES[1:])]
)  # one in every check, all in the soak
def test_a_long_name_and_a_long_number_are_shown_whole(
    url: str, browser_page: Page, live: str, client_of: Clients, long: str
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(live + url.format(long=long))
    assert too_wide(browser_page) == []
    assert violations(browser_page) == []
    pictured(browser_page, f"long{PAGES.index(url)}")


def test_what_is_searched_for_is_shown_whole(browser_page: Page, live: str, client_of: Clients, long: str) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(f"{live}/search/")
    browser_page.locator("main input[type=search], main input[name=q]").first.fill(NAME)
    with browser_page.expect_navigation():
        browser_page.keyboard.press("Enter")
    assert too_wide(browser_page) == []


@pytest.mark.parametrize("url", ["/open/hotline.ticket/", "/open/penalty.ordinary/", "/figures/asked/"])
def test_faults_at_the_boxes_of_a_form_are_shown_whole(
    url: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(live + url)
    browser_page.eval_on_selector_all("main form", "forms => forms.forEach(form => form.noValidate = true)")
    for box in browser_page.locator("main form.boxes input[type=text], main form.boxes input:not([type])").all():
        if box.is_visible():
            box.fill(NUMBER + NAME)
    browser_page.locator("main form:not(.filters) .button").last.click()
    browser_page.wait_for_selector("[role=alert]")
    assert too_wide(browser_page) == []
    assert violations(browser_page) == []
    pictured(browser_page, "faults" + url.replace("/", "-"))


@pytest.mark.long
@pytest.mark.parametrize("name", names(public=False))
def test_no_page_is_wider_than_its_window(
    name: str, places: dict[str, Place], whole: Whole, whole_live: str, browser_page: Page
) -> None:
    place = places[name]
    if arrive(browser_page, whole_live, whole, place.by or HEAD, place.url):
        assert too_wide(browser_page) == [], place.url


@pytest.mark.parametrize("url", ["/review/", "/lists/penalty.ordinary/"])
def test_on_a_phone_only_a_wide_table_is_scrolled_sideways(
    url: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        investigated(act, complex=True)
    step_in(browser_page, live, "己", client_of("己"))
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(live + url)
    assert browser_page.locator(".wide a").count()
    over = browser_page.evaluate("(() => { const it = document.querySelector('.wide');"
                                 " return it.scrollWidth - it.clientWidth; })()")  # fmt: skip
    assert (over > 0) == (url != "/review/")
    assert violations(browser_page) == []
    pictured(browser_page, f"narrow-{url.split('/')[1]}")
