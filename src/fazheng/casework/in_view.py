"""A case as a page shows it: with the cases it is linked to and what its steps are decided in, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from fazheng.casework.folding import CaseFile, CaseUnknown, case_file
from fazheng.casework.linking import named_cases
from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.read import case_and_linked
from fazheng.procedure.outlook import Prospect, prospects
from fazheng.procedure.surroundings import LinkedCase, Surroundings


@dataclass(frozen=True)
class InView:
    """`linked`: the cases that this one names and those that name it, by case id; `looking` is for reading alone."""

    found: CaseFile
    linked: tuple[CaseFile, ...]
    looking: Writing

    @property
    def version(self) -> Procedure:
        """The version in force for the case today."""
        return self.found.law.on(self.looking.today) or self.found.law.first

    @property
    def last(self) -> int:
        """The number of the case's last entry."""
        return self.found.entries[-1].version

    @cached_property
    def around(self) -> Surroundings:
        """What the case is decided in."""
        of: dict[str, tuple[LinkedCase, ...]] = {}
        for other in self.linked:
            if other.procedure in self.found.law.asks_linked:
                of[other.procedure] = (*of.get(other.procedure, ()), LinkedCase(other.law, other.case))
        return replace(self.looking.surroundings(), linked=of)

    @cached_property
    def steps(self) -> tuple[Prospect, ...]:
        """Every step of the version in force, worked out once."""
        return prospects(self.found.law, self.found.case, self.looking.today, self.around)

    @cached_property
    def names(self) -> frozenset[str]:
        """The cases that this one names."""
        law = self.found.law
        steps = [(law.step_of(event.event), event) for event in self.found.case.standing]
        return frozenset(one for step, event in steps if step for one in named_cases(step.kinds, event.data))


def in_view(looking: Writing, case_id: str) -> InView:
    """The case and those it is linked to. One statement. Raises CaseUnknown."""
    of = {id: case_file(id, rows, looking.book) for id, rows in case_and_linked(looking.bureau.code, case_id)}
    found = of.pop(case_id, None)
    if found is None:
        raise CaseUnknown(f"账本里没有案件“{case_id}”；请核对案件号")
    return InView(found, tuple(file for file in of.values() if file is not None), looking)
