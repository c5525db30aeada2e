"""Parquet: the tables of the book as columns, for those who count across many books. Written by DuckDB."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection
from fazheng.exports.unusable import ExportFault

# DuckDB's types. Days are DATE; a length of time is never stored.
TABLES: Mapping[str, Mapping[str, str]] = {
    "cases": {"bureau": "VARCHAR", "case_id": "VARCHAR", "procedure": "VARCHAR", "in_force": "DATE",
              "opened_on": "DATE", "closed_on": "DATE", "last_on": "DATE", "entries": "INTEGER"},
    "events": {"bureau": "VARCHAR", "case_id": "VARCHAR", "version": "INTEGER", "procedure": "VARCHAR",
               "event": "VARCHAR", "on_day": "DATE", "by": "VARCHAR", "role": "VARCHAR",
               "recorded_at": "TIMESTAMP WITH TIME ZONE", "data": "VARCHAR"},
    "clocks": {"bureau": "VARCHAR", "case_id": "VARCHAR", "limit": "VARCHAR", "nth": "INTEGER", "begun": "DATE",
               "superseded_on": "DATE", "due": "DATE", "done": "DATE", "estimate": "BOOLEAN"},
    "defects": {"bureau": "VARCHAR", "case_id": "VARCHAR", "version": "INTEGER", "gate": "VARCHAR",
                "article": "VARCHAR", "on_day": "DATE"},
    "registers": {"bureau": "VARCHAR", "register": "VARCHAR", "key": "VARCHAR", "nth": "INTEGER", "from_day": "DATE",
                  "to_day": "DATE", "data": "VARCHAR"},
}  # fmt: skip
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
MISSING = (
    "没有装 duckdb，写不了 Parquet。请运行 pip install duckdb==1.5.5（见 requirements/analytics.txt），或改用 jsonl"
)


def write(path: Path, selection: Selection, mask: Mask) -> dict[str, int]:
    """How many rows each table has. Raises ExportFault without DuckDB."""
    try:
        import duckdb
    except ImportError as fault:
        raise ExportFault(MISSING) from fault
    path.mkdir()
    told = dict.fromkeys(TABLES, 0)
    with duckdb.connect(config={"memory_limit": "256MB", "threads": "2"}) as engine:
        engine.execute("SET preserve_insertion_order = true")
        for name, columns in TABLES.items():
            lines = path / f"{name}.jsonl"
            told[name] = _lines(lines, columns, _rows(name, selection, mask))
            kinds = ", ".join(f"'{column}': '{kind}'" for column, kind in columns.items())
            source = f"read_json('{_quoted(lines)}', format = 'newline_delimited', columns = {{{kinds}}})"
            engine.execute(
                f"COPY (FROM {source}) TO '{_quoted(path / name)}.parquet' (FORMAT parquet, COMPRESSION zstd)"
            )
            lines.unlink()
    return told


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _lines(path: Path, columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> int:
    names, number = list(columns), 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(_write(dict(zip(names, row, strict=True))) + "\n")
            number += 1
    return number


def _rows(table: str, selection: Selection, mask: Mask) -> Iterator[tuple[Any, ...]]:
    bureau = selection.bureau
    match table:
        case "cases":
            yield from ((bureau, *row) for row in selection.cases())
        case "events":
            for case_id, version, procedure, event, on_day, by, data, role, recorded_at in selection.events():
                kept = mask.fields(procedure, event, json.loads(data))
                yield (bureau, case_id, version, procedure, event, on_day, mask.person(by), role, recorded_at,
                       _write(kept))  # fmt: skip
        case "clocks":
            yield from ((bureau, *row[:-1], bool(row[-1])) for row in selection.clocks())
        case "defects":
            yield from ((bureau, *row) for row in selection.defects())
        case "registers":
            for register, key, nth, from_day, to_day, data in selection.registers():
                kept = mask.row(register, json.loads(data))
                yield bureau, register, mask.row_key(register, key), nth, from_day, to_day, _write(kept)
