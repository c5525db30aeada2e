"""A procedure as a machine of bits, for exploring what may happen in it whoever acts and whatever is entered.

A state says which events happened, which came last of two that a `since` compares, and which limits are owed. Field
values, days, persons, linked cases and registers are left free, anew at each step: the machine can do all that a real
case can, and more. So what it can never do, no case can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Expired,
    FieldTest,
    Happened,
    HappenedSince,
    Missed,
    Not,
    facts_of,
    walk,
)
from fazheng.lawbook.procedure import Limit, Procedure, Step
from fazheng.procedure.maybe import Answer, Has, either, every, lacks, no, yes


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A step as bits: what must have happened, what must not, and what it leaves."""

    step: Step
    after: int
    against: int
    guards: tuple[Answer, ...]
    sets: int
    clears: int
    owes: tuple[tuple[int, Answer], ...]  # limits it may start, each with its `when`


class Machine:
    """The steps of one version as moves between states, and the limits that bind the bureau or a party to act."""

    def __init__(self, version: Procedure) -> None:
        self.version = version
        self.limits = [limit for limit in version.limits if limit.missed == "overdue"]
        self._bits: dict[tuple[str, ...], int] = {}
        self._step_of = version.step_of
        self._asked = self._asked_events()
        self._pairs = list(dict.fromkeys(self._compared()))
        self.closed = self._all(version.closing_events)
        self.owed = [self._bit("owed", limit.id) for limit in self.limits]
        self.opening = self._move(version.steps[version.opens])
        self.moves = [self._move(step) for step in version.steps.values() if step.id != version.opens]
        self.meets = [sum(1 << n for n, move in enumerate(self.moves) if move.step.id in limit.binds)
                      for limit in self.limits]  # fmt: skip
        self.stopped = [self._stops(limit) for limit in self.limits]
        self._barred = {id(move) for move in self.moves if self._needed(move) & move.against}
        self.happened = sum(bit for key, bit in self._bits.items() if key[0] == "event")

    @property
    def start(self) -> int:
        """The state of a case just opened."""
        return self.take(0, self.opening)

    def enabled(self, state: int) -> list[Move]:
        """The moves open in a state, for somebody, with some entry, on some day."""
        return [
            move
            for move in self.moves
            if state & move.after == move.after
            and not state & move.against
            and (not move.guards or all(guard(state, state) for guard in move.guards))
        ]

    def take(self, state: int, move: Move) -> int:
        """The state a move leaves."""
        state = state & ~move.clears | move.sets
        for bit, when in move.owes:
            if when(state, state):
                state |= bit
        return state

    def possible(self, state: int) -> set[str]:
        """Steps that may still come, if what stands in each other's way is left aside: no step outside ever comes.

        What happened stays so: a step it forbids is over. All else is granted.
        """
        low, high = state & self.happened, state
        left = [move for move in self.moves if not state & move.against and id(move) not in self._barred]
        found: set[str] = set()
        while True:
            ready = [
                move
                for move in left
                if high & move.after == move.after and all(guard(low, high) for guard in move.guards)
            ]
            if not ready:
                return found
            for move in ready:
                high |= move.sets
            found |= {move.step.id for move in ready}
            left = [move for move in left if move not in ready]

    def _needed(self, move: Move) -> int:
        """All that must have happened before the move, one thing before the other."""
        needed, more = 0, move.after
        while more:
            needed |= more
            befores = [other.after for other in self.moves if other.sets & more]
            more = 0
            for before in befores:
                more |= before & ~needed
        return needed

    def _bit(self, *key: str) -> int:
        return self._bits.setdefault(key, 1 << len(self._bits))

    def _all(self, events: object) -> int:
        assert isinstance(events, tuple | frozenset | set)
        total = 0
        for event in sorted(events):
            total |= self._bit("event", event)
        return total

    def _asked_events(self) -> set[str]:
        """Events that anything hangs on; the others leave the state as it was."""
        version = self.version
        asked = set(version.closing_events)
        for step in version.steps.values():
            asked |= {*step.after, *step.unless}
        for condition in self._conditions():
            for part in walk(condition):
                match part:
                    case Happened(event):
                        asked.add(event)
                    case FieldTest():
                        asked |= {fact.event for fact in facts_of(part)}
                    case Expired(limit) | Missed(limit):
                        asked |= set(self._root(limit))
        bound = {id for limit in self.limits for id in limit.binds}
        return asked | {step.records for step in version.steps.values() if step.id in bound}

    def _conditions(self) -> Iterator[Condition]:
        for gate in self.version.gates:
            if gate.refuses:
                yield from (condition for condition in (gate.when, gate.needs) if condition is not None)
        yield from (limit.when for limit in self.limits if limit.when is not None)

    def _compared(self) -> Iterator[tuple[str, str]]:
        for condition in self._conditions():
            yield from ((p.event, p.since) for p in walk(condition) if isinstance(p, HappenedSince))
        for suspension in self.version.suspensions:
            if not suspension.at_most and any(limit.id in suspension.stops for limit in self.limits):
                yield suspension.from_, suspension.to

    def _root(self, limit: str) -> Iterator[str]:
        """The event a limit goes back to; none for one that waits for a place."""
        found = self.version.limit_of.get(limit)
        if found is None:
            return
        if isinstance(found.starts, str):
            yield found.starts
        elif found.starts.due != limit:
            yield from self._root(found.starts.due)

    def _stops(self, limit: Limit) -> int:
        total = 0
        for suspension in self.version.suspensions:
            if limit.id in suspension.stops and not suspension.at_most:
                total |= self._bit("since", suspension.from_, suspension.to)
        return total

    def _move(self, step: Step) -> Move:
        event = step.records
        against = self._all(step.unless) | (0 if step.after_close else self.closed)
        own = self._bit("event", event) if event in self._asked else 0
        sets, clears = own, 0
        for first, since in self._pairs:
            bit = self._bit("since", first, since)
            sets |= bit if first == event else 0
            clears |= bit if since == event and first != event else 0
        for n, limit in enumerate(self.limits):
            clears |= self.owed[n] if step.id in limit.binds else 0
        asked = [
            self._guard(gate.when, gate.needs, event)
            for gate in self.version.gates_before.get(step.id, ())
            if gate.refuses
        ]
        after = self._all(step.after)
        for guard in asked:
            after |= guard.bit if isinstance(guard, Has) else 0
        guards = tuple(guard for guard in asked if guard is not yes and not isinstance(guard, Has))
        owes = tuple(
            (self.owed[n], self._asks(limit.when, "")[0] if limit.when else yes)
            for n, limit in enumerate(self.limits)
            if event in self._root(limit.id)
        )
        return Move(step, after, against | (0 if step.repeats else own), guards, sets, clears, owes)

    def _guard(self, when: Condition | None, needs: Condition, pending: str) -> Answer:
        met, _ = self._asks(needs, pending)
        if when is None:
            return met
        _, spared = self._asks(when, pending)
        return either([spared, met])

    def _asks(self, condition: Condition, pending: str) -> tuple[Answer, Answer]:
        """Whether the condition may be true, and whether it may be false; parts are asked each for itself."""
        match condition:
            case AnyOf(parts):
                asked = [self._asks(part, pending) for part in parts]
                return either([met for met, _ in asked]), every([unmet for _, unmet in asked])
            case AllOf(parts):
                asked = [self._asks(part, pending) for part in parts]
                return every([met for met, _ in asked]), either([unmet for _, unmet in asked])
            case Not(part):
                met, unmet = self._asks(part, pending)
                return unmet, met
            case Happened(event, at_least):
                bit = self._bit("event", event)
                if at_least == 1:
                    return Has(bit), lacks(bit)
                return (Has(bit) if self._step_of[event].repeats else no), yes
            case HappenedSince(event, since):
                bit = self._bit("since", event, since)
                return Has(bit), lacks(bit)
            case FieldTest(_, test, value):
                events = {fact.event for fact in facts_of(condition)} - {pending}
                there = every([Has(self._bit("event", event)) for event in sorted(events)])
                absent = test == "present" and value is False  # of an event that is not there, true
                return (yes, there) if absent else (there, yes)
            case Expired(limit) | Missed(limit):
                roots = [self._bit("event", event) for event in self._root(limit)]
                return (Has(roots[0]) if roots else no), yes
        return yes, yes  # who acts, what is linked, what stands in a register: free
