"""验算 from a page: a thread reads the book, a row of the desk's own file says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from django.db import connections

from fazheng.casework import clock
from fazheng.casework.checking import checked
from fazheng.ledger.checkpoints import CheckpointUnreadable, lost, parse
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.verify import Verification
from fazheng.ledger.witness import complaint
from fazheng.web.errors import said_where
from fazheng.web.models import Verifying
from fazheng.web.visit import Visit

_PROCESS = clock.chance(16).hex()
_ONE = Lock()  # verifications are begun one at a time
_OFTEN = 0.5  # seconds between two notes of how far it is


def last(bureau: str) -> Verifying | None:
    """The verification that was begun last; None where none was."""
    return Verifying.objects.filter(bureau=bureau).order_by("-id").first()


def running(row: Verifying | None) -> bool:
    """Whether it is still at work in this server."""
    return row is not None and not row.ended_at and row.process == _PROCESS


def broken_off(row: Verifying | None) -> bool:
    """Whether its server ended before it did: nothing is known, nothing was changed."""
    return row is not None and not row.ended_at and row.process != _PROCESS


def begin(visit: Visit, *, everything: bool) -> Thread | None:
    """Begins a verification; None where one is at work already."""
    bureau, home = visit.bureau.code, visit.serving.home
    with _ONE:
        if running(last(bureau)):
            return None
        row = Verifying.objects.create(
            bureau=bureau, by=visit.viewer.code, begun_at=_now(), everything=everything, process=_PROCESS
        )
    thread = Thread(target=_run, args=(row.pk, bureau, home, everything), name="verifying", daemon=True)
    thread.start()
    return thread


def held_against(bureau: str, text: str) -> str:
    """Why the book is not the one that this checkpoint was taken of; "" where it is. Raises CheckpointUnreadable."""
    found = parse(text)
    if found.bureau != bureau:
        raise CheckpointUnreadable(f"这是 {found.bureau} 的存证点，不是本单位的")
    return lost(found)


def _run(id: int, bureau: str, home: Path, everything: bool) -> None:
    rows = Verifying.objects.filter(pk=id)
    try:
        sound, said = _verified(bureau, home, everything, _noting(id))
        rows.update(ended_at=_now(), sound=sound, said=said)
    except Exception:  # a thread has nobody to raise to: the page says that it failed, the log where
        said_where()
        rows.update(ended_at=_now(), sound=False, said="没有验算完：程序出错，请把时间告诉维护人员")
    finally:
        connections.close_all()


def _verified(bureau: str, home: Path, everything: bool, progress: Callable[[int, int], None]) -> tuple[bool, str]:
    try:
        found = checked(bureau, home, None, None, everything, progress)
    except HomeUnreadable as fault:
        return False, f"没有验算完：{fault}"
    if found.ok and (behind := complaint(home, bureau)):
        return False, behind
    return found.ok, told(found)


def told(found: Verification) -> str:
    """What a verification found, as a sentence or two."""
    if not found.ok:
        where = f"从第{found.first_broken}条起" if found.first_broken else ""
        return f"账本有问题{where}：{found.why}"
    sealed = f"；另存的内容有{found.sealed}处没有钥匙，没有打开核对" if found.sealed else ""
    return f"账本完好：{found.entries}条，链尾 {found.entries}:{found.head}{sealed}。{found.read}"


def _noting(id: int) -> Callable[[int, int], None]:
    before = 0.0

    def note(done: int, total: int) -> None:
        nonlocal before
        if done < total and clock.seconds() - before < _OFTEN:
            return
        before = clock.seconds()
        Verifying.objects.filter(pk=id).update(done=done, total=total)

    return note


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")
