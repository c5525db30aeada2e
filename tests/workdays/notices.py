"""The calendars as they stand in law/calendars, read without any other room."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fazheng.workdays import Calendar

FOLDER = Path(__file__).parents[2] / "law" / "calendars"


@dataclass(frozen=True)
class Table:
    year: int
    notice: str
    number: str
    days_off: Collection[date]
    make_up: Collection[date]


@cache
def tables() -> dict[int, Table]:
    """One table a file, by the year in its name."""
    read = {int(path.stem): tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
    return {year: Table(**raw["calendar"]) for year, raw in read.items()}


@cache
def calendar(*years: int) -> Calendar:
    """The calendar of these years, of every year that has a file without one."""
    return Calendar.of(table for year, table in tables().items() if not years or year in years)
