"""What a step does to a case: the events it records, or every reason it may not be taken."""

from __future__ import annotations

from dataclasses import replace

from fazheng.procedure.amend import decide_amendment
from fazheng.procedure.attempt import attempt
from fazheng.procedure.builtin import stand_in
from fazheng.procedure.case import AMENDING, Case
from fazheng.procedure.law import Law
from fazheng.procedure.limits import late_acts
from fazheng.procedure.reasons import reasons
from fazheng.procedure.refusals import no_version
from fazheng.procedure.surroundings import Command, Decision, NewEvent, Refusal, Surroundings


def decide(law: Law, case: Case, command: Command, around: Surroundings) -> Decision:
    """What `command` does to `case`: events, with defects and warnings, or all refusals.

    A step about to be taken is refused by any gate of a rule marked read. One that has already been taken
    (`command.happened`) is recorded with what it broke; only order, future, field, version and an unknown person
    still refuse it. Second-hand rules warn. Raises UnknownStep.
    """
    if command.step in AMENDING:
        return decide_amendment(law, case, command, around)
    entered = {field: value for field, value in (command.data or {}).items() if value is not None and value != []}
    if entered != command.data:
        command = replace(command, data=entered)  # an empty field is a missing one
    tried = attempt(law, case, command, around)
    if tried is None:
        return Decision(refusals=(no_version(law, command.on),))
    warnings: tuple[Refusal, ...] = ()
    broken: tuple[Refusal, ...] = ()
    if found := list(reasons(tried)):  # most steps meet nothing
        warnings = tuple(refusal for refusal in found if refusal.warns)
        broken = tuple(refusal for refusal in found if not refusal.warns)
        refusing = broken if not command.happened else tuple(refusal for refusal in broken if refusal.hard)
        if refusing:
            return Decision(refusals=refusing, warnings=warnings)
    events = [NewEvent(tried.step.records, command.on, entered)]
    events += [NewEvent("limit_missed", command.on, late) for late in late_acts(tried)]
    return Decision((), tuple(events), broken, warnings, tried.step.role, stand_in(tried))
