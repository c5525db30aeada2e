"""A case file as it grows: who handles it, which day it is, what was entered so far.

What a step needs is filled in from the `[defaults]` beside the examples of its procedure; people are those of the file.
Days are working days of the calendar, and waits are those that the law files name. At most one thing is done wrong: the
one whose name is `planted`, where the story comes to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.procedure.examples import calendar_of, examples_of
from fazheng.procedure.fields import read
from fazheng.procedure.identifiers import org_code
from fazheng.workdays import Length, due
from tests.enforcement.staff import HEADS, OFFICE, OFFICERS, PRESIDERS, REVIEWERS

PLACE = "示例县"
_SIGNS, _WEIGHTS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (3, 7, 9, 10, 5, 8, 4, 2)


@cache
def _defaults(procedure: str) -> Mapping[str, Any]:
    """What the examples of the newest version fill in, by step."""
    return examples_of(load(place=PLACE).procedures[procedure][-1], load())[0].defaults


@dataclass(frozen=True)
class Entry:
    """One thing done: the step, its day, who did it, what was entered."""

    step: str
    on: date
    by: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class CaseFile:
    """A whole file, with the name of what was done wrong in it; empty where nothing was."""

    number: int
    procedure: str
    shape: str
    planted: str
    entries: tuple[Entry, ...]


@dataclass
class Story:
    """A file in the making. `day` is the day of the last thing done."""

    procedure: str
    number: int
    planted: str
    random: Random
    day: date
    entries: list[Entry] = field(default_factory=list)
    met: bool = False  # the story has come to what it does wrong

    def __post_init__(self) -> None:
        self.book: LawBook = load(place=PLACE)
        self.version: Procedure = self.book.procedures[self.procedure][-1]
        self.calendar = calendar_of(self.book)
        self.defaults = _defaults(self.procedure)
        self.officers = self.random.sample(OFFICERS, 2)
        self.people = {
            "officer": self.officers,
            "bureau_head": self.random.sample(HEADS, 2),
            "legal_reviewer": self.random.sample(REVIEWERS, 1),
            "presider": self.random.sample(PRESIDERS, 1),
            "office": list(OFFICE),
        }

    def wrong(self, planted: str) -> bool:
        """Whether this is what the file does wrong."""
        found = self.planted == planted
        self.met |= found
        return found

    def later(self, least: int, most: int) -> None:
        """Some working days go by."""
        self.day = self.calendar.nth(self.day, self.random.randint(least, most)) if most else self.day

    def due(self, limit: str, since: date | None = None) -> date:
        """The last day of a limit that begins on `since`, or on the day of the story."""
        found = self.version.limit_of[limit]
        return due(since or self.day, Length.parse(found.length), self.calendar)

    def over(self, limit: str, since: date | None = None) -> None:
        """The limit runs out; it is the first working day after it, or later if it was later already."""
        self.day = max(self.day, self.calendar.on_or_after(self.due(limit, since) + timedelta(days=1)))

    def last(self, step: str) -> Entry:
        return next(entry for entry in reversed(self.entries) if entry.step == step)

    def take(self, step: str, by: str = "", **data: Any) -> None:
        """The step is done on the day of the story by whom it is for; fields that it does not have are left out."""
        found = self.version.steps[step]
        raw = {**self.defaults.get(step, {}), **data}
        entered = {name: self._value(name, kind, raw.get(name), name in data) for name, kind in found.kinds.items()}
        who = by or self.people.get(found.role, self.officers)[0]
        self.entries.append(Entry(step, self.day, who, {n: v for n, v in entered.items() if v is not None}))

    def _value(self, name: str, kind: Kind, raw: Any, said: bool) -> Any:
        if kind.name == "document_no":
            return None if raw is None else f"示民文字〔{self.day.year}〕{self.number}号"
        if said or raw is None:
            return raw.isoformat() if isinstance(raw, date) else raw
        if kind.name == "people":
            return list(self.people.get(kind.of, self.officers))
        if isinstance(raw, date):
            return raw.isoformat()
        if isinstance(raw, str) and kind.name in ("yuan", "number", "date"):
            return read(kind, raw, self.version.choices)
        if kind.apart and raw == "…":
            return f"示例内容{self.number}"
        return [raw] if kind.many and isinstance(raw, str) else raw

    def organisation(self) -> dict[str, Any]:
        """An invented organisation of the example county, its code valid by both check digits."""
        body = f"MJX{self.number:05d}"
        check = 11 - sum(_SIGNS.index(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11
        return {"party_kind": "organisation", "organisation": org_code("51999900" + body + "0123456789X0"[check])}

    def person(self) -> dict[str, Any]:
        return {"party_kind": "adult", "party": f"示例人{self.number}", "organisation": None}

    def done(self, shape: str) -> CaseFile:
        """The file. Raises AssertionError where it was to do something wrong and never came to it."""
        assert self.met or not self.planted, f"{shape} does not come to {self.planted}"
        return CaseFile(self.number, self.procedure, shape, self.planted, tuple(self.entries))
