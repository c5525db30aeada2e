"""A command about to be weighed, with all it is weighed against."""

from __future__ import annotations

from fazheng.frozen import record
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.ask import Pending, Question
from fazheng.procedure.case import Case
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import Command, Surroundings


class UnknownStep(LookupError):
    """The procedure has no step of that name on that day."""


@record(frozen=True, slots=True)
class Attempt:
    """One command about to be weighed: the version that decides it, the step, the question as of its day."""

    law: Law
    version: Procedure
    step: Step
    case: Case
    command: Command
    around: Surroundings
    question: Question


def attempt(law: Law, case: Case, command: Command, around: Surroundings) -> Attempt | None:
    """The command with all it is weighed against; None where no version covers its day.

    Raises UnknownStep where the version has no such step.
    """
    version = law.on(command.on)
    if version is None or not (case.entries or version.covers(command.on)):
        return None
    step = version.steps.get(command.step)
    if step is None:
        raise UnknownStep(f"“{version.name}”没有“{command.step}”这一步；有：{'、'.join(version.steps)}")
    pending = Pending(step.records, command.on, command.by, command.data)
    asked = question(law, case, command.on, around, pending)
    return Attempt(law, version, step, case, command, around, asked)
