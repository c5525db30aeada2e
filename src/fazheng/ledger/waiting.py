"""Waiting for the book: another writer holds it, and nobody waits for ever."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from fazheng.ledger.faults import BookBusy, explained


@contextmanager
def unless_busy() -> Iterator[None]:
    """Turns "database is locked" and its like into BookBusy; every other fault goes through as it is."""
    try:
        yield
    except OperationalError as fault:
        told = explained(fault)
        if isinstance(told, BookBusy):
            raise told from fault
        raise
