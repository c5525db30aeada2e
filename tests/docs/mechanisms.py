"""`docs/mechanisms.md`: what of the mechanisms that bureaux say they run stands in the law files.

`python -m tests.docs` writes the page from `docs/mechanisms.toml` and counts everything else in `law/`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.lawbook.figure import Section
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.examples import examples_of
from fazheng.report.sentences import holes
from tests.docs.pages import ROOT

PAGE, ROWS = ROOT / "docs" / "mechanisms.md", ROOT / "docs" / "mechanisms.toml"
_HEAD = """# Mechanisms

Each row is something bureaux say in their yearly reports that they run; `M` numbers follow the list the project started
from. A row stands here when a person can do it, the ledger holds it, and its figures come out of the yearly report by
counting. Steps, gates, limits and examples are counted in `law/`: the newest version of each procedure, rules that wait
for a place included (marks decide whether they refuse), examples of all versions. The page is generated: edit
`docs/mechanisms.toml`, then `make generated`.

| M | mechanism | procedures | steps | gates | limits | examples | registers, duties | figures | sentence |
|---|---|---|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Row:
    """A mechanism and what of the law files serves it, by id. `why`: where one step and no rule is all there is."""

    m: int
    name: str
    procedures: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    why: str = ""


def rows() -> list[Row]:
    """The rows of the page's source, by number."""
    raw = tomllib.loads(ROWS.read_text("utf-8"))["row"]
    found = [{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in raw]
    return sorted((Row(**row) for row in found), key=lambda row: row.m)


def sections_of(row: Row, book: LawBook) -> list[Section]:
    """The sections of any report whose sentences print a figure of the row."""
    sections = [section for report in book.reports.values() for section in report.sections]
    return [section for section in sections if set(holes(section.some)) & set(row.figures)]


def newest(row: Row, book: LawBook) -> list[Procedure]:
    return [book.procedures[id][-1] for id in row.procedures]


def page() -> str:
    """The whole page."""
    book = load()
    return _HEAD + "".join(_line(row, book) for row in rows()) + "".join(_reasons(rows()))


def _line(row: Row, book: LawBook) -> str:
    versions = newest(row, book)
    waiting = [rule for version in versions for rule in version.waiting]
    steps = sum(len(version.steps) for version in versions) + _of(waiting, "Step")
    gates = sum(len(version.gates) for version in versions) + _of(waiting, "Gate")
    limits = sum(len(version.limits) for version in versions) + _of(waiting, "Limit")
    examples = sum(len(examples_of(version, book)) for id in row.procedures for version in book.procedures[id])
    beside = "<br>".join([*(f"`{id}`" for id in row.registers), *(f"`{id}`" for id in row.duties)])
    cells = (
        f"M{row.m}",
        row.name + (" *" if row.why else ""),
        "<br>".join(f"`{id}`" for id in row.procedures),
        steps,
        gates,
        limits,
        examples,
        beside,
        "<br>".join(f"`{id}`" for id in row.figures),
        "<br>".join(dict.fromkeys(section.title or section.id for section in sections_of(row, book))),
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


def _of(rules: list[object], kind: str) -> int:
    return sum(type(rule).__name__ == kind for rule in rules)


def _reasons(all_rows: list[Row]) -> Iterator[str]:
    if told := [row for row in all_rows if row.why]:
        yield "\nRows with a star:\n\n"
        yield from (f"- M{row.m} {row.name}: {row.why}\n" for row in told)
