"""What people put into the book for the yearly report: promises with their answers, and 素材. Read from the entries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from fazheng.ledger.read import entries_under

PROMISE, MATERIAL = "promise:", "material:"
MADE, ANSWERED, GIVEN = "promise_made", "promise_answered", "material_given"
Result = Literal["done", "open", "dropped"]
RESULTS: dict[Result, str] = {"done": "已完成", "open": "未完成", "dropped": "不再实施"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the report of `year` says of a promise. `evidence`: a case or a figure; empty for none."""

    year: int
    result: Result
    text: str
    evidence: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A task that the report of `year` announced for the year after. `section`: the shortcoming it answers."""

    id: str
    year: int
    text: str
    section: str
    by: str
    on: str
    answers: tuple[Answer, ...] = ()

    def answer(self, year: int) -> Answer | None:
        """What was last said of it for the report of that year; None where nobody answered."""
        return next((one for one in reversed(self.answers) if one.year == year), None)

    def due(self, year: int) -> bool:
        """Whether the report of that year owes an answer: made earlier, and not closed by an earlier report."""
        closed = any(one.year < year and one.result != "open" for one in self.answers)
        return self.year < year and not closed


@dataclass(frozen=True, slots=True)
class Material:
    """One sentence about a case or a section, offered to whoever writes the report."""

    id: str
    text: str
    case_id: str
    section: str
    by: str
    on: str

    @property
    def key(self) -> str:
        """The name by which prose asks for it: material.3."""
        return self.id.replace(":", ".")


def promises(bureau: str) -> list[Promise]:
    """Every promise of the bureau in the order in which they were made, with its answers."""
    found: dict[str, Promise] = {}
    for entry in entries_under(bureau, PROMISE):
        data = json.loads(entry.data)
        if entry.event == MADE:
            found[entry.case_id] = Promise(
                entry.case_id, data["year"], data["text"], data.get("section", ""), entry.by, entry.happened_on
            )
        elif entry.event == ANSWERED and (made := found.get(entry.case_id)):
            answer = Answer(
                data["year"], data["result"], data["text"], data.get("evidence", ""), entry.by, entry.happened_on
            )
            found[entry.case_id] = replace(made, answers=(*made.answers, answer))
    return sorted(found.values(), key=lambda one: _number(one.id))


def materials(bureau: str) -> list[Material]:
    """Every sentence of 素材 in the order in which they were given."""
    given = [
        Material(
            entry.case_id, data["text"], data.get("case", ""), data.get("section", ""), entry.by, entry.happened_on
        )
        for entry in entries_under(bureau, MATERIAL)
        if entry.event == GIVEN and (data := json.loads(entry.data))
    ]
    return sorted(given, key=lambda one: _number(one.id))


def next_id(prefix: str, known: Iterable[Promise | Material]) -> str:
    """The id after the last known one."""
    return f"{prefix}{max((_number(one.id) for one in known), default=0) + 1}"


def _number(id: str) -> int:
    return int(id.split(":", 1)[1])
