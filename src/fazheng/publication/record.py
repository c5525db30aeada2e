"""全过程记录 of one case: which entries and recordings it must hold, which are there, and where the holes are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fazheng.lawbook.act import RECORDING, REGISTERED, Public, Recorded
from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FieldTest,
    Happened,
    HappenedSince,
    Linked,
    Not,
)
from fazheng.lawbook.load import LawBook
from fazheng.procedure.ask import Question, ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import Surroundings

State = Literal["there", "hole", "explained", "not_asked", "no_effect"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the record must hold, and how it stands. `entries`: the numbers of the entries that show it.

    `counts`: whether a hole makes the record incomplete; what rests on a text nobody read is shown and does not count.
    `no_effect`: a local rule nobody adopted, or one nobody verified.
    """

    rule: Recorded | Public
    state: State
    entries: tuple[int, ...]

    @property
    def counts(self) -> bool:
        return isinstance(self.rule, Recorded) and self.rule.mark == "read"


@dataclass(frozen=True, slots=True)
class Record:
    """The record of a case on a day; `lines` in the order of the law files. Empty where no act asks for a record."""

    case_id: str
    lines: tuple[Line, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing that counts is missing."""
        return not any(line.counts and line.state in ("hole", "explained") for line in self.lines)


def record(case_id: str, law: Law, case: Case, around: Surroundings, book: LawBook, on: date) -> Record:
    """What the record of the case must hold on that day. `around` brings the linked recordings.

    Law: 行政处罚法第四十七条; what else is asked stands in law/acts.
    """
    procedure = law.first.id
    asked = question(law, case, on, around)
    rules: list[Recorded | Public] = []
    for act in book.acts.values():
        rules += [one for one in act.public if one.stage == "during" and act.binds(one, procedure)]
        rules += [one for one in act.recorded if act.binds(one, procedure)]
    return Record(case_id, tuple(_line(rule, asked) for rule in rules))


def _line(rule: Recorded | Public, asked: Question) -> Line:
    if not rule.has_effect:
        return Line(rule, "no_effect", ())
    if rule.when is not None and not ask(rule.when, asked):
        return Line(rule, "not_asked", ())
    assert rule.needs is not None
    held = bool(ask(rule.needs, asked))
    named = set(events_in(rule.needs))
    entries = tuple(event.version for event in asked.case.standing if event.event in named)
    recordings = [
        other for other in asked.linked.get(RECORDING, ()) if _stage(other) == getattr(rule, "stage", "")
    ]  # fmt: skip
    if held:
        return Line(rule, "there", entries)
    explained = any(other.last("recording_missing") for other in recordings)
    return Line(rule, "explained" if explained else "hole", entries)


def _stage(other: Question) -> str:
    found: Event | None = other.last(REGISTERED)
    return str(found.fact("stage")) if found else ""


def events_in(condition: Condition) -> Iterator[str]:
    """The events of the case itself that the condition names, those under a `not` left out."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from events_in(part)
        case Happened(event) | HappenedSince(event, _):
            yield event
        case FieldTest(fact):
            yield fact.event
        case Not() | Linked():
            return
