"""Every address of the desk, with arguments under which something stands there: found by following links.

A page that somebody writes tomorrow is walked by itself: where no link leads to it, its arguments are taken from
EXAMPLES by their names, else from their kind, and the answer may be that there is no such thing.
"""

import re
from collections import deque
from collections.abc import Container, Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

from fazheng.web.pages import NAVIGATION, PUBLIC, page_of
from tests.web.whole import HEAD, Whole, served

LINK = re.compile(r'(?:href|action|hx-get|src)="([^"]*)"')
# who looks for links, in this order: the head reads everything; the rest find what is theirs alone
EXPLORERS = (HEAD, "甲", "office", "legal_reviewer", "personnel", "system_admin", "security_admin", "audit_admin")
NAVIGATED = {"home", *(name for name, _ in NAVIGATION)}  # opened by everybody: more leads on from there
_EACH = 3  # addresses of one kind that are opened while links are followed
EXAMPLES = {
    "case_id": "{penalty}", "procedure": "penalty.ordinary", "step": "gather_evidence", "about": "today", "entry": 1,
    "nth": 1, "register": "staff", "code": "甲", "key": "甲", "year": 2026, "cited": "行政处罚法第五十四条",
    "figure": "penalty.decided", "digest": "0" * 64, "suggestion": "none",
}  # fmt: skip
_BY_KIND = {"int": 1, "str": "示例", "slug": "example", "path": "example", "uuid": "0" * 32}


@dataclass(frozen=True)
class Place:
    """An address as it is registered, and one to open. `by`: who found it; "" where nobody was led there."""

    name: str
    page: str
    url: str
    by: str

    @property
    def public(self) -> bool:
        return self.page == PUBLIC


def patterns() -> dict[str, URLPattern]:
    """Every registered address by its name."""
    return {str(one.name): one for one in get_resolver().url_patterns if isinstance(one, URLPattern)}


def names(*, public: bool = True) -> list[str]:
    """The names of the addresses, sorted: what tests are parametrised with."""
    return sorted(name for name, one in patterns().items() if public or page_of(one.callback) != PUBLIC)


@pytest.fixture(scope="session")
def _led(_whole: Whole, _assets: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Of every address that somebody is led to: where it is found, and by whom. Once a run: it takes a while."""
    led: dict[str, tuple[str, str]] = {}
    with served(_whole, tmp_path_factory.mktemp("walked") / "home", _assets) as whole:
        for n, who in enumerate(EXPLORERS):
            for name, url in _followed(whole.client(who), examples(whole).values(), 1 if n else _EACH, led).items():
                led.setdefault(name, (url, who))
    return led


@pytest.fixture(scope="module")
def places(_led: dict[str, tuple[str, str]], whole: Whole) -> dict[str, Place]:
    """Of every registered address one that can be opened, and of those that were found the one that shows most."""
    given = examples(whole)
    return {
        name: Place(name, page_of(one.callback), *_led.get(name, (given[name], ""))) for name, one in patterns().items()
    }


def examples(whole: Whole) -> dict[str, str]:
    """Every registered address with the example arguments."""
    return {name: _example(name, one, whole) for name, one in patterns().items()}


def _followed(client: Client, first: Iterable[str], each: int, known: Container[str]) -> dict[str, str]:
    """The fullest address of each kind that opens to this person: the first ones, and every link from there on."""
    waiting, seen = deque(["/", *first]), set[str]()
    times, fullest = dict[str, int](), dict[str, tuple[int, str]]()
    while waiting:
        url = waiting.popleft()
        name = name_of(url)
        if url in seen or not name or times.get(name, 0) >= each or (name in known and name not in NAVIGATED):
            continue
        seen.add(url)
        times[name] = times.get(name, 0) + 1
        answer = client.get(url)
        if answer.status_code == 200 and not answer.streaming:
            fullest[name] = max(fullest.get(name, (0, "")), (len(answer.content), url))
        elif answer.status_code == 200:
            fullest.setdefault(name, (0, url))
        waiting.extend(links(answer, url))
    return {name: url for name, (_, url) in fullest.items()}


def links(answer: HttpResponse, at: str) -> list[str]:
    """Where a page leads on this server; empty for what is no page."""
    if answer.status_code in (301, 302):
        return [answer["Location"]]
    if answer.streaming or "html" not in answer.get("Content-Type", ""):
        return []
    found = [urldefrag(unescape(link))[0] for link in LINK.findall(answer.content.decode())]
    here = urlsplit(at).path
    return [here + link if link.startswith("?") else link for link in found if link.startswith(("/", "?"))]


def name_of(url: str) -> str:
    """The name of the registered address that answers; "" for what is none, a style sheet say."""
    try:
        return str(resolve(urlsplit(url).path).url_name)
    except Resolver404:
        return ""


def _example(name: str, one: URLPattern, whole: Whole) -> str:
    given: dict[str, object] = {}
    for argument, converter in one.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        value = EXAMPLES.get(argument, _BY_KIND.get(kind, "示例"))
        if kind == "int" and not isinstance(value, int):
            value = 1
        given[argument] = value.format(penalty=whole.penalty) if isinstance(value, str) else value
    try:
        return reverse(name, kwargs=given)
    except Exception:  # an address with a pattern of its own: what stands there is nobody's
        return "/" + re.sub(r"<\w+:(\w+)>|<(\w+)>", "1", str(one.pattern))
