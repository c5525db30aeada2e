"""The speed of verification and proofs: `make bench-verify` or `python -m benchmarks.verifying [entries]`.

A temporary book of 1,000,000 entries under each digest; about three minutes, prints figures. Both sides must find their
chain whole, and then one planted change.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
django.setup()

from benchmarks.peers import w7  # noqa: E402
from fazheng.casework.act import Act  # noqa: E402
from fazheng.casework.bureaux import the_bureau  # noqa: E402
from fazheng.casework.checkpointing import make_checkpoint  # noqa: E402
from fazheng.casework.declaring import open_bureau  # noqa: E402
from fazheng.casework.writing import writing  # noqa: E402
from fazheng.ledger.chain import COLUMNS, FORMS, DraftEntry, seal  # noqa: E402
from fazheng.ledger.checkpoints import Checkpoint  # noqa: E402
from fazheng.ledger.proofs import consistency, receipt  # noqa: E402
from fazheng.ledger.quick import Plan  # noqa: E402
from fazheng.ledger.read import head  # noqa: E402
from fazheng.ledger.storage import BOOK, close_home, open_home  # noqa: E402
from fazheng.ledger.verify import Verification, verify  # noqa: E402

T = TypeVar("T")
_row = attrgetter(*COLUMNS)
CODE = "999001"
CASES = 4  # entries of one case


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what it gave."""
    begun = time.perf_counter()
    given = work()
    return time.perf_counter() - begun, given


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:70}{figure}\n")
    sys.stdout.flush()


def entries(form: int, seq: int, prev: str, until: int) -> Iterator[tuple[object, ...]]:
    """Entries as a bureau's steps leave them, about 570 bytes a row, sealed one after the other."""
    versions: dict[str, int] = {}
    for number in range(seq + 1, until + 1):
        case = f"assistance.minimum-2025-{number % max(1, until // CASES):07d}"
        versions[case] = versions.get(case, 0) + 1
        income, members = number * 7919 % 100000, number % 6 + 1
        data = f'{{"due":"2025-11-03","income":{income},"members":{members},"standard":85000,"意见":"审核意见"}}'
        day = f"2025-10-{number % 28 + 1:02d}"
        moment = f"{day}T09:{number % 60:02d}:00+08:00"
        draft = DraftEntry(CODE, case, "reviewed", data, "Z001", "Z002", "office", day, moment)
        entry = seal(draft, number, versions[case], prev, form)
        prev = entry.digest
        yield _row(entry)


def book_of(home: Path, form: int, count: int) -> None:
    """A home whose book has `count` entries, written past the triggers in one go, with the triggers put back."""
    open_home(home, create=True)
    open_bureau("示例县民政局", CODE, digest=FORMS[form])
    end = head(CODE)
    close_home()
    book = sqlite3.connect(home / BOOK, isolation_level=None)
    triggers = book.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        book.execute(f"DROP TRIGGER {name}")
    book.execute("PRAGMA synchronous = OFF")
    book.execute("BEGIN")
    places = ",".join("?" * len(COLUMNS))
    book.executemany(f"INSERT INTO ledger_entry VALUES ({places})", entries(form, end.seq, end.digest, count))
    last = "SELECT digest FROM ledger_entry ORDER BY seq DESC LIMIT 1"
    book.execute(f"UPDATE ledger_chain_head SET seq = ?, digest = ({last})", [count])
    for _, sql in triggers:
        book.execute(sql)
    book.execute("COMMIT")
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    open_home(home)


def mark_of(found: Verification) -> Checkpoint:
    return Checkpoint(CODE, found.entries, found.root, found.head, "2025-11-03T09:00:00+08:00", "示例", found.form)


def one_digest(folder: Path, form: int, count: int) -> None:
    name = FORMS[form]
    say(f"== {name}, {count:,} entries", "")
    spent, _ = timed(lambda: book_of(folder / name, form, count))
    say("made, set-based (not a figure of ours)", f"{spent:8.2f} s")
    peer = str(folder / f"{name}.db")
    w7.build(peer, count, name)
    audit, told = timed(lambda: w7.v_db_json(peer, name))
    plain, told_plain = timed(lambda: w7.v_db(peer, name))
    ours, found = timed(lambda: verify(CODE))
    alone, found_alone = timed(lambda: verify(CODE, plan=Plan(cores=1)))
    assert told == told_plain == found.entries == found_alone.entries == count, (told, found)
    assert found.ok, found
    for what, spent in (
        ("peer: JSON audit rows, parsed, written again, hashed", audit),
        ("peer: a stored blob and a hashlib loop (nobody reads the blob)", plain),
        (f"fazheng verify --all, every column read, {os.cpu_count()} processes", ours),
        ("fazheng verify --all, one process", alone),
    ):
        say(what, f"{spent:8.2f} s {count / spent:12,.0f} /s")
    say("  ratio to JSON audit rows / to the blob loop", f"{audit / ours:8.2f} x {plain / ours:6.2f} x")
    mark = mark_of(found)
    again, told_again = timed(
        lambda: verify(CODE, checkpoints=[mark], plan=Plan(since=mark.size, seed=b"a benchmark draws the same sample"))
    )
    assert told_again.ok
    say("fazheng verify, nothing new since (digests, tree, file, 10,000 sampled)", f"{again:8.2f} s")
    proofs(count)
    planted(folder / name, count)


def proofs(count: int) -> None:
    bureau = the_bureau(CODE)
    first, old = timed(lambda: make_checkpoint(bureau))
    say("the first checkpoint, over all", f"{first:8.2f} s")
    assert make_checkpoint(bureau) == old
    case = f"assistance.minimum-2025-{7:07d}"
    spent, told = timed(lambda: receipt(case, old))
    size = len(told["entries"][0]["proof"])
    say(f"a receipt, {len(told['entries'])} entries of {size} steps", f"{spent * 1000:8.1f} ms {len(str(told)):8,} B")
    spent, grown = timed(lambda: consistency(old))
    say(f"a consistency proof, {len(grown['proof'])} steps", f"{spent * 1000:8.1f} ms {len(str(grown)):8,} B")
    with writing(bureau) as act:
        for number in range(1000):
            act.record(f"nothing:{number}", "seen", Act(act.today, "Z001", {}), {"number": number})
    spent, _ = timed(lambda: make_checkpoint(bureau))
    say("a checkpoint after 1,000 new entries", f"{spent * 1000:8.1f} ms")


def planted(home: Path, count: int) -> None:
    close_home()
    book = sqlite3.connect(home / BOOK)
    book.execute("DROP TRIGGER ledger_entry_no_update")
    book.execute("UPDATE ledger_entry SET source = 'x' WHERE seq = ?", [count // 2])
    book.commit()
    book.close()
    open_home(home)
    spent, found = timed(lambda: verify(CODE))
    assert found.first_broken == count // 2, found
    say("one entry in the middle changed: doubted, then walked in order", f"{spent:8.2f} s")


def main() -> None:
    count = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMS:
            one_digest(Path(folder), form, count)
            close_home()


if __name__ == "__main__":
    main()
