"""The figures' speed: `make bench-figures` or `python -m benchmarks.figures [cases]`. Prints figures.

A hundred figures of ten invented kinds of case over five years, asked for one year, beside the same hundred integers by
SQLite, Django, polars and DuckDB over one table of numbers. The projections are filled as steps would leave them: the
entries of so many cases are not sealed, since nothing here reads them. Every answer is held against the peers' answer.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.peers import w3

T = TypeVar("T")
BUREAU, STEP, PERIOD = "999001", 20_000, (date(2025, 1, 1), date(2025, 12, 31))
MEASURES = "filed accepted refused decided confirmed on_time overdue days urban amount".split()
HERE = Path(__file__).parent
Case = tuple[int, int, int, int, int, int, int, int]


def best(work: Callable[[], T], runs: int = 5) -> tuple[float, T]:
    """Seconds of the fastest run, and what it gave."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        given = work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), given


def say(what: str, seconds: float, beside: float | None = None) -> None:
    ratio = f"{seconds / beside:8.2f} x GROUP BY" if beside else ""
    sys.stdout.write(f"{what:60}{seconds * 1000:12.2f} ms{ratio}\n")
    sys.stdout.flush()


def law(folder: Path) -> Path:
    """Law files of ten kinds of case, with ten figures each."""
    for room in ("statutes", "figures"):
        (folder / room).mkdir(parents=True)
    toy = HERE.parent / "tests" / "figures" / "law" / "statutes" / "试验法.toml"
    (folder / "statutes" / toy.name).write_text(toy.read_text("utf-8"), "utf-8")
    for kind in range(10):
        procedure = folder / "procedures" / f"bench-kind{kind}"
        procedure.mkdir(parents=True)
        for source, target in (
            ("procedure.toml", procedure / "procedure.toml"),
            ("figures.toml", folder / "figures" / f"kind{kind}.toml"),
        ):
            text = (HERE / "figures_law" / source).read_text("utf-8")
            target.write_text(text.replace("KIND", str(kind)), "utf-8")
    return folder


def iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def fill(cases: Sequence[Case], first: int) -> None:
    """The projections of these cases, numbered from `first`."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table, width, made in (("ledger_case", 9, _cases), ("ledger_standing_event", 8, _events),
                                   ("ledger_clock", 9, _clocks)):  # fmt: skip
            told = [
                row for n, case in enumerate(cases, first) for row in made(f"bench.kind{case[0]}-2021-{n:08d}", case)
            ]
            cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * width)})", told)


def _cases(name: str, case: Case) -> Iterator[tuple[Any, ...]]:
    _, filed, _, decided, *_ = case
    closed = iso(decided) if decided >= 0 else None
    last = closed or iso(filed)
    yield BUREAU, name, f"bench.kind{case[0]}", "2020-01-01", iso(filed), closed, last, 1, ""


def _events(name: str, case: Case) -> Iterator[tuple[Any, ...]]:
    kind, filed, accepted, decided, _, result, urban, amount = case
    of = f"bench.kind{kind}"
    yield BUREAU, name, 1, of, "filed", iso(filed), "甲", f'{{"urban":{"true" if urban else "false"}}}'
    if accepted:
        yield BUREAU, name, 2, of, "accepted", iso(filed), "甲", "{}"
    if decided >= 0:
        told = f'{{"amount":{amount},"days":{decided - filed},"result":"{("", "confirmed", "refused")[result]}"}}'
        yield BUREAU, name, 3, of, "decided", iso(decided), "乙", told


def _clocks(name: str, case: Case) -> Iterator[tuple[Any, ...]]:
    yield (
        BUREAU,
        name,
        "decision_period",
        1,
        iso(case[1]),
        None,
        iso(case[4]),
        iso(case[3]) if case[3] >= 0 else None,
        False,
    )


def entries(names: Sequence[str]) -> None:
    """One entry for each case, sealed as casework seals them."""
    from django.db import transaction

    from fazheng.ledger.append import append, lock_head
    from fazheng.ledger.chain import DraftEntry

    drafts = [
        DraftEntry(BUREAU, name, "filed", "{}", "甲", "甲", "", "2025-06-01", "2025-06-01T09:00:00+08:00", "", "[]")
        for name in names
    ]
    with transaction.atomic():
        append(drafts, lock_head(BUREAU))


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cases = w3.data(number)
        sqlite = w3.sqlite(str(place / "peer.sqlite3"), cases)
        from fazheng.ledger.storage import open_home

        open_home(place / "home", create=True)
        entries(["bench-first"])
        begun = time.perf_counter()
        for n in range(0, number, STEP):
            fill(cases[n : n + STEP], n)
        say(f"(projections of {number} cases filled)", time.perf_counter() - begun)
        run(place, cases, sqlite)


def run(place: Path, cases: list[Case], sqlite: Callable[[], list[list[int]]]) -> None:
    from fazheng.figures import count
    from fazheng.figures.sql import SqlReader
    from fazheng.figures.wide import WideReader
    from fazheng.lawbook.load import load

    book = load(root=law(place / "law"))
    figures = list(book.figures.values())

    def table(number: Callable[[str], Any]) -> list[list[int]]:
        return [[k, *(int(number(f"bench.kind{k}.{name}")) for name in MEASURES)] for k in range(10)]

    def recount() -> list[list[int]]:
        reader = WideReader(BUREAU, book, PERIOD, figures)
        return table(lambda id: reader.read(book.figures[id]).value)

    def asked() -> list[list[int]]:
        values = {value.id: value.value for value in count(BUREAU, book, PERIOD)}
        return table(values.__getitem__)

    group_by, wanted = best(sqlite)
    say("SQLite, one GROUP BY", group_by)
    file = str(place / "peer.sqlite3")
    peers = {"Django ORM, one annotated GROUP BY": w3.orm(file), "polars, frame in memory": w3.polars(cases),
             "DuckDB, table in memory": w3.duckdb(str(place / "peer.csv"), file)}  # fmt: skip
    for name, peer in peers.items():
        seconds, found = best(peer)
        assert found == wanted, name
        say(name, seconds, group_by)
    begun = time.perf_counter()
    assert recount() == wanted
    say("fazheng, first of all (the wide form made)", time.perf_counter() - begun)
    seconds, found = best(recount)
    assert found == wanted
    group_by = min(group_by, best(sqlite)[0])
    say("fazheng, 100 figures recounted", seconds, group_by)
    values = count(BUREAU, book, PERIOD)
    seconds, found = best(asked, 20)
    assert found == wanted
    say("fazheng, the same question again", seconds)
    alone = SqlReader(BUREAU, book, PERIOD)
    begun = time.perf_counter()
    for figure in figures[:10]:
        assert alone.read(figure).value == next(value.value for value in values if value.id == figure.id)
    say("fazheng, the first ten of them by a statement each", time.perf_counter() - begun)
    more = [(kind, w3.LAST - 40, 1, -1, w3.LAST - 10, 0, 1, 0) for kind in range(10)] * 100
    fill(more, len(cases))
    entries([f"bench.kind{case[0]}-2021-{n:08d}" for n, case in enumerate(more, len(cases))])
    begun = time.perf_counter()
    later = recount()
    say("fazheng, after 1000 new cases (refreshed and recounted)", time.perf_counter() - begun)
    assert [row[1] for row in later] == [row[1] + 100 for row in wanted]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
