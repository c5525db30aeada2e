"""Wide forms made, and brought up to date: only cases with new entries, or that say another thing on another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from fazheng.figures.dialects import dialect_of
from fazheng.figures.wide.columns import Column, shape_digest
from fazheng.figures.wide.selecting import NEVER_ENDS, TOUCHED, Making
from fazheng.figures.wide.tables import FORMS, lay, run, there, wide_table
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

_MOST_COLUMNS = 900  # half of what SQLite and PostgreSQL hold: a field takes two
_INVALID = "since > %s OR until <= %s OR begun_since > %s OR begun_until <= %s"


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a wide form: the entry it is up to, and the days every row of it is valid for."""

    shape: str
    seq: int
    digest: str
    since: str
    until: str

    def answers(self, shape: str, head: Head, day: str) -> bool:
        return (self.shape, self.seq, self.digest) == (shape, head.seq, head.digest) and self.valid_on(day)

    def valid_on(self, day: str) -> bool:
        return self.since <= day < self.until


def brought_up(bureau: str, day: str, shapes: Mapping[str, tuple[Column, ...]]) -> set[str]:
    """The procedures, of those whose shapes are given, whose wide form now stands for the day and the whole book.

    Two statements where nothing is to do. Else one transaction for each procedure that needs it; nobody writes
    meanwhile. A procedure that rows cannot hold is left out.
    """
    digests = {procedure: shape_digest(shape) for procedure, shape in shapes.items() if len(shape) <= _MOST_COLUMNS}
    now, forms = _head(bureau), _forms(bureau)
    if now is None:
        return set()
    up = set()
    for procedure, digest in digests.items():
        form = forms.get(procedure)
        if form is None or not form.answers(digest, now, day):
            making = Making(bureau, procedure, day, dialect_of(connection.vendor), shapes[procedure])
            form = _made(making, digest)
        if form.valid_on(day):
            up.add(procedure)
    return up


def _head(bureau: str, *, lock: bool = False) -> Head | None:
    suffix = " FOR UPDATE" if lock and connection.features.has_select_for_update else ""  # SQLite has begun IMMEDIATE
    found = rows(f"SELECT seq, digest FROM ledger_chain_head WHERE bureau = %s{suffix}", [bureau])
    return Head(*found[0]) if found else None


def _forms(bureau: str) -> dict[str, Form]:
    """The forms that are there, table and all."""
    known = there()
    if FORMS not in known:
        return {}
    found = rows(f"SELECT procedure, shape, seq, digest, since, until FROM {FORMS} WHERE bureau = %s", [bureau])
    return {row[0]: Form(*row[1:]) for row in found if wide_table(bureau, row[0]) in known}


def _made(making: Making, digest: str) -> Form:
    """The form as it stands afterwards. Others may have been quicker: it is looked at again under the lock."""
    bureau, procedure, day = making.bureau, making.procedure, making.day
    table = wide_table(bureau, procedure)
    with transaction.atomic():
        now = _head(bureau, lock=True)
        assert now is not None
        form = _forms(bureau).get(procedure)
        if form is not None and form.answers(digest, now, day):
            return form
        if form is None or form.shape != digest or not _of_this_book(bureau, form):
            _anew(making, table)
            form = None
        else:
            _again(making, table, form.seq)
        since, until = _bounds(table)
        lay(FORMS)
        run(f"DELETE FROM {FORMS} WHERE bureau = %s AND procedure = %s", [bureau, procedure])
        run(f"INSERT INTO {FORMS} (bureau, procedure, shape, seq, digest, since, until)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [bureau, procedure, digest, now.seq, now.digest, since, until])  # fmt: skip
    return Form(digest, now.seq, now.digest, since, until)


def _of_this_book(bureau: str, form: Form) -> bool:
    """Whether the entry that the form is up to is still the same: a book that was restored may hold another."""
    found = rows("SELECT digest FROM ledger_entry WHERE bureau = %s AND seq = %s", [bureau, form.seq])
    return found == [(form.digest,)]


def _anew(making: Making, table: str) -> None:
    run(f"DROP TABLE IF EXISTS {table}")
    run(f"CREATE TABLE {table} ({', '.join(making.declared())})")
    statement = making.inserted(table, listed=False)
    run(statement.text, statement.params)
    for column in making.shape:
        if column.what == "bound":
            run(f"CREATE INDEX {table}_{column.name[-8:]} ON {table} ({Column('day', column.of).name})")
    run(f"CREATE INDEX {table}_repeats ON {table} (case_id) WHERE repeats = 1")
    if connection.vendor == "postgresql":
        run(f"ANALYZE {table}")


def _again(making: Making, table: str, after: int) -> None:
    """Makes anew the cases with entries after that one, and those whose rows are not valid on the day."""
    run(f"DROP TABLE IF EXISTS {TOUCHED}")
    run(f"CREATE TEMPORARY TABLE {TOUCHED} (case_id TEXT PRIMARY KEY)")
    day = making.day
    run(
        f"INSERT INTO {TOUCHED} SELECT c.case_id FROM ledger_case c WHERE c.bureau = %s AND c.procedure = %s AND"
        " c.case_id IN (SELECT n.case_id FROM ledger_entry n WHERE n.bureau = %s AND n.seq > %s)"
        f" UNION SELECT case_id FROM {table} WHERE {_INVALID}",
        [making.bureau, making.procedure, making.bureau, after, day, day, day, day],
    )
    run(f"DELETE FROM {table} WHERE case_id IN (SELECT case_id FROM {TOUCHED})")
    statement = making.inserted(table, listed=True)
    run(statement.text, statement.params)
    run(f"DROP TABLE {TOUCHED}")


def _bounds(table: str) -> tuple[str, str]:
    """The days on which every row is valid: from the first, before the second."""
    edges = rows(f"SELECT MAX(since), MAX(begun_since), MIN(until), MIN(begun_until) FROM {table}", [])
    since, begun_since, until, begun_until = edges[0]
    ends = [NEVER_ENDS if one is None else one for one in (until, begun_until)]
    return max(since or "", begun_since or ""), min(ends)
