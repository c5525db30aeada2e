"""W1 through the real engine: a bureau in a fresh book that works under the invented procedure of `benchmarks/law`."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from django.db import connections

from benchmarks.peers.w1_scenario import ACTORS, STEPS, act_date, expected, facts, rm_digest
from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.desk import Desk
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.load import law_root
from fazheng.ledger.models import ClockRow, StandingEvent
from fazheng.ledger.storage import close_home, open_home
from fazheng.ledger.verify import verify

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
IDS = "apply accept authorise check visit review post close_post confirm serve".split()
EVENTS = "applied accepted authorised checked visited reviewed posted posting_closed confirmed served".split()
ROLES = {"窗口": "window", "乡镇受理": "town_window", "核对": "checker", "调查": "visitor", "乡镇审核": "town_reviewer",
         "县级确认": "county"}  # fmt: skip
FIELDS = ("docs", "authorised", "visitors", "objections", "income")


@contextmanager
def at_work(folder: Path) -> Iterator[Bureau]:
    """A fresh book whose bureau works under the invented procedure, with its staff; closed at the end."""
    os.environ.pop("FAZHENG_LAW", None)
    os.environ.pop("DATABASE_URL", None)
    law = folder / "law"
    shutil.copytree(HERE / "law", law)
    shutil.copytree(law_root() / "calendars", law / "calendars")
    os.environ["FAZHENG_LAW"] = str(law)
    open_home(folder / "home", create=True)
    bureau = open_bureau("示例县民政局", "999001")
    with writing(bureau, today=TODAY) as act:
        for role, code in ACTORS.items():
            row = {"code": code, "name": f"示例{code}", "roles": [ROLES[role]]}
            refused = enter_row(act, "staff", Act(date(2020, 1, 1), "system", row, paper="示例台账"))
            assert not refused, refused
    yield bureau
    close_home()


def act_of(k: int, i: int) -> Act:
    """Step k of case i."""
    held = facts(i)
    return Act(act_date(k, i), ACTORS[STEPS[k][1]], {name: held[name] for name in FIELDS} if k == 0 else {})


def take(act: Writing, names: dict[int, str], k: int, i: int) -> None:
    """Takes step k of case i. Raises AssertionError where it is refused."""
    if k == 0:
        done = act.open("bench.allowance", act_of(k, i))
        names[i] = done.case_id
    else:
        done = act.do(names[i], IDS[k], act_of(k, i))
    assert not done.refused, done


def step(cases: int, folder: Path) -> None:
    """Prints the seconds for N cases of ten steps, each its own transaction through `writing`."""
    with at_work(folder) as bureau:
        names: dict[int, str] = {}
        begun = time.perf_counter()
        for k in range(len(IDS)):
            for i in range(cases):
                with writing(bureau, today=TODAY) as act:
                    take(act, names, k, i)
        print(time.perf_counter() - begun)
        proven(bureau, names)


def together(per_client: int, milliseconds: int, folder: Path, *, desk: bool) -> None:
    """Prints seconds, and the median and 99th of a hundred of what a client waited, for eight clients at once.

    The flush of a slow disk is imitated by a sleep after each commit, before the next may begin.
    """
    slow = milliseconds / 1000
    with at_work(folder) as bureau:
        names: dict[int, str] = {}
        waited: list[float] = []
        counter = SlowDesk(bureau, slow) if desk else None
        turn = Lock()  # fair; without it SQLite's own waiting for each other is slower still

        def submit(k: int, i: int) -> None:
            if counter:
                counter.submit(lambda act: take(act, names, k, i))
                return
            with turn:
                with writing(bureau, today=TODAY) as act:
                    take(act, names, k, i)
                time.sleep(slow)

        def client(j: int) -> None:
            for k in range(len(IDS)):
                for i in range(j * per_client, (j + 1) * per_client):
                    begun = time.perf_counter()
                    submit(k, i)
                    waited.append(time.perf_counter() - begun)
            connections.close_all()

        clients = [Thread(target=client, args=(j,)) for j in range(8)]
        begun = time.perf_counter()
        for one in clients:
            one.start()
        for one in clients:
            one.join()
        print(time.perf_counter() - begun)
        waited.sort()
        print(waited[len(waited) // 2], waited[int(len(waited) * 0.99)])
        if counter:
            counter.close()
        proven(bureau, names)


class SlowDesk(Desk):
    """A desk on a disk whose flush takes `slow` seconds more."""

    def __init__(self, bureau: Bureau, slow: float) -> None:
        self._slow = slow
        super().__init__(bureau, today=lambda: TODAY)

    def _commit(self, group: list[Any]) -> None:
        super()._commit(group)
        time.sleep(self._slow)


def proven(bureau: Bureau, names: dict[int, str]) -> None:
    """The chain holds, the rows are those a rebuild makes, and the last event and due day are the scenario's."""
    assert verify(bureau.code).ok
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    rows = []
    for i, name in sorted(names.items()):
        last = StandingEvent.objects.filter(bureau=bureau.code, case_id=name).order_by("version").last()
        due = max(ClockRow.objects.filter(bureau=bureau.code, case_id=name).values_list("begun", "due"))
        state = STEPS[EVENTS.index(last.event)][3]
        assert due[1] > due[0]
        rows.append((i, state, last.on_day))  # nothing is due after the last step: its day, as the peers keep it
    assert rm_digest(rows) == expected(len(names))[1]
