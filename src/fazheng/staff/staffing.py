"""Which procedures the people of a day can lawfully finish, who is missing, and how few people would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.refusals import source
from fazheng.procedure.staffing import Needs, Seat, fewest, needs, seated
from fazheng.staff.roster import Roster

State = Literal["whole", "partly", "not"]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing: in words, the role it concerns, whom outside one may ask (empty: nobody is named)."""

    says: str
    role: str
    outside: str = ""


@dataclass(frozen=True, slots=True)
class CanDo:
    """One procedure: whether every step can be taken, some, or none that begins and ends it; and with how few.

    `stuck`: the names of steps nobody may take. `notes` keep nobody from anything. `fewest`: of each person the roles.
    """

    id: str
    name: str
    state: State
    missing: tuple[Missing, ...]
    stuck: tuple[str, ...]
    notes: tuple[str, ...]
    fewest: tuple[frozenset[str], ...]


def can_do(book: LawBook, roster: Roster, on: date, without: str = "") -> list[CanDo]:
    """What the people of that day can do, `without` one of them left out; by procedure. Only versions in force."""
    found = []
    for versions in book.procedures.values():
        version = next((one for one in versions if one.covers(on)), None)
        if version is not None:
            found.append(_one(book, version, roster, on, without))
    return found


def _one(book: LawBook, version: Procedure, roster: Roster, on: date, without: str) -> CanDo:
    asked = needs(version)
    fit = partial(_fit, version, roster, on, without)
    told = list(_empty(book, version, asked, roster, on, without))
    stuck = {seat.step for seat, _ in told}
    missing = [one for _, one in told]
    rest = asked.less((seat.step, seat.field) for seat, _ in told)  # what is missing otherwise is told anyway
    if seated(rest, fit) is None:
        gates = _in_the_way(version, rest, fit)
        missing += [_kept_apart(book, version, gate) for gate in gates]
        stuck |= {step for gate in version.gates if gate.id in gates for step in gate.before}
    state: State = "partly" if stuck else "whole"
    if version.opens in stuck or (version.closes and stuck.issuperset(version.closes)):
        state = "not"
    names = tuple(step.name for step in version.steps.values() if step.id in stuck)
    notes = tuple(_notes(book, version, roster, on, without))
    return CanDo(version.id, version.name, state, tuple(dict.fromkeys(missing)), names, notes, fewest(asked))


def _fit(version: Procedure, roster: Roster, on: date, without: str, seat: Seat) -> list[str]:
    if not seat.field:
        found = roster.able(version, version.steps[seat.step], on)
    else:
        found = [one for one in _holding(version, roster, on, seat.role) if _certified(version, roster, on, seat, one)]
    return [one for one in found if one != without]


def _holding(version: Procedure, roster: Roster, on: date, role: str) -> list[str]:
    serving = version.serving(role)
    return [person.code for person in roster.here(on) if serving & roster.roles(person.code, on)]


def _certified(version: Procedure, roster: Roster, on: date, seat: Seat, code: str) -> bool:
    return not version.roles[seat.role].certificate or roster.certified(code, on)


def _empty(
    book: LawBook, version: Procedure, asked: Needs, roster: Roster, on: date, without: str
) -> Iterator[tuple[Seat, Missing]]:
    """Seats for which there are too few people, each with what is missing."""
    outside = book.registers[STAFF].outside if STAFF in book.registers else {}
    wanted: dict[tuple[str, str], int] = {}
    for seat in asked.seats:
        wanted[seat.step, seat.field] = seat.nth + 1
    for seat in asked.seats:
        there = len(_fit(version, roster, on, without, seat))
        least = wanted[seat.step, seat.field]
        if seat.nth or there >= least:
            continue
        held = len([one for one in _holding(version, roster, on, seat.role) if one != without])
        yield seat, Missing(_lacking(version, seat.role, least, held, there), seat.role, outside.get(seat.role, ""))


def _lacking(version: Procedure, role: str, least: int, held: int, there: int) -> str:
    known = version.roles[role]
    if held < least:
        return f"没有{known.name}" if not held else f"{known.name}要{least}人，现有{held}人"
    return f"{known.name}要{least}人持有效证件，现有{there}人"


def _in_the_way(version: Procedure, asked: Needs, fit: partial[list[str]]) -> list[str]:
    """The gates that keep the people there are from sitting; all that keep anybody apart where no single one does."""
    gates = list(dict.fromkeys(pair.gate for pair in asked.apart if pair.gate))
    return [gate for gate in gates if seated(asked.without(gate), fit)] or gates


def _kept_apart(book: LawBook, version: Procedure, id: str) -> Missing:
    gate = next(gate for gate in version.gates if gate.id == id)
    step = version.steps[gate.before[0]]
    role = version.roles[step.role].name
    outside = book.registers[STAFF].outside.get(step.role, "") if STAFF in book.registers else ""
    says = f"“{step.name}”要由没有经办本案的{role}办理，现有的人排不开（{gate.says or gate.name}，{source(gate)}）"
    return Missing(says, step.role, outside)


def _notes(book: LawBook, version: Procedure, roster: Roster, on: date, without: str) -> Iterator[str]:
    """What a step asks to be said truly, and nobody's row shows."""
    register = book.registers.get(STAFF)
    if register is None:
        return
    shown: dict[str, None] = {}
    for step in version.steps.values():
        able = [one for one in roster.able(version, step, on) if one != without]
        for field, proof in register.proves.items():
            if field in step.kinds and able and not any(_shows(roster, one, on, proof) for one in able):
                label = register.labels.get(proof, proof)
                shown[f"{version.roles[step.role].name}里没有人登记了“{label}”（“{version.label(field)}”）"] = None
    yield from shown


def _shows(roster: Roster, code: str, on: date, field: str) -> bool:
    row = roster.on(code, on)
    return bool(row and row.data.get(field))


def least(found: list[CanDo]) -> int:
    """How many people do for all the procedures: one set of people may hold every role, so the most any one asks."""
    return max((len(one.fewest) for one in found), default=0)


def lost(before: list[CanDo], after: list[CanDo]) -> list[CanDo]:
    """Procedures that can be done less far than before, as they stand after."""
    order: Mapping[State, int] = {"not": 0, "partly": 1, "whole": 2}
    was = {one.id: (-order[one.state], len(one.stuck)) for one in before}
    return [one for one in after if (-order[one.state], len(one.stuck)) > was[one.id]]
