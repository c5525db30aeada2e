"""What a list shows of a case beside its row: what its events hold, and the clock that burns most.

Both follow from the entries of that case alone: as long as it has no newer entry they stand, whatever else is entered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.casework.lists.cases import LIGHTS, Asked, CaseLine, binding
from fazheng.casework.lists.columns import FieldColumn
from fazheng.ledger.models import CaseRow
from fazheng.ledger.rows import listed
from fazheng.ledger.rows import rows as rows_of
from fazheng.procedure.outlook import light

_EVENTS = """SELECT 'event' AS kind, case_id, event AS what, data AS text, on_day AS day, version AS nth
    FROM ledger_standing_event WHERE bureau = %s AND case_id IN ({cases}) AND event IN ({events})"""
_CLOCKS = """SELECT 'clock', case_id, "limit", due, begun, CASE WHEN estimate THEN 1 ELSE 0 END
    FROM ledger_clock WHERE bureau = %s AND case_id IN ({cases}) AND "limit" IN ({limits})
    AND COALESCE(done, superseded_on, '') = '' AND COALESCE(due, '') <> ''"""
# (so that the clocks are found by their cases, and not all that run are looked through: SQLite has no statistics)


@dataclass(frozen=True, slots=True)
class NearClock:
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


@dataclass(frozen=True, slots=True)
class Held:
    """`events`: event → the data of the one that stands last."""

    events: Mapping[str, Mapping[str, Any]]
    clock: NearClock | None


def held_of(rows: Sequence[CaseRow | CaseLine], asked: Asked, columns: Iterable[FieldColumn]) -> dict[str, Held]:
    """What is shown of these cases, by case; one statement for some, none for none. A clock that asks for an act which
    lapses with the case is none once it is closed.
    """
    if not rows:
        return {}
    cases = [row.case_id for row in rows]
    lasting, lapsing = binding(asked)
    statement, values = _statement(asked.bureau, cases, sorted({c.event for c in columns}), [*lasting, *lapsing])
    closed = {row.case_id for row in rows if row.closed_on}
    events: dict[str, dict[str, tuple[str, int, str]]] = {case: {} for case in cases}
    clocks: dict[str, list[NearClock]] = {case: [] for case in cases}
    for kind, case, what, text, day, nth in rows_of(statement, values):
        if kind == "event":
            events[case][what] = max(events[case].get(what, ("", 0, "")), (day, nth, text))
        elif case not in closed or what in lasting:
            clocks[case].append(NearClock(what, day, text, nth == 1))
    return {
        case: Held(
            {event: json.loads(last[2]) for event, last in events[case].items()},
            min(clocks[case], key=lambda one: one.burns(asked.today), default=None),
        )
        for case in cases
    }


def _statement(
    bureau: str, cases: Sequence[str], events: Sequence[str], limits: Sequence[str]
) -> tuple[str, list[str]]:
    parts, values = [], []
    for text, named in ((_EVENTS, events), (_CLOCKS, limits)):
        few = "''" if not named else listed(len(named))
        parts.append(text.format(cases=listed(len(cases)), events=few, limits=few))
        values += [bureau, *cases, *named]
    return " UNION ALL ".join(parts), values
