"""Which cases a person may read: asked in one place, for pages, lists and forms alike."""

from __future__ import annotations

from django.http import Http404

from fazheng.casework.folding import CaseFile, read_case
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.outlook import prospects
from fazheng.staff.rights import Reach, Seen, reach, reads_all
from fazheng.web.visit import Visit


def case_for(visit: Visit, case_id: str) -> CaseFile:
    """The case. Raises Http404 where there is none, and likewise where it does not open to this person: a number that
    was guessed tells nothing.
    """
    found = read_case(visit.bureau.code, case_id, visit.book)
    version = found.law.on(visit.today) or found.law.first
    if reach(visit.viewer, version, seen(visit, found)) is not Reach.WHOLE:
        raise Http404
    return found


def seen(visit: Visit, found: CaseFile) -> Seen:
    """Who acted or is named in the case, and for which roles a step was taken or waits."""
    people = {who for entry in found.entries for who in (entry.by, entry.entered_by)}
    for event in found.case.standing:
        step = found.law.step_of(event.event)
        for field, kind in (step.kinds if step else {}).items():
            named = event.fact(field)
            if kind.name == "people" and isinstance(named, list):
                people.update(map(str, named))
    looking = visit.looking
    waits = prospects(found.law, found.case, visit.today, looking.around(found.case_id, found.law))
    roles = {entry.acting_as for entry in found.entries} | {p.step.role for p in waits if p.open}
    return Seen(frozenset(people), frozenset(roles - {""}))


def lists_all(visit: Visit, version: Procedure) -> bool:
    """Whether every case of the procedure may stand in a list for this person: without persons, at the least."""
    return reads_all(visit.viewer, version) is not Reach.NOTHING
