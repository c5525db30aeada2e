"""Projections: tables made from entries, in the transaction that seals them, and made again by `rebuild`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Model

from fazheng.casework.declared_rows import project_declared
from fazheng.casework.folding import CaseFile
from fazheng.casework.linking import named_cases
from fazheng.casework.moves import moves_of_case, project_rows
from fazheng.figures.declared import DECLARED, WITHDRAWN
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import FORMS, SealedEntry, canonical_json
from fazheng.ledger.models import (
    Attachment,
    CaseLink,
    CaseRow,
    ClockRow,
    DefectRow,
    ImportedRow,
    NothingHappened,
    RegisterMove,
    StandingEvent,
    Task,
)
from fazheng.ledger.tree import grow
from fazheng.procedure.clocks import clocks
from fazheng.procedure.review import review
from fazheng.procedure.surroundings import Surroundings

CHECKPOINT_MADE = "checkpoint_made"
HEAD_ROLE = "bureau_head"  # who looks at what was done against a gate
_OF_CASE: tuple[type[Model], ...] = (CaseRow, StandingEvent, ClockRow, DefectRow, Task)
_BATCH = 500


def project_cases(bureau: str, files: Sequence[CaseFile], book: LawBook, around: Callable[[], Surroundings]) -> None:
    """Makes every table of these cases anew from their entries. `around` is asked once the rows that the cases move
    are made: a case may move the staff.
    """
    for some in _chunks([file.case_id for file in files]):
        for table in _OF_CASE:
            table._default_manager.filter(bureau=bureau, case_id__in=some).delete()
        CaseLink.objects.filter(bureau=bureau, from_case__in=some).delete()
    project_moves(bureau, files, book)
    rows: dict[type[Model], list[Any]] = {}
    known = around()
    for file in files:
        for row in _rows_of(bureau, file, known):
            rows.setdefault(type(row), []).append(row)
    for table, made in rows.items():
        table._default_manager.bulk_create(made, batch_size=_BATCH)


def project_moves(bureau: str, files: Sequence[CaseFile], book: LawBook) -> None:
    """Makes anew what these cases move in registers, and the rows."""
    seqs = [entry.seq for file in files for entry in file.entries]
    touched = {
        (m.register, m.key) for some in _chunks(seqs) for m in RegisterMove.objects.filter(bureau=bureau, seq__in=some)
    }
    for some in _chunks(seqs):
        RegisterMove.objects.filter(bureau=bureau, seq__in=some).delete()
    moves = [move for file in files for move in moves_of_case(bureau, file, book)]
    RegisterMove.objects.bulk_create(moves, batch_size=_BATCH)
    project_rows(bureau, touched | {(move.register, move.key) for move in moves})


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
        ref=str(json.loads(first.data).get("ref", "")),
    )
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

    for entry in file.entries:
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


def _once(defects: list[dict[str, str]]) -> list[dict[str, str]]:
    return list({defect["gate"]: defect for defect in reversed(defects)}.values())[::-1]


def _first(breaches: Iterable[Any]) -> list[Any]:
    return list({(breach.version, breach.refusal.gate): breach for breach in breaches}.values())


def _attachment(entry: SealedEntry, data: dict[str, Any]) -> Attachment:
    return Attachment(
        bureau=entry.bureau,
        seq=entry.seq,
        case_id=entry.case_id,
        digest=data["digest"],
        size=data["size"],
        media=data["media"],
        key=data["key"]["apart"],
    )


def project_other(bureau: str, sealed: Iterable[SealedEntry], book: LawBook) -> None:
    """Projects entries that are no step of a case: register rows, signed zeros, declared numbers, attached files, and
    which rows of a sheet were imported.
    """
    moves, imported, nothing, attached = [], [], [], []
    declared: list[SealedEntry] = []
    checked: dict[str, Any] = {}
    for entry in sealed:
        if entry.event == CHECKPOINT_MADE:
            checked = json.loads(entry.data)
        if entry.source.startswith("import:") and entry.event != "limit_missed":
            imported.append(ImportedRow(bureau=bureau, row_digest=entry.source.removeprefix("import:"), seq=entry.seq))
        if entry.event == "nothing_happened":
            data = json.loads(entry.data)
            nothing.append(
                NothingHappened(bureau=bureau, procedure=data["of"], year=data["year"], by=entry.by, seq=entry.seq)
            )
        if move := move_of_entry(bureau, entry):
            moves.append(move)
        if entry.event in (DECLARED, WITHDRAWN):
            declared.append(entry)
        if entry.event == "attached":
            attached.append(_attachment(entry, json.loads(entry.data)))
    project_declared(bureau, declared)
    ImportedRow.objects.bulk_create(
        {row.row_digest: row for row in imported}.values(), batch_size=_BATCH, ignore_conflicts=True
    )
    NothingHappened.objects.bulk_create(nothing, batch_size=_BATCH, ignore_conflicts=True)
    Attachment.objects.bulk_create(attached, batch_size=_BATCH)
    RegisterMove.objects.bulk_create(moves, batch_size=_BATCH)
    project_rows(bureau, {(move.register, move.key) for move in moves})
    if checked:
        grow(bureau, next(form for form, name in FORMS.items() if name == checked["digest"]), checked["size"])


def move_of_entry(bureau: str, entry: SealedEntry) -> RegisterMove | None:
    """What an entry of a register itself moves; None for any other."""
    if not entry.event.startswith("row_"):
        return None
    register, key = entry.case_id.split(":", 1)
    return RegisterMove(
        bureau=bureau,
        register=register,
        key=key,
        seq=entry.seq,
        nth=0,
        kind=entry.event.removeprefix("row_"),
        on_day=entry.happened_on,
        data=canonical_json(json.loads(entry.data).get("row", {})),
    )
