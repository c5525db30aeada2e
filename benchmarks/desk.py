"""The desk's speed: `make bench-desk` or `python -m benchmarks.desk [cases]`. Prints figures.

A book of 100,000 cases and 1,000,000 entries (benchmarks/desk_book.py) is served by `fazheng serve`; eight clients
who are logged in ask for pages of a list, each by a connection of its own. Beside it, in the same run and under the
same waitress, stands the list of django-ninja without a log-in over as many cases (benchmarks/peers/desk_ninja.py).
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from benchmarks.desk_book import BUREAU, CASES, DAYS, FIRST, PROCEDURE, fill

ROOT = Path(__file__).parents[1]
CLIENTS, SECONDS, PORT, PEER_PORT = 8, 5, 8917, 8918
IMPORTED = 9000  # rows that come in meanwhile
_NUMBER = count(1)
LIST = f"/lists/{PROCEDURE}/"
ANEW = f"{LIST}?n="  # another address each time: the page is made anew, of rows that were made before
OTHER = f"{LIST}?until="  # another day each time: rows that nobody asked for before
EIGHT = "show=opened,state,light,due,case_filed.source,penalty_decided.fine,last"  # and the case: as many as theirs
PAGES = {
    "the first page of the list": LIST,
    "the same, made anew each time": ANEW,
    "other cases each time": OTHER,
    "eight columns, made anew each time": f"{LIST}?{EIGHT}&n=",
    "eight columns, other cases each time": f"{LIST}?{EIGHT}&until=",
    "a page in the middle": "",
    "open cases": f"{LIST}?state=open",
    "red light": f"{LIST}?light=red",
    "one year": f"{LIST}?since=2024-01-01&until=2024-12-31",
    "one choice of a field": f"{LIST}?by.case_filed.source=complaint",
    "by the bureau's own number": f"{LIST}?sort=ref",
    "with the sum row": f"{LIST}?since=2024-01-01&until=2024-12-31&sum=1",
}


def run(home: Path, *command: str) -> str:
    """A command of the programme on that home. Raises SystemExit where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "fazheng", *command], env=_at(home), capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
    return done.stdout


