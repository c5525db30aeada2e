"""The tables that figures make for themselves and anybody may drop: never the truth, never carried along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeVar

from django.db import DatabaseError, connection, transaction

from fazheng.figures.fragments import Value
from fazheng.ledger.rows import rows

T = TypeVar("T")
FORMS, MARKS, NUMBERS = "figures_forms", "figures_marks", "figures_numbers"
_LAID = {
    FORMS: "bureau TEXT NOT NULL, procedure TEXT NOT NULL, shape TEXT NOT NULL, seq BIGINT NOT NULL, since TEXT"
    " NOT NULL, until TEXT NOT NULL, PRIMARY KEY (bureau, procedure)",
    MARKS: "bureau TEXT NOT NULL, part TEXT NOT NULL, seq BIGINT NOT NULL, digest TEXT NOT NULL,"
    " PRIMARY KEY (bureau, part)",
    NUMBERS: "bureau TEXT NOT NULL, law TEXT NOT NULL, period TEXT NOT NULL, part TEXT NOT NULL, seq BIGINT NOT NULL,"
    " told TEXT NOT NULL, PRIMARY KEY (bureau, law, period, part)",
}
_GONE = ("figures_form", "figures_kept")  # of earlier versions
_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'figures|_%%' ESCAPE '|'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    " AND tablename LIKE 'figures|_%%' ESCAPE '|'",
}


def wide_table(bureau: str, procedure: str) -> str:
    """The name of the wide form of a procedure: one table each, so that it needs no columns of others."""
    return f"figures_wide_{sha256(f'{bureau} {procedure}'.encode()).hexdigest()[:16]}"


def again_table(bureau: str, procedure: str) -> str:
    """The name of the table beside it that holds the events which a case has several times."""
    return f"{wide_table(bureau, procedure)}_again"


def there() -> set[str]:
    """Which of these tables the database has."""
    return {name for (name,) in rows(_THERE[connection.vendor], [])}


def run(statement: str, parameters: Sequence[Value] = ()) -> None:
    """A statement without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def lay() -> None:
    """Makes the tables of all bureaux where they are missing; those of earlier versions go."""
    known = there()
    for table, columns in _LAID.items():
        if table not in known:
            run(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
    for table in _GONE:
        if table in known:
            run(f"DROP TABLE IF EXISTS {table}")


_LAID_AT: set[tuple[str, str, str]] = set()  # databases that were seen to have them


def with_tables(work: Callable[[], T]) -> T:
    """What `work` gave, which needs these tables. They are looked for once a process, and again where one is missing.

    Raises DatabaseError where they cannot be made, and whatever else of it `work` raises twice.
    """
    named = connection.settings_dict
    at = str(named["NAME"]), str(named["HOST"]), str(named["PORT"])
    if at in _LAID_AT:
        try:
            return _within(work, laid=True)
        except DatabaseError:
            _LAID_AT.discard(at)
    told = _within(work, laid=False)
    _LAID_AT.add(at)
    return told


def _within(work: Callable[[], T], *, laid: bool) -> T:
    def whole() -> T:
        if not laid:
            lay()
        return work()

    if not connection.in_atomic_block:
        return whole()
    with transaction.atomic():  # what fails may not take the transaction around it along
        return whole()


def drop(bureau: str) -> None:
    """Drops what figures made for the bureau: for whoever makes projections anew from the same entries."""
    known = there()
    if FORMS in known:
        for (procedure,) in rows(f"SELECT procedure FROM {FORMS} WHERE bureau = %s", [bureau]):
            run(f"DROP TABLE IF EXISTS {wide_table(bureau, procedure)}")
            run(f"DROP TABLE IF EXISTS {again_table(bureau, procedure)}")
    for table in _LAID:
        if table in known:
            run(f"DELETE FROM {table} WHERE bureau = %s", [bureau])
