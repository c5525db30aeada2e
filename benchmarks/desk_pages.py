"""`make pages-at-size`: every page of the desk that lists or counts something, at 100,000 cases and a million entries.

Prints for each page how long the first answer after an entry took and the next ones, its size gzipped, its statements;
and puts pictures of it at three widths into a folder. `python -m benchmarks.desk_pages FOLDER [--home HOME] [--only
WORD] [--no-pictures]`: with a home, its book is made there the first time and used again afterwards.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.desk import EIGHT
from benchmarks.desk_book import CASES, PROCEDURE
from benchmarks.desk_furnished import HEAD, OFFICER, TODAY, furnish

SIZES = ((1366, 768), (1920, 1080), (360, 740))
ROWS = 9000  # of the workbook that waits
TIMES = 5  # answers while the book stands; the middle one is told
SLOW, LARGE = 200, 100  # milliseconds, KB gzipped: a page above is marked
HOSTS = ("127.0.0.1", "localhost", "testserver")
LIST = f"/lists/{PROCEDURE}/"
YEAR = TODAY.year - 1
SIGNED = YEAR - 1  # the year whose report is signed
FIND = "/search/?find="  # what is typed into the box: it is posted, and stands in no address
# who looks, where; {long} is the case with the long time line
PAGES: tuple[tuple[str, str], ...] = (
    (OFFICER, "/today/"), (OFFICER, "/today/duties/"), (OFFICER, "/todo/"), (OFFICER, "/done/"),
    (OFFICER, "/supervised/"), (OFFICER, "/reading/"), (OFFICER, "/lists/"), (OFFICER, LIST), (OFFICER, "/open/"),
    (OFFICER, f"/open/{PROCEDURE}/"), (OFFICER, "/case/{long}/"), (OFFICER, "/case/{long}/files/"),
    (OFFICER, "/case/{long}/private/"), (OFFICER, "/case/{long}/late/"), (OFFICER, "/case/{long}/dossier/"),
    (OFFICER, "/registers/"), (OFFICER, "/search/"), (OFFICER, f"{FIND}1234"), (OFFICER, f"{FIND}slxh"),
    (OFFICER, "/calendar/"),
    ("legal_reviewer", "/review/"), ("legal_reviewer", "/today/"),
    ("hotline_desk", "/today/"), ("hotline_desk", "/todo/"), ("hotline_desk", "/lists/hotline.ticket/"),
    (HEAD, "/today/"), (HEAD, "/today/duties/"), (HEAD, "/todo/"), (HEAD, "/done/"), (HEAD, "/supervised/"),
    (HEAD, "/lists/"), (HEAD, LIST), (HEAD, f"{LIST}?sum=1"), (HEAD, f"{LIST}?light=red"),
    (HEAD, f"{LIST}?{EIGHT}"),
    (HEAD, f"{LIST}?state=open&sort=-opened_on"), (HEAD, "/lists/hotline.ticket/"),
    (HEAD, "/registers/social_organisation/"), (HEAD, "/registers/social_organisation/?sum=1"),
    (HEAD, "/registers/staff/"), (HEAD, "/case/{long}/"), (HEAD, "/paper-signed/"), (HEAD, "/head/"),
    *((HEAD, f"/head/{one}/") for one in ("fined", "late", "courts", "personal", "reported", "checked", "tickets",
                                          "sentences", "neighbour", "inspector", "fewer", "signed")),
    (HEAD, f"/head/rows/{YEAR}/penalty.decided/"), (HEAD, f"/head/defects/{YEAR}/"), (HEAD, "/figures/"),
    (HEAD, f"/figures/?p={YEAR}"), (HEAD, f"/figures/?p={YEAR - 1}+{YEAR}"),
    (HEAD, f"/figures/of/penalty.decided/?p={YEAR}"),
    (HEAD, f"/figures/of/organisations.standing/?p={YEAR + 1}"), (HEAD, "/figures/asked/"), (HEAD, "/report/"),
    (HEAD, f"/report/{YEAR}/"), (HEAD, f"/report/{SIGNED}/"), (HEAD, "/checkup/"),
    (HEAD, "/people/"), (HEAD, f"/people/{OFFICER}/"), (HEAD, "/staffing/"), (HEAD, "/sections/"),
    ("personnel", "/people/"), ("personnel", f"/handover/{OFFICER}/"),
    ("office", "/importing/"), ("office", "/importing/{job}/"), ("office", "/figures/"), ("office", f"/report/{YEAR}/"),
    ("audit_admin", "/audit/"), ("audit_admin", "/audit/looks/"), ("audit_admin", "/audit/looks/?by=101"),
    ("audit_admin", "/audit/exports/"), ("audit_admin", "/audit/clocks/"), ("audit_admin", "/audit/verify/"),
    ("audit_admin", "/logins/"), ("system_admin", "/accounts/"), ("security_admin", "/lockouts/"),
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What one page took: milliseconds after an entry and while the book stands, KB gzipped, statements of both."""

    who: str
    at: str
    status: int
    anew: float
    standing: float
    size: float
    asked_anew: int
    asked: int

    @property
    def line(self) -> str:
        marks = "".join(
            f" {word}" for word, put in (
                ("SLOW", self.standing > SLOW), ("slow anew", self.anew > SLOW), ("LARGE", self.size > LARGE),
                (str(self.status), self.status != 200),
            ) if put
        )  # fmt: skip
        return (
            f"| {self.who} | `{self.at}` | {self.anew:.0f} | {self.standing:.0f} | {self.size:.1f} |"
            f" {self.asked_anew} | {self.asked} |{marks}"
        )


