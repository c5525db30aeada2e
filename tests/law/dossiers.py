"""A dossier of the law files in a real book: each step by a person who holds only the roles the story uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.procedure.examples import examples_of
from fazheng.procedure.fields import read
from tests.docs.dossiers import Story

TODAY, SECRET = date(2026, 11, 20), "机密"
PAPER = f"{SECRET}档案"  # where a row comes from that is older than the book
_SECRET_PHONE = "000-99999999"


@dataclass(frozen=True)
class Row:
    """A step of a story with everything that is entered in it, as a clerk would have typed it."""

    step: Step
    on: date
    by: str
    data: dict[str, Any]

    def roles(self) -> Iterator[tuple[str, str]]:
        """Who must hold which role for it."""
        yield self.by, self.step.role
        for field, kind in self.step.kinds.items():
            if kind.name == "people":
                yield from ((code, kind.of) for code in self.data.get(field) or ())


def rows(given: Iterable[Any], version: Procedure, book: LawBook) -> list[Row]:
    """The steps of a story with the defaults of its folder. What is held apart is entered as text that says 机密."""
    defaults = examples_of(version, book)[0].defaults
    return [_row(one, version, defaults) for one in given]


def _row(given: Any, version: Procedure, defaults: Mapping[str, Any]) -> Row:
    if isinstance(given, str):
        step, day, *by = given.split()
        given = {"step": step, "on": date.fromisoformat(day)} | ({"by": by[0]} if by else {})
    row = {**defaults.get(given["step"], {}), **given}
    step = version.steps[row.pop("step")]
    on, by = row.pop("on"), row.pop("by", defaults["by"])
    return Row(step, on, by, {field: _typed(value, step.kinds[field], version) for field, value in row.items()})


def _typed(value: Any, kind: Kind, version: Procedure) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind.apart:
        return _SECRET_PHONE if kind.name == "phone" else f"{SECRET}{value}"
    if isinstance(value, str) and (kind.many or kind.name == "yuan"):
        return read(kind, value, version.choices)
    return value


def lived(story: Story) -> tuple[Bureau, str]:
    """Enters the story into the open home, and what stands around it. The bureau, and the id of the case."""
    bureau = open_bureau("示例县民政局", "999001")
    assert bureau.place == story.example.place
    example = story.example
    others = [(story.book.procedures[one["procedure"]][-1], one["given"]) for one in example.linked]
    linked = [(version, rows(given, version, story.book)) for version, given in others]
    own = rows([*example.given, example.when], story.version, story.book)
    with writing(bureau, today=TODAY) as act:
        _staff(act, [row for _, of_one in linked for row in of_one] + own)
        for row in example.registered:
            data = {act.book.registers[row["register"]].key: row["key"], **_plain(row["row"])}
            assert not enter_row(act, row["register"], Act(row["from"], "system", data, paper=PAPER))
        ids = [_taken(act, version, of_one, []) for version, of_one in linked]
        return bureau, _taken(act, story.version, own, ids)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in row.items()}


def _staff(act: Writing, steps: list[Row]) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for code, role in (one for row in steps for one in row.roles()):
        held[code] |= {role} if role else set()
    for code, roles in held.items():
        data = {"code": code, "name": f"{SECRET}{code}", "roles": sorted(roles), "certificate_until": "2030-12-31"}
        assert not enter_row(act, "staff", Act(date(2018, 1, 1), "system", data, paper=PAPER))


def _taken(act: Writing, version: Procedure, steps: list[Row], linked: list[str]) -> str:
    """Opens the case, linked to those in the first field that can name one, and takes its steps. No step is refused."""
    first, *later = steps
    named = [field for field, kind in first.step.kinds.items() if kind.name == "case"]
    data = first.data | ({named[0]: linked[0]} if linked else {})
    case = _sound(act.open(version.id, Act(first.on, first.by, data))).case_id
    for row in later:
        _sound(act.do(case, row.step.id, Act(row.on, row.by, row.data)))
    return case


def _sound(done: Done) -> Done:
    assert not done.refused, [(refusal.gate, refusal.article) for refusal in done.decision.refusals]
    assert not done.decision.defects
    return done
