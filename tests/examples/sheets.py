"""A county's sheets as rows: steps and fields said by id, heads and choices written as the workbook has them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path

from fazheng.casework.workbook.layout import (
    BY,
    FURTHER,
    HAPPENED,
    NOTHING,
    ON,
    PAPER,
    PROCEDURE,
    REF,
    SIGNER,
    SINCE,
    STEP,
    YEAR,
    head_of,
)
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure

Row = dict[str, str]
Value = str | int | bool | date | list[str]
_FIRST = (PROCEDURE, REF, STEP, ON, BY, HAPPENED, PAPER)


class Sheets:
    """Rows by file, in the order they were said. Raises KeyError for a step or a choice that no law file knows."""

    def __init__(self, book: LawBook) -> None:
        self.book = book
        self.rows: dict[str, list[Row]] = {}

    def enter(self, register: str, since: date, shown_by: str, /, **fields: Value) -> None:
        """A row of a register, with the paper that shows it."""
        known = self.book.registers[register]
        row = self._fields(known.kinds, known.labels, known.choices, fields)
        self._add(known.name, row | {SINCE: since.isoformat(), PAPER: shown_by})

    def open(self, procedure: str, ref: str, on: date, by: str, *, happened: str = "", **fields: Value) -> None:
        """A case. `happened` names the paper that shows what had already been done."""
        version = self._version(procedure, on)
        row = self._step(version, version.opens, fields)
        self._add(self.name(procedure), {REF: ref, ON: on.isoformat(), BY: by} | _happened(happened) | row)

    def step(
        self, procedure: str, ref: str, step: str, on: date, by: str, *, happened: str = "", **fields: Value
    ) -> None:
        """A further step of a case."""
        version = self._version(procedure, on)
        row = {PROCEDURE: self.name(procedure), REF: ref, STEP: version.steps[step].name, ON: on.isoformat(), BY: by}
        self._add(f"{FURTHER}-{self.name(procedure)}", row | _happened(happened) | self._step(version, step, fields))

    def nothing(self, procedure: str, year: int, signer: str, on: date) -> None:
        """A signed zero (零申报)."""
        self._add(NOTHING, {PROCEDURE: self.name(procedure), YEAR: str(year), SIGNER: signer, ON: on.isoformat()})

    def name(self, procedure: str) -> str:
        return self.book.procedures[procedure][-1].name

    def write(self, folder: Path) -> None:
        """Writes a file a sheet; columns that no row fills are left out. Sheets written by hand stay."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files().items():
            (folder / name).write_text(text, "utf-8")

    def files(self) -> dict[str, str]:
        """File name → text."""
        return {f"{name}.csv": _csv(rows) for name, rows in self.rows.items()}

    def _add(self, name: str, row: Row) -> None:
        self.rows.setdefault(name, []).append(row)

    def _version(self, procedure: str, on: date) -> Procedure:
        found = self.book.version(procedure, on)
        assert found is not None, f"{procedure} has no version on {on}"
        return found

    def _step(self, version: Procedure, step: str, fields: Mapping[str, Value]) -> Row:
        return self._fields(version.steps[step].kinds, version.labels, version.choices, fields)

    def _fields(
        self,
        kinds: Mapping[str, Kind],
        labels: Mapping[str, str],
        choices: Mapping[str, Mapping[str, str]],
        fields: Mapping[str, Value],
    ) -> Row:
        said = {field: _cell(value, choices.get(kinds[field].of, {})) for field, value in fields.items()}
        return {head_of(labels[field]): text for field, text in said.items() if text}


def _happened(paper: str) -> Row:
    return {HAPPENED: "是", PAPER: paper} if paper else {}


def _cell(value: Value, names: Mapping[str, str]) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(names[one] if names else one for one in value)
        case date():
            return value.isoformat()
        case str() if names:
            return names[value]
    return str(value)


def _csv(rows: list[Row]) -> str:
    heads = dict.fromkeys(head for head in _FIRST if any(head in row for row in rows))
    for row in rows:
        heads |= dict.fromkeys(row)
    told = StringIO()
    writer = csv.DictWriter(told, list(heads), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue()
