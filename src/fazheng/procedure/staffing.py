"""Whom a procedure needs: the seats its steps and fields ask for, which of them two people must sit in, and how few
people can sit in all of them. Computed from the law files alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazheng.lawbook.conditions import ActorNotIn, AllOf, Condition, Fact, FieldTest
from fazheng.lawbook.procedure import Gate, Kind, Procedure, Step


@dataclass(frozen=True, slots=True)
class Seat:
    """A place a person takes: `field` empty for who takes the step, else the `nth` of those a field of it names."""

    step: str
    event: str
    role: str
    field: str = ""
    nth: int = 0

    def named_by(self, fact: Fact) -> bool:
        return self.event == fact.event and (self.field or "by") == fact.field


@dataclass(frozen=True, slots=True)
class Apart:
    """Two seats that no one person may take, and the gate that says so; no gate: two names in one field."""

    one: Seat
    other: Seat
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """The seats of a version, and which must be apart."""

    seats: tuple[Seat, ...]
    apart: tuple[Apart, ...]

    def without(self, gate: str) -> Needs:
        """The same where that gate did not stand."""
        return Needs(self.seats, tuple(pair for pair in self.apart if pair.gate != gate))

    def less(self, places: Iterable[tuple[str, str]]) -> Needs:
        """The same but for the seats of these steps and fields."""
        gone = set(places)
        seats = tuple(seat for seat in self.seats if (seat.step, seat.field) not in gone)
        apart = tuple(pair for pair in self.apart if {pair.one, pair.other} <= set(seats))
        return Needs(seats, apart)


def needs(version: Procedure) -> Needs:
    """What the version asks of people, over all its steps. Optional fields and what only warns ask nothing."""
    least = dict(_at_least(version))
    seats = tuple(seat for step in version.steps.values() for seat in _seats(step, least))
    return Needs(seats, tuple(_apart(version, seats)))


def seated(needs: Needs, fit: Callable[[Seat], Iterable[str]]) -> dict[Seat, str] | None:
    """Somebody for every seat out of those who are fit for it, nobody in two seats that must be apart; None where no
    such seating exists. Exact: seats with the fewest people go first, and a way that fails is undone.
    """
    fits = {seat: tuple(fit(seat)) for seat in needs.seats}
    if not all(fits.values()):
        return None
    beside = _beside(needs)
    placed: dict[Seat, str] = {}
    bound = [seat for seat in needs.seats if beside[seat]]
    order = sorted(bound, key=lambda seat: (len(fits[seat]), -len(beside[seat]), _place(seat)))
    if not _seat(order, 0, fits, beside, placed):
        return None
    holders = {seat.role: one for seat, one in reversed(placed.items())}
    for seat in needs.seats:
        if seat not in placed:  # whoever sits for the role already, if they are fit for this seat too
            one = holders.get(seat.role)
            placed[seat] = one if one in fits[seat] else fits[seat][0]
    return placed


def fewest(needs: Needs) -> tuple[frozenset[str], ...]:
    """The smallest lawful staffing: of each person the roles they hold. Who may hold which roles is free, except that
    seats which must be apart go to different people. Exact. Empty for a procedure without seats.
    """
    if not needs.seats:
        return ()
    for number in range(1, len(needs.seats) + 1):
        people = [str(n) for n in range(number)]
        found = _fewest_of(needs, people)
        if found is not None:
            return found
    raise AssertionError("a person for every seat is always enough")


def _fewest_of(needs: Needs, people: Sequence[str]) -> tuple[frozenset[str], ...] | None:
    """Seats that nothing tells apart are one: else a search would try every order of them."""
    beside = _beside(needs)
    kinds = {(seat.role, beside[seat]): seat for seat in reversed(needs.seats)}
    leaders = set(kinds.values())
    apart = tuple(pair for pair in needs.apart if pair.one in leaders and pair.other in leaders)
    found = seated(Needs(tuple(seat for seat in needs.seats if seat in leaders), apart), lambda seat: people)
    if found is None:
        return None
    roles: dict[str, set[str]] = {one: set() for one in people}
    for seat, one in _gathered(found, beside).items():
        roles[one].add(seat.role)
    return tuple(frozenset(held) for held in roles.values() if held)


def _gathered(placed: Mapping[Seat, str], beside: Mapping[Seat, frozenset[Seat]]) -> dict[Seat, str]:
    """The same people with fewer roles each: a role is given up where others who hold it may take every seat of it."""
    now = dict(placed)
    for one, role in sorted({(one, seat.role) for seat, one in now.items()}):
        moved = dict(now)
        for seat in [seat for seat, other in now.items() if other == one and seat.role == role]:
            barred = {one} | {moved[other] for other in beside[seat] if other in moved}
            takers = [other for held, other in now.items() if held.role == role and other not in barred]
            if not takers:
                break
            moved[seat] = takers[0]
        else:
            now = moved
    return now


def _seats(step: Step, least: Mapping[tuple[str, str], int]) -> Iterator[Seat]:
    yield Seat(step.id, step.records, step.role)
    for field, kind in step.kinds.items():
        if not _asked(kind):
            continue
        for nth in range(least.get((step.records, field), 1)):
            yield Seat(step.id, step.records, kind.of, field, nth)


def _asked(kind: Kind) -> bool:
    return kind.name == "people" and bool(kind.of) and not kind.optional


def _at_least(version: Procedure) -> Iterator[tuple[tuple[str, str], int]]:
    for gate in version.gates:
        for part in _all(gate.needs) if gate.refuses else ():
            if isinstance(part, FieldTest) and part.test == "at_least" and isinstance(part.value, int):
                yield (part.fact.event, part.fact.field), part.value


def _apart(version: Procedure, seats: Sequence[Seat]) -> Iterator[Apart]:
    for n, one in enumerate(seats):
        for other in seats[n + 1 :]:
            if one.field and (one.step, one.field) == (other.step, other.field):
                yield Apart(one, other)
    for gate in version.gates:
        if gate.refuses:
            yield from _kept_apart(gate, seats)


def _kept_apart(gate: Gate, seats: Sequence[Seat]) -> Iterator[Apart]:
    facts = [part.fact for part in _all(gate.needs) if isinstance(part, ActorNotIn)]
    actors = [seat for seat in seats if not seat.field and seat.step in gate.before]
    for fact in facts:
        for seat in seats:
            if seat.named_by(fact):
                yield from (Apart(actor, seat, gate.id) for actor in actors if actor != seat)


def _all(condition: Condition) -> Iterator[Condition]:
    """The parts that must every one hold. What only one of several ways asks for is asked of nobody for certain."""
    if isinstance(condition, AllOf):
        for part in condition.conditions:
            yield from _all(part)
    else:
        yield condition


def _beside(needs: Needs) -> dict[Seat, frozenset[Seat]]:
    found: dict[Seat, set[Seat]] = {seat: set() for seat in needs.seats}
    for pair in needs.apart:
        found[pair.one].add(pair.other)
        found[pair.other].add(pair.one)
    return {seat: frozenset(others) for seat, others in found.items()}


def _place(seat: Seat) -> tuple[str, str, int]:
    return seat.step, seat.field, seat.nth


def _seat(
    order: Sequence[Seat],
    n: int,
    fits: Mapping[Seat, Sequence[str]],
    beside: Mapping[Seat, frozenset[Seat]],
    placed: dict[Seat, str],
) -> bool:
    if n == len(order):
        return True
    seat = order[n]
    taken = {placed[other] for other in beside[seat] if other in placed}
    for one in fits[seat]:
        if one not in taken:
            placed[seat] = one
            if _seat(order, n + 1, fits, beside, placed):
                return True
            del placed[seat]
    return False
