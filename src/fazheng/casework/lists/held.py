"""What a list shows of a case beside its row: what its events hold, and the clock that burns most.

Both follow from the entries of that case alone: as long as it has no newer entry they stand, whatever else is entered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fazheng.casework.lists.at_once import Question, Words, answers, words
from fazheng.casework.lists.cases import LIGHTS, Asked, CaseLine, binding
from fazheng.ledger.models import CaseRow
from fazheng.procedure.outlook import light

_EVENT = """COALESCE((SELECT data FROM ledger_standing_event WHERE bureau = %s AND case_id = c.value AND event = %s
    ORDER BY on_day DESC, version DESC LIMIT 1), 'null')"""
_CLOCKS = """COALESCE((SELECT {} FROM ledger_clock WHERE bureau = %s AND case_id = c.value
    AND COALESCE(done, superseded_on, '') = '' AND COALESCE(due, '') <> ''), '')"""
# (so that the clocks are found by their case, and not all that run are looked through: SQLite has no statistics;
# which of them bind is asked here: to look for each of twenty limits costs more than to read the few that run)
_CLOCK = """'["' || "limit" || '","' || begun || '","' || due || '",' ||
    CASE WHEN estimate THEN 'true' ELSE 'false' END || ']'"""


class NearClock(NamedTuple):
    """The clock of a case that burns most: its limit, its first and last day, whether the last is an estimate."""

    limit: str
    begun: str
    due: str
    estimate: bool

    def burns(self, today: date) -> tuple[int, str, str]:
        """What comes first burns most."""
        due = date.fromisoformat(self.due)
        shown = light((due - today).days, (due - date.fromisoformat(self.begun)).days)
        return LIGHTS.index(shown), self.due, self.limit


class Held(NamedTuple):
    """`events`: for each event that was asked, the data of the one that stands last; None where none stands."""

    events: Sequence[Mapping[str, Any] | None]
    clock: NearClock | None


NOTHING = Held((), None)
Binding = tuple[frozenset[str], frozenset[str]]


def held_question(
    rows: Sequence[CaseRow | CaseLine], asked: Asked, events: Sequence[str], *, clocks: bool = True
) -> Question:
    """What is to be asked for `held_in`; nothing where no case is meant, or nothing of them wanted."""
    if not rows or not (events or clocks):
        return Question()
    cases = json.dumps([row.case_id for row in rows], ensure_ascii=False)
    values = [value for event in events for value in (asked.bureau, event)]
    return Question(_held(words(), len(events), clocks), (*values, *([asked.bureau] if clocks else ()), cases))


@cache
def _held(said: Words, events: int, clocked: bool) -> str:
    told = " || ',' || ".join([said.quoted.format("c.value"), *[_EVENT] * events])
    clocks = _CLOCKS.format(said.joined.format(_CLOCK)) if clocked else "''"
    row = f"'[' || {told} || ',[' || {clocks} || ']]'"
    return f"SELECT '[' || {said.joined.format(row)} || ']' FROM {said.elements}"


def held_in(
    answer: Sequence[Any], rows: Sequence[CaseRow | CaseLine], asked: Asked, bind: Binding | None = None
) -> dict[str, Held]:
    """What is shown of these cases, by case, as `held_question` was answered. A clock that asks for an act which lapses
    with the case is none once it is closed. `bind`: what `binding_of` gave, where it is known.
    """
    closed = {row.case_id for row in rows if row.closed_on}
    found = {row.case_id: NOTHING for row in rows}
    for case, *events, clocks in answer:
        near = None
        if clocks:
            bind = bind or binding_of(asked)
            near = _nearest(clocks, bind[case in closed], asked.today)
        found[case] = Held(events, near)
    return found


def binding_of(asked: Asked) -> Binding:
    """The limits that bind an act of an open case, and of a closed one."""
    lasting, lapsing = map(frozenset, binding(asked))
    return lasting | lapsing, lasting


def _nearest(clocks: Sequence[Sequence[Any]], bind: frozenset[str], today: date) -> NearClock | None:
    running = [NearClock(*one) for one in clocks if one[0] in bind]
    return running[0] if len(running) == 1 else min(running, key=lambda one: one.burns(today), default=None)


def held_of(rows: Sequence[CaseRow | CaseLine], asked: Asked, events: Sequence[str] = ()) -> dict[str, Held]:
    """What is shown of these cases, by case; one statement for some, none for none."""
    return held_in(answers(held_question(rows, asked, events))[0], rows, asked)
