"""Every event of a case held against the rules once more: over plain lists, without the engine and its conditions.

Read from the law files alone, so that it holds for any procedure: what a step comes after, who may do it and how often,
and what each gate before it needs. Days are counted out one by one by the calendar of tests/workdays. What only the
engine can say (shares of other amounts, proposals, limits that stand still) is asked of it anew and counted in `asked`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from fazheng.lawbook.conditions import (
    ActorNotIn,
    AllOf,
    AnyOf,
    Condition,
    Expired,
    FieldTest,
    Happened,
    HappenedSince,
    HasDefect,
    Linked,
    Missed,
    Not,
    OtherFact,
    ParameterRef,
    Registered,
)
from fazheng.lawbook.procedure import Limit, Procedure, Step
from fazheng.procedure.ask import Pending, ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import Surroundings
from tests.workdays import naive

UNITS = {"day": "days", "days": "days", "month": "months", "months": "months", "year": "years", "years": "years"}


@dataclass
class Recheck:
    """One version and what it is asked in. `checked` and `asked` count gates, and leaves that the engine answered."""

    version: Procedure
    around: Surroundings
    checked: int = 0
    asked: int = 0

    def broken(self, events: Sequence[Event]) -> list[str]:
        """Every rule that an event among these broke, with the place of the event."""
        return [f"{n} {event.event}: {rule}" for n, event in enumerate(events) for rule in self._of(events[:n], event)]

    def _of(self, before: Sequence[Event], act: Event) -> Iterator[str]:
        step = next(step for step in self.version.steps.values() if step.records == act.event)
        names = {event.event for event in before}
        yield from (f"after {name}" for name in step.after if name not in names)
        yield from (f"unless {name}" for name in step.unless if name in names)
        yield from self._order(before, act, step, names)
        yield from self._people(before, act, step)
        for gate in self.version.gates:
            if gate.refuses and step.id in gate.before:
                self.checked += 1
                applies = gate.when is None or self._holds(gate.when, before, act)
                if applies and not self._holds(gate.needs, before, act):
                    yield f"gate {gate.id}"
        for limit in self.version.limits:
            lapses = limit.refuses and limit.missed == "right_lapses" and step.id in limit.binds
            forgiven = limit.forgiven is not None and self._holds(limit.forgiven, before, act)
            if lapses and not forgiven and self._past(limit, before, act) is True:
                yield f"lapsed {limit.id}"

    def _order(self, before: Sequence[Event], act: Event, step: Step, names: set[str]) -> Iterator[str]:
        closing = {self.version.steps[id].records for id in self.version.closes}
        if (step.id == self.version.opens) is not (not before):
            yield "not opened first, or opened twice"
        if before and act.on < before[-1].on:
            yield "before what came before it"
        if act.event in names and not step.repeats:
            yield "once only"
        if closing & names and not step.after_close:
            yield "closed"

    def _people(self, before: Sequence[Event], act: Event, step: Step) -> Iterator[str]:
        naming = {s.records: s.recuses for s in self.version.steps.values() if s.recuses}
        gone = {who for event in before if event.event in naming for who in event.data[naming[event.event]]}
        acting = {act.by: step.role}
        acting |= {
            who: kind.of
            for name, kind in step.kinds.items()
            if kind.name == "people" and kind.of
            for who in act.data.get(name) or ()
        }
        for who, id in acting.items():
            role = self.version.roles[id]
            if not self.version.serving(id) & self.around.staff.roles(who, act.on):
                yield f"{who} is no {id}"
            if role.certificate and not self.around.staff.certified(who, act.on):
                yield f"{who} has no certificate"
            if who in gone:
                yield f"{who} was recused"

    def _holds(self, condition: Condition, before: Sequence[Event], act: Event) -> bool:
        match condition:
            case AnyOf(parts):
                return any(self._holds(part, before, act) for part in parts)
            case AllOf(parts):
                return all(self._holds(part, before, act) for part in parts)
            case Not(part):
                return not self._holds(part, before, act)
            case Happened(name, least):
                return sum(event.event == name for event in before) >= least
            case HappenedSince(name, since):
                return _last(before, name) > _last(before, since)
            case FieldTest() if not isinstance(condition.value, OtherFact):
                return self._field(condition, before, act)
            case ActorNotIn(fact):
                named = _value(fact.event, fact.field, before, act)
                return act.by not in (named if isinstance(named, list) else [named])
            case Expired(limit) | Missed(limit):
                found = self.version.limit_of.get(limit)
                past = self._past(found, before, act, isinstance(condition, Missed)) if found else False
                return self._engine(condition, before, act) if past is None else past
            case Registered(register, key, held, "") if isinstance(_value(key.event, key.field, before, act), str):
                row = self.around.registered(register, _value(key.event, key.field, before, act), act.on)
                return row is not None and all(row.data.get(name) == value for name, value in held)
            case Linked() | HasDefect():
                return False  # a walk stands alone: nothing is linked, and nothing was wrong before
        return self._engine(condition, before, act)

    def _field(self, asked: FieldTest, before: Sequence[Event], act: Event) -> bool:
        value, wanted = _value(asked.fact.event, asked.fact.field, before, act), asked.value
        if asked.test == "present":
            return (value is not None) is wanted
        if isinstance(wanted, ParameterRef):
            wanted = self.around.parameter(wanted.id, act.on)  # type: ignore[assignment]
        if value is None or wanted is None:
            return False
        return _compare(asked.test, value, wanted)

    def _past(self, limit: Limit, before: Sequence[Event], act: Event, missed: bool = False) -> bool | None:
        """Whether the last day of the limit is over; None where it cannot be counted out from one event."""
        moved = [s for s in self.version.suspensions if limit.id in s.stops]
        moved += [e for e in self.version.extensions if e.extends == limit.id]  # type: ignore[misc]
        if not isinstance(limit.starts, str) or not limit.length or moved or limit.gives_way is not None:
            return None
        n = _last(before, limit.starts)
        if n < 0 or (limit.when is not None and not self._holds(limit.when, before[: n + 1], before[n])):
            return False
        day = act.on
        if missed:
            bound = {self.version.steps[id].records for id in limit.binds}
            day = next((event.on for event in before[n + 1 :] if event.event in bound), day)
        number, unit = limit.length.split(" ", 1)
        return day > _due(before[n].on, int(number), UNITS.get(unit, unit), limit.rolls)

    def _engine(self, condition: Condition, before: Sequence[Event], act: Event) -> bool:
        self.asked += 1
        case = Case(tuple(before), tuple(before))
        pending = Pending(act.event, act.on, act.by, act.data)
        law = Law(self.version, (self.version,))
        return ask(condition, question(law, case, act.on, self.around, pending)) is True


@cache
def _due(start: date, number: int, unit: str, rolls: bool) -> date:
    try:
        return naive.due(start, number, unit, rolls)
    except NotImplementedError:
        return date.max  # beyond the published years: a guess never expires


def _last(events: Sequence[Event], name: str) -> int:
    return max((n for n, event in enumerate(events) if event.event == name), default=-1)


def _value(event: str, name: str, before: Sequence[Event], act: Event) -> Any:
    if event != act.event:
        n = _last(before, event)
        if n < 0:
            return None
        act = before[n]
    return {"on": act.on, "by": act.by}.get(name, act.data.get(name))


def _compare(test: str, value: Any, wanted: Any) -> bool:
    value = value.isoformat() if isinstance(value, date) else value
    wanted = wanted.isoformat() if isinstance(wanted, date) else wanted
    if isinstance(value, list):
        if test in ("at_least", "at_most"):
            value = len(value)
        else:
            return any(_compare(test, one, wanted) for one in value)
    if test == "is":
        return bool(value == wanted)
    if test == "in":
        return value in wanted
    return bool(value >= wanted if test == "at_least" else value <= wanted)
