"""Homes and browsers for the journeys: the bureau of each is its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from fazheng.web.models import Account
from tests.web.conftest import PASSWORD, AtWork
from tests.web.journeys.hands import Hands
from tests.web.looking import account
from tests.web.whole import answering

Sits = Callable[..., Hands]


@pytest.fixture
def sits_down(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Sits]:
    """`sits_down(live, "甲", keyboard=True)`: somebody before a browser of their own, logged in where a code is given.

    Logging in is counted in the journey that is about it, and nowhere else.
    """
    with ExitStack() as stack:

        def of(live: str, code: str = "", *, keyboard: bool = False, scripts: bool = True) -> Hands:
            context = browser.new_context(
                viewport={"width": 1366, "height": 768}, locale="zh-CN", java_script_enabled=scripts
            )
            context.set_default_timeout(30_000)  # a busy machine; a person would wait as well
            stack.callback(context.close)
            hands = Hands(context.new_page(), live, keyboard)
            if code:
                if not Account.objects.filter(code=code).exists():
                    account(code, PASSWORD)
                hands.page.goto(f"{live}/login/")
                hands.page.fill("#code", code)
                hands.page.fill("#password", PASSWORD)
                hands.page.press("#password", "Enter")
                hands.page.wait_for_url(lambda url: "/login/" not in url)
            return hands

        yield of


@pytest.fixture
def empty_live(empty_home: Path) -> Iterator[str]:
    """The address of a server on a home without a bureau."""
    with answering() as address:
        yield address


@pytest.fixture
def at_work(desk_home: AtWork, live: str) -> tuple[AtWork, str]:
    """A small bureau at work and its address."""
    return desk_home, live
