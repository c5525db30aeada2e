"""A case as its file of papers (案卷): each act with the gates it had to pass, and every clock to its end."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazheng.lawbook.procedure import Gate, Procedure, Step
from fazheng.procedure.ask import Pending, Question, ask
from fazheng.procedure.case import AMENDING, Case, Event
from fazheng.procedure.clocks import Clock
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.review import hanging_elsewhere
from fazheng.procedure.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate that was asked before an act: its conditions applied. `held`: what it needs was there."""

    gate: Gate
    held: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A standing event of the case, the step it was, and the gates asked before it."""

    event: Event
    step: Step
    version: Procedure
    gates: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Acts by day, clocks in the order in which they began; `amended`: entries that correct, withdraw, add late."""

    law: Law
    acts: tuple[Act, ...]
    clocks: tuple[Clock, ...]
    amended: int = 0

    @property
    def gates(self) -> frozenset[str]:
        """The different gates that the case was asked."""
        return frozenset(passed.gate.id for act in self.acts for passed in act.gates)

    @property
    def closed(self) -> Act | None:
        """The act that closed the case, the last of them; None while it is open."""
        closing = [act for act in self.acts if act.step.id in act.version.closes]
        return closing[-1] if closing else None


def dossier(law: Law, case: Case, day: date, around: Surroundings) -> Dossier:
    """The file of the case as it stood on `day`. Acts that belong to no step of the law (notes of missed limits) are
    left out; empty for a case nothing happened in.
    """
    seen = case.until(day)
    acts = tuple(_acts(law, seen, around))
    amended = sum(entry.event in AMENDING and entry.on <= day for entry in case.entries)
    found = Dossier(law, acts, (), amended)
    begun = (clock for clock in question(law, seen, day, around).clocks() if isinstance(clock, Clock))
    shown = (clock for clock in begun if clock.begun <= day and not _idle(clock, found.closed))
    return replace(found, clocks=tuple(sorted(shown, key=lambda clock: clock.begun)))


def _idle(clock: Clock, closed: Act | None) -> bool:
    """Whether a right came to run when the case was closed already, and nobody used it: nothing is left to do."""
    right = clock.limit.missed == "right_lapses" and clock.done is None
    return right and closed is not None and clock.begun >= closed.event.on


def _acts(law: Law, case: Case, around: Surroundings) -> Iterator[Act]:
    elsewhere: dict[int, set[str]] = {}  # by the identity of the version: worked out once, however long the case is
    for n, event in enumerate(case.standing):
        version, step = law.on(event.on) or law.first, law.step_of(event.event)
        if step is None:
            continue
        if id(version) not in elsewhere:
            elsewhere[id(version)] = hanging_elsewhere(version)
        before = Case(case.entries[: n and 1], case.standing[:n])
        asked = question(law, before, event.on, around, Pending(event.event, event.on, event.by, event.data))
        yield Act(event, step, version, tuple(_passed(version, step, event, asked, elsewhere[id(version)])))


def _passed(
    version: Procedure, step: Step, event: Event, asked: Question, elsewhere: Container[str]
) -> Iterator[Passed]:
    """What an entry broke stays broken. A gate that refuses and hangs on registers or other cases was met, or the
    entry would say otherwise: what these were that day does not stand in the case, and its own acts move them.
    """
    for gate in version.gates_before.get(step.id, ()):
        broken = gate.id in event.defects
        if broken or _applies(gate, asked):
            trusted = gate.refuses and gate.id in elsewhere
            yield Passed(gate, not broken and (trusted or ask(gate.needs, asked) is True))


def _applies(gate: Gate, asked: Question) -> bool:
    return gate.when is None or ask(gate.when, asked) is True
