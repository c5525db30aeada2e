"""Every example of every procedure as rows of a workbook: a sheet says of it what the engine says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.workbook import Imported
from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.procedure.examples import Example, examples_of
from fazheng.procedure.fields import read
from fazheng.procedure.identifiers import org_code
from fazheng.procedure.surroundings import OWN_RULE
from fazheng.staff.rights import ADMINISTRATORS
from tests.casework.workbook.desk import FURTHER, STAFF, Rows, person, plain, standing, taken

ROLES = {id: name for id, name in load().registers["staff"].choices["role"].items() if id not in ADMINISTRATORS}
WORDS = ("step", "on", "by", "happened")
pytestmark = pytest.mark.sqlite  # what a sheet says is read before any database is asked
VERSIONS = [version for versions in load().procedures.values() for version in versions]


@dataclass
class Story:
    """The rows that examples make, and what must stand in the book after them."""

    rows: Rows = field(default_factory=lambda: {STAFF: [], FURTHER: []})
    expected: list[tuple[str, str, str, str, dict[str, Any]]] = field(default_factory=list)
    last: list[tuple[str, int]] = field(default_factory=list)  # sheet and row of each example's last row
    people: set[str] = field(default_factory=set)


def typed(kind: Kind, value: Any, choices: Mapping[str, Mapping[str, str]]) -> str:
    """A value of a law file as a clerk types it."""
    if isinstance(value, list):
        return "、".join(typed(kind, one, choices) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and kind.name == "yuan":
        return f"{value // 100}.{value % 100:02d}"
    return choices[kind.of].get(value, value) if kind.name == "choice" else str(value)


def rows_of(example: Example, *, with_when: bool) -> list[dict[str, Any]]:
    given = [
        dict(zip(WORDS, row.split(), strict=False)) if isinstance(row, str) else dict(row) for row in example.given
    ]
    return given + ([dict(example.when)] if with_when and example.when else [])


def tell(story: Story, ref: str, example: Example, version: Procedure, *, with_when: bool) -> None:
    codes: list[str] = []
    for row in rows_of(example, with_when=with_when):
        step = version.steps[row.pop("step")]
        on, happened = str(row.pop("on")), bool(row.pop("happened", False))
        by = str(row.pop("by", example.defaults.get("by", "甲")))
        data = {**example.defaults.get(step.id, {}), **row}
        data |= {name: own_code(ref, data[name], codes) for name in data if step.kinds[name].name == "org_code"}
        cells = {version.label(name): typed(step.kinds[name], data[name], version.choices) for name in data}
        named = [data[name] for name in data if step.kinds[name].name == "people"]
        story.people |= {by, *(one for value in named for one in value)}
        opens = step.id == version.opens
        sheet = version.name if opens else FURTHER
        own = {"编号": ref, "日期": on, "经办人": by, "如实补录": "是" if happened else ""}
        rows = story.rows.setdefault(sheet, [])
        rows.append(own | cells | ({} if opens else {"程序": version.name, "步骤": step.name}))
        if not with_when:
            story.expected.append((ref, step.records, on, by, stored(step.kinds, data)))
    story.last.append((sheet, len(rows) + 1))


def own_code(ref: str, said: str, codes: list[str]) -> str:
    """An organisation of the example's own: in one book, what one example puts on a list would stand for the others.

    `codes` are those the example has named so far: another one stays another.
    """
    if said not in codes:
        codes.append(said)
    return org_code(f"51999900MJX{codes.index(said)}{int(ref.removeprefix('例')):05d}")


def stored(kinds: Mapping[str, Kind], data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a law file as an entry holds them, read back from the private store."""
    found = {}
    for name, written in data.items():
        value = written.isoformat() if isinstance(written, date) else written
        if isinstance(value, str) and kinds[name].name == "yuan":
            value = read(kinds[name], value, {})
        found[name] = [value] if kinds[name].many and not isinstance(value, list) else value
    return {name: value for name, value in found.items() if value not in ("", [])}


