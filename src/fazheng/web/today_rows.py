"""What stands on 今日 and in 待办: clocks, tasks, what waits for a signature, suggested cases, standing duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from fazheng.casework.consulted import KINDS, PERSON, SUPERVISION
from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.handing import taking_part
from fazheng.casework.parts import PERSON as PART
from fazheng.casework.waiting import Some, Waits, surroundings_of, waiting
from fazheng.figures.duties import Owed
from fazheng.figures.duties import duties as owed_in
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CasePart, CaseRow, ClockRow, Task
from fazheng.ledger.read import cases_entries
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.refusals import source
from fazheng.staff.rights import Reach, may_take, reads_all
from fazheng.web.clocks import Lamp, of_duty, of_row, words
from fazheng.web.names import procedure_name, procedure_of
from fazheng.web.readable import reads
from fazheng.web.visit import Visit

AHEAD = timedelta(days=30)
_LOOKED_AT, _TASKS = 1000, 500  # clocks and tasks asked for, nearest first
_SUGGESTING = 120  # cases asked for suggestions, those last touched first
_SUGGESTED_OF = timedelta(days=400)  # since a case was opened: older ones say it on their own page
TASK_NAMES = {"suggestion": "建议", "defect": "程序问题", "finding": "待核", **KINDS}
_STATES = {"open": "未到期", "soon": "将到期", "today": "今天到期", "overdue": "逾期未办", "met_late": "逾期已办"}


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done by a day."""

    case_id: str
    procedure: str
    url: str
    lamp: Lamp
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for this person's signature or review, with the steps they may take."""

    case_id: str
    procedure: str
    url: str
    steps: str
    lamp: Lamp | None
    review: bool
    papers: Sequence[str] = ()  # 授权代签: in whose place they sign, and until when


@dataclass(frozen=True, slots=True)
class Todo:
    """A task. `person`: it was put to this very person, and is answered; others are looked at."""

    kind: str
    called: str
    case_id: str
    url: str
    reason: str
    article: str
    since: str
    person: bool
    whom: str = ""  # the person it was put to