def main(folder: Path, home: Path | None, only: str, pictures: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fazheng.site.desk"
    with tempfile.TemporaryDirectory() as place:
        at = home or Path(place) / "home"
        names = _made(at)
        with _serving(at) as address:
            names["job"] = _waiting(at, names)
            wanted = [(who, path.format(**names)) for who, path in PAGES if only in path]
            _ready([path for _, path in wanted])
            print("| who | page | ms, after an entry | ms | KB gzipped | statements, after an entry | statements |")
            print("|---|---|---|---|---|---|---|", flush=True)
            for who, path in wanted:
                print(_answered(who, path).line, flush=True)
            if pictures:
                _pictured(folder, address, wanted)


def _made(home: Path) -> dict[str, str]:
    """The book, made where there is none; the cases that pages are opened on."""
    import json

    from benchmarks.desk import make
    from fazheng.ledger.storage import open_home

    noted = home / "pages-at-size.json"
    if not noted.exists():
        shutil.rmtree(home, ignore_errors=True)
        make(home, CASES)
        open_home(home)
        from fazheng.casework.bureaux import the_bureau

        noted.write_text(json.dumps(furnish(the_bureau(None))))
    open_home(home)
    return dict(json.loads(noted.read_text()))


@contextmanager
def _serving(home: Path) -> Iterator[str]:
    """The home served in this process, so that its statements can be counted; the address it answers at."""
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    from fazheng.casework.bureaux import the_bureau
    from fazheng.web import serving

    serving.start(home, the_bureau(None), hosts=HOSTS, today=lambda: TODAY, demo=True)
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    serving.stop()


_CLIENTS: dict[str, Any] = {}


def _client(code: str) -> Any:
    """A test client in which that person is logged in."""
    from django.test import Client

    from fazheng.web.models import Account

    if code not in _CLIENTS:
        if not Account.objects.filter(code=code).exists():
            account = Account(code=code, must_change_password=False)
            account.set_unusable_password()
            account.save()
        _CLIENTS[code] = Client(raise_request_exception=False)
        _CLIENTS[code].force_login(Account.objects.get(code=code))
    return _CLIENTS[code]


def _waiting(home: Path, names: Mapping[str, str]) -> str:
    """The workbook of some thousand rows that waits to be confirmed: its job's key."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from fazheng.web.importing_jobs import WORKING
    from fazheng.web.models import ImportJob

    client = _client("office")
    job = ImportJob.objects.filter(by="office").first()
    if job is None:
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "year.xlsx"
            work = "from pathlib import Path; from benchmarks.importing import write; "
            work += f"write(Path({str(written)!r}), {ROWS})"
            subprocess.run([sys.executable, "-c", work], check=True)  # a process of its own: it opens another home
            client.post("/importing/", {"file": SimpleUploadedFile("year.xlsx", written.read_bytes())})
        job = ImportJob.objects.filter(by="office").first()
    for _ in range(600):
        if (job := ImportJob.objects.get(key=job.key)).state not in WORKING:
            break
        time.sleep(0.2)
    return str(job.key)


def _ready(paths: list[str]) -> None:
    """What some pages are opened on: a report that is signed, the index of a search."""
    from fazheng.casework.finding import bring_up
    from fazheng.ledger.signed import signature
    from fazheng.web.serving import serving

    now = serving()
    assert now.desk is not None
    assert now.bureau is not None
    if any(path.startswith(FIND) for path in paths):
        while now.desk.submit(bring_up):
            pass
    page = f"/report/{SIGNED}/sign/"
    if f"/report/{SIGNED}/" in paths and signature(now.bureau.code, SIGNED) is None:
        form = _client(HEAD).get(page).content.decode()
        found = re.search(r'name="form_key" value="([^"]+)"', form)
        assert found, "nothing to sign"
        answer = _client(HEAD).post(page, {"form_key": found[1], "reason": "示例账本，不是真的年报", "prose": "no"})
        assert answer.status_code == 302, re.sub("<[^>]*>", " ", answer.content.decode())


def _entered() -> None:
    """One more entry in the book, a look at what is held apart: what was kept of pages is of no use any more."""
    from fazheng.casework.act import Act
    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.looking import look_at
    from fazheng.casework.writing import writing

    with writing(the_bureau(None), today=TODAY) as act:
        assert not look_at(act, f"{PROCEDURE}-2026-100000", ["案情"], ["0" * 64], Act(TODAY, HEAD, {}), "示例")


def _answered(who: str, path: str) -> Answered:
    client = _client(who)
    _got(client, path)  # what is compiled once a process is no matter of size
    _entered()
    answer, anew, asked_anew = _got(client, path)
    later = [_got(client, path) for _ in range(TIMES)]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    standing = statistics.median(took for _, took, _ in later)
    size = len(gzip.compress(content)) / 1024
    return Answered(who, path, answer.status_code, anew, standing, size, asked_anew, later[-1][2])


def _got(client: Any, path: str) -> tuple[Any, float, int]:
    from tests.web.test_case_page import counted

    with counted() as asked:
        begun = time.perf_counter()
        answer = client.post("/search/", {"q": path.removeprefix(FIND)}) if path.startswith(FIND) else client.get(path)
        took = (time.perf_counter() - begun) * 1000
    return answer, took, sum(len(one) for one in asked.values())


def _pictured(folder: Path, address: str, wanted: list[tuple[str, str]]) -> None:
    """A picture of each page at each size, the phone's its whole length up to a limit."""
    from playwright.sync_api import sync_playwright

    from tests.web.pictures import IN_CHINESE, chromium, shot

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright has a loop of its own in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"], env=IN_CHINESE
        )
        for who in dict.fromkeys(who for who, _ in wanted):
            page = browser.new_context(locale="zh-CN").new_page()
            cookie = {"name": "sessionid", "value": _client(who).cookies["sessionid"].value, "url": address}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
            for path in (at for one, at in wanted if one == who):
                page.goto(address + path.partition("?find=")[0] if path.startswith(FIND) else address + path)
                if path.startswith(FIND):
                    page.fill("#sought", path.removeprefix(FIND))
                    page.press("#sought", "Enter")
                    page.wait_for_selector(".hits, .empty")
                name = re.sub(r"\W+", "-", path).strip("-") or "first"
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    if over > 0:
                        print(f"{who} {path} at {width}: {over} px wider than the window", flush=True)
                    shot(page, (width, height), folder / f"{who}-{name}-{width}.png")
            page.context.close()
        browser.close()


if __name__ == "__main__":
    asked_for = argparse.ArgumentParser()
    asked_for.add_argument("folder", type=Path)
    asked_for.add_argument("--home", type=Path)
    asked_for.add_argument("--only", default="")
    asked_for.add_argument("--no-pictures", action="store_true")
    given = asked_for.parse_args()
    main(given.folder, given.home, given.only, not given.no_pictures)
