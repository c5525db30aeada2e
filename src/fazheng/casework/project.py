"""Projections: tables made from entries, in the transaction that seals them, and made again by `rebuild`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model

from fazheng.casework.besides import UNDO
from fazheng.casework.consulted import open_tasks
from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.linking import named_cases
from fazheng.casework.moves import moves_of_case, project_rows
from fazheng.casework.parts import parts
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.models import (
    CaseLink,
    CasePart,
    CaseRow,
    ClockRow,
    DefectRow,
    RegisterMove,
    StandingEvent,
    Task,
)
from fazheng.ledger.read import cases_entries
from fazheng.ledger.rows import insert
from fazheng.procedure.case import WITHDRAW
from fazheng.procedure.clocks import clocks
from fazheng.procedure.review import review
from fazheng.procedure.surroundings import Surroundings

HEAD_ROLE = "bureau_head"  # who looks at what was done against a gate
_OF_CASE: tuple[type[Model], ...] = (CaseRow, CasePart, StandingEvent, ClockRow, DefectRow, Task)
_BATCH = 500


def project_many(
    bureau: str, case_ids: Iterable[str], book: LawBook, around: Callable[[], Surroundings], opened: Collection[str]
) -> None:
    """Makes every table of these cases from their entries, some cases at a time; those `opened` have no rows yet."""
    wanted, moving = sorted(case_ids), _moving(book)
    many = len(wanted) > _BATCH  # then what moves the rows stands apart from what is asked of them
    for some in _chunks([id for id in wanted if many and id.rsplit("-", 2)[0] in moving]):
        project_moves(bureau, _files(bureau, some, book), book)
    for some in _chunks(wanted):
        project_cases(bureau, _files(bureau, some, book), book, around, opened)


def _files(bureau: str, case_ids: Sequence[str], book: LawBook) -> list[CaseFile]:
    return [
        file
        for case_id, rows in cases_entries(bureau, case_ids)
        if (file := case_file(case_id, rows, book)) is not None
    ]


def project_cases(
    bureau: str,
    files: Sequence[CaseFile],
    book: LawBook,
    around: Callable[[], Surroundings],
    opened: Collection[str] = (),
) -> None:
    """Makes every table of these cases anew from their entries. `around` is asked once the rows that the cases move
    are made: a case may move the staff.
    """
    for some in _chunks([file.case_id for file in files if file.case_id not in opened]):
        for table in _OF_CASE:
            table._default_manager.filter(bureau=bureau, case_id__in=some).delete()
        CaseLink.objects.filter(bureau=bureau, from_case__in=some).delete()
    project_moves(bureau, files, book)
    rows: dict[type[Model], list[Model]] = {}
    known = around()
    for file in files:
        for row in _rows_of(bureau, file, known):
            rows.setdefault(type(row), []).append(row)
    for table, made in rows.items():
        _insert(table, made)


def _insert(table: type[Model], made: Sequence[Model]) -> None:
    """What bulk_create does, without its care for keys and defaults: these rows carry every value."""
    columns = [field.column for field in table._meta.concrete_fields if field.column]
    insert(table._meta.db_table, columns, list(map(attrgetter(*columns), made)))


def project_moves(bureau: str, files: Sequence[CaseFile], book: LawBook) -> None:
    """Makes anew what these cases move in registers, and the rows. Most procedures move none."""
    files = [file for file in files if file.procedure in _moving(book)]
    seqs = [entry.seq for file in files for entry in file.entries]
    touched = {
        (m.register, m.key) for some in _chunks(seqs) for m in RegisterMove.objects.filter(bureau=bureau, seq__in=some)
    }
    for some in _chunks(seqs):
        RegisterMove.objects.filter(bureau=bureau, seq__in=some).delete()
    moves = [move for file in files for move in moves_of_case(bureau, file, book)]
    RegisterMove.objects.bulk_create(moves, batch_size=_BATCH)
    project_rows(bureau, touched | {(move.register, move.key) for move in moves})


def _moving(book: LawBook) -> set[str]:
    """The procedures whose cases move rows of registers."""
    return {change.of for register in book.registers.values() for change in register.changes}


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[n : n + _BATCH] for n in range(0, len(items), _BATCH))


def _rows_of(bureau: str, file: CaseFile, around: Surroundings) -> Iterator[Model]:
    case, first = file.case, file.entries[0]
    closing = [event for event in case.standing if event.event in file.law.first.closing_events]
    yield CaseRow(
        bureau=bureau,
        case_id=file.case_id,
        procedure=file.procedure,
        in_force=file.law.first.in_force.isoformat(),
        opened_on=(case.standing[0].on if case.standing else case.entries[0].on).isoformat(),
        closed_on=closing[0].on.isoformat() if closing else None,
        last_on=(case.standing[-1].on if case.standing else case.entries[-1].on).isoformat(),
        last_version=case.entries[-1].version,
        ref=str(json.loads(first.data).get("ref", ""))
        if case.standing
        else "",  # what is withdrawn has its number free
    )
    for who in sorted(parts(file.law, case)):
        yield CasePart(bureau=bureau, procedure=file.procedure, who=who, case_id=file.case_id)
    yield from _events(bureau, file)
    for clock in clocks(file.law, case, around.calendar, around.parameter):
        yield ClockRow(
            bureau=bureau,
            case_id=file.case_id,
            limit=clock.limit.id,
            nth=clock.nth,
            begun=clock.begun.isoformat(),
            superseded_on=_iso(clock.superseded_on),
            due=_iso(clock.due),
            done=_iso(clock.done),
            estimate=clock.estimate,
        )
    yield from _tasks(bureau, file, around)
    names = {rule.id: rule.name for rule in file.law.first.rules()}
    yield from (Task(bureau=bureau, case_id=file.case_id, **one) for one in open_tasks(file.case_id, file.case, names))


def _events(bureau: str, file: CaseFile) -> Iterator[Model]:
    linked: set[str] = set()
    for event in file.case.standing:
        yield StandingEvent(
            bureau=bureau,
            case_id=file.case_id,
            version=event.version,
            procedure=file.procedure,
            event=event.event,
            on_day=event.on.isoformat(),
            by=event.by,
            data=canonical_json(dict(event.data)),
        )
        step = file.law.step_of(event.event)
        linked |= set(named_cases(step.kinds, event.data)) if step else set()
    yield from (CaseLink(bureau=bureau, from_case=file.case_id, to_case=other) for other in sorted(linked))


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _tasks(bureau: str, file: CaseFile, around: Surroundings) -> Iterator[Model]:
    settled = {json.loads(e.data)["task"]: e.happened_on for e in file.entries if e.event == "task_settled"}
    standing = {event.version: event for event in file.case.standing}

    def task(kind: str, version: int, gate: str, article: str, reason: str, opened_on: str) -> Task:
        name = f"{kind}:{file.case_id}:{version}:{gate}"
        return Task(
            bureau=bureau,
            task_id=name,
            case_id=file.case_id,
            kind=kind,
            role=HEAD_ROLE,
            reason=reason[:200],
            article=article,
            opened_on=opened_on,
            settled_on=settled.get(name),
        )

    undone = _undone(file)
    for entry in file.entries:
        if entry.version in undone:
            continue
        for defect in _once(json.loads(entry.defects)):
            if entry.version in standing:
                yield DefectRow(
                    bureau=bureau,
                    case_id=file.case_id,
                    version=entry.version,
                    gate=defect["gate"],
                    article=defect["article"],
                    on_day=standing[entry.version].on.isoformat(),
                )
            step = file.law.step_of(entry.event if entry.event != "add_late" else json.loads(entry.data)["event"])
            reason = f"如实补录的“{step.name if step else entry.event}”违反{defect['article']}"
            yield task("defect", entry.version, defect["gate"], defect["article"], reason, entry.recorded_at[:10])
    for breach in _first(review(file.law, file.case, around)):
        reason = f"更正、撤回或补记以后：{breach.refusal.says}"
        last = max(entry.recorded_at for entry in file.entries)[:10]
        yield task("finding", breach.version, breach.refusal.gate, breach.refusal.article, reason, last)


def _undone(file: CaseFile) -> set[int]:
    """The entries that the undoing of an import withdrew: they leave nothing to look at, as a row that never came."""
    return {
        json.loads(entry.data)["entry"]
        for entry in file.entries
        if entry.event == WITHDRAW and entry.source.startswith(UNDO)
    }


def _once(defects: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({defect["gate"]: defect for defect in reversed(defects)}.values())[::-1]


def _first(breaches: Iterable[Any]) -> list[Any]:
    return list({(breach.version, breach.refusal.gate): breach for breach in breaches}.values())
