"""Projections: tables made from entries, in the transaction that seals them, and made again by `rebuild`."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
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
from fazheng.procedure.case import ASKED, WITHDRAW
from fazheng.procedure.clocks import clocks
from fazheng.procedure.review import review
from fazheng.procedure.surroundings import Surroundings

HEAD_ROLE = "bureau_head"  # who looks at what was done against a gate
_OF_CASE: tuple[type[Model], ...] = (CaseRow, CasePart, StandingEvent, ClockRow, DefectRow, Task)
_BATCH = 500
Row = tuple[Any, ...]  # the values of a row, in the order of its model's fields


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
    rows: dict[type[Model], list[Row]] = {}
    known = around()
    for file in files:
        for table, row in _rows_of(bureau, file, known):
            rows.setdefault(table, []).append(row)
    for table, made in rows.items():
        insert(table._meta.db_table, _columns(table), made)


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


def _rows_of(bureau: str, file: CaseFile, around: Surroundings) -> Iterator[tuple[type[Model], Row]]:
    case, case_id, law = file.case, file.case_id, file.law
    yield CaseRow, _case_row(bureau, file)
    for who in sorted(parts(law, case)):
        yield CasePart, (bureau, file.procedure, who, case_id)
    yield from _events(bureau, file)
    for clock in clocks(law, case, around.calendar, around.parameter):
        days = (clock.begun.isoformat(), _iso(clock.superseded_on), _iso(clock.due), _iso(clock.done))
        yield ClockRow, (bureau, case_id, clock.limit.id, clock.nth, *days, clock.estimate)
    yield from map(_valued, _tasks(bureau, file, around))
    if any(entry.event == ASKED for entry in case.entries):
        names = {rule.id: rule.name for rule in law.first.rules()}
        asked = (Task(bureau=bureau, case_id=case_id, **one) for one in open_tasks(case_id, case, names))
        yield from map(_valued, asked)


def _valued(row: Model) -> tuple[type[Model], Row]:
    return type(row), attrgetter(*_columns(type(row)))(row)


@cache
def _columns(table: type[Model]) -> tuple[str, ...]:
    return tuple(field.column for field in table._meta.concrete_fields if field.column)


def _case_row(bureau: str, file: CaseFile) -> Row:
    case, version = file.case, file.law.first
    closed = next((event.on.isoformat() for event in case.standing if event.event in version.closing_events), None)
    first, last = (case.standing[0], case.standing[-1]) if case.standing else (case.entries[0], case.entries[-1])
    # what is withdrawn has its number free
    ref = str(json.loads(file.entries[0].data).get("ref", "")) if case.standing else ""
    days = version.in_force.isoformat(), first.on.isoformat(), closed, last.on.isoformat()
    return bureau, file.case_id, file.procedure, *days, case.entries[-1].version, ref


def _events(bureau: str, file: CaseFile) -> Iterator[tuple[type[Model], Row]]:
    linked: set[str] = set()
    written = {id(event): entry.data for event, entry in zip(file.case.entries, file.entries, strict=True)}
    for event in file.case.standing:
        data = written.get(id(event)) or canonical_json(dict(event.data))  # what stands as it was entered is written
        what = event.event, event.on.isoformat(), event.by, data
        yield StandingEvent, (bureau, file.case_id, event.version, file.procedure, *what)
        step = file.law.step_of(event.event)
        linked |= set(named_cases(step.kinds, event.data)) if step else set()
    yield from ((CaseLink, (bureau, file.case_id, other)) for other in sorted(linked))


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
        if entry.defects == "[]" or entry.version in undone:
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
