"""No figure of the law files reads a whole table: every step of SQLite's plan goes by an index."""

from pathlib import Path
from typing import Literal

import pytest

from fazheng.figures import year
from fazheng.figures.sql import SqlReader
from fazheng.lawbook.conditions import parse
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import load
from fazheng.ledger.rows import rows
from tests.figures.books import toy_law

pytestmark = pytest.mark.sqlite  # its plans alone can be read so


def scanned(plan: list[str]) -> list[str]:
    """Tables read from end to end. What an index has already found, or the elements of one list, are no tables."""
    found = {step.split()[1] for step in plan if step.startswith(("CO-ROUTINE", "MATERIALIZE"))}
    scans = [step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    return [step for step in scans if step.split()[1] not in found]


def test_every_figure_of_the_law_files_goes_by_indexes(home: Path) -> None:
    book = load(place="示例县")
    reader = SqlReader("999001", book, year(2024))
    for figure in book.figures.values():
        if figure.rate is None:
            by_indexes(reader, figure)


def by_indexes(reader: SqlReader, figure: Figure) -> None:
    statement = reader.statement(figure)
    plan = [row[3] for row in rows(f"EXPLAIN QUERY PLAN {statement.text}", statement.params)]
    assert scanned(plan) == [], figure.id
    assert any(step.startswith("SEARCH") for step in plan), figure.id


@pytest.mark.parametrize("moved", ["", "entered", "struck"])
def test_rows_of_registers_go_by_indexes(home: Path, moved: Literal["", "entered", "struck"]) -> None:
    reader = SqlReader("999001", toy_law(), year(2024))
    by_indexes(reader, Figure(id="r", name="在册", unit="家", counts="register", of="toy_list", moved=moved))
    asked = parse({"registered": "toy_list", "key": "opened.topic", "with": {"colour": "red"}, "for": "2 years"})
    by_indexes(reader, Figure(id="c", name="件", unit="件", counts="cases", of="toy.case", where=asked))
