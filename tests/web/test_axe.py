"""Every page in a real browser: axe finds nothing, the content policy reports nothing, no other host is asked, a phone
shows it whole. A page that is written tomorrow is looked at by itself.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.looking import send, violations, watched
from tests.web.walking import Place, names
from tests.web.whole import HEAD, Whole

pytestmark = pytest.mark.long

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def seen(browser: Browser) -> Iterator[Page]:
    """One page for all tests of this module."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN", accept_downloads=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def arrive(page: Page, live: str, whole: Whole, who: str, url: str) -> bool:
    """Opens the address as that person; False where it gives no page: a file to keep, a thing that is posted."""
    client = whole.client(who)
    answer = client.get(url)
    assert answer.status_code < 500, url
    if answer.status_code not in (200, 404, 422) or "html" not in answer["Content-Type"]:
        return False
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(live + url)
    return True


@pytest.mark.parametrize("name", names(public=False))
def test_a_page_is_without_violation_at_a_desk_and_on_a_phone(
    name: str, places: dict[str, Place], whole: Whole, whole_live: str, seen: Page
) -> None:
    place = places[name]
    with watched(seen) as complaints:
        if not arrive(seen, whole_live, whole, place.by or HEAD, place.url):
            return
        status = [said for said in complaints if "status of" in said]
        assert violations(seen) == [], place.url
        seen.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert seen.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place.url
        assert violations(seen) == [], place.url
    assert [said for said in complaints if said not in status] == [], place.url


@pytest.mark.parametrize("url", ["/login/", "/login/?idle=1", "/nowhere/"])
def test_a_page_for_who_is_not_logged_in_is_without_violation(url: str, whole_live: str, seen: Page) -> None:
    seen.context.clear_cookies()
    seen.goto(whole_live + url)
    assert violations(seen) == []


def test_large_type_is_without_violation(places: dict[str, Place], whole: Whole, whole_live: str, seen: Page) -> None:
    assert arrive(seen, whole_live, whole, HEAD, places["case"].url)
    send(seen, "大字")
    for size in (WIDE, PHONE):
        seen.set_viewport_size(size)  # type: ignore[arg-type]
        assert seen.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert violations(seen) == []
