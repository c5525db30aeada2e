"""The tables that figures make for themselves and anybody may drop: never the truth, never carried along."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.db import connection

from fazheng.figures.fragments import Value
from fazheng.ledger.rows import rows

FORMS = "figures_form"
KEPT = "figures_kept"
_LAID = {
    FORMS: "bureau TEXT NOT NULL, procedure TEXT NOT NULL, shape TEXT NOT NULL, seq BIGINT NOT NULL, digest TEXT"
    " NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL, PRIMARY KEY (bureau, procedure)",
    KEPT: "bureau TEXT NOT NULL, question TEXT NOT NULL, seq BIGINT NOT NULL, digest TEXT NOT NULL,"
    " told TEXT NOT NULL, PRIMARY KEY (bureau, question)",
}
_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'figures|_%%' ESCAPE '|'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    " AND tablename LIKE 'figures|_%%' ESCAPE '|'",
}


def wide_table(bureau: str, procedure: str) -> str:
    """The name of the wide form of a procedure: one table each, so that it needs no columns of others."""
    return f"figures_wide_{sha256(f'{bureau} {procedure}'.encode()).hexdigest()[:16]}"


def there() -> set[str]:
    """Which of these tables the database has."""
    return {name for (name,) in rows(_THERE[connection.vendor], [])}


def run(statement: str, parameters: Sequence[Value] = ()) -> None:
    """A statement without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def lay(table: str) -> None:
    """Makes FORMS or KEPT where it is missing."""
    run(f"CREATE TABLE IF NOT EXISTS {table} ({_LAID[table]})")


def drop(bureau: str) -> None:
    """Drops what figures made for the bureau: for whoever makes projections anew from the same entries."""
    known = there()
    if FORMS in known:
        for (procedure,) in rows(f"SELECT procedure FROM {FORMS} WHERE bureau = %s", [bureau]):
            run(f"DROP TABLE IF EXISTS {wide_table(bureau, procedure)}")
    for table in (FORMS, KEPT):
        if table in known:
            run(f"DELETE FROM {table} WHERE bureau = %s", [bureau])
