"""A case seen from a day: what may be done now and by whom, what must be done by when, and why not the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from fazheng.lawbook.procedure import Step, Suggestion
from fazheng.procedure.ask import Pending, ask
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.case import Case
from fazheng.procedure.clocks import Clock
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.reasons import reasons
from fazheng.procedure.surroundings import Command, Refusal, Surroundings

Light = Literal["green", "yellow", "red"]


@dataclass(frozen=True, slots=True)
class Prospect:
    """A step of the case on a day: who does it, and what stands in its way whoever does it and whatever is entered."""

    step: Step
    role: str
    against: tuple[Refusal, ...]

    @property
    def open(self) -> bool:
        return not any(not refusal.warns for refusal in self.against)


@dataclass(frozen=True, slots=True)
class Duty:
    """A clock that is running: what is to be done, by which day, and how it stands."""

    clock: Clock
    days_left: int | None  # calendar days; None while the clock stands
    light: Light


def prospects(law: Law, case: Case, on: date, around: Surroundings) -> tuple[Prospect, ...]:
    """Every step of the version in force for the case on `on`, in the order of the file. Empty where none covers it."""
    version = law.on(on)
    if version is None:
        return ()
    return tuple(
        Prospect(step, version.roles[step.role].name, tuple(against(law, case, step, on, around)))
        for step in version.steps.values()
        if step.id != version.opens or not case.standing
    )


def against(law: Law, case: Case, step: Step, on: date, around: Surroundings) -> list[Refusal]:
    """Refusals of the step that do not hang on who does it or what is entered."""
    case, version = case.until(on), law.on(on) or law.first
    command = Command(step.id, on, "", None)
    tried = Attempt(
        law, version, step, case, command, around, question(law, case, on, around, Pending(step.records, on, "", None))
    )
    return [refusal for refusal in reasons(tried) if refusal.gate not in ("role", "certificate", "recused")]


def duties(law: Law, case: Case, on: date, around: Surroundings) -> tuple[Duty, ...]:
    """The clocks that bind an act not yet done, nearest first."""
    asked = question(law, case, on, around)
    running = [clock for clock in asked.clocks() if isinstance(clock, Clock) and clock.runs(on)]
    bound = [clock for clock in running if clock.done is None and clock.limit.binds]
    known = law.on(on) or law.first
    closed = any(event.event in known.closing_events for event in asked.case.standing)
    found = [_duty(clock, on) for clock in bound if not (closed and clock.limit.missed == "right_lapses")]
    return tuple(sorted(found, key=lambda duty: duty.clock.due or date.max))


def _duty(clock: Clock, on: date) -> Duty:
    if clock.due is None:
        return Duty(clock, None, "green")
    left = (clock.due - on).days
    return Duty(clock, left, light(left, (clock.due - clock.begun).days))


def light(left: int, whole: int) -> Light:
    """Green above one third of the clock left, yellow below, red on the last day and after it; both in days."""
    return "red" if left <= 0 else "green" if left * 3 > max(whole, 1) else "yellow"


def suggestions(law: Law, case: Case, on: date, around: Surroundings) -> tuple[Suggestion, ...]:
    """Cases the law suggests to open; a person opens them or puts them aside with a reason."""
    asked = question(law, case, on, around)
    known = law.on(on) or law.first
    put_aside = [entry for entry in case.entries if entry.event == "suggestion_put_aside" and entry.on <= on]
    aside = {entry.data.get("suggestion") for entry in put_aside}
    open_ones = [suggestion for suggestion in known.suggestions if suggestion.id not in aside]
    return tuple(suggestion for suggestion in open_ones if ask(suggestion.when, asked) is True)
