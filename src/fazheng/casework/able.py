"""Who may take a step on a day."""

from __future__ import annotations

from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Step
from fazheng.procedure.builtin import recused
from fazheng.procedure.case import Case
from fazheng.procedure.law import Law


def able(step: Step, law: Law, case: Case, looking: Writing) -> list[str]:
    """Who may take the step that day: the role, their own or by a paper, a valid certificate, and not recused."""
    version = law.on(looking.today) or law.first
    gone = recused(law, case.until(looking.today))
    return [who for who in looking.roster.able(version, step, looking.today) if who not in gone]


def candidates(role: str, law: Law, looking: Writing) -> list[str]:
    """Who serves in the role of the procedure that day, with a valid certificate where it asks for one."""
    version = law.on(looking.today) or law.first
    held = sorted({who for one in version.serving(role) for who in looking.roster.holding(one, looking.today)})
    if not version.roles[role].certificate:
        return held
    return [who for who in held if looking.roster.certified(who, looking.today)]
