"""Walks through any procedure, and what none of them may do.

The people, the steps and the data come from the law files, so that a new procedure is walked without a line of code.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    FieldTest,
    Not,
    OtherFact,
    ParameterRef,
    Registered,
)
from fazheng.lawbook.conditions import (
    walk as parts_of,
)
from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.case import AMENDING, Event, event_of, evolve, fold
from fazheng.procedure.law import Law
from fazheng.procedure.refusals import source
from fazheng.procedure.standing import Stood
from fazheng.procedure.surroundings import OWN_RULE, Refusal
from tests.enforcement.recheck import Recheck
from tests.procedure.walks import AHEAD, LAST_DAY, OPENINGS, PLACE, SELDOM, Cast, Person, Walk, Walker

EARLIEST = date(2006, 1, 4)
# how often a step is tried out of turn, how often one that closes the case, and how often the gates are given their due
BLIND, CLOSING, LEANING = 0.03, 0.1, 0.9
ENGLISH = re.compile(r"[a-z]{2,}_[a-z]+|[a-z]+\.[a-z]+")
WHOLE = ("甲", "乙", "庚", "丙", "辛", "丁", "己")  # they hold every role, with a certificate


def versions() -> list[Procedure]:
    """Every version of every procedure as it has effect in the example county."""
    return [version for of in load(place=PLACE).procedures.values() for version in of]


def leanings(version: Procedure) -> dict[tuple[str, str], tuple[Any, ...]]:
    """By event and field, the values that suit the gates: what they need, and what spares them. None: any value.

    Of a list all are wanted that any gate needs in it; of one value, what suits the gates together.
    """
    found: dict[tuple[str, str], set[Any]] = {}
    listed: dict[tuple[str, str], set[Any]] = {}
    for gate in version.gates:
        suiting = [*_suiting(gate.needs, True, version), *_suiting(gate.when, False, version)]
        for key, values, in_a_list in suiting if gate.refuses else ():
            if in_a_list:
                listed[key] = listed.get(key, set()) | values
            else:
                found[key] = found[key] & values or found[key] if key in found else values
    together = found | {key: values & found.get(key, values) or values for key, values in listed.items()}
    return {key: tuple(sorted(values, key=str)) for key, values in together.items()}


def _suiting(
    condition: Condition | None, so: bool, version: Procedure
) -> Iterator[tuple[tuple[str, str], set[Any], bool]]:
    """Event and field, the values with which the condition is `so`, and whether a list needs some of them in it."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _suiting(part, so, version)
        case Not(part):
            yield from _suiting(part, not so, version)
        case FieldTest(fact, "present", value) if value is so:
            yield (fact.event, fact.field), {None}, False
        case FieldTest(fact, "is" | "in", value) if not isinstance(value, OtherFact | ParameterRef):
            named = set(value) if isinstance(value, tuple) else {value}
            step = version.step_of.get(fact.event)
            kind = step.kinds.get(fact.field) if step else None
            every = {True, False} if named <= {True, False} else set(version.choices.get(kind.of, ()) if kind else ())
            if every:
                in_a_list = so and kind is not None and kind.many
                yield (fact.event, fact.field), (named & every if so else every - named), in_a_list


def _parts(version: Procedure) -> Iterator[Condition]:
    for gate in version.gates:
        for condition in (gate.when, gate.needs):
            yield from parts_of(condition) if condition is not None else ()


def _people(version: Procedure) -> Cast:
    every = frozenset(version.roles).union(*(version.serving(role) for role in version.roles))
    people = {code: Person(every) for code in WHOLE}
    people["戊"] = Person(every, None)  # without a certificate
    people["壬"] = Person(frozenset())  # without a role
    return Cast(people)