def _at(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return kept | {"FAZHENG_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DATABASE_URL": ""}


def make(home: Path, cases: int) -> int:
    """A bureau with its staff, and the book filled; how many entries."""
    run(home, "init", "--bureau", "示例县民政局", "--code", BUREAU)
    from fazheng.ledger.storage import BOOK, open_home

    open_home(home)
    from datetime import date

    from fazheng.casework.act import Act
    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.registers import enter_row
    from fazheng.casework.writing import writing
    from fazheng.ledger.storage import close_home

    with writing(the_bureau(None), today=date(2026, 11, 20)) as act:
        for code in ["1", *(f"{n}" for n in range(101, 121))]:
            row = {"code": code, "name": f"示例{code}", "roles": ["bureau_head"] if code == "1" else ["officer"],
                   "certificate_until": "2030-12-31"}  # fmt: skip
            assert not enter_row(act, "staff", Act(date(2026, 1, 5), "system", row, paper="示例台账"))
    close_home()
    return fill(home / BOOK, cases)


@contextmanager
def served(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`fazheng serve --demo` on the home, until the end."""
    command = [sys.executable, "-m", "fazheng", "serve", "--demo", "--port", str(PORT)]
    with started(command, PORT, _at(home)) as process:
        yield process


@contextmanager
def started(command: Sequence[str], port: int, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def stepped_in(code: str) -> str:
    """The cookies of somebody who stepped in as `code`."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", "/login/")
    answer = connection.getresponse()
    page, cookies = answer.read().decode(), _cookies(answer)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token, "no way to step in"
    body = urlencode({"csrfmiddlewaretoken": token[1], "code": code})
    head = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/step-in/", body, head)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    return "; ".join([cookies, _cookies(answer)])


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(line.split(";")[0] for name, line in answer.getheaders() if name.lower() == "set-cookie")


def load(port: int, path: str, cookies: str = "", clients: int = CLIENTS, seconds: float = SECONDS) -> list[float]:
    """How long each answer took, in milliseconds, sorted; `clients` at once, each asks again as soon as answered. An
    address that ends in = gets a number of its own each time, or a day of the years of the book.
    """
    took: list[float] = []
    until = time.perf_counter() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            own = f"{path}{_own(path)}"
            connection.request("GET", own, headers={"Cookie": cookies})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (own, answer.status)
            took.append((time.perf_counter() - begun) * 1000)

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(took)


def _own(path: str) -> str:
    """What makes the address another one than the last."""
    if path.endswith("until="):
        return f"{FIRST + timedelta(days=20 + next(_NUMBER) * 37 % (DAYS - 20))}"
    return f"{next(_NUMBER)}" if path.endswith("=") else ""


def told(took: Sequence[float], seconds: float = SECONDS) -> str:
    return (
        f"p50 {took[len(took) // 2]:6.0f} ms  p95 {took[int(len(took) * 0.95)]:6.0f} ms  {len(took) / seconds:6.0f}/s"
    )


def fetched(path: str, cookies: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", path, headers={"Cookie": cookies})
    return connection.getresponse().read()


def memory(process: subprocess.Popen[bytes]) -> int:
    """The most memory the process ever had, in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text("ascii")) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def middle(cookies: str) -> str:
    """The address of a page some way on."""
    path = f"{LIST}?until=2024-06-30"
    for _ in range(3):
        page = fetched(path, cookies).decode()
        found = re.search(r'href="([^"]+)" rel="next"', page)
        assert found
        path = LIST + found[1].replace("&amp;", "&")
    return path


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:44}{figure}\n")
    sys.stdout.flush()


def ours(home: Path) -> dict[str, float]:
    """Answers a second of each page, told with everything else."""
    with served(home) as process:
        cookies = stepped_in("1")
        load(PORT, LIST, cookies, 2, 1)
        rates: dict[str, float] = {}
        for name in ("the first page of the list", "the same, made anew each time"):
            say(f"{name}, one client", told(load(PORT, PAGES[name], cookies, 1)))
        for name, path in PAGES.items():
            took = load(PORT, path or middle(cookies), cookies)
            rates[name] = len(took) / SECONDS
            say(name, told(took))
        page = fetched(LIST, cookies)
        say("the first page", f"{len(page) / 1024:6.0f} KB, {len(gzip.compress(page)) / 1024:.1f} KB gzipped")
        say("serve, the most memory so far", f"{memory(process):6} MB")
        importing = subprocess.Popen(
            [sys.executable, "-m", "fazheng", "import", str(home.parent / "year.xlsx")],
            env=_at(home),
            stdout=subprocess.DEVNULL,
        )
        took = load(PORT, LIST, cookies)
        over = " (the import was over before)" if importing.poll() is not None else ""
        say("the first page while an import runs", told(took) + over)
        importing.wait()
        say("serve, the most memory, an import beside it", f"{memory(process):6} MB")
    return rates


def theirs(folder: Path, cases: int) -> float:
    """Answers a second of the peer's list."""
    peer = os.environ.get("FAZHENG_PEER_PYTHON", sys.executable)
    command = [peer, "-m", "benchmarks.peers.desk_ninja", str(folder / "peer.sqlite3"), str(cases), str(PEER_PORT)]
    with started(command, PEER_PORT, os.environ | {"PYTHONPATH": str(ROOT)}):
        load(PEER_PORT, "/api/list", "", 2, 1)
        say("django-ninja, one client", told(load(PEER_PORT, "/api/list?limit=50", "", 1)))
        took = load(PEER_PORT, "/api/list?limit=50")
        say("django-ninja, its list of 50, no log-in", told(took))
    return len(took) / SECONDS


def main(cases: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        begun = time.perf_counter()
        entries = make(home, cases)
        from benchmarks.importing import write

        write(Path(folder) / "year.xlsx", IMPORTED)
        say("the book", f"{cases} cases, {entries} entries, made in {time.perf_counter() - begun:.0f} s")
        rates = ours(home)
        peer = theirs(Path(folder), cases)
        for name in list(PAGES)[:5]:
            say(f"ratio to theirs: {name}", f"{rates[name] / peer:6.2f}")


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else CASES)
