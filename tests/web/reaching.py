"""Every page that a person reaches by its links, a few of each view: for tests that speak of all pages."""

from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.test import Client
from django.urls import Resolver404, resolve

HOST = "http://testserver"
EACH = 3  # pages of one view


@dataclass
class Page:
    """A page that was reached: the name of its view, its address, what it holds."""

    view: str
    url: str
    html: str


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def links(html: str) -> list[str]:
    """Where the links of a page lead, as they are written."""
    parser = _Links()
    parser.feed(html)
    return parser.found


def reached(client: Client, start: str = "/") -> list[Page]:
    """What is reached from `start` by links alone, at most EACH pages of one view. Files and feeds are left out."""
    waiting, seen, found, each = [start], {start}, list[Page](), Counter[str]()
    while waiting:
        url = waiting.pop(0)
        view = resolve(url.partition("?")[0]).url_name or url
        if each[view] >= EACH:
            continue
        answer = client.get(url, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        if "attachment" in answer.get("Content-Disposition", ""):
            continue
        each[view] += 1
        html = answer.content.decode()
        found.append(Page(view, url, html))
        for link in links(html):
            whole = urldefrag(urljoin(HOST + url, link)).url
            asked = whole.removeprefix(HOST) or "/"
            if whole.startswith(HOST) and asked not in seen and _ours(asked):
                seen.add(asked)
                waiting.append(asked)
    return found


def _ours(url: str) -> bool:
    try:
        resolve(url.partition("?")[0])
    except Resolver404:
        return False
    return True
