"""What a place sends to an upper platform and how its receipt is read: `local/<place>/platforms/*.toml`. Names only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from fazheng.lawbook.conditions import Condition, Fact
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.procedure import Table
from fazheng.lawbook.reading import by, convert, known, table, tables, toml

FOLDER = "platforms"
MASKS = {"surname": ("person",), "last4": ("id_number", "phone")}  # mask → kinds held apart that it may show
OWN = ("row", "package", "bureau", "bureau_code", "procedure", "article")  # what a column may hold besides facts


class Column(Table, frozen=True, kw_only=True):
    """One column: a `field` of the case (held apart: only under a `mask`), a `row_field` of the register's row that the
    `field` names, something of its `own`, or what it `always` is.
    """

    head: str
    field: Fact | None = None
    mask: Literal["surname", "last4", ""] = ""
    register: str = ""
    row_field: str = ""
    own: Literal["row", "package", "bureau", "bureau_code", "procedure", "article", ""] = ""
    always: str = ""


class PlatformSheet(Table, frozen=True, kw_only=True):
    """The acts of one procedure: those whose publication `limit` began; `never` what is not sent."""

    of: str
    name: str
    limit: str
    never: Condition | None = None
    columns: tuple[Column, ...]


class Receipt(Table, frozen=True, kw_only=True):
    """The columns of what the platform sends back, and its words for taken in and sent back."""

    row: str
    package: str
    result: str
    reason: str
    accepted: tuple[str, ...]
    rejected: tuple[str, ...]


class Platform(Table, frozen=True, kw_only=True):
    """One upper platform."""

    id: str
    name: str
    form: Literal["xlsx", "csv"]
    sheets: tuple[PlatformSheet, ...] = ()
    receipt: Receipt
    file: str = ""


def read_platforms(root: Path, place: str, findings: list[Finding]) -> Mapping[str, Platform]:
    """The place's platforms by id; none for national rules alone."""
    found = []
    for path in sorted((root / "local" / place / FOLDER).glob("*.toml")) if place else ():
        file = path.relative_to(root).as_posix()
        raw = known(toml(path), ("platform", "receipt", "sheet"), file, findings)
        sheets = []
        for sheet in tables(raw, "sheet", file, findings):
            columns = tables(sheet, "column", file, findings)
            sheets.append({key: value for key, value in sheet.items() if key != "column"} | {"columns": columns})
        whole = table(raw, "platform", file, findings) | {"sheets": sheets, "receipt": raw.get("receipt"), "file": file}
        one = convert(whole, Platform, file, findings)
        found += [one] if one else []
    return by("id", found, FOLDER, findings)
