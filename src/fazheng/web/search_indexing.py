"""The search index of a large book is made beside the pages, a piece a transaction: nobody waits for the whole."""

from __future__ import annotations

import contextlib
from threading import Lock, Thread

from fazheng.casework.desk import Desk, DeskClosed
from fazheng.casework.finding import bring_up
from fazheng.ledger.private_keys import PrivateUnreadable

_ONE = Lock()  # one of them a process


def go_on(desk: Desk) -> None:
    """Goes on indexing in a thread of its own until all is done; nothing where one is at it."""
    if _ONE.acquire(blocking=False):
        Thread(target=_index, args=(desk,), name="index", daemon=True).start()


def _index(desk: Desk) -> None:
    try:
        with contextlib.suppress(DeskClosed, PrivateUnreadable):
            while desk.submit(bring_up):
                pass
    finally:
        _ONE.release()
