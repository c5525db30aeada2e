"""A book of a hundred thousand cases and a million entries, for the desk's figures: rows as a case leaves them, written
straight into the tables. Nothing of it was decided or chained: it is as large as such a book, and no more.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CASES, STEPS, SEED = 100_000, 10, 20260301
BUREAU, PROCEDURE = "999001", "penalty.ordinary"
FIRST, DAYS = date(2021, 8, 2), 1780  # the last step lies before any clock that runs this
EVENTS = (
    "case_filed", "evidence_gathered", "evidence_gathered", "investigation_closed", "notice_given",
    "legal_review_passed", "penalty_decided", "decision_served", "paid", "case_closed",
)  # fmt: skip
LOOKED = "private_looked"
COLUMNS = {
    table: names.split()
    for table, names in {
        "ledger_case": "bureau case_id procedure in_force opened_on closed_on last_on last_version ref",
        "ledger_entry": "bureau seq case_id version event data defects warnings by entered_by acting_as happened_on"
        " recorded_at source prev digest",
        "ledger_standing_event": "bureau case_id version procedure event on_day by data",
        "ledger_clock": "bureau case_id limit nth begun superseded_on due done estimate",
        "ledger_case_part": "bureau procedure who case_id",
    }.items()
}
CODE = "51999900MJX00000X8"


def fill(book: Path, cases: int = CASES) -> int:
    """Writes the rows; how many entries the book then has."""
    opened = sqlite3.connect(book)
    opened.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
    guards = opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:  # these rows are no chain
        opened.execute(f"DROP TRIGGER {name}")
    begun = opened.execute("SELECT seq FROM ledger_chain_head WHERE bureau = ?", [BUREAU]).fetchone()[0]
    in_force = _in_force()
    for start in range(0, cases, 5000):
        _some(opened, range(start, min(start + 5000, cases)), begun, in_force)
    last = begun + cases * STEPS
    opened.execute("UPDATE ledger_chain_head SET seq = ?, digest = ? WHERE bureau = ?", [last, f"{last:064x}", BUREAU])
    for _, made in guards:
        opened.execute(made)
    opened.commit()
    opened.close()
    return last


def _in_force() -> str:
    from fazheng.lawbook.load import load

    return load().procedures[PROCEDURE][-1].in_force.isoformat()


def _some(opened: sqlite3.Connection, numbers: range, begun: int, in_force: str) -> None:
    put: dict[str, list[tuple[Any, ...]]] = {}
    for n in numbers:
        for table, row in _case(n, begun, in_force):
            put.setdefault(table, []).append(row)
    for table, rows in put.items():
        names = ", ".join(f'"{column}"' for column in COLUMNS[table])
        opened.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(rows[0]))})", rows)
    opened.commit()


def _case(n: int, begun: int, in_force: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    dice = random.Random(SEED + n)
    day = FIRST + timedelta(days=n * DAYS // CASES)
    case = f"{PROCEDURE}-{day.year}-{n + 1:06d}"
    closed = n % 12 != 0
    steps = STEPS if closed else 1 + n % 9
    days = [(day + timedelta(days=7 * step)).isoformat() for step in range(STEPS)]
    yield (
        "ledger_case",
        (BUREAU, case, PROCEDURE, in_force, days[0], days[9] if closed else None, days[steps - 1], STEPS, f"{n}"),
    )
    officers = [f"{101 + n % 20}", f"{101 + (n + 1) % 20}"]
    for step in range(STEPS):  # ten entries a case: those that are no step of it are looks
        event = EVENTS[step] if step < steps else LOOKED
        data = json.dumps(_data(event, dice, officers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        seq, who = begun + n * STEPS + step + 1, f"{101 + n % 20}"
        digest = f"{seq:064x}"
        yield "ledger_entry", (BUREAU, seq, case, step + 1, event, data, "[]", "[]", who, who, "officer",
                               days[step], f"{days[step]}T09:00:00+08:00", "", f"{seq - 1:064x}", digest)  # fmt: skip
        if step < steps:
            yield "ledger_standing_event", (BUREAU, case, step + 1, PROCEDURE, event, days[step], who, data)
    due = (day + timedelta(days=90)).isoformat()
    yield (
        "ledger_clock",
        (BUREAU, case, "decision_period", 1, days[0], None, due, days[6] if steps > 6 else None, False),
    )
    for who in (*(f"person:{one}" for one in officers), "role:legal_reviewer", "role:officer"):
        yield "ledger_case_part", (BUREAU, PROCEDURE, who, case)


def _data(event: str, dice: random.Random, officers: list[str]) -> dict[str, Any]:
    if event == "case_filed":
        return {"affects_public_interest": False, "complex": bool(dice.randrange(2)), "facts": {"apart": "0" * 64},
                "matter": "未按规定报送年度工作报告", "officers": officers, "organisation": CODE,
                "party_kind": "organisation", "source": dice.choice(("inspection", "complaint"))}  # fmt: skip
    if event == "penalty_decided":
        return {"basis": "条例第二十八条", "document_no": f"示民罚决字〔2026〕{dice.randrange(9999)}号",
                "fine": dice.randrange(1, 90) * 100_00, "kinds": [dice.choice(("warning", "fine"))]}  # fmt: skip
    if event == LOOKED:
        return {"digests": ["0" * 64], "fields": ["案情"], "reason": {"apart": "0" * 64}}
    return {"content": {"apart": "0" * 64}, "method": "other"}
