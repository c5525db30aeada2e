"""What SQLite and PostgreSQL say differently about JSON: kinds, equality that tells 1 from true, lists.

A value is a piece of SQL that a dialect makes and only the same dialect reads.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Protocol

from fazheng.figures.fragments import NEVER, Sql, sql

_OPERATORS = {"is": "=", "at_least": ">=", "at_most": "<="}


@dataclass(frozen=True, slots=True)
class Json:
    """A JSON value within a statement: the expression that yields it, and on SQLite the one that yields its kind."""

    value: Sql
    kind: Sql


class Dialect(Protocol):
    """How a database reads the canonical JSON text of a column."""

    collation: str

    def field(self, data: str, name: str) -> Json:
        """The value of a field; `data` is a column."""

    def kept(self, name: str) -> Json:
        """A value kept in columns of its own, as `keeping` laid them out."""

    def keeping(self, name: str, data: str, field: str, only: Sql) -> tuple[tuple[str, Sql], ...]:
        """Columns, with their kind, that keep a field of `data`, and from which value each is made among several rows
        of which `only` lets one through.
        """

    def element(self) -> Json:
        """The one element that `elements` puts under the alias `j`."""

    def elements(self, value: Json) -> Sql:
        """What stands after FROM to make a row `j` of each element of a list; none where the value is no list."""

    def present(self, value: Json) -> Sql: ...

    def compares(self, value: Json, test: str, wanted: object) -> Sql:
        """Whether a scalar of the same kind as `wanted` is, is at least or is at most `wanted`."""

    def column(self, name: str) -> Json:
        """A text column as a value."""

    def held_against(self, value: Json, test: str, other: Json) -> Sql:
        """Whether a scalar is, is at least or is at most another one of the same kind. May be NULL."""

    def length(self, value: Json, test: str, wanted: int) -> Sql:
        """Whether a list has exactly, at least or at most `wanted` elements."""

    def is_text_of(self, value: Json, column: str) -> Sql:
        """Whether the value is a text and equals the column."""

    def integer(self, value: Json) -> Sql:
        """The integer, or NULL for anything else."""

    def text(self, value: Json) -> Sql:
        """The text, or NULL for anything else."""

    def source(self, value: Json) -> Sql:
        """The value as JSON text, NULL where it is missing."""


class SqliteDialect:
    collation = "BINARY"

    def field(self, data: str, name: str) -> Json:
        path = f'$."{name}"'
        return Json(sql(f"json_extract({data}, {{}})", path), sql(f"json_type({data}, {{}})", path))

    def kept(self, name: str) -> Json:
        return Json(Sql(name), Sql(f"{name}_kind"))

    def keeping(self, name: str, data: str, field: str, only: Sql) -> tuple[tuple[str, Sql], ...]:
        value = self.field(data, field)  # a column without a kind keeps numbers as numbers and texts as texts
        made = ((name, value.value), (f"{name}_kind TEXT", value.kind))
        return tuple((column, sql("MAX({}) FILTER (WHERE {})", one, only)) for column, one in made)

    def element(self) -> Json:
        return Json(Sql("j.value"), Sql("j.type"))

    def elements(self, value: Json) -> Sql:
        return sql("json_each(CASE WHEN {} = 'array' THEN {} ELSE '[]' END) j", value.kind, value.value)

    def present(self, value: Json) -> Sql:
        return sql("COALESCE({}, 'null') <> 'null'", value.kind)

    def compares(self, value: Json, test: str, wanted: object) -> Sql:
        if isinstance(wanted, bool):  # JSON true is the kind 'true' and the value 1
            kinds = sql("{} IN ('true', 'false')", value.kind)
            return sql(f"({{}} AND {{}} {_OPERATORS[test]} {{}})", kinds, value.value, int(wanted))
        if isinstance(wanted, int | str):
            kind = "integer" if isinstance(wanted, int) else "text"
            return sql(f"({{}} = '{kind}' AND {{}} {_OPERATORS[test]} {{}})", value.kind, value.value, wanted)
        return NEVER

    def column(self, name: str) -> Json:
        return Json(Sql(name), Sql("'text'"))

    def held_against(self, value: Json, test: str, other: Json) -> Sql:
        kinds = "'integer', 'text'" + (", 'true', 'false'" if test == "is" else "")
        compared = f"({{}} = {{}} AND {{}} IN ({kinds}) AND {{}} {_OPERATORS[test]} {{}})"
        return sql(compared, value.kind, other.kind, value.kind, value.value, other.value)

    def length(self, value: Json, test: str, wanted: int) -> Sql:
        counted = sql("CASE WHEN {} = 'array' THEN json_array_length({}) END", value.kind, value.value)
        return sql(f"COALESCE({{}} {_OPERATORS[test]} {{}}, 0)", counted, wanted)

    def is_text_of(self, value: Json, column: str) -> Sql:
        return sql(f"({{}} = 'text' AND {{}} = {column})", value.kind, value.value)

    def integer(self, value: Json) -> Sql:
        return sql("CASE WHEN {} = 'integer' THEN {} END", value.kind, value.value)

    def text(self, value: Json) -> Sql:
        return sql("CASE WHEN {} = 'text' THEN {} END", value.kind, value.value)

    def source(self, value: Json) -> Sql:
        return sql("CASE WHEN {} IN ('true', 'false', 'null') THEN {} ELSE json_quote({}) END",
                   value.kind, value.kind, value.value)  # fmt: skip


class PostgresDialect:
    collation = '"C"'

    def field(self, data: str, name: str) -> Json:
        value = sql(f"({data}::jsonb -> {{}})", name)
        return Json(value, sql("jsonb_typeof({})", value))

    def kept(self, name: str) -> Json:
        return Json(Sql(name), Sql(f"jsonb_typeof({name})"))

    def keeping(self, name: str, data: str, field: str, only: Sql) -> tuple[tuple[str, Sql], ...]:
        value = self.field(data, field).value  # jsonb has no greatest of several, text has
        return ((f"{name} jsonb", sql("(MAX(({})::text) FILTER (WHERE {}))::jsonb", value, only)),)

    def element(self) -> Json:
        return Json(Sql("j.value"), Sql("jsonb_typeof(j.value)"))

    def elements(self, value: Json) -> Sql:
        return sql("jsonb_array_elements(CASE WHEN {} = 'array' THEN {} ELSE '[]'::jsonb END) j(value)",
                   value.kind, value.value)  # fmt: skip

    def present(self, value: Json) -> Sql:
        return sql("COALESCE({}, 'null') <> 'null'", value.kind)

    def compares(self, value: Json, test: str, wanted: object) -> Sql:
        if isinstance(wanted, str) and test != "is":  # jsonb compares text by the language of the database
            return sql(f"({{}} = 'string' AND {{}} COLLATE \"C\" {_OPERATORS[test]} {{}})",
                       value.kind, self._plain(value), wanted)  # fmt: skip
        if isinstance(wanted, bool | int | str):
            kind = "boolean" if isinstance(wanted, bool) else "number" if isinstance(wanted, int) else "string"
            return sql(f"({{}} = '{kind}' AND {{}} {_OPERATORS[test]} {{}}::jsonb)",
                       value.kind, value.value, json.dumps(wanted))  # fmt: skip
        return NEVER

    def column(self, name: str) -> Json:
        return Json(Sql(f"to_jsonb({name}::text)"), Sql("'string'"))

    def held_against(self, value: Json, test: str, other: Json) -> Sql:
        alike = sql("{} = {}", value.kind, other.kind)
        if test == "is":
            scalar = sql("{} IN ('boolean', 'number', 'string')", value.kind)
            return sql("({} AND {} AND {} = {})", alike, scalar, value.value, other.value)
        plain = self._plain(value), self._plain(other)
        texts = sql(f'{{}} COLLATE "C" {_OPERATORS[test]} {{}} COLLATE "C"', *plain)
        numbers = sql(f"{{}} {_OPERATORS[test]} {{}}", value.value, other.value)
        return sql("({} AND CASE {} WHEN 'string' THEN {} WHEN 'number' THEN {} ELSE false END)",
                   alike, value.kind, texts, numbers)  # fmt: skip

    def length(self, value: Json, test: str, wanted: int) -> Sql:
        counted = sql("CASE WHEN {} = 'array' THEN jsonb_array_length({}) END", value.kind, value.value)
        return sql(f"COALESCE({{}} {_OPERATORS[test]} {{}}, false)", counted, wanted)

    def is_text_of(self, value: Json, column: str) -> Sql:
        return sql(f"({{}} = 'string' AND {{}} = {column})", value.kind, self._plain(value))

    def integer(self, value: Json) -> Sql:
        return sql("CASE WHEN {} = 'number' THEN {}::numeric END", value.kind, self._plain(value))

    def text(self, value: Json) -> Sql:
        return sql("CASE WHEN {} = 'string' THEN {} END", value.kind, self._plain(value))

    def source(self, value: Json) -> Sql:
        return sql("{}::text", value.value)

    def _plain(self, value: Json) -> Sql:
        return sql("({} #>> ARRAY[]::text[])", value.value)


def dialect_of(vendor: str) -> Dialect:
    """The dialect of a database as Django names it: sqlite or postgresql. Raises KeyError for any other."""
    known: dict[str, Dialect] = {"sqlite": SqliteDialect(), "postgresql": PostgresDialect()}
    return known[vendor]
