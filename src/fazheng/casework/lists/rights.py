"""Whose cases stand in whose list: all of a procedure, or those in which somebody or their roles have a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fazheng.casework.parts import asked_for
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CasePart
from fazheng.staff.rights import Reach, Viewer, may_take, reads_all


def whos_of(
    viewer: Viewer, versions: Sequence[Procedure], sections: Iterable[str] = (), least: Reach = Reach.WITHOUT_PERSONS
) -> list[str] | None:
    """What the viewer is looked for as among the parts of the procedure's cases; None where they read all, so far.

    `sections`: those the procedure belongs to. Who opens such cases reads those of their section, and no others for
    the role alone: as `staff.rights.reach` says of one case.
    """
    if reads_all(viewer, versions[-1], sections) >= least:
        return None
    roles = {role for version in versions for role in version.roles if may_take(viewer, role, version)}
    return asked_for(viewer.code, roles - {version.steps[version.opens].role for version in versions})


def listed_for(
    viewer: Viewer, bureau: str, book: LawBook, sections_of: Callable[[str], Iterable[str]] = lambda _: ()
) -> list[Procedure]:
    """The newest version of each procedure of which the viewer may list every case, or some. At most one statement."""
    asked = {id: whos_of(viewer, versions, sections_of(id)) for id, versions in book.procedures.items()}
    partly = [id for id, whos in asked.items() if whos is not None]
    whos = sorted({who for some in asked.values() for who in some or ()})
    found = {id for id, some in asked.items() if some is None}
    if partly and whos:
        parts = CasePart.objects.filter(bureau=bureau, procedure__in=partly, who__in=whos)
        held = parts.values_list("procedure", "who").distinct()
        found |= {id for id, who in held if who in (asked[id] or ())}
    return [book.procedures[id][-1] for id in sorted(found)]


def has_part(bureau: str, procedure: str, whos: Sequence[str]) -> bool:
    """Whether one of them has a part in any case of the procedure. One statement."""
    return CasePart.objects.filter(bureau=bureau, procedure=procedure, who__in=whos).exists()
