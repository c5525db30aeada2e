"""Which cases a person may read: asked in one place, for pages, lists and forms alike."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from fazheng.casework.folding import CaseFile
from fazheng.casework.in_view import InView, in_view
from fazheng.casework.parts import seen
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.staff.rights import Reach, Seen, reach, reads_all
from fazheng.web.visit import Visit


def view_of(visit: Visit, case_id: str) -> InView:
    """The case with what it is linked to. Raises Http404 where there is none, and likewise where it does not open to
    this person: a number that was guessed tells nothing. One statement: the entries.
    """
    view = in_view(visit.looking, case_id)
    if not _whole(visit, view):
        raise Http404
    return view


def case_for(visit: Visit, case_id: str) -> CaseFile:
    """The case alone. Raises Http404 as `view_of` does."""
    return view_of(visit, case_id).found


def _whole(visit: Visit, view: InView) -> bool:
    """Steps that wait are worked out only for who has no other part in the case. Who signs one of them by a paper
    reads the case for it.
    """
    if reads(visit, view.found):
        return True
    if not has_part(visit, view.version):
        return False
    if any(prospect.open and signs_for(visit, view.version, prospect.step) for prospect in view.steps):
        return True
    waits = frozenset(prospect.step.role for prospect in view.steps if prospect.open)
    return reads(visit, view.found, waits)


def reads(visit: Visit, found: CaseFile, waits: frozenset[str] = frozenset()) -> bool:
    """Whether the person reads the case for what they have to do with it, as lists have it. `waits`: roles of steps
    that may be taken now, where somebody worked them out.
    """
    version, taken = found.law.on(visit.today) or found.law.first, seen(found.law, found.case)
    known = Seen(taken.people, taken.roles | waits, taken.open)
    return reach(visit.viewer, version, known, visit.sections_of(version.id)) is Reach.WHOLE


def lists_all(visit: Visit, version: Procedure) -> bool:
    """Whether every case of the procedure may stand in a list for this person: without persons, at the least."""
    return reads_all(visit.viewer, version, visit.sections_of(version.id)) is not Reach.NOTHING


def must_have_part(visit: Visit, version: Procedure) -> None:
    """Raises PermissionDenied for who has no part in the procedure: they enter nothing."""
    if not has_part(visit, version):
        raise PermissionDenied


def has_part(visit: Visit, version: Procedure) -> bool:
    """Whether they head the bureau, hold a role in the procedure, or sign a step of it by a paper (授权代签). Which
    step they may take is for `decide`.
    """
    if visit.viewer.heads or visit.viewer.roles & version.everybody:
        return True
    return any(signs_for(visit, version, step) for step in version.steps.values())


def signs_for(visit: Visit, version: Procedure, step: Step) -> bool:
    """Whether a paper lets the person sign the step today in the place of who holds its role."""
    roles = version.serving(step.role)
    who, today = visit.viewer.code, visit.today
    return visit.roster.stands_in(who, roles, today, version.id, step.id, reserved=step.reserved) is not None
