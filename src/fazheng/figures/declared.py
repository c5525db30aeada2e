"""申报数: numbers that the book does not hold, signed by a section on a paper; which of them answer for a period."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from fazheng.figures.periods import Period
from fazheng.lawbook.conditions import HappenedInPeriod, walk
from fazheng.lawbook.figure import Figure
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import DeclaredFigure

DECLARED, WITHDRAWN = "figure_declared", "figure_withdrawn"


@dataclass(frozen=True, slots=True, order=True)
class Declared:
    """A declared number as it stands: 元 in fen. `number` is the paper's 文号; `paper` the digest its title is held
    under; `seq` the entry. `opening`: a stock as of `last_day`, before the book began.
    """

    figure: str
    first_day: str
    last_day: str
    opening: bool
    value: int
    section: str
    by: str
    on_day: str
    number: str
    paper: str
    seq: int

    @property
    def key(self) -> tuple[str, bool, str, str]:
        """What a later entry must name to take its place."""
        return self.figure, self.opening, self.first_day, self.last_day

    @property
    def period(self) -> Period:
        return date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)

    @property
    def reference(self) -> str:
        """How a paper that leaves the house names the source: its 文号, else the entry that holds its title."""
        return self.number or f"账本第{self.seq}条所载文件"


def read_entry(entry: SealedEntry) -> tuple[tuple[str, bool, str, str], Declared | None]:
    """What an entry of the two kinds says: the key, and what stands under it from now on; None: withdrawn."""
    data: Mapping[str, Any] = json.loads(entry.data)
    key = data["of"], bool(data["opening"]), data["first"], data["last"]
    if entry.event == WITHDRAWN:
        return key, None
    return key, Declared(
        figure=key[0], first_day=key[2], last_day=key[3], opening=key[1], value=data["value"],
        section=data["section"], by=entry.by, on_day=entry.happened_on, number=data["number"],
        paper=data["paper"]["apart"], seq=entry.seq,
    )  # fmt: skip


def standing(entries: Iterable[SealedEntry]) -> list[Declared]:
    """The declared numbers that these entries, in their order, leave standing; sorted."""
    found: dict[tuple[str, bool, str, str], Declared | None] = {}
    for entry in entries:
        if entry.event in (DECLARED, WITHDRAWN):
            key, one = read_entry(entry)
            found[key] = one
    return sorted(one for one in found.values() if one is not None)


def of_table(bureau: str) -> list[Declared]:
    """Every declared number of the bureau, as the projection holds them; sorted."""
    names = [field.name for field in fields(Declared)]
    return sorted(Declared(*row) for row in DeclaredFigure.objects.filter(bureau=bureau).values_list(*names))


def is_stock(figure: Figure) -> bool:
    """Whether the figure tells what stands on a day and not what happened in a period."""
    if figure.counts == "register":
        return not figure.moved
    where = walk(figure.where) if figure.where is not None else ()
    return figure.counts == "cases" and not any(isinstance(part, HappenedInPeriod) for part in where)


def adds_up(figure: Figure) -> bool:
    """Whether parts of a period add up to the whole for certain: events and sums without a condition, which is asked
    on the last day of each, and comings and goings of a register. Never different values, a stock, or cases.
    """
    if figure.counts == "register":
        return bool(figure.moved)
    return (figure.counts == "events" or figure.sums is not None) and not figure.distinct and figure.where is None


def of_period(figure: Figure, period: Period, declared: Sequence[Declared]) -> tuple[Declared, ...]:
    """The declared numbers that answer for the period: the one for it, that of its last day for a stock, or those that
    cover it without gap or overlap where they add up for certain. Empty where none do.
    """
    first, last = (day.isoformat() for day in period)
    mine = [one for one in declared if one.figure == figure.id and not one.opening]
    if is_stock(figure):
        return tuple([one for one in mine if one.last_day == last][-1:])
    if exact := [one for one in mine if (one.first_day, one.last_day) == (first, last)]:
        return tuple(exact)
    inside = [one for one in mine if first <= one.first_day and one.last_day <= last]
    return _tiling(inside, first, last) if adds_up(figure) else ()


def _tiling(pieces: Sequence[Declared], first: str, last: str) -> tuple[Declared, ...]:
    """Pieces that follow each other from the first day to the last; the longest that fits first."""
    for piece in sorted((one for one in pieces if one.first_day == first), key=lambda one: one.last_day, reverse=True):
        if piece.last_day == last:
            return (piece,)
        after = date.fromisoformat(piece.last_day) + timedelta(days=1)
        if rest := _tiling(pieces, after.isoformat(), last):
            return (piece, *rest)
    return ()


def opening_of(figure: Figure, period: Period, declared: Sequence[Declared]) -> Declared | None:
    """The latest opening stock of the figure on or before the period's last day; None for what is no stock."""
    last = period[1].isoformat()
    mine = [one for one in declared if one.figure == figure.id and one.opening and one.last_day <= last]
    return max(mine, key=lambda one: one.last_day) if mine and is_stock(figure) else None
