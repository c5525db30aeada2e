"""What of a case its readers depend on: who has a part in it, and for whom a step waits or was taken."""

from __future__ import annotations

from collections.abc import Iterable

from fazheng.lawbook.procedure import Step
from fazheng.procedure.case import ASKED, Case
from fazheng.procedure.law import Law
from fazheng.staff.rights import Seen


def seen(law: Law, case: Case, waiting: Iterable[Step] = ()) -> Seen:
    """For `staff.rights.reach`: people who acted, entered, are named by a field or took the case over; roles of steps
    taken, and of those that `waiting` may be taken now.
    """
    people: set[str] = set()
    roles = {step.role for step in waiting}
    for entry in case.entries:
        people |= {entry.by, entry.entered_by} - {""}
        if entry.event == "handed_over":
            people.add(str(entry.data["to"]))
        elif entry.event == ASKED:
            people |= set(map(str, entry.data["of"]))
    for event in case.standing:
        step = law.step_of(event.event)
        if step is None:
            continue
        roles.add(step.role)
        for field, kind in step.kinds.items():
            if kind.name == "people":
                people |= set(event.data.get(field) or ())
    return Seen(frozenset(people), frozenset(roles))
