"""A small county for the report's tests: three tickets, a penalty with a defect, a signed zero."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.workbook import import_workbook, write_workbook
from fazheng.lawbook.load import load
from fazheng.report import compose, render

FOLDER = Path(__file__).parent / "small-county"
NAME, CODE = "示例县民政局", "999001"
Sheets = dict[str, list[dict[str, str]]]
BLOCKS = frozenset("p h1 h2 h3 h4 li tr div article section aside header main br".split())
SILENT = frozenset(("style", "title"))


def sheets() -> Sheets:
    """The county's sheets, to be changed by whoever asks."""
    found: Sheets = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def fill(home: Path, rows: Sheets | None = None) -> Bureau:
    """Opens the bureau in the open home and imports the sheets into it."""
    bureau = open_bureau(NAME, CODE)
    write_workbook(home / "sheets.xlsx", load(place=bureau.place), sheets() if rows is None else rows)
    imported = import_workbook(home / "sheets.xlsx", bureau)
    assert not imported.faults, imported.faults
    return bureau


def page(bureau: Bureau, year: int = 2024, *, prose: Mapping[str, str] | None = None, today: date | None = None) -> str:
    """The report of a year as a page."""
    book = load(place=bureau.place)
    return render(compose(bureau.code, bureau.name, book, year, prose or {}, today=today))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in SILENT
        self.words += ["\n"] if tag in BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT
        self.words += ["\n"] if tag in BLOCKS else []

    def handle_data(self, data: str) -> None:
        self.words += [] if self._silent else [data]


def text(html: str) -> str:
    """What a reader reads, a line a paragraph."""
    reader = _Reader()
    reader.feed(html)
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line) + "\n"
