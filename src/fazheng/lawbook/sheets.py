"""How a workbook that another system exports is read: `local/<place>/sheets/*.toml`. Names only, no expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.procedure import Table
from fazheng.lawbook.reading import as_list, by, convert, known, table, tables, toml

FIRST = "first"
FOLDER = "sheets"
OPEN = "待定"  # what a draft leaves to a person


class From(Table, frozen=True, kw_only=True):
    """Where a value comes from: a column, its words translated by `values`; or what it `always` is."""

    column: str = ""
    values: Mapping[str, str | bool] = {}
    always: str | bool | int | None = None


Source = str | From  # a text is the head of a column


class Only(Table, frozen=True, kw_only=True):
    """Rows whose cell in `column` says one of these words."""

    column: str
    is_: tuple[str, ...] = msgspec.field(name="is")


class SheetStep(Table, frozen=True, kw_only=True):
    """A further step of the row's case, taken where its day is filled."""

    step: str
    on: str
    by: Source = From()
    fields: Mapping[str, Source] = {}


class SheetCase(Table, frozen=True, kw_only=True):
    """A case that a row opens. `number` are the columns of that system's number, joined by a stroke."""

    procedure: str
    number: tuple[str, ...]
    on: str
    by: Source = From()
    only: Only | None = None
    fields: Mapping[str, Source] = {}
    steps: tuple[SheetStep, ...] = ()


class SheetRow(Table, frozen=True, kw_only=True):
    """A row of a register that a row of the sheet is; the register's own key is its number."""

    register: str
    since: str
    only: Only | None = None
    fields: Mapping[str, Source] = {}


class SheetMap(Table, frozen=True, kw_only=True):
    """One kind of workbook. `heads` are those by which the row of heads is found and the workbook known."""

    id: str
    name: str
    system: str  # stands before its numbers: those of two systems do not meet
    heads: tuple[str, ...]
    paper: str  # what shows that the acts happened
    sheet: str = FIRST
    head_rows: int = 1
    passed_over: tuple[str, ...] = ()  # columns that are not read on purpose
    skip_rows: tuple[str, ...] = ()  # rows whose first filled cell begins so
    cases: tuple[SheetCase, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    file: str = ""

    def columns(self) -> list[str]:
        """The heads of every column that is read, once each."""
        found = [name for case in self.cases for name in (*case.number, case.on, *_heads(case.by))]
        found += [name for step in self.steps() for name in (step.on, *_heads(step.by))]
        found += [row.since for row in self.rows]
        filled = [part.fields for part in self.cases] + [part.fields for part in self.steps()]
        filled += [part.fields for part in self.rows]
        found += [name for fields in filled for of in fields.values() for name in _heads(of)]
        limited = [case.only for case in self.cases] + [row.only for row in self.rows]
        found += [only.column for only in limited if only]
        return list(dict.fromkeys(found))

    def steps(self) -> Iterator[SheetStep]:
        return (step for case in self.cases for step in case.steps)


def source(of: Source) -> From:
    """The source as a table."""
    return From(column=of) if isinstance(of, str) else of


def _heads(of: Source) -> list[str]:
    return [source(of).column] if source(of).column else []


def read_sheet_maps(root: Path, place: str, findings: list[Finding]) -> dict[str, SheetMap]:
    """The place's mappings by id; empty for national rules alone."""
    folder = root / "local" / place / FOLDER
    found = [
        read_sheet_map(path, path.relative_to(root).as_posix(), findings) for path in sorted(folder.glob("*.toml"))
    ]
    return by("id", [one for one in found if one], FOLDER, findings) if place else {}


def read_sheet_map(path: Path, file: str, findings: list[Finding]) -> SheetMap | None:
    """The mapping of a file; None with findings where it cannot be read. Raises LawFault for what is no TOML."""
    raw = known(toml(path), ("sheets", "case", "row"), file, findings)
    cases = [_case(one, file, findings) for one in tables(raw, "case", file, findings)]
    rows = list(tables(raw, "row", file, findings))
    head: dict[str, Any] = table(raw, "sheets", file, findings)
    return convert(head | {"cases": cases, "rows": rows, "file": file}, SheetMap, file, findings)


def _case(raw: Mapping[str, Any], file: str, findings: list[Finding]) -> dict[str, Any]:
    rest = {key: value for key, value in raw.items() if key != "step"}
    return rest | {"number": as_list(raw.get("number", [])), "steps": tables(raw, "step", file, findings)}
