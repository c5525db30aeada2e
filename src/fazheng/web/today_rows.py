"""What stands on 今日 and in 待办: clocks, tasks, what waits for a signature, suggested cases, standing duties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.urls import reverse

from fazheng.casework.consulted import KINDS, PERSON
from fazheng.casework.folding import CaseFile
from fazheng.casework.handing import takes_part
from fazheng.casework.outlooks import SUGGESTED, Sight
from fazheng.casework.waiting import Some, Waits, waiting_of
from fazheng.lawbook.procedure import Suggestion
from fazheng.ledger.joined import Row, yes
from fazheng.ledger.models import ClockRow, Task
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.refusals import source
from fazheng.web import today_asked
from fazheng.web.clocks import Lamp, of_duty, of_row
from fazheng.web.names import case_url, procedure_name, procedure_of
from fazheng.web.readable import reads
from fazheng.web.today_asked import CLOCK, binds_role, ends, sight, suggesting, task_rows, told
from fazheng.web.visit import Visit

_MOST_DUES = 10_000
TASK_NAMES = {"suggestion": "建议", "defect": "程序问题", "finding": "待核", **KINDS}


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


def dues(visit: Visit) -> Some[Due]:
    """The clocks of the next days in cases that this person has a part in, and those that bind an act of their roles;
    for the head, everybody's. One statement.
    """
    now = told(visit, "clocks")["clocks"]
    rows = sorted(now, key=lambda row: (row[5] or "", row[0] or "", row[1] or "", int(row[2] or 0)))
    found, mine = Some[Due](more=len(rows) == today_asked.CLOCKS), cache(partial(_bound, visit))
    for row in rows:
        theirs = visit.viewer.heads or takes_part(row[len(CLOCK)], visit.viewer.code)
        if mine(procedure_of(str(row[0])), str(row[1]), roles_only=not theirs):
            found.append(_due(visit, row[: len(CLOCK)]))
    return found


def due_now(visit: Visit) -> Some[Due]:
    """The same, asked once while the book stands."""
    return visit.kept("dues", lambda: dues(visit))


def lamps_counted(due: Sequence[Due]) -> dict[str, int]:
    """How many are red, yellow and green."""
    return {light: sum(one.lamp.light == light for one in due) for light in ("red", "yellow", "green")}


def waits(visit: Visit) -> Some[Waiting]:
    """What waits for this person's signature or review. At most three statements; none for who signs nothing, and none
    while the book stands.
    """
    return visit.kept("waits", lambda: _waits(visit))


def _waits(visit: Visit) -> Some[Waiting]:
    looking, (found, more) = visit.looking, ends(visit, "waits")
    seen, who = sight(visit, "waits") if found.cases else None, (visit.viewer.code, visit.viewer.roles)
    waits = waiting_of(looking, seen, list(found.cases), *who) if seen else []
    rows = (_waiting(visit, one, of_duty(one.duty, looking.calendar) if one.duty else None) for one in waits)
    return Some(rows, more=more)


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
    found = task_rows(told(visit, "tasks")["tasks"])
    return Some(found[: today_asked.TASKS], more=len(found) > today_asked.TASKS)


def todo(row: Task) -> Todo:
    """A task as it is shown; one that was put to a person leads to where it is answered."""
    person, url = row.role.startswith(PERSON), reverse("case", args=[row.case_id])
    if person:
        url = reverse("asked", args=[row.case_id, int(row.task_id.split(":")[-2])])
    called, whom = TASK_NAMES.get(row.kind, "待核"), row.role.removeprefix(PERSON) if person else ""
    return Todo(row.kind, called, row.case_id, url, row.reason, row.article, row.opened_on, person, whom)


def suggested(visit: Visit) -> list[Suggested]:
    """Cases that the law suggests to open and this person may open, out of those touched last. None while the book
    stands.
    """
    return visit.kept("suggested", lambda: _suggested(visit))


def _suggested(visit: Visit) -> list[Suggested]:
    wanted, found, cases = suggesting(visit), list[Suggested](), ends(visit, "suggests")[0].cases
    seen = sight(visit, "suggests") if cases else None
    for file in (seen.files.get(id) for id in sorted(cases)) if seen else ():
        for one in _suggests(visit, seen, file) if seen and file else ():
            if file and one.opens and one.opens in wanted[file.procedure]:
                url, called = _case_url(visit, file), procedure_name(visit.book, one.opens)
                way, why = reverse("open", args=[one.opens]), one.name or one.says
                found.append(Suggested(file.case_id if url else "", url, called, way, why, source(one)))
    return found


def _suggests(visit: Visit, seen: Sight, file: CaseFile) -> tuple[Suggestion, ...]:
    return seen.kept(SUGGESTED, file, lambda around: suggestions(file.law, file.case, visit.today, around))


def _bound(visit: Visit, procedure: str, id: str, *, roles_only: bool) -> bool:
    """Whether the limit binds an act at all; `roles_only`: an act of a role this person holds."""
    version = visit.book.procedures.get(procedure, (None,))[-1]
    limit = version.limit_of.get(id) if version else None
    if version is None or limit is None or not limit.binds:
        return False
    return not roles_only or binds_role(visit, version, id)


def _due(visit: Visit, row: Row) -> Due:
    """What a clock says that day, whoever reads it: made once while the clock stands as it does."""
    known: dict[Row, Due] = visit.as_of.all_day.kept(("dues",), dict)
    found = known.get(row)
    if found is None:
        if len(known) >= _MOST_DUES:
            known.clear()
        clock = ClockRow(**{**dict(zip(CLOCK, row, strict=True)), "nth": int(row[2] or 0), "estimate": yes(row[7])})
        name, lamp = procedure_name(visit.book, procedure_of(clock.case_id)), of_row(clock, visit.book, visit.today)
        found = known[row] = Due(clock.case_id, name, case_url(clock.case_id), lamp, clock.limit)
    return found


def _waiting(visit: Visit, one: Waits, lamp: Lamp | None) -> Waiting:
    review = any(step.role == "legal_reviewer" for step in one.steps)
    url = reverse("review_file", args=[one.file.case_id])
    names = "、".join(step.name for step in one.steps)
    papers = [f"代{paper.granted_by}签，至{paper.until}" for paper in one.papers]
    return Waiting(one.file.case_id, procedure_name(visit.book, one.file.procedure), url, names, lamp, review, papers)


def _case_url(visit: Visit, file: CaseFile) -> str:
    """Where the case is read; "" where it does not open to this person: then they are not told its number either."""
    return reverse("case", args=[file.case_id]) if reads(visit, file) else ""
