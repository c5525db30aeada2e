"""A wide table on A4: every column on the sheet, across where there are many."""

import io
from collections.abc import Callable

import pdfplumber
import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.web.conftest import AtWork
from tests.web.looking import step_in

Clients = Callable[[str], Client]
MOST = 14  # columns that are printed; of more, those that were chosen
UPRIGHT, ACROSS = (595, 842), (842, 595)  # points of A4
WITHIN = {UPRIGHT: 673, ACROSS: 1032}  # px between the margins
_BEYOND = """width => [...document.querySelectorAll('main *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.height && !one.closest('.hidden') && box.right > width + 1;
}).map(one => `${one.tagName} ${one.textContent.trim().slice(0, 20)}`)"""


@pytest.mark.parametrize(
    ("url", "who", "size"),
    [
        ("/lists/penalty.ordinary/", "甲", ACROSS), ("/lists/hotline.ticket/", "丙", ACROSS), ("/todo/", "丙", UPRIGHT),
        ("/registers/staff/", "丙", ACROSS), ("/figures/", "丙", UPRIGHT),
    ],
)  # fmt: skip
def test_no_column_is_cut_off_at_the_edge_of_the_paper(
    desk_home: AtWork, client_of: Clients, live: str, browser_page: Page, url: str, who: str, size: tuple[int, int]
) -> None:
    step_in(browser_page, live, who, client_of(who))
    browser_page.goto(live + url)
    assert browser_page.locator("main tbody tr td:not(.empty)").count() > 0, "there is something to print"
    with pdfplumber.open(io.BytesIO(browser_page.pdf(prefer_css_page_size=True))) as printed:
        first = printed.pages[0]
        assert (round(first.width), round(first.height)) == size
    browser_page.emulate_media(media="print")
    browser_page.set_viewport_size({"width": WITHIN[size], "height": 1000})
    assert browser_page.evaluate(_BEYOND, WITHIN[size]) == []
    after = browser_page.evaluate("getComputedStyle(document.querySelector('.wide'), '::after').content")
    many = browser_page.locator("main thead tr:first-child > *").count() > MOST
    assert ("只印前14列" in after) == many, "what is left out is told"
