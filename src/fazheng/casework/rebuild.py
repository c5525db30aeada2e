"""Every projection made again from the entries alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Model

from fazheng.casework import clock
from fazheng.casework.besides import project_other
from fazheng.casework.bureaux import Bureau, known
from fazheng.casework.finding.index import drop_index
from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.kept import forget
from fazheng.casework.project import project_cases, project_moves
from fazheng.casework.writing import Writing
from fazheng.figures import drop
from fazheng.lawbook.figure import STAFF
from fazheng.ledger.append import lock_head
from fazheng.ledger.models import (
    Attachment,
    CaseLink,
    CasePart,
    CaseRow,
    ClockRow,
    DeclaredFigure,
    DefectRow,
    ImportedRow,
    NothingHappened,
    RegisterMove,
    RegisterRow,
    Remade,
    StandingEvent,
    Task,
    TreeNode,
)
from fazheng.ledger.read import cases_entries, entries

PROJECTIONS: tuple[type[Model], ...] = (
    CaseRow,
    CasePart,
    StandingEvent,
    ClockRow,
    DefectRow,
    Task,
    CaseLink,
    RegisterMove,
    RegisterRow,
    ImportedRow,
    NothingHappened,
    DeclaredFigure,
    Attachment,
    TreeNode,
)
_AT_ONCE = 500


def rebuild(bureau: Bureau, *, today: date | None = None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Empties the bureau's projections and makes them from its entries, in one transaction; the number of cases.

    `progress` is told how many cases are done.
    """
    with transaction.atomic():
        lock_head(bureau.code)  # nothing is written meanwhile
        remade, _ = Remade.objects.get_or_create(bureau=bureau.code, defaults={"times": 0})
        Remade.objects.filter(bureau=bureau.code).update(
            times=remade.times + 1
        )  # what others keep of the tables is over
        drop(bureau.code)  # what figures made of the projections
        drop_index(bureau.code)  # and what searches did
        for table in PROJECTIONS:
            table._default_manager.filter(bureau=bureau.code).delete()
        act = Writing(bureau, today or clock.today())
        project_other(bureau.code, entries(bureau.code), act.book)
        staffing = {change.of for change in act.book.registers[STAFF].changes} if STAFF in act.book.registers else set()
        if staffing:  # who could act when is known before any case is reviewed
            for batch in _batches(act, lambda procedure: procedure in staffing):
                project_moves(bureau.code, batch, act.book)
        transaction.on_commit(forget)  # what was kept may rest on the law files as they were before
        done = 0
        for batch in _batches(act, lambda procedure: True):
            project_cases(bureau.code, batch, act.book, act.surroundings)
            done += len(batch)
            progress(done)
        return done


def rebuild_all() -> None:
    """Makes the projections of every bureau of the open book again, each in one transaction."""
    for bureau in known():
        rebuild(bureau)


def _batches(act: Writing, wanted: Callable[[str], bool]) -> Iterator[list[CaseFile]]:
    """The cases of the wanted procedures, some at a time."""
    batch: list[CaseFile] = []
    for case_id, rows in cases_entries(act.bureau.code):
        file = case_file(case_id, rows, act.book) if wanted(case_id.rsplit("-", 2)[0]) else None
        batch += [file] if file else []
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    yield batch


def dump(bureau: str) -> dict[str, list[tuple[object, ...]]]:
    """Every projection's rows, sorted: what `rebuild` must make again exactly."""
    return {
        table._meta.db_table: sorted(table._default_manager.filter(bureau=bureau).values_list(), key=repr)
        for table in PROJECTIONS
    }