class Wanderer(Walker):
    """Walks one version from a day on which it is in force; every other walk finds rows in the registers it asks of."""

    def __init__(self, version: Procedure) -> None:
        super().__init__(version.id, version, ends=frozenset())
        self.alone = replace(self.around, staff=_people(version))
        self.among = replace(self.alone, registered=self._row)
        self.holders = {role: [*WHOLE, "戊"] for role in version.roles}
        self.turns = min(max(12, len(version.steps)), 40)
        self.leanings = leanings(version)
        self.asked = [part for part in _parts(version) if isinstance(part, Registered)]
        self.held: dict[str, dict[str, Any]] = {}  # what the rows of this walk hold, by register

    def _row(self, register: str, key: str, day: date) -> Stood | None:
        return Stood(EARLIEST, self.held[register]) if register in self.held else None

    def entered(self, step: Step, random: Random) -> dict[str, Any]:
        """Any data; mostly such as the gates need, or else hardly any walk would come far."""
        data = super().entered(step, random)
        for name, kind in step.kinds.items():
            wanted = self.leanings.get((step.records, name), ())
            if not wanted or random.random() > LEANING:
                continue
            found = [value for value in wanted if kind.name in ("choice", "yes_no") and value is not None]
            if found:
                some = list(dict.fromkeys(found)) if random.random() < LEANING else [random.choice(found)]
                data[name] = some if kind.many else random.choice(found)
            elif None in wanted:
                data[name] = data.get(name, super()._values(name, kind, random))
        return data

    def walk(self, seed: int, turns: int = 0) -> Walk:
        random = Random(seed)
        self.around = self.among if seed % 2 else self.alone
        self.held = {part.register: dict(part.with_) for part in self.asked if random.random() < 0.7}
        first, last = max(self.version.in_force or EARLIEST, EARLIEST), min(self.version.until or LAST_DAY, LAST_DAY)
        on = first + timedelta(days=random.randrange(max((last - first).days * 3 // 4, 1)))
        walk = Walk(Law(self.version, (self.version,)))
        opens = self.version.steps[self.version.opens]
        any(self._take(walk, opens, on, random) for _ in range(OPENINGS))
        for _ in range((turns or self.turns) if walk.events else 0):
            on = min(on + timedelta(days=random.choice(AHEAD)), LAST_DAY)
            any(self._take(walk, step, on, random) for step in self._tried(walk, random))
        return walk

    def _tried(self, walk: Walk, random: Random) -> Iterator[Step]:
        happened = Counter(event.event for event in walk.events)
        closed = any(event.event in self.version.closing_events for event in walk.events)
        for step in sorted(self.steps, key=lambda step: random.random() * (1 + 3 * happened[step.records])):
            idle = not all(happened[name] for name in step.after) or any(happened[name] for name in step.unless)
            idle = idle or (happened[step.records] > 0 and not step.repeats) or (closed and not step.after_close)
            if random.random() < (
                BLIND if idle else CLOSING if step.id in self.version.closes else SELDOM.get(step.id, 1)
            ):
                yield step


@dataclass
class Wandered:
    """What many walks through one version showed."""

    folder: str
    walks: int = 0
    events: int = 0
    taken: set[str] = field(default_factory=set)
    checked: int = 0
    asked: int = 0
    refusals: set[Refusal] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)  # "seed: what", nothing where all is well


def wander(version: Procedure, first: int, last: int) -> Wandered:
    """The walks with seeds from `first` to the one before `last`, each held against the rules once more."""
    walker = Wanderer(version)
    recheck, found = Recheck(version, walker.around), Wandered(version.folder)
    for seed in range(first, last):
        walk = walker.walk(seed)
        recheck.around = walker.around
        found.walks += 1
        found.events += len(walk.events)
        found.taken |= {event.event for event in walk.events}
        found.refusals.update(walk.refusals)
        found.broken += [f"{seed}: {what}" for what in (*recheck.broken(walk.events), *_replayed(walk, seed))]
    found.checked, found.asked = recheck.checked, recheck.asked
    return found


@dataclass(frozen=True)
class _Row:
    event: str
    version: int
    data: str
    defects: str
    by: str
    entered_by: str
    happened_on: str


def _replayed(walk: Walk, seed: int) -> Iterator[str]:
    """The case from its entries as text, and after entries that nobody could have made."""
    rows = [
        _Row(e.event, e.version, json.dumps(e.data, default=str), "[]", e.by, e.entered_by, e.on.isoformat())
        for e in walk.case.entries
    ]
    if fold(rows) != walk.case:
        yield "replay is not live"
    if seed % 10:
        return
    case, random = walk.case, Random(seed)
    for n, row in enumerate(random.sample(rows, len(rows)), walk.case.next_version):
        case = evolve(case, replace(event_of(row), version=n))  # refuses nothing, whatever comes
        case = evolve(case, Event(random.choice(sorted(AMENDING)), LAST_DAY, "壬", _any_amendment(random), n))
    if len(case.entries) != 3 * len(rows):
        yield "an entry was left out"
    if list(case.standing) != sorted(case.standing, key=lambda event: (event.on, event.version)):
        yield "standing events out of order"


def _any_amendment(random: Random) -> dict[str, Any]:
    return {"entry": random.randrange(40), "event": "unheard_of", "reason": {"apart": "0" * 64}, "data": {"x": 1}}


def articles(version: Procedure) -> set[str]:
    """What a refusal in this version may rest on: a rule or a step of it, or 本系统规则."""
    roles = {version.statute + role.article for role in version.roles.values() if role.article.startswith("第")}
    steps = {source(step) for step in version.steps.values()}
    return {OWN_RULE} | roles | steps | {source(rule) for rule in version.rules()}


def unsound(version: Procedure, refusals: set[Refusal]) -> list[Refusal]:
    """Refusals on no article of the version, without words or a way out, or with a name of the program in them."""
    named = articles(version)
    return [
        one
        for one in refusals
        if one.article not in named
        or not (one.gate and one.says and one.todo)
        or ENGLISH.search((one.says + one.todo).replace("add_late", ""))
    ]
