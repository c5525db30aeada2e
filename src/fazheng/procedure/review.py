"""The gates asked again over a whole case after an amendment. A breach is a finding, never a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fazheng.lawbook.conditions import Happened, HappenedSince, Linked, Registered, walk
from fazheng.lawbook.procedure import Gate, Procedure
from fazheng.procedure.ask import Pending
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.case import AMENDING, Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.reasons import reasons
from fazheng.procedure.surroundings import Command, Refusal, Surroundings


@dataclass(frozen=True, slots=True)
class Breach:
    """A standing event and a gate that, as the case now stands, was not met before it."""

    version: int
    event: str
    on: date
    refusal: Refusal


def review(law: Law, case: Case, around: Surroundings) -> Iterator[Breach]:
    """Breaches of the case as amended that are no defect of their entry already. Empty where nothing was amended."""
    if not any(entry.event in AMENDING for entry in case.entries):
        return
    for n, event in enumerate(case.standing):
        for refusal in _asked_again(law, Case(case.entries[: n and 1], case.standing[:n]), event, around):
            if refusal.gate not in event.defects and refusal.gate not in ("future", "order", "field"):
                yield Breach(event.version, event.event, event.on, refusal)


def _asked_again(law: Law, before: Case, event: Event, around: Surroundings) -> Iterator[Refusal]:
    version, step = law.on(event.on), law.step_of(event.event)
    if version is None or step is None or step.id not in version.steps:
        return
    step = version.steps[step.id]
    command = Command(step.id, event.on, event.by, event.data, happened=True)
    asked = question(law, before, event.on, around, Pending(event.event, event.on, event.by, event.data))
    tried = Attempt(law, version, step, before, command, around, asked)
    for found in reasons(tried):
        if not found.warns and found.gate not in hanging_elsewhere(version):
            yield found


def hanging_elsewhere(version: Procedure) -> set[str]:
    """Gates that hang on other cases or on registers: what these were that day does not stand in the case's entries."""
    asked = {gate.id: [condition for condition in (gate.when, gate.needs) if condition] for gate in version.gates}
    elsewhere = Linked | Registered
    return {id for id, of in asked.items() if any(isinstance(part, elsewhere) for one in of for part in walk(one))}


def entered_afterwards(law: Law, case: Case) -> set[int]:
    """Versions of entries that are 事后补录: what a gate asks for before a step, entered after that step was, where the
    gate was broken by it or nothing it asks for had been entered before.
    """
    late: set[int] = set()
    entered: dict[str, list[int]] = {}
    for event in case.standing:
        entered.setdefault(event.event, []).append(event.version)
    needs: dict[int, set[str]] = {}  # by the identity of the gate: a case of hundreds of lines meets each as often
    for other in case.standing:
        step, version = law.step_of(other.event), law.on(other.on) or law.first
        for gate in version.gates_before.get(step.id, ()) if step else ():
            if id(gate) not in needs:
                needs[id(gate)] = asked_for(gate)
            asked = [number for name in needs[id(gate)] for number in entered.get(name, ())]
            if gate.id in other.defects or not any(number < other.version for number in asked):
                late |= {number for number in asked if number > other.version}
    return late


def asked_for(gate: Gate) -> set[str]:
    """The events a gate needs to have happened."""
    return {part.event for part in walk(gate.needs) if isinstance(part, Happened | HappenedSince)}
