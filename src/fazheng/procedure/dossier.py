"""A case as its file of papers (案卷): each act with the gates it had to pass, and every clock to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fazheng.lawbook.procedure import Gate, Step
from fazheng.procedure.ask import Pending, Question, ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.clocks import Clock
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Passed:
    """A gate that was asked before an act: its conditions applied. `held`: what it needs was there."""

    gate: Gate
    held: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A standing event of the case, the step it was, and the gates asked before it. No step: a clock's own entry."""

    event: Event
    step: Step
    gates: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Acts by day, clocks in the order in which they began."""

    law: Law
    acts: tuple[Act, ...]
    clocks: tuple[Clock, ...]

    @property
    def gates(self) -> frozenset[str]:
        """The different gates that the case was asked."""
        return frozenset(passed.gate.id for act in self.acts for passed in act.gates)


def dossier(law: Law, case: Case, day: date, around: Surroundings) -> Dossier:
    """The file of the case as it stood on `day`. Acts that belong to no step of the law (notes of missed limits) are
    left out; empty for a case nothing happened in.
    """
    seen = case.until(day)
    acts = tuple(_acts(law, seen, around))
    return Dossier(law, acts, tuple(clock for clock in _clocks(law, seen, day, around) if isinstance(clock, Clock)))


def _acts(law: Law, case: Case, around: Surroundings) -> Iterator[Act]:
    for n, event in enumerate(case.standing):
        version, step = law.on(event.on) or law.first, law.step_of(event.event)
        if step is None:
            continue
        before = Case(case.entries[: n and 1], case.standing[:n])
        asked = question(law, before, event.on, around, Pending(event.event, event.on, event.by, event.data))
        yield Act(event, step, tuple(_passed(version.gates_before.get(step.id, ()), asked)))


def _passed(gates: tuple[Gate, ...], asked: Question) -> Iterator[Passed]:
    for gate in gates:
        if gate.when is None or ask(gate.when, asked) is True:
            yield Passed(gate, ask(gate.needs, asked) is True)


def _clocks(law: Law, case: Case, day: date, around: Surroundings) -> tuple[object, ...]:
    return tuple(question(law, case, day, around).clocks())
