"""What 今日, 待办, 督办, 阅件 and 审核 ask of the book: all that a page needs in one statement, kept until an entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from fazheng.casework.consulted import PERSON, READING, SUPERVISION
from fazheng.casework.handing import last_part
from fazheng.casework.outlooks import Ends, Sight, ends_of
from fazheng.casework.parts import PERSON as PART
from fazheng.casework.waiting import MOST, candidates, nearest
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.joined import Question, Row, joined, question
from fazheng.ledger.models import CasePart, CaseRow, ClockRow, Task
from fazheng.staff.rights import Reach, may_take, reads_all
from fazheng.web.visit import Visit

AHEAD = timedelta(days=30)
CASES, CLOCKS, TASKS = MOST, 1000, 500  # looked at, nearest first
_SUGGESTING = 120  # cases asked for suggestions, those last touched first
_SUGGESTED_OF = timedelta(days=400)  # since a case was opened: older ones say it on their own page
_SETTLED = 100  # questions and papers shown, answered ones among them
CLOCK = ("case_id", "limit", "nth", "begun", "superseded_on", "due", "done", "estimate")
TASK = ("task_id", "case_id", "kind", "role", "reason", "article", "opened_on", "settled_on")
Told = Mapping[str, Sequence[Row]]


def told(visit: Visit, *parts: str, **more: Question) -> dict[str, Sequence[Row]]:
    """The answers to these parts of PARTS, and to `more`, which are not kept. One statement for what this person did
    not ask since the last entry; none where nothing is left.
    """
    kept = {part: visit.as_of.get(("told", visit.viewer.code, part)) for part in dict.fromkeys(parts)}
    asked: dict[str, dict[str, Question]] = {part: PARTS[part](visit) for part, one in kept.items() if one is None}
    found = joined({**{name: one for part in asked.values() for name, one in part.items()}, **more})
    for part, questions in asked.items():
        answers = {name: found[name] for name in questions if name in found}
        kept[part] = visit.as_of.keep(("told", visit.viewer.code, part), answers)
    answered = {name: rows for one in kept.values() if one for name, rows in one.items()}
    return answered | {name: found[name] for name in more}


def ends(visit: Visit, part: str) -> tuple[Ends, bool]:
    """Where the cases of the part "waits" or "suggests" end, and whether there are others behind them."""
    answers = told(visit, part)
    if part == "waits":
        return nearest(answers, CASES)
    found = Ends()
    found.told(answers.get("suggests_ends", ()), answers.get("suggests_links", ()))
    return found, False


def sight(visit: Visit, part: str) -> Sight:
    """The cases of "waits" or "suggests", read together where both were asked. Two statements: the cases that went on,
    the rows of registers that their rules ask; none while the book stands.
    """
    known: Sight | None = visit.as_of.get(("sight", visit.viewer.code, part))
    if known is not None:
        return known
    whose = visit.viewer.code
    asked = {part, *(one for one in ("waits", "suggests") if visit.as_of.get(("told", whose, one)) is not None)}
    whole = Ends()
    for one in asked:
        of, _ = ends(visit, one)
        whole.cases |= of.cases
        whole.linked |= of.linked
    made = Sight(visit.looking, whole)
    made.ready(whole.cases)
    for one in asked:
        visit.as_of.keep(("sight", whose, one), made)
    return made


def suggesting(visit: Visit) -> dict[str, set[str]]:
    """Procedure → the procedures that it may suggest and this person may open."""
    found = {
        id: {s.opens for v in versions for s in v.suggestions if s.opens and _may_open(visit, s.opens)}
        for id, versions in visit.book.procedures.items()
    }
    return {id: opens for id, opens in found.items() if opens}


def _may_open(visit: Visit, procedure: str) -> bool:
    versions = visit.book.procedures.get(procedure, ())
    return bool(versions) and may_take(visit.viewer, versions[-1].steps[versions[-1].opens].role, versions[-1])


def _waits(visit: Visit) -> dict[str, Question]:
    return candidates(visit.looking, visit.viewer.code, visit.viewer.roles, CASES)


def _suggests(visit: Visit) -> dict[str, Question]:
    wanted = sorted(suggesting(visit))
    if not wanted:
        return {}
    since = (visit.today - _SUGGESTED_OF).isoformat()
    rows = CaseRow.objects.filter(bureau=visit.bureau.code, procedure__in=wanted, opened_on__gte=since)
    last = rows.order_by("-last_on", "case_id").values_list("case_id", "last_version")[:_SUGGESTING]
    return {"suggests": question(last, for_others=True), **ends_of(visit.bureau.code, "suggests")}


def _clocks(visit: Visit) -> dict[str, Question]:
    """The clocks of the next days, with what the person's part in the case is; for the head, everybody's. Others' are
    left out before the nearest of them are taken: however many there are, they hide nobody's own.
    """
    open_case = CaseRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), closed_on=None)
    rows = ClockRow.objects.filter(
        Exists(open_case), bureau=visit.bureau.code, done=None, superseded_on=None, estimate=False,
        due__lte=(visit.today + AHEAD).isoformat(),
    ).order_by("due", "case_id", "limit", "nth")  # fmt: skip
    if visit.viewer.heads:
        return {"clocks": question(rows.values_list(*CLOCK)[:CLOCKS])}
    theirs = rows.filter(_theirs(visit)).annotate(said=last_part(visit.viewer.code))
    return {"clocks": question(theirs.values_list(*CLOCK, "said")[:CLOCKS])}


def _theirs(visit: Visit) -> Q:
    """Clocks of cases in which the person has or had a part, and of limits that bind an act of their roles."""
    part = CasePart.objects.filter(
        bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), who=f"{PART}{visit.viewer.code}"
    )
    found = Q(Exists(part))
    for id, versions in visit.book.procedures.items():
        if limits := [limit for limit in versions[-1].limit_of if binds_role(visit, versions[-1], limit)]:
            found |= Q(limit__in=limits) & Q(case_id__startswith=f"{id}-")
    return found


def binds_role(visit: Visit, version: Procedure, limit: str) -> bool:
    """Whether it binds an act of a role this person holds; of who opens such cases, in their own section alone."""
    binds, opening = version.limit_of[limit].binds, version.steps[version.opens].role
    roles = {version.steps[step].role for step in binds if step in version.steps}
    if any(may_take(visit.viewer, role, version) for role in roles - {opening}):
        return True  # of a later step: whatever the section
    sections = visit.sections_of(version.id)
    return opening in roles and reads_all(visit.viewer, version, sections) is Reach.WHOLE


def _tasks(visit: Visit) -> dict[str, Question]:
    """What is open for the person or their roles, for the head what was asked of anybody too; and, as many may be open,
    how many of each kind.
    """
    rows, me = Task.objects.filter(bureau=visit.bureau.code, settled_on=None), Q(role=PERSON + visit.viewer.code)
    asked = Q(kind=SUPERVISION) if visit.viewer.heads else Q(pk__in=[])
    mine = rows.filter(me | Q(role__in=visit.viewer.roles) | asked).order_by("opened_on", "task_id")
    counts = rows.filter(me | asked).order_by().values_list("kind", "role").annotate(n=Count("task_id"))
    return {"tasks": question(mine.values_list(*TASK)[: TASKS + 1]), "counts": question(counts)}


def _questions(visit: Visit) -> dict[str, Question]:
    rows = Task.objects.filter(bureau=visit.bureau.code, kind=SUPERVISION)
    rows = rows if visit.viewer.heads else rows.filter(role=PERSON + visit.viewer.code)
    return {"questions": question(rows.order_by("-opened_on", "task_id").values_list(*TASK)[:_SETTLED])}


def _papers(visit: Visit) -> dict[str, Question]:
    rows = Task.objects.filter(bureau=visit.bureau.code, kind=READING, role=PERSON + visit.viewer.code)
    order = F("settled_on").asc(nulls_first=True), "-opened_on", "task_id"
    return {"papers": question(rows.order_by(*order).values_list(*TASK)[:_SETTLED])}


PARTS: Mapping[str, Callable[[Visit], dict[str, Question]]] = {
    "waits": _waits, "suggests": _suggests, "clocks": _clocks, "tasks": _tasks, "questions": _questions,
    "papers": _papers,
}  # fmt: skip


def task_rows(rows: Sequence[Row]) -> list[Task]:
    """The tasks that were told, the oldest first."""
    found = (Task(**dict(zip(TASK, row, strict=True))) for row in rows)
    return sorted(found, key=lambda one: (one.opened_on, one.task_id))


def last_day(one: Task) -> tuple[int, str]:
    """For sorting, the newest first."""
    return -date.fromisoformat(one.opened_on).toordinal(), one.task_id
