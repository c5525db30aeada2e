"""Help, keys, large type; every page prints without navigation; nowhere a ranking, a check-in, a forced photo."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from unicodedata import normalize

import pdfplumber
import pytest
from django.test import Client
from playwright.sync_api import Page

from fazheng.lawbook.load import load
from fazheng.staff.rights import PAGES, may_open, viewer
from fazheng.web.help_pages import help_pages
from fazheng.web.pages import NAVIGATION
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.looking import SIZES, pictured, send, step_in, violations, watched
from tests.web.reaching import links, reached

Clients = Callable[[str], Client]
WHO = ("甲", "乙", "丙", "丁", "己")
# 国务院 forbids most of them by name: people are not ranked, nobody checks in, nobody must show a face
NEVER = ("排行", "排名", "打卡", "考勤", "人脸", "刷脸", "积分", "在线时长", "点击量", "之星", "末位淘汰")
CHECK_IN = re.compile(r"<(?:a|button)\b[^>]*>[^<]*(?:签到|签退)")
# Chromium writes 页 into a PDF as the radical ⻚: what NFKC leaves as it is
RADICALS = str.maketrans("⻚⺠⻩⻓⻔⻋⻅⻉⻢⻛⻜⻝⻆⻄⻘⻬⻰⻣⻦⻥", "页民黄长门车见贝马风飞食角西青齐龙骨鸟鱼") | {
    ord("戶"): "户"
}
A4 = (595, 842)  # points


class Rows(HTMLParser):
    """The first cell of each row of each table, and what a page would take from a camera or another host."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[str]] = []
        self.elsewhere: list[str] = []
        self.forced: list[str] = []
        self.cell = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        for name in ("src", "href", "action", "poster", "data", "srcset", "hx-get", "hx-post"):
            if re.match(r"(?:[a-z]+:)?//|[a-z]+:", told.get(name, "")):
                self.elsewhere.append(told[name])
        if tag in ("video", "audio", "canvas", "iframe", "object", "embed"):
            self.forced.append(tag)
        if (
            told.get("type") == "file"
            and "required" in told
            and ("image" in told.get("accept", "") or "capture" in told)
        ):
            self.forced.append(told.get("name", ""))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.cell = 0
        if tag in ("td", "th"):
            self.cell += 1

    def handle_data(self, data: str) -> None:
        if self.cell == 1 and self.tables and data.strip():
            self.tables[-1].append(data.strip())


def test_every_page_has_its_help_and_every_law_it_names_is_known() -> None:
    known = {statute.short for statute in load().statutes.values()}
    assert sorted(one.id for one in help_pages()) == sorted(PAGES)
    assert {law for one in help_pages() for law in one.laws} - known == set()
    assert all(one.is_.endswith("。") and all(line.endswith("。") for line in one.how) for one in help_pages())


@pytest.mark.parametrize("who", WHO)
def test_a_person_finds_help_for_the_pages_that_open_to_them_and_for_no_others(
    client_of: Clients, desk_home: AtWork, who: str
) -> None:
    from fazheng.staff import load_roster

    mine = {page for page in PAGES if may_open(viewer(load_roster(desk_home.bureau.code), who, desk.TODAY), page)}
    html = client_of(who).get("/help/").content.decode()
    assert {one.id for one in help_pages() if f">{one.name}</a></dt>" in html or f"<dt>{one.name}</dt>" in html} == mine


def test_the_foot_of_every_page_leads_to_its_own_help(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    for page in reached(client):
        found = [link for link in links(page.html) if re.fullmatch(r"/help/[a-z_]+/", link)]
        assert found, page.url
        name = found[-1].split("/")[2]
        asked = client.get(found[-1]).content.decode()
        assert re.search(rf'<div class="asked"><dt>.*{next(one.name for one in help_pages() if one.id == name)}', asked)


def test_the_keys_are_those_of_this_persons_navigation_and_no_key_has_two_meanings(
    client_of: Clients, desk_home: AtWork
) -> None:
    for who in WHO:
        html = client_of(who).get("/keyboard/").content.decode()
        keys = re.findall(r'accesskey="(\d)"', html)
        assert len(keys) == len(set(keys)) >= 4
        for url, key, name in re.findall(r'<li><a href="([^"]+)" accesskey="(\d)"[^>]*>([^<]+)<', html):
            assert f'<kbd>{key}</kbd></dt><dd><a href="{url}">{name}</a>' in html


def pressed(page: Page, digit: str) -> None:
    """Alt and a digit, as a keyboard sends it."""
    told = {"modifiers": 1, "key": digit, "code": f"Digit{digit}", "text": digit, "unmodifiedText": digit,
            "windowsVirtualKeyCode": ord(digit)}  # fmt: skip
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, **told})


