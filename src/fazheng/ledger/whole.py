"""One transaction of the book, and a savepoint in it: Django's own, and on SQLite in fewer calls.

Django's `atomic` costs a step more than any of its statements. On SQLite, at the outermost level and where all goes
well, its work is done here with the same bookkeeping, so that `on_commit`, `get_rollback` and an `atomic` inside see
what they always see. Everything else (PostgreSQL, a transaction around this one, each fault) is left to Django.
"""

import sys
import threading
from itertools import count
from types import TracebackType
from typing import Any, Self

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

_here = threading.local()
_number = count(1)
_Fault = type[BaseException] | BaseException | TracebackType | None


def opened() -> Any:
    """This thread's connection to the book."""
    database = getattr(_here, "database", None)
    return database if database is not None else connections[DEFAULT_DB_ALIAS]


class whole:  # noqa: N801 - read as `with whole():`, as `atomic`
    """All that is done inside is committed together, or none of it. Faults are Django's own."""

    def __enter__(self) -> Self:
        self._database: Any = None
        self._atomic: Any = transaction.atomic()
        database = connections[DEFAULT_DB_ALIAS]
        plain = database.vendor == "sqlite" and database.connection is not None and database.autocommit
        if not plain or database.in_atomic_block:
            self._atomic.__enter__()
            return self
        database.commit_on_exit, database.needs_rollback = True, False
        with database.wrap_database_errors:
            database.connection.execute("BEGIN IMMEDIATE")
        database.autocommit, database.in_atomic_block = False, True
        database.atomic_blocks.append(self._atomic)
        self._database = _here.database = database
        return self

    def __exit__(self, *fault: _Fault) -> None:
        try:
            self._end(self._database, fault)
        finally:
            if self._database is not None:
                _here.database = None

    def _end(self, database: Any, fault: tuple[_Fault, ...]) -> None:
        if database is None or fault[0] is not None or database.needs_rollback or database.closed_in_transaction:
            self._atomic.__exit__(*fault)
            return
        try:
            with database.wrap_database_errors:
                database.connection.commit()
        except BaseException:
            self._atomic.__exit__(*sys.exc_info())  # undoes it, and drops what waited for the commit
            raise
        database.atomic_blocks.pop()
        database.in_atomic_block, database.errors_occurred, database.autocommit = False, False, True
        if database.run_on_commit:
            database.run_and_clear_commit_hooks()


class apart:  # noqa: N801 - read as `with apart():`, as `atomic`
    """A part of a transaction that can be undone by itself. Only inside `whole`."""

    def __enter__(self) -> Self:
        self._database: Any = getattr(_here, "database", None)
        self._atomic: Any = transaction.atomic()
        database = self._database
        if database is None or database.needs_rollback:
            self._database = None
            self._atomic.__enter__()
            return self
        with database.wrap_database_errors:
            database.connection.execute("SAVEPOINT fazheng")  # one name for all: the driver keeps the statement
        database.savepoint_ids.append(f"fazheng{next(_number)}")  # what waits for the commit goes by these
        database.atomic_blocks.append(self._atomic)
        return self

    def __exit__(self, *fault: _Fault) -> None:
        database = self._database
        if database is None:
            self._atomic.__exit__(*fault)
            return
        database.atomic_blocks.pop()
        name = database.savepoint_ids.pop()
        if database.closed_in_transaction:
            return
        well = fault[0] is None and not database.needs_rollback
        database.needs_rollback = False
        try:
            with database.wrap_database_errors:
                if not well:
                    database.connection.execute("ROLLBACK TO fazheng")
                database.connection.execute("RELEASE fazheng")
        except DatabaseError:
            database.needs_rollback = True  # the whole is given up
            if well:
                raise
        if not well:
            database.run_on_commit = [one for one in database.run_on_commit if name not in one[0]]
