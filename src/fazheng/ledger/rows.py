"""Reading rows in bounded memory, and the small pieces of SQL text that reader and writer share."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

Value = str | int
PAGE = 2000  # rows held at once while a book is read
_MANY = 500  # values in one IN list: below every database's limit of parameters


def quoted(columns: Sequence[str]) -> str:
    """Column names for a statement; `by` is a word of SQL, so every name stands in quotes."""
    return ", ".join(f'"{column}"' for column in columns)


def listed(count: int) -> str:
    """`count` placeholders."""
    return ", ".join(["%s"] * count)


def chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """`values` cut to the length of one IN list."""
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]


def rows(sql: str, parameters: Sequence[Value]) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


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
