"""Waiting for the book: another writer holds it, and nobody waits for ever."""

from types import TracebackType

from django.db import OperationalError

from fazheng.ledger.faults import BookBusy, explained


class unless_busy:  # noqa: N801 - read as `with unless_busy():`
    """Turns "database is locked" and its like into BookBusy; every other fault goes through as it is."""

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if isinstance(fault, OperationalError) and isinstance(told := explained(fault), BookBusy):
            raise told from fault