def test_a_key_leads_to_the_page_it_names(browser_page: Page, live: str, client_of: Clients) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(f"{live}/keyboard/")
    key = browser_page.locator('nav.side a[href="/lists/"]').get_attribute("accesskey")
    pressed(browser_page, str(key))
    browser_page.wait_for_url(f"{live}/lists/")
    pressed(browser_page, "0")
    browser_page.wait_for_url(f"{live}/help/lists/")
    assert "台账" in browser_page.locator(".asked dt").inner_text()


def test_large_type_is_larger_on_every_page_and_fits_a_phone(browser_page: Page, live: str, client_of: Clients) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    browser_page.goto(f"{live}/head/tickets/")
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = browser_page.evaluate(size)
    send(browser_page, "大字")
    assert browser_page.url == f"{live}/head/tickets/"
    assert browser_page.evaluate(size) >= 1.2 * before
    for url in ("/head/", "/head/tickets/", "/today/", "/help/", "/keyboard/"):
        browser_page.goto(live + url)
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, url
    pictured(browser_page, "keyboard-large")
    send(browser_page, "标准字")
    assert browser_page.evaluate("document.documentElement.className") == ""


@pytest.mark.parametrize("name", ["help", "help/head", "keyboard"])
def test_a_help_page_is_without_violation(name: str, browser_page: Page, live: str, client_of: Clients) -> None:
    step_in(browser_page, live, "丙", client_of("丙"))
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/{name}/")
        assert violations(browser_page) == []
    pictured(browser_page, name.replace("/", "-"))
    assert complaints == []


@pytest.mark.long
@pytest.mark.parametrize("who", ["甲", "丙"])
def test_every_page_prints_on_a4_without_navigation(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork, who: str
) -> None:
    client = client_of(who)
    pages = {page.view: page.url for page in reached(client)}
    assert len(pages) >= (12 if who == "丙" else 8)
    step_in(browser_page, live, who, client)
    names = {called for _, called in NAVIGATION}
    for view, url in pages.items():
        browser_page.goto(live + url)
        heading = browser_page.locator("h1").first.inner_text()
        with pdfplumber.open(BytesIO(browser_page.pdf(prefer_css_page_size=True))) as printed:
            assert (round(printed.pages[0].width), round(printed.pages[0].height)) in (A4, A4[::-1]), url
            text = "\n".join(sheet.extract_text() for sheet in printed.pages)
        lines = normalize("NFKC", text).translate(RADICALS).splitlines()
        assert normalize("NFKC", "".join(heading.split()))[:6] in "".join("".join(lines).split()), (
            f"{view}: {url} prints nothing"
        )
        kept = {line.strip() for line in lines} & (
            names | {"大字", "标准字", "退出", "改口令", "跳到正文", "本页帮助", "查"}
        )
        own = set(browser_page.locator("main").inner_text().split())
        assert kept - own == set(), f"{view}: {url}"


@pytest.mark.parametrize("who", WHO)
def test_no_page_ranks_people_asks_anybody_to_check_in_or_forces_a_photo(
    client_of: Clients, desk_home: AtWork, who: str
) -> None:
    pages = reached(client_of(who))
    assert len(pages) >= 8
    for page in pages:
        assert [word for word in NEVER if word in page.html] == [], page.url
        assert CHECK_IN.findall(page.html) == [], page.url
        found = Rows()
        found.feed(page.html)
        assert found.forced == [], page.url
        for firsts in found.tables:
            people = [one for one in firsts if one in desk.PEOPLE]
            assert people == sorted(people), f"{page.url} lists people otherwise than by code"


@pytest.mark.parametrize("who", WHO)
def test_no_page_names_another_host(client_of: Clients, desk_home: AtWork, who: str) -> None:
    for page in reached(client_of(who)):
        found = Rows()
        found.feed(page.html)
        assert found.elsewhere == [], page.url
