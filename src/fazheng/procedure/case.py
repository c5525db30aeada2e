"""A case is its entries, in order; everything else is asked of the events they leave standing."""

from __future__ import annotations

import json
from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any, Protocol

from fazheng.frozen import record

CORRECT, WITHDRAW, ADD_LATE, LIMIT_MISSED = "correct", "withdraw", "add_late", "limit_missed"
ASKED, ASKED_ANSWERED, ASK_WITHDRAWN = "asked", "asked_answered", "ask_withdrawn"  # 督办、会签、阅件
AMENDING = frozenset({CORRECT, WITHDRAW, ADD_LATE})
# Entries beside the work: nobody has a part in the case for one, has it in hand, or meets a step that hangs on it.
ASIDE = frozenset("private_looked private_erased hold_placed hold_lifted package_listed receipt_listed".split())
BOOKKEEPING = (
    ASIDE
    | {LIMIT_MISSED, *"task_settled suggestion_put_aside attached handed_over".split()}
    | {ASKED, ASKED_ANSWERED, ASK_WITHDRAWN}
)  # entries for readers: no event of the procedure


@record(frozen=True, slots=True)
class Event:
    """Something that happened. `version` is its entry's number in the case; `defects` the gates it had broken.

    What is held apart stands in `data` as a table {"apart": digest}; a condition may only ask whether it is present.
    """

    event: str
    on: date
    by: str
    data: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    entered_by: str = ""
    defects: tuple[str, ...] = ()

    def fact(self, name: str) -> Any:
        """A field's value; `on` and `by` always exist; None where the field was not entered."""
        if name == "on":
            return self.on
        return self.by if name == "by" else self.data.get(name)


class Record(Protocol):
    """What the book holds of an entry, as text."""

    @property
    def event(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def data(self) -> str: ...
    @property
    def defects(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def entered_by(self) -> str: ...
    @property
    def happened_on(self) -> str: ...


def event_of(row: Record) -> Event:
    """The event that a row of the book spells."""
    broken = tuple(defect["gate"] for defect in json.loads(row.defects)) if row.defects != "[]" else ()
    return Event(
        row.event,
        date.fromisoformat(row.happened_on),
        row.by,
        json.loads(row.data) if row.data != "{}" else {},
        row.version,
        row.entered_by,
        broken,
    )


def fold(records: Iterable[Record]) -> Case:
    """The case that its rows, in order of version, add up to."""
    case = Case()
    for row in records:
        case = evolve(case, event_of(row))
    return case


def _order(event: Event) -> tuple[date, int]:
    return event.on, event.version


@record(frozen=True, slots=True)
class Case:
    """Entries as they were written, and the standing events they leave, by day, then by entry."""

    entries: tuple[Event, ...] = ()
    standing: tuple[Event, ...] = ()

    def until(self, day: date) -> Case:
        """The case as its standing events up to and including `day` show it."""
        if not self.standing or self.standing[-1].on <= day:
            return self
        return replace(self, standing=tuple(event for event in self.standing if event.on <= day))

    def last(self, name: str) -> Event | None:
        """The latest standing event of that name, or None."""
        for event in reversed(self.standing):
            if event.event == name:
                return event
        return None

    def all(self, name: str) -> list[Event]:
        """The standing events of that name, oldest first."""
        return [event for event in self.standing if event.event == name]

    @property
    def opened(self) -> Event | None:
        """The first entry: it names the procedure and its version."""
        return self.entries[0] if self.entries else None

    @property
    def next_version(self) -> int:
        return self.entries[-1].version + 1 if self.entries else 1


def evolve(case: Case, entry: Event) -> Case:
    """The case after an entry. Total: never refuses, so an old book always replays.

    An amending entry that names an entry which does not stand changes nothing.
    """
    entries = (*case.entries, entry)
    if entry.event in BOOKKEEPING:
        return Case(entries, case.standing)
    if entry.event not in AMENDING:
        return Case(entries, _placed(case.standing, entry))
    match entry.event:
        case "correct":
            return Case(entries, _sorted([_corrected(event, entry) for event in case.standing]))
        case "withdraw":
            gone = entry.data.get("entry")
            return Case(entries, tuple(event for event in case.standing if event.version != gone))
    late = replace(entry, event=str(entry.data.get("event")), data=entry.data.get("data", {}))
    return Case(entries, _placed(case.standing, late))


def _placed(standing: tuple[Event, ...], event: Event) -> tuple[Event, ...]:
    if not standing or _order(standing[-1]) <= _order(event):
        return (*standing, event)
    placed = list(standing)
    insort(placed, event, key=_order)
    return tuple(placed)


def _sorted(events: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=_order))


def _corrected(event: Event, entry: Event) -> Event:
    if event.version != entry.data.get("entry"):
        return event
    day = entry.data.get("on")
    data = {key: value for key, value in {**event.data, **entry.data.get("data", {})}.items() if value is not None}
    return replace(event, on=date.fromisoformat(day) if day else event.on, data=data)
