"""Whose cases stand in whose list: all of a procedure, or those in which somebody or their roles have a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db.models import Q, QuerySet

from fazheng.casework.lists.at_once import Question, answers, gathered_from
from fazheng.casework.parts import ROLE, asked_for
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CasePart, CaseRow
from fazheng.staff.rights import Reach, Viewer, by_paper, may_take, reads_all

OPEN = "open:"  # before a part that reads open cases alone, of who signs by 授权代签; by itself: every open case


def whos_of(
    viewer: Viewer, versions: Sequence[Procedure], sections: Iterable[str] = (), least: Reach = Reach.WITHOUT_PERSONS
) -> list[str] | None:
    """What the viewer is looked for as among the parts of the procedure's cases; None where they read all, so far.

    `sections`: those the procedure belongs to. Who opens such cases reads those of their section, and no others for
    the role alone: as `staff.rights.reach` says of one case.
    """
    if reads_all(viewer, versions[-1], sections) >= least:
        return None
    opening = {version.steps[version.opens].role for version in versions}
    roles = {role for version in versions for role in version.roles if may_take(viewer, role, version)} - opening
    papers = {role for version in versions for role in by_paper(viewer, version)} - opening - roles
    signed = [f"{OPEN}{ROLE}{role}" if role else OPEN for role in sorted(papers)]
    return [*asked_for(viewer.code, roles), *([OPEN] if OPEN in signed else signed)]


def parts_of(bureau: str, whos: Sequence[str]) -> QuerySet[CasePart]:
    """The parts by which those whom `whos_of` gave read cases; no statement yet."""
    rows = CasePart.objects.filter(bureau=bureau)
    papers = [who.removeprefix(OPEN) for who in whos if who.startswith(OPEN)]
    if not papers:
        return rows.filter(who__in=whos)
    unclosed = Q(case_id__in=CaseRow.objects.filter(bureau=bureau, closed_on=None).values("case_id"))
    always = Q(who__in=[who for who in whos if not who.startswith(OPEN)])
    return rows.filter(always | (unclosed if "" in papers else unclosed & Q(who__in=papers)))


def listed_for(
    viewer: Viewer, bureau: str, book: LawBook, sections_of: Callable[[str], Iterable[str]] = lambda _: ()
) -> list[Procedure]:
    """The newest version of each procedure of which the viewer may list every case, or some. At most one statement."""
    asked = {id: whos_of(viewer, versions, sections_of(id)) for id, versions in book.procedures.items()}
    by_papers = [id for id, whos in asked.items() if any(who.startswith(OPEN) for who in whos or ())]
    partly = [id for id, whos in asked.items() if whos is not None and id not in by_papers]
    whos = sorted({who for id in partly for who in asked[id] or ()})
    parts = CasePart.objects.filter(bureau=bureau, procedure__in=partly, who__in=whos)
    held = parts.values_list("procedure", "who").distinct()
    plain = gathered_from(held, ["procedure", "who"]) if partly and whos else Question()
    some, *papers = answers(plain, *(part_question(bureau, id, asked[id] or ()) for id in by_papers))
    found = {id for id, every in asked.items() if every is None}
    found |= {id for id, who in some if who in (asked[id] or ())}
    found |= {id for id, part in zip(by_papers, papers, strict=True) if part}
    return [book.procedures[id][-1] for id in sorted(found)]


def part_question(bureau: str, procedure: str, whos: Sequence[str]) -> Question:
    """Whether one of them has a part in any case of the procedure: answered by a list that is not empty."""
    part = parts_of(bureau, whos).filter(procedure=procedure).values_list("case_id")[:1]
    return gathered_from(part, ["case_id"])
