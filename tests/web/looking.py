"""Looking at a page as a person and as a checker does: log in, watch for faults, axe, a picture."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_core_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from fazheng.web.models import Account

SIZES = ((1366, 768), (360, 740))
WIDTHS = ((360, 740), (1366, 768), (1920, 1080))  # a phone, a desk, a large screen
_CUT = """() => [...document.querySelectorAll('main *, .top *')].filter(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (!box.width || !box.height || one.closest('.hidden, select, input, textarea, svg')) return false;
  const sideways = ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
  const beyond = box.right > innerWidth + 1 && !one.closest('.wide, .flowing, .scrolls');
  return sideways || beyond;
}).map(one => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""


def step_in(page: Page, live: str, code: str, client: Client) -> None:
    """Gives the browser the session of a logged-in test client."""
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])


def account(code: str, password: str, *, must_change: bool = False) -> Account:
    """An account with a password."""
    return Account.objects.open(code, password, must_change=must_change)


def send(page: Page, button: str) -> None:
    """Presses the button by that name and waits for the page that answers, until it is there whole."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


@contextmanager
def watched(page: Page) -> Iterator[list[str]]:
    """Everything the browser complains of meanwhile: CSP, scripts, requests to another host."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.on("request", lambda asked: said.append(asked.url) if "//127.0.0.1" not in asked.url else None)
    yield said


def violations(page: Page) -> list[str]:
    """What axe finds, one line a rule."""
    found: dict[str, Any] = Axe().run(page)
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'][:4])}" for one in found["violations"]
    ]


def too_wide(page: Page) -> list[str]:
    """At each width of WIDTHS: that the page is wider than its window, and what is cut off. The last width stays."""
    found = []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        if (over := int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))) > 0:
            found.append(f"{width}: {over} px wider than the window")
        found += [f"{width}: {one}" for one in page.evaluate(_CUT)[:5]]
    return found


def pictured(page: Page, name: str) -> None:
    """Pictures of the page at every size, where FAZHENG_PICTURES names a folder."""
    if not (folder := os.environ.get("FAZHENG_PICTURES")):
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
