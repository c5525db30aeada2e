"""The steps of a procedure in the order that the law gives them, and how far a case has come: for a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fazheng.lawbook.conditions import Happened, HappenedSince, walk
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.case import Case
from fazheng.procedure.outlook import Prospect

State = Literal["done", "broken", "open", "barred", "closed"]
WORDS: Mapping[State, str] = {
    "done": "已办", "broken": "已办，违反程序", "open": "现在可以办",
    "barred": "现在不能办", "closed": "已结案，不再办",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """A step in the picture. `rank`: how many steps come before it at the least; `after`: ids it follows directly."""

    step: Step
    rank: int
    after: tuple[str, ...]
    state: State
    days: tuple[date, ...] = ()  # on which it was taken
    here: bool = False  # the last step taken
    opens: bool = False
    closes: bool = False

    @property
    def words(self) -> str:
        """Its state, said."""
        said = WORDS[self.state]
        if self.days:
            said += f" {self.days[-1]:%Y-%m-%d}" + (f"（{len(self.days)}次）" if len(self.days) > 1 else "")
        return f"{said}　← 现在在这里" if self.here else said


def stages(version: Procedure, case: Case, steps: Sequence[Prospect]) -> tuple[Stage, ...]:
    """Every step of the version, by rank, in the order of the file within a rank. `steps`: its prospects today."""
    before = _before(version)
    open_ones = {prospect.step.id for prospect in steps if prospect.open}
    closed = any(event.event in version.closing_events for event in case.standing)
    ranks = _ranks(version, before)
    last = next((event.event for event in reversed(case.standing) if event.event in version.step_of), "")
    found = []
    for step in version.steps.values():
        taken = case.all(step.records)
        state: State = "open" if step.id in open_ones else "closed" if closed else "barred"
        if taken:
            state = "broken" if any(event.defects for event in taken) else "done"
        found.append(
            Stage(
                step, ranks[step.id], tuple(before[step.id]), state, tuple(event.on for event in taken),
                step.records == last, step.id == version.opens, step.id in version.closes,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda stage: stage.rank))


def _before(version: Procedure) -> dict[str, list[str]]:
    """Step → the steps it follows: its own `after`, and what gates that refuse without condition ask for."""
    found: dict[str, list[str]] = {}
    for step in version.steps.values():
        events = list(step.after)
        for gate in version.gates_before.get(step.id, ()):
            if gate.refuses and gate.when is None and isinstance(gate.needs, Happened | HappenedSince):
                events += [part.event for part in walk(gate.needs) if isinstance(part, Happened | HappenedSince)]
        ids = [version.step_of[event].id for event in dict.fromkeys(events) if event in version.step_of]
        ids = [one for one in ids if one != step.id]
        found[step.id] = [] if step.id == version.opens else ids or [version.opens]
    return {step: _direct(step, found) for step in found}


def _direct(step: str, before: Mapping[str, list[str]]) -> list[str]:
    """Those of the steps before that are not before another of them already."""
    own = before[step]
    return [one for one in own if not any(one in _all_before(other, before) for other in own if other != one)]


def _all_before(step: str, before: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    more = list(before[step])
    while more:
        one = more.pop()
        if one not in seen:
            seen.add(one)
            more += before[one]
    return seen


def _ranks(version: Procedure, before: Mapping[str, list[str]]) -> dict[str, int]:
    """Step → the longest way to it; steps that wait for each other in a ring stand after what they all follow."""
    ranks = dict.fromkeys(version.steps, 0)
    for _ in version.steps:
        moved = False
        for step, earlier in before.items():
            least = max((ranks[one] + 1 for one in earlier if step not in _all_before(one, before)), default=0)
            moved |= least > ranks[step]
            ranks[step] = max(ranks[step], least)
        if not moved:
            break
    return ranks
