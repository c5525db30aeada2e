"""What waits for a person's signature or review: steps of signing roles that the case has come to.

What a case has come to stands in casework/coming.py. Nothing here decides: a step that waits goes on waiting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery

from fazheng.casework.able import able
from fazheng.casework.coming import coming
from fazheng.casework.folding import CaseFile
from fazheng.casework.on_paper import signs
from fazheng.casework.outlooks import COMING, Ends, Sight, ends_of
from fazheng.casework.parts import ROLE
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Step
from fazheng.ledger.joined import Question, Row, joined, question
from fazheng.ledger.models import CasePart, CaseRow, ClockRow, StandingEvent
from fazheng.procedure.outlook import Duty
from fazheng.staff.roster import Term

T = TypeVar("T")
MOST = 100  # cases looked at, those whose clock ends first; the lists have the others


@dataclass(frozen=True, slots=True)
class Waits:
    """A case that has come to steps of a person, with the steps, and its nearest clock. `papers`: those by which they
    sign some of the steps in another's place (授权代签).
    """

    file: CaseFile
    steps: tuple[Step, ...]
    duty: Duty | None
    papers: tuple[Term, ...] = ()


class Some(list[T]):
    """The nearest of what there is. `more`: there are others behind them, which nobody looked at or counted."""

    def __init__(self, found: Iterable[T] = (), *, more: bool = False) -> None:
        super().__init__(found)
        self.more = more


WAITS = "waits"  # the name of the question that finds them


def waiting(looking: Writing, code: str, roles: Collection[str], most: int = MOST) -> Some[Waits]:
    """The open cases that wait for `code`, who holds these roles of the staff register or signs by a paper whose term
    runs, the nearest clock first.

    At most three statements, however many cases there are; one where nothing of them or of the rows that their rules
    ask was entered since they were asked last. Empty where nothing waits.
    """
    found, more = nearest(joined(candidates(looking, code, roles, most)), most)
    return Some(waiting_of(looking, Sight(looking, found), list(found.cases), code, roles), more=more)


def candidates(looking: Writing, code: str, roles: Collection[str], most: int = MOST) -> dict[str, Question]:
    """What is asked to find the cases that may wait for the person; nothing for who signs nothing."""
    bureau, book = looking.bureau.code, looking.book
    wanted = _procedures(book, roles, looking.roster.authorities(code, looking.today))
    if not wanted:
        return {}
    return {**_candidates(bureau, wanted, book, most + 1), **ends_of(bureau, WAITS, more=1)}


def nearest(told: Mapping[str, Sequence[Row]], most: int = MOST) -> tuple[Ends, bool]:
    """Out of the answers: where the nearest of them end, the nearest clock first; and whether there are others."""
    found = sorted(told.get(f"{WAITS}_ends", ()), key=lambda row: (row[2] or "9999", row[0]))
    ends = Ends()
    ends.told(found[:most], told.get(f"{WAITS}_links", ()))
    return ends, len(found) > most


def waiting_of(
    looking: Writing, sight: Sight, case_ids: Sequence[str], code: str, roles: Collection[str]
) -> list[Waits]:
    """Those of the cases that wait for the person, the nearest clock first."""
    papers = looking.roster.authorities(code, looking.today)
    wanted = _procedures(looking.book, roles, papers)
    sight.ready(case_ids)
    files = [file for id in case_ids if (file := sight.files.get(id)) and file.procedure in wanted]
    found = [_waits(file, looking, sight, code, wanted[file.procedure]) for file in files]
    found = [_by_paper(one, looking, roles, papers) for one in found] if papers else found
    return sorted((one for one in found if one.steps), key=_nearest)


def _by_paper(one: Waits, looking: Writing, roles: Collection[str], papers: Sequence[Term]) -> Waits:
    """With the papers by which the person signs those of the steps that no role of their own takes."""
    version = one.file.law.on(looking.today) or one.file.law.first
    others = [step for step in one.steps if not version.serving(step.role) & set(roles)]
    by = (next((paper for paper in papers if paper.reaches(version.id, step.id)), None) for step in others)
    return replace(one, papers=tuple({paper.code: paper for paper in by if paper}.values()))


def _procedures(book: LawBook, roles: Collection[str], papers: Sequence[Term] = ()) -> dict[str, frozenset[str]]:
    """Procedure → its signing steps, of any version, that somebody of these roles takes, or who holds these papers."""
    found: dict[str, frozenset[str]] = {}
    for id, versions in book.procedures.items():
        steps = frozenset(
            step.id
            for version in versions
            for step in version.steps.values()
            if signs(book, step) and step.id != version.opens
            if version.serving(step.role) & set(roles) or any(paper.reaches(id, step.id) for paper in papers)
        )
        if steps:
            found[id] = steps
    return found


def _candidates(bureau: str, wanted: Mapping[str, frozenset[str]], book: LawBook, most: int) -> dict[str, Question]:
    """Open cases that may have come to these steps, those whose clock ends first in front: as many as `most`.

    They are looked for among the clocks that end first. Where there are not so many, all open cases are gone through:
    the length of that list is nought where it is not wanted, so that nothing of it is read.
    """
    come, of_case = _come(wanted, book), {"bureau": OuterRef("bureau"), "case_id": OuterRef("case_id")}
    its = CaseRow.objects.filter(come, closed_on=None, **of_case)
    clocks = ClockRow.objects.filter(Exists(its), bureau=bureau, done=None, superseded_on=None, due__isnull=False)
    version = CaseRow.objects.filter(**of_case).values("last_version")
    soon = clocks.order_by("due", "case_id").values_list("case_id", Subquery(version), "due")
    running = Q(done=None, superseded_on=None)  # beside the case and not before it, or each walks every open clock
    of_clocks = ClockRow.objects.filter(**of_case).order_by().values("case_id")
    rows = CaseRow.objects.filter(come, Exists(StandingEvent.objects.filter(**of_case)), bureau=bureau, closed_on=None)
    rows = rows.annotate(nearest=of_clocks.annotate(day=Min("due", filter=running)).values("day"))
    every = question(rows.order_by(F("nearest").asc(nulls_last=True), "case_id").values_list(
        "case_id", "last_version", "nearest"))  # fmt: skip
    return {
        "soon": question(soon[: most * 4], for_others=True),
        "few": Question(_FEW.format(most=most), (), 3, for_others=True),
        "every": Question(every.text + _WHERE_FEW.format(most=most), every.params, 3, for_others=True),
        WAITS: Question(_ENOUGH.format(most=most), (), 3, for_others=True),
    }


_FEW = "SELECT c0, c1, MIN(c2) FROM soon GROUP BY c0, c1 ORDER BY 3, 1 LIMIT {most}"
_WHERE_FEW = " LIMIT (SELECT CASE WHEN COUNT(*) < {most} THEN {most} ELSE 0 END FROM few)"
_ENOUGH = "SELECT c0, c1, c2 FROM few WHERE (SELECT COUNT(*) FROM few) = {most} UNION ALL SELECT c0, c1, c2 FROM every"


def _come(wanted: Mapping[str, frozenset[str]], book: LawBook) -> Q:
    """Cases of these procedures; of a procedure all of whose steps come after something, only those in which one of
    the steps' roles has a part: a role has it once its step may come next, and keeps it (`parts`).
    """
    grouped: dict[frozenset[str], list[str]] = {}
    for id, ids in wanted.items():
        steps = [version.steps[one] for version in book.procedures[id] for one in ids if one in version.steps]
        roles = frozenset(step.role for step in steps) if all(step.after for step in steps) else frozenset[str]()
        grouped.setdefault(roles, []).append(id)
    come = Q(pk__in=[])
    for roles, procedures in grouped.items():
        who = [f"{ROLE}{role}" for role in sorted(roles)]
        of_case = CasePart.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"))
        part = of_case.filter(procedure=OuterRef("procedure"), who__in=who)
        come |= Q(procedure__in=procedures) & (Q(Exists(part)) if roles else Q())
    return come


def _waits(file: CaseFile, looking: Writing, sight: Sight, code: str, ids: Collection[str]) -> Waits:
    version = file.law.on(looking.today) or file.law.first
    now = sight.kept(COMING, file, lambda around: coming(file, around, looking.book))
    if not now.come.intersection(ids):
        return Waits(file, (), now.duty)
    mine = [
        step for step in version.steps.values() if step.id in ids and code in able(step, file.law, file.case, looking)
    ]
    come = {step.id for step in mine if step.id in now.come}
    roles = {version.steps[id].role for id in come}
    back = {step.id for step in mine if step.role in roles and step.id in now.back}
    return Waits(file, tuple(step for step in mine if step.id in come | back), now.duty)


def _nearest(one: Waits) -> tuple[str, str]:
    due = one.duty.clock.due if one.duty else None
    return (due.isoformat() if due else "9999", one.file.case_id)
