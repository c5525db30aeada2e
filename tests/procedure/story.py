"""A case told step by step, for tests: every step goes through `decide`, as in the program."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.lawbook.conditions import parse
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Step
from fazheng.procedure.ask import Pending, ask
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.decide import decide
from fazheng.procedure.examples import ExampleStaff, calendar_of
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.standing import RowSpan, standing_on
from fazheng.procedure.surroundings import Command, Decision, LinkedCase, Surroundings
from fazheng.workdays import Calendar

TOYS = Path(__file__).parent / "law"
TODAY = date(2026, 11, 21)


def day(text: str) -> date:
    return date.fromisoformat(text)


def toys(place: str = "") -> LawBook:
    """The toy procedures beside this file."""
    return load(root=TOYS, place=place)


def real_calendar() -> Calendar:
    """The working days that `law/calendars` knows."""
    return calendar_of(load())


class Refused(AssertionError):
    """A step that the story needs was refused."""


@dataclass
class Story:
    """One case of a procedure. People whom `people` does not describe hold every role, with a certificate."""

    procedure: str
    book: LawBook = field(default_factory=toys)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()
    calendar: Calendar = field(default_factory=real_calendar)
    today: date = TODAY
    linked: dict[str, tuple[LinkedCase, ...]] = field(default_factory=dict)
    rows: dict[tuple[str, str], list[RowSpan]] = field(default_factory=dict)
    case: Case = field(default_factory=Case)
    law: Law | None = None

    @property
    def around(self) -> Surroundings:
        versions = self.book.procedures[self.procedure]
        staff = _Staff(self.people, frozenset(role for v in versions for role in v.roles), self.strangers)
        return Surroundings(
            self.calendar, staff, self.today, self.book.parameter, self.linked, lambda case_id: "0000" not in case_id,
            lambda register, key, on: standing_on(self.rows.get((register, key), ()), on),
        )  # fmt: skip

    def law_at(self, on: date) -> Law:
        versions = self.book.procedures[self.procedure]
        return self.law or Law.of(versions, on) or Law(versions[0], versions)

    def take(self, step: str, on: str, by: str = "甲", /, *, happened: bool = False, **data: Any) -> Decision:
        """What becomes of the step. It stands in the case afterwards, unless it was refused."""
        law = self.law_at(day(on))
        decision = decide(law, self.case, Command(step, day(on), by, data, by, happened), self.around)
        if not decision.refused:
            self.law = law
            for n, new in enumerate(decision.events):
                broken = tuple(r.gate for r in decision.defects) if n == 0 else ()
                entry = Event(new.event, new.on, by, new.data, self.case.next_version, by, broken)
                self.case = evolve(self.case, entry)
        return decision

    def told(self, *steps: str) -> "Story":
        """Takes steps written as "step day [person]". Raises Refused."""
        for told in steps:
            self.take_or_fail(*told.split())
        return self

    def take_or_fail(self, step: str, on: str, by: str = "甲", /, *, happened: bool = False, **data: Any) -> Decision:
        decision = self.take(step, on, by, happened=happened, **data)
        if decision.refused:
            raise Refused(f"{step} {on}: " + "; ".join(f"{r.gate} {r.article} {r.says}" for r in decision.refusals))
        return decision

    def refused(self, step: str, on: str, by: str = "甲", /, **data: Any) -> list[str]:
        """The gates that refuse the step; empty where it would be taken. Nothing is recorded."""
        decision = replace(self).take(step, on, by, **data)
        return [refusal.gate for refusal in decision.refusals]

    def holds(self, condition: dict[str, Any], on: str, pending: Pending | None = None) -> bool | None:
        """The answer to a condition as law files write it, on a day."""
        asked = question(self.law_at(day(on)), self.case, day(on), self.around, pending)
        return ask(parse(condition), asked)

    def clocks(self, limit: str) -> list[Clock]:
        """Every start of a limit, oldest first."""
        found = clocks(self.law_at(self.today), self.case, self.calendar, self.book.parameter)
        return [clock for clock in found if clock.limit.id == limit]

    def due(self, limit: str) -> str:
        """The due day of the latest start; "停" while it stands still, "" before it began."""
        found = self.clocks(limit)
        return (found[-1].due.isoformat() if found[-1].due else "停") if found else ""

    def step(self, id: str) -> Step:
        return self.law_at(self.today).first.steps[id]


class _Staff(ExampleStaff):
    def __init__(self, people: dict[str, dict[str, Any]], roles: frozenset[str], strangers: frozenset[str]) -> None:
        super().__init__(people, roles)
        self._strangers = strangers

    def known(self, code: str) -> bool:
        return bool(code) and code not in self._strangers
