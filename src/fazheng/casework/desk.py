"""One desk for the clients of one process: acts that wait together are decided together and share one flush.

A client hands in what it wants done and is answered once the commit that carries it is on the disk, never before. Each
act has a savepoint of its own: what is refused or fails leaves no trace and takes no other with it. Acts are decided
in the order in which they came, each on what the ones before it left.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from django.db import connections

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.kept import Kept, keep
from fazheng.casework.writing import Writing
from fazheng.ledger.append import lock_head
from fazheng.ledger.chain import Head
from fazheng.ledger.waiting import unless_busy
from fazheng.ledger.whole import apart, opened, whole

T = TypeVar("T")
MOST_TOGETHER = 64  # acts in one transaction: the last of them waits for no more than these
_PATIENCE = 1 / 8  # of what the last group took: so long the next one waits for those who are likely to come


class DeskClosed(RuntimeError):
    """Nothing is taken in any more."""

    def __init__(self) -> None:
        super().__init__("程序正在关闭，本次没有写入。请重新打开后再办")


@dataclass(slots=True, eq=False)
class _Ticket:
    """What one client wants done, and its answer once `ready`."""

    work: Callable[[Writing], Any]
    ready: Event = field(default_factory=Event)
    answer: Any = None
    fault: BaseException | None = None


class Desk:
    """Takes acts of one bureau from any thread; a thread of its own decides and commits them.

    `today` gives the day in Asia/Shanghai. To be closed at the end, or used as a context.
    """

    def __init__(self, bureau: Bureau, *, today: Callable[[], date] = clock.today) -> None:
        self._bureau, self._today = bureau, today
        self._waiting: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._door = Lock()
        self._closed = False
        self.groups = 0  # transactions committed so far: one flush each
        self._expected = 1  # clients at work, by what the last group left
        self._took: float = 0  # seconds that the last group took
        self._clerk = Thread(target=self._serve, name="desk", daemon=True)
        self._clerk.start()

    def submit(self, work: Callable[[Writing], T]) -> T:
        """What `work` gave, once it is durable. What it raises is raised here, and then it left no trace.

        `work` may do everything that a `writing` may: several acts, rows, entries; all of it or nothing.
        Raises DeskClosed; BookBusy where another program holds the book too long.
        """
        ticket = _Ticket(work)
        with self._door:
            if self._closed:
                raise DeskClosed
            self._waiting.put(ticket)
        ticket.ready.wait()
        if ticket.fault is not None:
            raise ticket.fault
        answer: T = ticket.answer
        return answer

    def close(self) -> None:
        """Answers everybody who waits, and then takes nothing more."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._clerk.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _serve(self) -> None:
        try:
            while group := self._group():
                self._together([ticket for ticket in group if ticket is not None])
                if group[-1] is None:
                    return
        finally:
            connections.close_all()

    def _group(self) -> list[_Ticket | None]:
        """Everybody who waits by now, at least one; the last is None when the desk closes.

        Who was answered just now is likely to come again at once: for as many as were at work a part of a group's
        time is waited, or else they would be left over for a flush of their own, each time anew.
        """
        group = [self._waiting.get()]
        until = clock.seconds() + self._took * _PATIENCE
        with suppress(Empty):
            while group[-1] is not None and len(group) < MOST_TOGETHER:
                left = until - clock.seconds() if len(group) < self._expected else 0
                group.append(self._waiting.get(timeout=left) if left > 0 else self._waiting.get_nowait())
        return group

    def _together(self, group: list[_Ticket]) -> None:
        """One transaction for all of them. Where it cannot be committed, none of them was recorded and all are told."""
        if not group:
            return
        begun = clock.seconds()
        try:
            self._commit(group)
            self.groups += 1
        except BaseException as fault:  # whatever it was, nobody may wait for ever, and none of it was committed
            for ticket in group:
                ticket.fault = fault
        self._took, self._expected = clock.seconds() - begun, len(group) + self._waiting.qsize()
        for ticket in group:
            ticket.ready.set()

    def _commit(self, group: list[_Ticket]) -> None:
        with unless_busy(), whole():
            head = lock_head(self._bureau.code)
            kept: Kept | None = None
            for ticket in group:
                kept = self._decide(ticket, head, kept)
            if opened().get_rollback():  # a savepoint could not be undone: the database gave up the whole
                raise next(ticket.fault for ticket in group if ticket.fault)
            if kept is not None:
                keep_then(self._bureau.code, kept)

    def _decide(self, ticket: _Ticket, head: Head, kept: Kept | None) -> Kept | None:
        """Does one client's work inside a savepoint; what is kept for the next one."""
        try:
            with apart():
                act = Writing(self._bureau, self._today(), kept.head if kept else head, kept)
                ticket.answer = ticket.work(act)
                act.flush()
                return act.kept()
        except Exception as fault:
            ticket.answer, ticket.fault = None, fault
            return kept


def keep_then(bureau: str, kept: Kept) -> None:
    """Keeps it once the transaction is committed."""
    opened().on_commit(lambda: keep(bureau, kept))