@dataclass(frozen=True, slots=True)
class Suggested:
    """A case that the law suggests to open, and what suggests it."""

    case_id: str
    url: str
    opens: str
    open_url: str
    reason: str
    article: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing duty in one of its periods."""

    name: str
    article: str
    lamp: Lamp
    done: str
    note: str


def dues(visit: Visit) -> Some[Due]:
    """The clocks of the next days in cases that this person has a part in, and those that bind an act of their roles;
    for the head, everybody's. Two statements, for the head one. Others' clocks are left out before the nearest of
    them are taken: however many there are, they hide nobody's own.
    """
    open_case = CaseRow.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), closed_on=None)
    rows = ClockRow.objects.filter(
        Exists(open_case), bureau=visit.bureau.code, done=None, superseded_on=None, estimate=False,
        due__lte=(visit.today + AHEAD).isoformat(),
    ).order_by("due", "case_id", "limit", "nth")  # fmt: skip
    if visit.viewer.heads:
        nearest = list(rows[:_LOOKED_AT])
        return Some((_due(visit, row) for row in nearest if _bound(visit, row)), more=len(nearest) == _LOOKED_AT)
    clocks = list(rows.filter(_theirs(visit))[:_LOOKED_AT])
    taking = taking_part(visit.bureau.code, visit.viewer.code, {row.case_id for row in clocks})
    theirs = (_due(visit, row) for row in clocks if _bound(visit, row, roles_only=row.case_id not in taking))
    return Some(theirs, more=len(clocks) == _LOOKED_AT)


def _theirs(visit: Visit) -> Q:
    """Clocks of cases in which the person has or had a part, and of limits that bind an act of their roles."""
    part = CasePart.objects.filter(
        bureau=OuterRef("bureau"), case_id=OuterRef("case_id"), who=f"{PART}{visit.viewer.code}"
    )
    found = Q(Exists(part))
    for id, versions in visit.book.procedures.items():
        if limits := [limit for limit in versions[-1].limit_of if _binds_role(visit, versions[-1], limit)]:
            found |= Q(limit__in=limits) & Q(case_id__startswith=f"{id}-")
    return found


def due_now(visit: Visit) -> Some[Due]:
    """The same, asked once while the book stands."""
    return visit.kept("dues", lambda: dues(visit))


def lamps_counted(due: Sequence[Due]) -> dict[str, int]:
    """How many are red, yellow and green."""
    return {light: sum(one.lamp.light == light for one in due) for light in ("red", "yellow", "green")}


def waits(visit: Visit) -> Some[Waiting]:
    """What waits for this person's signature or review. At most five statements; none for who signs nothing, and none
    while the book stands.
    """
    return visit.kept("waits", lambda: _waits(visit))


def _waits(visit: Visit) -> Some[Waiting]:
    looking = visit.looking
    found = waiting(looking, visit.viewer.code, visit.viewer.roles, end=visit.as_of.head.digest)
    rows = (_waiting(visit, one, of_duty(one.duty, looking.calendar) if one.duty else None) for one in found)
    return Some(rows, more=found.more)


def tasks(visit: Visit) -> Some[Todo]:
    """What was put to this person or to one of their roles and is open, the oldest first. One statement; none while the
    book stands.
    """
    mine = {PERSON + visit.viewer.code, *visit.viewer.roles}
    found = open_tasks(visit)
    return Some((todo(row) for row in found if row.role in mine), more=found.more)


def open_tasks(visit: Visit) -> Some[Task]:
    """The same as rows, and for the head what was asked of anybody."""
    return visit.kept("tasks", lambda: _open_tasks(visit))


def _open_tasks(visit: Visit) -> Some[Task]:
    rows = Task.objects.filter(bureau=visit.bureau.code, settled_on=None).order_by("opened_on", "task_id")
    mine = Q(role=PERSON + visit.viewer.code) | Q(role__in=visit.viewer.roles)
    found = list(rows.filter(mine | Q(kind=SUPERVISION) if visit.viewer.heads else mine)[: _TASKS + 1])
    return Some(found[:_TASKS], more=len(found) > _TASKS)


def todo(row: Task) -> Todo:
    """A task as it is shown; one that was put to a person leads to where it is answered."""
    person, url = row.role.startswith(PERSON), reverse("case", args=[row.case_id])
    if person:
        url = reverse("asked", args=[row.case_id, int(row.task_id.split(":")[-2])])
    called, whom = TASK_NAMES.get(row.kind, "待核"), row.role.removeprefix(PERSON) if person else ""
    return Todo(row.kind, called, row.case_id, url, row.reason, row.article, row.opened_on, person, whom)


def suggested(visit: Visit) -> list[Suggested]:
    """Cases that the law suggests to open and this person may open, out of those touched last. Three statements; none
    while the book stands.
    """
    return visit.kept("suggested", lambda: _suggested(visit))


def _suggested(visit: Visit) -> list[Suggested]:
    wanted = {
        id: opens for id, versions in visit.book.procedures.items()
        if (opens := {s.opens for v in versions for s in v.suggestions if s.opens and _may_open(visit, s.opens)})
    }  # fmt: skip
    if not wanted:
        return []
    since = (visit.today - _SUGGESTED_OF).isoformat()
    rows = CaseRow.objects.filter(bureau=visit.bureau.code, procedure__in=sorted(wanted), opened_on__gte=since)
    ids = list(rows.order_by("-last_on", "case_id").values_list("case_id", flat=True)[:_SUGGESTING])
    book, found = visit.book, list[Suggested]()
    entries = cases_entries(visit.bureau.code, ids) if ids else ()
    files = [file for id, some in entries if (file := case_file(id, some, book))]
    around = surroundings_of(visit.looking, files)
    for file in files:
        for one in suggestions(file.law, file.case, visit.today, around[file.case_id]):
            if one.opens and one.opens in wanted[file.procedure]:
                url, called = _case_url(visit, file), procedure_name(book, one.opens)
                way, why = reverse("open", args=[one.opens]), one.name or one.says
                found.append(Suggested(file.case_id if url else "", url, called, way, why, source(one)))
    return found


def standing_duties(visit: Visit) -> list[Standing]:
    """What the year asks of the bureau regularly and is not met, with what was missed; nearest first."""
    found = owed_in(visit.bureau.code, visit.book, visit.today.year, visit.today)
    return list(_standing(one for one in found if one.state != "met" and not one.note))


def _standing(found: Iterator[Owed]) -> Iterator[Standing]:
    for one in found:
        name = one.duty.name + (f"（{one.row}）" if one.row else "")
        said = words(one.days_left, one.light) if one.light else _STATES[one.state]
        lamp = Lamp(name, source(one.duty), one.light or "green", said, one.due.isoformat())
        yield Standing(name, source(one.duty), lamp, f"{one.done}/{one.duty.at_least}", _STATES[one.state])


def _bound(visit: Visit, row: ClockRow, *, roles_only: bool = False) -> bool:
    """Whether the clock binds an act at all; `roles_only`: an act of a role this person holds."""
    version = visit.book.procedures.get(procedure_of(row.case_id), (None,))[-1]
    limit = version.limit_of.get(row.limit) if version else None
    if version is None or limit is None or not limit.binds:
        return False
    return not roles_only or _binds_role(visit, version, row.limit)


def _binds_role(visit: Visit, version: Procedure, limit: str) -> bool:
    """Whether it binds an act of a role this person holds; of who opens such cases, in their own section alone."""
    binds, opening = version.limit_of[limit].binds, version.steps[version.opens].role
    roles = {version.steps[step].role for step in binds if step in version.steps}
    if any(may_take(visit.viewer, role, version) for role in roles - {opening}):
        return True  # of a later step: whatever the section
    sections = visit.sections_of(version.id)
    return opening in roles and reads_all(visit.viewer, version, sections) is Reach.WHOLE


def _due(visit: Visit, row: ClockRow) -> Due:
    name, url = procedure_name(visit.book, procedure_of(row.case_id)), reverse("case", args=[row.case_id])
    return Due(row.case_id, name, url, of_row(row, visit.book, visit.today), row.limit)


def _waiting(visit: Visit, one: Waits, lamp: Lamp | None) -> Waiting:
    review = any(step.role == "legal_reviewer" for step in one.steps)
    url = reverse("review_file", args=[one.file.case_id])
    names = "、".join(step.name for step in one.steps)
    papers = [f"代{paper.granted_by}签，至{paper.until}" for paper in one.papers]
    return Waiting(one.file.case_id, procedure_name(visit.book, one.file.procedure), url, names, lamp, review, papers)


def _case_url(visit: Visit, file: CaseFile) -> str:
    """Where the case is read; "" where it does not open to this person: then they are not told its number either."""
    return reverse("case", args=[file.case_id]) if reads(visit, file) else ""


def _may_open(visit: Visit, procedure: str) -> bool:
    versions = visit.book.procedures.get(procedure, ())
    return bool(versions) and may_take(visit.viewer, versions[-1].steps[versions[-1].opens].role, versions[-1])
