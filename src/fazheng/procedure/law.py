"""The version of a procedure that a case, or a step of it, is decided by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.procedure.case import Case


@dataclass(frozen=True, slots=True)
class Law:
    """The versions of one procedure, pinned for one case.

    `pins = "opening"`: the version of the opening day holds to the end. `pins = "act"`: each step takes the version
    of its own day; a running limit keeps the version it began under.
    """

    first: Procedure
    versions: tuple[Procedure, ...]

    @staticmethod
    def of(versions: tuple[Procedure, ...], opened_on: date) -> Law | None:
        """The law of a case opened on that day; None where no version covers the day."""
        first = next((version for version in versions if version.covers(opened_on)), None)
        return Law(first, versions) if first else None

    def on(self, day: date) -> Procedure | None:
        """The version a step of that day is decided by; None where none covers it."""
        if self.first.pins == "opening":
            return self.first
        return next((version for version in self.versions if version.covers(day)), None)

    def known(self) -> tuple[Procedure, ...]:
        """Every version that may speak in this case."""
        return (self.first,) if self.first.pins == "opening" else self.versions

    @property
    def asks_linked(self) -> frozenset[str]:
        """The procedures of whose linked cases the versions ask."""
        if self.first.pins == "opening":
            return self.first.asks_linked
        return frozenset[str]().union(*(version.asks_linked for version in self.versions))

    def step_of(self, event: str) -> Step | None:
        """The step that records `event`, in the newest version that knows it."""
        if self.first.pins == "opening":
            return self.first.step_of.get(event)
        return next((v.step_of[event] for v in reversed(self.known()) if event in v.step_of), None)

    def version_of(self, step: Step, on: date) -> Procedure:
        """The version of that day; where it does not know the step, the newest that does."""
        version = self.on(on)
        if version is not None and step.id in version.steps:
            return version
        return next((known for known in reversed(self.known()) if step.id in known.steps), self.first)

    def meets_limits(self, step: str) -> bool:
        """Whether the step meets some limit in a version that may speak in this case."""
        if self.first.pins == "opening":
            return step in self.first.bound_steps
        return any(step in version.bound_steps for version in self.versions)

    def step_kinds(self, step: str) -> dict[str, Kind]:
        """The fields of a step by its id, in the newest version that knows it; empty for an amendment."""
        if self.first.pins == "opening":
            found = self.first.steps.get(step)
            return found.kinds if found else {}
        return next((v.steps[step].kinds for v in reversed(self.known()) if step in v.steps), {})


def law_of(versions: tuple[Procedure, ...], case: Case, on: date) -> Law | None:
    """The law of a case by its opening entry, or of one about to be opened `on`; None where nothing covers that day.

    A case whose version is gone from the files is read by the newest one: an old book always replays.
    """
    opened = case.opened
    if opened is None:
        return Law.of(versions, on)
    named: Any = opened.data.get("law", {}).get("in_force") if isinstance(opened.data.get("law"), dict) else None
    first = next((version for version in versions if version.in_force.isoformat() == named), None)
    return Law(first, versions) if first else Law.of(versions, opened.on) or Law(versions[-1], versions)
