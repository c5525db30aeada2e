"""What the server keeps of the book for as long as it ends where it ended: the staff, who they are today, made tables.

All of it follows from the entries, the law files and the day, as `casework.kept` has it for who writes. Every page asks
where the book ends; another end, another day, or projections that were made anew, and nothing of this is used any
more. What is kept under a key that names whose cases were listed is never shown to who may list others.
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
MOST_OF_DAY = 5000  # rows of tables and the like; one has about 1 KB


class Kept:
    """Things that were made, by keys; all are let go when there are `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: dict[Hashable, Any] = {}
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable) -> Any:
        """What is kept under the key, None where nothing is."""
        return self._made.get(key)

    def keep(self, key: Hashable, made: T) -> T:
        """Keeps it and gives it back."""
        if len(self._made) >= self._most:
            self._made, self._making = {}, {}
        self._made[key] = made
        return made

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for the key; several who ask at once wait for the first. What it raises is not kept."""
        found = self._made.get(key, self)
        if found is self:
            with self._making.setdefault(key, Lock()):
                found = self._made.get(key, self)
                if found is self:
                    found = self.keep(key, self._make(key, make))
        told: T = found
        return told

    def _make(self, key: Hashable, make: Callable[[], T]) -> T:
        try:
            return make()
        except BaseException:
            self._making.pop(key, None)
            raise


class AsOf(Kept):
    """The book as of one end and one day.

    `all_day` outlives entries, of the same day alone: for what follows from the law and the day, or from the entries
    of one case whose version stands in the key.
    """

    def __init__(self, head: Head, today: date, roster: Roster, all_day: Kept | None = None, remade: int = 0) -> None:
        super().__init__(MOST)
        self.head, self.today, self.roster, self.remade = head, today, roster, remade
        self.all_day = all_day or Kept(MOST_OF_DAY)
        self._viewers: dict[str, Viewer] = {}

    def viewer(self, code: str) -> Viewer:
        """Who `code` is that day."""
        found = self._viewers.get(code)
        if found is None:
            found = self._viewers[code] = viewer(self.roster, code, self.today)
        return found