def staff(story: Story, examples: list[Example]) -> list[dict[str, str]]:
    """Everybody the rows name; who is not described holds every role."""
    described = examples[0].defaults.get("people", {})
    rows = []
    for code in sorted(story.people):
        told = described.get(code, {})
        roles = "、".join(ROLES[role] for role in told.get("roles", ROLES))
        until = str(told.get("certificate_until", "9999-01-01"))
        rows.append(person(code, roles, 执法证有效期止=until))
    return rows


def imported(folder: Path, example: Example, story: Story) -> tuple[Bureau, Imported]:
    bureau = open_bureau("示例县民政局", "999001", example.place)
    return bureau, taken(folder, bureau, story.rows, today=date(9999, 12, 31))


def told_in(version: Procedure) -> list[Example]:
    """Examples a sheet can hold: it opens a case once, orders steps by day, and needs nothing around the case."""
    found = []
    for example in examples_of(version, load()):
        rows = rows_of(example, with_when=True)
        days = [str(row["on"]) for row in rows]
        named = [(row["step"], name) for row in rows for name in {*row, *example.defaults.get(row["step"], {})}]
        kinds = [version.steps[step].kinds[name].name for step, name in named if name not in WORDS]
        once = [n for n, row in enumerate(rows) if row["step"] == version.opens] == [0]
        alone = not (example.linked or example.registered or "case" in kinds)
        if once and days == sorted(days) and alone:
            found.append(example)
    return found


GIVEN = [version for version in VERSIONS if any(one.given for one in told_in(version))]


@pytest.mark.parametrize("version", GIVEN, ids=[version.folder for version in GIVEN])
def test_what_the_examples_take_for_given_is_recorded_from_a_sheet(
    version: Procedure, home: Path, tmp_path: Path
) -> None:
    examples, story = [one for one in told_in(version) if one.given], Story()
    for n, example in enumerate(examples):
        tell(story, f"例{n}", example, version, with_when=False)
    story.rows[STAFF] = staff(story, examples)
    bureau, done = imported(tmp_path, examples[0], story)
    assert [str(fault) for fault in done.faults] == []
    refs = dict(zip(done.cases, [f"例{n}" for n in range(len(examples))], strict=True))
    got = [(refs[e.case_id], e.event, e.on_day, e.by, data(bureau, e.data)) for e in standing(bureau)]
    assert sorted(got, key=repr) == sorted(story.expected, key=repr)


def data(bureau: Bureau, text: str) -> dict[str, Any]:
    found = plain(bureau.code, json.loads(text))
    return {name: value for name, value in found.items() if name not in ("law", "ref", "paper")}


REFUSING = [version for version in VERSIONS if any(one.when and one.then.get("refused") for one in told_in(version))]


@pytest.mark.parametrize("version", REFUSING, ids=[version.folder for version in REFUSING])
def test_what_an_example_refuses_is_refused_in_the_row_with_its_article(
    version: Procedure, home: Path, tmp_path: Path
) -> None:
    refused = [one for one in told_in(version) if one.when and one.then.get("refused")]
    story = Story()
    for n, example in enumerate(refused):
        tell(story, f"例{n}", example, version, with_when=True)
    story.rows[STAFF] = staff(story, refused)
    _, done = imported(tmp_path, refused[0], story)
    told: dict[tuple[str, int], set[str]] = {place: set() for place in story.last}
    for fault in done.faults:
        article = (fault.article or OWN_RULE).split("（")[0].removeprefix(version.statute)
        told.setdefault((fault.sheet, fault.row), set()).add(article)
    wanted = [{article.removeprefix(version.statute) for article in one.then["refused"]} for one in refused]
    # in a book an earlier row of the case has moved the register by then: a gate that asks it may refuse, too
    asks = {gate.article for gate in version.gates if "Registered(" in repr(gate.needs)}
    assert set(told) == set(story.last)
    for place, articles in zip(story.last, wanted, strict=True):
        assert articles <= told[place] <= articles | asks, place
    assert done.recorded == 0
