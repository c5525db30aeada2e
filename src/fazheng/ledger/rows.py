"""Reading rows in bounded memory, and the small pieces of SQL text that reader and writer share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from fazheng.ledger.whole import opened

T = TypeVar("T")
Value = str | int
PAGE = 2000  # rows held at once while a book is read
MANY = 1000  # what is worked on at once where a whole year comes in
_MANY = 500  # values in one IN list: below every database's limit of parameters


def quoted(columns: Sequence[str]) -> str:
    """Column names for a statement; `by` is a word of SQL, so every name stands in quotes."""
    return ", ".join(f'"{column}"' for column in columns)


def listed(count: int) -> str:
    """`count` placeholders."""
    return ", ".join(["%s"] * count)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` cut to the length of one IN list."""
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """`things` in their order, many at a time; nothing more of them is held."""
    left = iter(things)
    while some := list(islice(left, MANY)):
        yield some


def insert(table: str, columns: Sequence[str], made: Sequence[Sequence[Any]], *, unless_there: bool = False) -> None:
    """Inserts rows of values in the order of `columns`, one statement for all; none for none.

    `unless_there`: a row whose key stands already is left as it is.
    """
    if made:
        beyond = " ON CONFLICT DO NOTHING" if unless_there else ""
        execute_each(f"INSERT INTO {table} ({quoted(columns)}) VALUES ({listed(len(columns))}){beyond}", made)


def rows(sql: str, parameters: Sequence[Value | None]) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    database = _opened()
    with database.wrap_database_errors:
        cursor = database.connection.execute(_written(sql, database.vendor), parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def execute(sql: str, parameters: Sequence[Value | None]) -> Any:
    """The driver's cursor after one statement, written with %s as everywhere.

    It goes past Django's cursor, which costs more than the statement where a step makes eight of them; the driver
    keeps the prepared form of a text it has seen. Faults are Django's own (`django.db.DatabaseError`).
    """
    database = _opened()
    with database.wrap_database_errors:
        return database.connection.execute(_written(sql, database.vendor), parameters)


def _opened() -> Any:
    """This thread's connection, open and in a sound transaction."""
    database = opened()
    if database.connection is None:
        database.ensure_connection()
    if database.needs_rollback:
        database.validate_no_broken_transaction()
    return database


def execute_each(sql: str, parameters: Sequence[Sequence[Value | None]]) -> None:
    """The statement once for each row of parameters; nothing for none."""
    execute_in_turn({sql: parameters})


def execute_in_turn(made: Mapping[str, Sequence[Sequence[Value | None]]]) -> None:
    """Each statement, in the order of `made`, once for each of its rows; one without rows is left out."""
    database = _opened()
    vendor, connection = database.vendor, database.connection
    with database.wrap_database_errors:
        for sql, parameters in made.items():
            if len(parameters) == 1:
                connection.execute(_written(sql, vendor), parameters[0])
            elif parameters:
                with closing(connection.cursor()) as cursor:
                    cursor.executemany(_written(sql, vendor), parameters)


@lru_cache(maxsize=512)
def _written(sql: str, vendor: str) -> str:
    return sql.replace("%s", "?") if vendor == "sqlite" else sql


def paged(
    table: str, columns: Sequence[str], bureau: str, keys: Sequence[str], after: Sequence[Value] | None
) -> Iterator[tuple[Any, ...]]:
    """The bureau's rows after the key `after` (None: from the very first), ordered by `keys`, a page at a time.

    Each page is a statement of its own, so that a long reading holds no lock and no snapshot; rows of an
    append-only table that come meanwhile are seen at the end. `keys` must be an index after the bureau.
    """
    select = f"SELECT {quoted(columns)} FROM {table} WHERE bureau = %s"
    order = f" ORDER BY {quoted(keys)} LIMIT {PAGE}"
    beyond = f" AND ({quoted(keys)}) > ({listed(len(keys))})"
    places = [columns.index(key) for key in keys]
    while True:
        page = rows(select + (beyond if after else "") + order, [bureau, *(after or ())])
        yield from page
        if len(page) < PAGE:
            return
        after = [page[-1][place] for place in places]
