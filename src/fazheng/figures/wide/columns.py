"""Which columns the wide form of a procedure needs: they are named by what they hold, and noted as they are asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from fazheng.figures.dialects import Dialect, Json

FORMAT = 3  # of the tables; another number and every wide form is made anew
What = Literal["day", "version", "by", "times", "all", "field", "begun", "due", "done", "gate", "bound"]


@dataclass(frozen=True, order=True, slots=True)
class Column:
    """`day`, `version`, `by` of an event as it was latest on the day; `times` by then, `all` ever; `field` of it.

    `begun`, `due`, `done` of the start of a limit that counts on the day; `gate`: the first day it was broken.

    `bound` is no column: the day of that event gets an index, since figures look for it in a period.
    """

    what: What
    of: str
    field: str = ""

    @property
    def name(self) -> str:
        return f"{self.what}_{sha256(f'{self.of}.{self.field}'.encode()).hexdigest()[:12]}"


class NotWide(Exception):
    """One row a case cannot say this: other cases, registers, or every event of a name together."""


@dataclass
class Columns:
    """The columns that were asked for so far. `whole`: there are no others, and whoever asks for one gets NotWide."""

    dialect: Dialect
    asked: set[Column] = field(default_factory=set)
    whole: bool = False

    def _ask(self, column: Column) -> Column:
        if self.whole and column not in self.asked:
            raise NotWide
        self.asked.add(column)
        return column

    def of(self, what: What, of: str) -> str:
        """The column's name in a statement, under the alias `w`."""
        return f"w.{self._ask(Column(what, of)).name}"

    def bound(self, event: str) -> None:
        """Notes that figures look for cases by the day of the event."""
        self._ask(Column("day", event))
        self._ask(Column("bound", event))

    def field(self, event: str, name: str) -> Json:
        """A field of the event as a value."""
        return self.dialect.kept(f"w.{self._ask(Column('field', event, name)).name}")

    @property
    def shape(self) -> tuple[Column, ...]:
        return tuple(sorted(self.asked))


def shape_digest(shape: tuple[Column, ...]) -> str:
    """What tells one shape from another: other columns, or another way of making them."""
    return sha256(f"{FORMAT} {[(c.what, c.of, c.field) for c in shape]}".encode()).hexdigest()[:32]
