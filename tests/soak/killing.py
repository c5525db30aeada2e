"""Commands that are killed while they run: the book is as it was, or as the whole command leaves it.

`kill` starts one process that has everything loaded; it forks those that run a command and are killed, so that a kill
costs the time of a command and not of a start. A machine without fork cannot run it. On PostgreSQL each killed command
has a database of its own, copied from one that is made once.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.homes import RELEASES, said, unpacked, without_triggers
from tests.ledger.servers import administer, database_at

ROOT = Path(__file__).parents[2]
BUREAU, CASES, STEPS = "999001", 60, 6
AGED = RELEASES[0]  # the release whose book is brought up to date
WORDS = ("import", "steps", "backup", "restore", "rebuild", "upgrade")  # upgrade: of a file; there is no old server


@dataclass(frozen=True)
class Killed:
    """Of each command, how often the book was afterwards as before, as after the whole command, or between two of
    several commands; seconds of the whole command.
    """

    found: dict[str, dict[str, int]]
    seconds: dict[str, float]


def kill(folder: Path, times: int, server: str = "", seed: int = 0) -> Killed:
    """Kills `times` commands at random moments, of each kind in turn, on SQLite or on the server of that URL.

    Raises AssertionError where a book is broken, half done, behind what its home saw, or not to be gone on with.
    """
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(folder), str(times), str(seed), server],
        env=environment | {"PYTHONPATH": path, "FAZHENG_HOME": str(folder)}, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return Killed(**json.loads(done.stdout.splitlines()[-1]))


@dataclass
class Place:
    """Where homes are copied to and commands killed in them."""

    folder: Path
    server: str
    before: int = 0
    rows: int = 0
    head: Any = None
    databases: list[str] = field(default_factory=list)

    @property
    def base(self) -> Path:
        return self.folder / "home"

    @property
    def backup(self) -> Path:
        return next((self.folder / "kept").glob("*.zip"))

    def copy(self, *, empty: bool = False) -> Path:
        """A fresh copy of the base, and its database the one that commands use; or none, and an empty database."""
        target = self.folder / "killed"
        shutil.rmtree(target, ignore_errors=True)
        if not empty:
            shutil.copytree(self.base, target)
        if self.server:
            administer(self.server, f"DROP DATABASE IF EXISTS {self.name('killed')} WITH (FORCE)")
            source = "template1" if empty else self.name("base")
            administer(self.server, f"CREATE DATABASE {self.name('killed')} TEMPLATE {source}")
            self.use("killed")
        return target

    def name(self, part: str) -> str:
        return f"fazheng_{part}_{os.getppid()}"

    def use(self, part: str) -> None:
        if self.server:
            os.environ["DATABASE_URL"] = database_at(self.server, self.name(part))

    def settled(self) -> None:
        """Waits until the server has noticed that a killed client is gone: it may still finish what was sent."""
        import psycopg

        if self.server:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            with psycopg.connect(self.server, autocommit=True) as connection:
                for _ in range(500):
                    if connection.execute(asked, [self.name("killed")]).fetchone() == (0,):
                        return
                    time.sleep(0.01)


def _type(*words: str | Path) -> None:
    from fazheng.cli.main import run

    code = run([str(word) for word in words])
    assert code == 0, f"{words}: {code}"


def _steps(home: Path) -> None:
    for number in range(STEPS):
        ticket = {"ticket_no": f"示例{number}", "kind": "咨询", "urgent": "否", "topic": "低保条件", "request": "示例",
                  "assigned_by_ruling": "否"}  # fmt: skip
        data = [word for name, value in ticket.items() for word in ("--data", f"{name}={value}")]
        _type("--home", home, "case", "open", "hotline.ticket", "--on", "2026-11-02", "--as", "甲", *data)


def commands(place: Place) -> dict[str, Callable[[Path], None]]:
    """What is run in a home, by name."""
    return {
        "import": lambda home: _type("--home", home, "import", place.folder / "台账.xlsx"),
        "steps": _steps,
        "backup": lambda home: _type("--home", home, "backup", "--to", home / "backups"),
        "restore": lambda home: _type("--home", home, "restore", place.backup),
        "rebuild": lambda home: _type("--home", home, "rebuild"),
        "upgrade": lambda home: _type("--home", home, "verify"),
    }


def _prepare(place: Place) -> None:
    """A base home with people and some cases, a workbook of more, and a backup."""
    from fazheng.ledger.storage import close_home, open_home

    if place.server:
        administer(place.server, f"CREATE DATABASE {place.name('base')}")
        place.use("base")
    open_home(place.base, create=True)
    from fazheng.casework.declaring import open_bureau
    from fazheng.casework.workbook import import_workbook
    from fazheng.ledger.read import head
    from tests.casework.workbook.desk import FURTHER, HOTLINE, STAFF, answered, contacted, person, ticket, written

    bureau = open_bureau("示例县民政局", BUREAU)
    assert not import_workbook(
        written(place.folder, bureau, {STAFF: [person("甲")], HOTLINE: [ticket("S1")]}), bureau
    ).faults
    place.head = head(BUREAU)
    place.before = place.head.seq
    _type("--home", place.base, "backup", "--to", place.folder / "kept")
    refs = [f"T{n}" for n in range(CASES)]
    further = [step for ref in refs for step in (contacted(ref), answered(ref))]
    sheets = {HOTLINE: [ticket(ref) for ref in refs], FURTHER: further}
    written(place.folder, bureau, sheets)
    place.rows = sum(map(len, sheets.values()))
    close_home()


def _run(command: Callable[[Path], None], home: Path, moment: float | None) -> float:
    """Runs in a process of its own that is killed after `moment` seconds (None: not at all); seconds it took."""
    began = time.monotonic()
    process = os.fork()
    if process == 0:
        os._exit(_in_child(command, home))
    if moment is not None:
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert status in ((0,) if moment is None else (0, -signal.SIGKILL)), (
        status,
        (home.parent / "said.txt").read_text(),
    )
    return time.monotonic() - began


def _in_child(command: Callable[[Path], None], home: Path) -> int:
    said = os.open(home.parent / "said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    try:
        command(home)
    except BaseException as fault:
        print(fault, flush=True)
        return 1
    return 0


def _state(place: Place, what: str, home: Path) -> str:
    """ "before", "after" or "between", once the book has been found whole: chain, witness, projections."""
    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.rebuild import dump, rebuild, rebuild_all
    from fazheng.ledger.backup import read
    from fazheng.ledger.chain import Head
    from fazheng.ledger.storage import close_home, open_home
    from fazheng.ledger.verify import verify
    from fazheng.ledger.witness import complaint

    place.settled()
    if what == "restore" and not home.exists():
        return "before"
    kept = list((home / "backups").glob("fazheng-*.zip"))
    end = Head(said(AGED).entries, said(AGED).head) if what == "upgrade" else place.head
    assert [read(path).heads[BUREAU] for path in kept] == [end] * len(kept)
    open_home(home, then=rebuild_all)  # as every command opens a book
    try:
        walked = verify(BUREAU, expect=(end.seq, end.digest))
        assert walked.ok, walked.why
        assert complaint(home) == ""
        live = dump(BUREAU)
        rebuild(the_bureau(BUREAU))
        assert dump(BUREAU) == live
    finally:
        close_home()
    return _reached(place, what, walked.entries - end.seq, bool(kept))


def _reached(place: Place, what: str, more: int, kept: bool) -> str:
    whole = {"import": place.rows + 1, "steps": STEPS}.get(what, 0)
    assert more in (range(STEPS + 1) if what == "steps" else (0, whole)), f"{what}: {more} entries of {whole}"
    if what in ("rebuild", "upgrade", "restore"):
        return "after" if what == "restore" else "whole"
    done = kept if what == "backup" else more == whole
    return "after" if done else "before" if more == 0 else "between"


def _kill(folder: Path, times: int, seed: int, server: str) -> Killed:
    place, chance = Place(folder, server), random.Random(seed)
    _prepare(place)
    words = WORDS[:-1] if server else WORDS
    found = {what: Counter[str]() for what in words}
    seconds: dict[str, float] = {}
    try:
        for n in range(times):
            what = words[n % len(words)]
            command = commands(place)[what]
            if what not in seconds:
                seconds[what] = max(_run(command, _ready(place, what), None) for _ in range(2))
            home = _ready(place, what)
            _run(command, home, chance.uniform(0, 1.1 * seconds[what]))
            found[what][_state(place, what, home)] += 1
            if n % 4 == 0 and not (what == "restore" and home.exists()):  # and then goes on as if nothing had been
                _run(command, home, None)
                assert _state(place, what, home) in ("after", "whole") if what != "steps" else True
    finally:
        if server:
            for part in ("killed", "base"):
                administer(server, f"DROP DATABASE IF EXISTS {place.name(part)} WITH (FORCE)")
    return Killed({what: dict(counts) for what, counts in found.items()}, seconds)


def _ready(place: Place, what: str) -> Path:
    home = place.copy(empty=what in ("restore", "upgrade"))
    if what == "upgrade":
        without_triggers(unpacked(AGED, home))
    return home


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
    django.setup()
    arguments = sys.argv[1:]
    print(json.dumps(asdict(_kill(Path(arguments[0]), int(arguments[1]), int(arguments[2]), arguments[3]))))
