"""No act under a power that rests on a delegation nobody gave, or one that has run out."""

from __future__ import annotations

from dataclasses import replace

from fazheng.procedure.case import AMENDING
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import OWN_RULE, Command, Decision, Refusal
from fazheng.register.powers import Lists

GATE = "delegation"


def held_back(decision: Decision, case_id: str, law: Law, command: Command, powers: Lists | None) -> Decision:
    """The decision, refused where every item the case may be about rests on a delegation that does not hold that day.

    What has happened already is recorded with that defect; an amendment of the record is no act under a power.
    """
    if powers is None or command.step in AMENDING:
        return decision
    barred = powers.barred(case_id, law.first.id, command.on)
    found = tuple(Refusal(GATE, one.article or OWN_RULE, one.says, one.todo, name="授权委托") for one in barred)
    if not found:
        return decision
    if not command.happened:
        return replace(decision, refusals=(*decision.refusals, *found), events=(), defects=())
    return decision if decision.refused else replace(decision, defects=(*decision.defects, *found))
