"""What the server keeps of the book for as long as it ends where it ended: the staff, who they are today, made tables.

All of it follows from the entries, the law files and the day, as `casework.kept` has it for who writes. Every page asks
where the book ends; another end, another day, and nothing of this is used any more. What is kept under a key that names
whose cases were listed is never shown to who may list others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from fazheng.ledger.chain import Head
from fazheng.staff import Roster
from fazheng.staff.rights import Viewer, viewer

T = TypeVar("T")
MOST = 400  # things kept; a page of a wide table has some 50 KB


class AsOf:
    """The book as of one end and one day."""

    def __init__(self, head: Head, today: date, roster: Roster) -> None:
        self.head, self.today, self.roster = head, today, roster
        self._viewers: dict[str, Viewer] = {}
        self._made: dict[Hashable, Any] = {}
        self._making: dict[Hashable, Lock] = {}

    def viewer(self, code: str) -> Viewer:
        """Who `code` is that day."""
        found = self._viewers.get(code)
        if found is None:
            found = self._viewers[code] = viewer(self.roster, code, self.today)
        return found

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for the key; several who ask at once wait for the first. What it raises is not kept."""
        found = self._made.get(key, self)
        if found is self:
            with self._making.setdefault(key, Lock()):
                found = self._made.get(key, self)
                if found is self:
                    found = self._keep(key, self._make(key, make))
        told: T = found
        return told

    def _make(self, key: Hashable, make: Callable[[], T]) -> T:
        try:
            return make()
        except BaseException:
            self._making.pop(key, None)
            raise

    def _keep(self, key: Hashable, made: T) -> T:
        if len(self._made) >= MOST:
            self._made, self._making = {}, {}
        self._made[key] = made
        return made
