"""Several questions as one statement of one row, each answered by JSON text.

A row costs the driver more than what stands in it, and eight who ask at once wait for each other at every row: so the
fifty rows of a page come as one text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from fazheng.ledger.rows import Value, quoted
from fazheng.ledger.rows import rows as rows_of


@dataclass(frozen=True, slots=True)
class Words:
    """What a database calls things: a list of lists, texts put together, a value as JSON, the elements of a list."""

    rows: str
    joined: str
    quoted: str
    elements: str


_WORDS = {
    "sqlite": Words("json_group_array(json_array({}))", "group_concat({}, ',')", "json_quote({})", "json_each(%s) c"),
    "postgresql": Words(
        "json_agg(json_build_array({}))::text", "string_agg({}, ',')", "to_json({}::text)::text",
        "json_array_elements_text(%s::json) AS c(value)",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT of one JSON text, and its values. No text: nothing can be meant, and the answer is an empty list."""

    sql: str = ""
    values: tuple[Value | None, ...] = ()

    def of(self, meant: Mapping[Any, Value]) -> Question:
        """The same with other values where marks stood."""
        return Question(self.sql, tuple(meant.get(value, value) for value in self.values))


def words() -> Words:
    """The words of the book's database."""
    return _WORDS[connection.vendor]


def gathered(sql: str, values: Sequence[Value | None], columns: Sequence[str]) -> Question:
    """All rows of a statement, in its order, as a list of lists; `columns` as the statement calls them."""
    return Question(f"SELECT {words().rows.format(quoted(columns))} FROM ({sql}) AS rows_of", tuple(values))


def gathered_from(rows: QuerySet[Any, Any], columns: Sequence[str]) -> Question:
    """The same of a question of Django's, which must ask these columns."""
    try:
        return gathered(*rows.query.sql_with_params(), columns)
    except EmptyResultSet:  # Django sees from the filters that no row can be meant
        return Question()


def answers(*questions: Question) -> list[Any]:
    """What each question is answered, an empty list where nothing was found. One statement; none for none."""
    asked = [one for one in questions if one.sql]
    if not asked:
        return [[] for _ in questions]
    told = rows_of(
        f"SELECT {', '.join(f'({one.sql})' for one in asked)}", [value for one in asked for value in one.values]
    )
    found = iter(told[0])
    return [json.loads(next(found) or "[]") if one.sql else [] for one in questions]
