"""An import from its upload to its end: checked in a thread of the server, confirmed by a person, recorded whole.

The workbook lies in the home, readable by its owner alone, until it is in the book or thrown away. What the page shows
stands in a row of the desk's file; what was recorded stands in the book, and where a server was killed in between the
book is asked.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, connections

from fazheng.casework import clock
from fazheng.casework.sent import new_key
from fazheng.casework.workbook import Import, UndoRefused, UnusableWorkbook, imports, undo_import
from fazheng.casework.workbook.digests import file_digest
from fazheng.ledger.faults import BookBusy, foreseen
from fazheng.web.errors import said_where
from fazheng.web.importing_changes import Taking
from fazheng.web.importing_place import NAME, Place
from fazheng.web.importing_reading import Unmapped, read_in, remember
from fazheng.web.models import ImportJob
from fazheng.web.serving import UPLOADS

SUFFIXES = (".xlsx", ".xls", ".xlsm", ".et", ".csv", ".txt", ".tsv")  # those that get an answer of their own
CHECKING, READY, FAULTY, UNUSABLE, UNMAPPED = "checking", "ready", "faulty", "unusable", "unmapped"
RECORDING, DONE, BROKEN, UNDOING, UNDONE, REFUSED = "recording", "done", "broken", "undoing", "undone", "refused"
WORKING = (CHECKING, RECORDING, UNDOING)
PROCESS = new_key()  # of this server: a job of another one was left by it
_LEFT_LYING = timedelta(days=7)
_TOLD_EVERY = 0.5  # seconds between two notes of progress
_LEFT: set[str] = set()  # jobs whose end could not even be noted, the disk being full
_ONE = Lock()  # imports of one server wait for each other


def take_in(place: Place, upload: UploadedFile[Any], by: str) -> ImportJob:
    """Keeps an uploaded workbook, piece by piece, and begins to check it. Raises UnusableWorkbook."""
    suffix = Path(upload.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        raise UnusableWorkbook("这不是表格文件，没有收。请用模板填写，存成 .xlsx 再上传")
    let_go(place.home)
    key = new_key()
    folder = place.folder(key)
    folder.mkdir(mode=0o700)
    with (folder / f"{NAME}{suffix}").open("xb") as file:
        (folder / f"{NAME}{suffix}").chmod(0o600)
        for piece in upload.chunks():
            file.write(piece)
    made = clock.now().isoformat(timespec="seconds")
    job = ImportJob.objects.create(key=key, by=by, made_at=made, state=CHECKING, process=PROCESS)
    check(place, job)
    return job


def let_go(home: Path) -> None:
    """Throws away what nobody came back to, personal data as it is; also what a server that was killed left at work."""
    until = (clock.now() - _LEFT_LYING).isoformat(timespec="seconds")
    for old in (
        ImportJob.objects.filter(made_at__lt=until)
        .exclude(state__in=(DONE, UNDONE))
        .exclude(state__in=WORKING, process=PROCESS)
    ):
        shutil.rmtree(home / UPLOADS / old.key, ignore_errors=True)
        old.delete()


def check(place: Place, job: ImportJob) -> None:
    """Tries the workbook in a thread: nothing is recorded. One that is confirmed meanwhile is left to that."""
    claimed = ImportJob.objects.filter(key=job.key).exclude(state__in=(RECORDING, DONE, UNDOING))
    if claimed.update(state=CHECKING, process=PROCESS, done=0, total=0):
        _begin(place, job.key, lambda: _tried(place, job, dry_run=True))


def check_matched(place: Place, job: ImportJob, keep: Callable[[], bool]) -> bool:
    """Tries the workbook by another matching, which `keep` lays beside it once the job is ours; False where the job, or
    for `keep` the matching, is no longer as it was seen: then the job stays as it is.
    """
    if not ImportJob.objects.filter(key=job.key, state=job.state).update(state=CHECKING, process=PROCESS, done=0):
        return False
    kept = False
    try:
        kept = keep()
    finally:
        if not kept:
            ImportJob.objects.filter(key=job.key).update(state=job.state)
    if kept:
        _begin(place, job.key, lambda: _tried(place, job, dry_run=True))
    return kept


def confirm(place: Place, job: ImportJob, taking: Taking | None = None) -> bool:
    """Records the workbook in a thread, with the changes to take; False where it is confirmed or may not be yet."""
    before = max((one.number for one in imports(place.bureau.code)), default=0)
    taken = ImportJob.objects.filter(key=job.key, state=READY).update(
        state=RECORDING, process=PROCESS, before=before, done=0
    )
    if taken:
        _begin(place, job.key, lambda: _tried(place, job, dry_run=False, taking=taking))
    return bool(taken)


def undo(place: Place, number: int, by: str, reason: str, *, keep: bool) -> ImportJob:
    """Undoes an import in a thread. The reason goes into the book alone."""
    made = clock.now().isoformat(timespec="seconds")
    job = ImportJob.objects.create(
        key=new_key(), by=by, made_at=made, state=UNDOING, kind="undo", number=number, process=PROCESS
    )
    _begin(place, job.key, lambda: _undone(place, job, reason, keep))
    return job


def drop(place: Place, key: str) -> None:
    """Throws the workbook away."""
    shutil.rmtree(place.folder(key), ignore_errors=True)


def looked_after(place: Place, job: ImportJob) -> ImportJob:
    """The job; one that another server left half-way is told as the book has it."""
    if job.state in WORKING and (job.process != PROCESS or job.key in _LEFT):
        _as_the_book_has_it(place, job, "办到一半，程序停过：一条也没有记入，什么也没有改。请再来一次")
        _LEFT.discard(job.key)
    return ImportJob.objects.get(key=job.key)


def _as_the_book_has_it(place: Place, job: ImportJob, otherwise: str) -> None:
    """How a job ended that could not say so itself; `otherwise`: what is said where nothing of it is in the book."""
    if job.state not in WORKING:  # it had ended: what came after it failed
        return
    made = {one.number: one for one in imports(place.bureau.code)}
    mine = [one.number for one in made.values() if _made_by(place, job, one)]
    if job.state == RECORDING and mine:
        _ended(job.key, DONE, {**json.loads(job.told), "stopped": True}, number=mine[0])
        _put_away(place, job)
    elif job.state == RECORDING:
        _ended(job.key, READY, {**json.loads(job.told), "stopped": True})
    elif job.state == UNDOING and made[job.number].undone_on:
        _ended(job.key, UNDONE, {"stopped": True})
    else:
        _ended(job.key, BROKEN, {"says": otherwise})


def _made_by(place: Place, job: ImportJob, one: Import) -> bool:
    """Whether this import is the job's: another one's may have come in meanwhile."""
    if one.number <= job.before or one.by != job.by:
        return False
    if ImportJob.objects.filter(kind="import", number=one.number).exclude(key=job.key).exists():
        return False
    try:
        return file_digest(place.bureau.code, place.file(job.key)) == one.file
    except UnusableWorkbook:  # the file is gone: it was put away once all of it was in the book
        return True


def _put_away(place: Place, job: ImportJob) -> None:
    """Throws a workbook away that is in the book. That its matching could not be kept is told to the log alone."""
    if job.kind == "import" and ImportJob.objects.filter(key=job.key, state=DONE).exists():
        try:
            remember(place.folder(job.key))
        except OSError:
            said_where()
        finally:
            drop(place, job.key)


def _begin(place: Place, key: str, work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            with _ONE:
                work()
        except UnusableWorkbook as fault:
            drop(place, key)
            _ended(key, UNUSABLE, {"says": f"{fault}。"})
        except Unmapped:
            _ended(key, UNMAPPED, {})
        except BookBusy as fault:
            _ended(key, BROKEN, {"says": f"{fault}。一条也没有记入"})
        except Exception as fault:  # whatever it was, the person is told what became of it, and the log where: no value
            said_where()
            _broken_off(place, key, fault)
        finally:
            connections.close_all()

    Thread(target=run, name="import", daemon=True).start()


def _broken_off(place: Place, key: str, fault: Exception) -> None:
    known = foreseen(fault) if isinstance(fault, DatabaseError | OSError) else ""
    says = f"{known or '程序出错'}。一条也没有记入，什么也没有改。" + ("" if known else "请把时间告诉维护人员")
    try:
        _as_the_book_has_it(place, ImportJob.objects.get(key=key), says)
    except Exception:  # the disk is full for that, too: told when the page is asked for next
        said_where()
        _LEFT.add(key)


def _tried(place: Place, job: ImportJob, *, dry_run: bool, taking: Taking | None = None) -> None:
    found = read_in(
        place.file(job.key), place.bureau, job.by, place.today(), _advancing(job.key), dry_run=dry_run, taking=taking
    )
    if found.told["faults"] and taking:  # the new rows had none at the trial: they may be confirmed without the changes
        wrong = {"faults": found.told["faults"], "wrong": found.told["wrong"]}
        _ended(job.key, READY, {**json.loads(ImportJob.objects.get(key=job.key).told), **wrong})
    elif found.told["faults"]:
        if not found.own:  # it is mended and sent again; of one's own register the columns may be matched anew
            drop(place, job.key)
        _ended(job.key, FAULTY, {**found.told, "own": found.own})
    elif dry_run:
        _ended(job.key, READY, {**found.told, "own": found.own})
    else:
        _ended(job.key, DONE, found.told, number=found.number)
        _put_away(place, job)


def _undone(place: Place, job: ImportJob, reason: str, keep: bool) -> None:
    try:
        done = undo_import(
            place.bureau, job.number, by=job.by, reason=reason, keep_worked_on=keep, today=place.today(),
            progress=_advancing(job.key),
        )  # fmt: skip
    except UndoRefused as fault:
        _ended(job.key, REFUSED, {"says": f"{fault}。"})
        return
    _ended(job.key, UNDONE, {
        "steps": done.steps, "cases": len(done.cases), "rows": done.rows, "zeros": done.zeros, "kept": list(done.kept),
    })  # fmt: skip


def _advancing(key: str) -> Callable[[int, int], None]:
    last = 0.0

    def advance(done: int, total: int) -> None:
        nonlocal last
        if clock.seconds() - last >= _TOLD_EVERY:
            last = clock.seconds()
            ImportJob.objects.filter(key=key).update(done=done, total=total)

    return advance


def _ended(key: str, state: str, told: Mapping[str, Any], **more: Any) -> None:
    ImportJob.objects.filter(key=key).update(state=state, told=json.dumps(told, ensure_ascii=False), **more)
