"""Random walks over enabled steps: at each turn steps are tried in random order until the engine accepts one.

What a walk must never reach is written in `invariants.py`, without the engine's own conditions.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import msgspec

from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.decide import decide
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import Command, Refusal, StandIn, Surroundings

PLACE = "示例县"
FIRST_DAY, LAST_DAY = date(2024, 1, 2), date(2026, 12, 31)
# of yes_no fields: these are rarely so, all others mostly
RARELY = frozenset(
    "affects_public_interest complex crime_suspected serious fined_before_for_same_act heavier_than_notice "
    "first_time urgent assigned_by_ruling simple to_accused several_units likely_refused harmless no_fault".split()
)
# optional fields that most cases leave empty
SCARCELY = frozenset(
    "basis_from basis_rule leniency mitigating mitigated org_kind registrar discovered_on linked_as lawful_least "
    "lawful_most illegal_gain benchmark".split()
)

# these steps are tried only so often, and these choices are mostly so
SELDOM = {
    **dict.fromkeys("refer order_recusal apply_recusal reassign decide_no_penalty close".split(), 0.015),
    **dict.fromkeys("preserve_evidence order_correction fail_legal_review end_hearing notify_hearing".split(), 0.3),
    **dict.fromkeys("send_back accept_return suspend extend".split(), 0.2),
    **dict.fromkeys("move_evidence take_sample identify_party entrust_appraisal report_crime".split(), 0.02),
    "withdraw_case": 0.005,
    **dict.fromkeys("receive_appraisal tell_appraisal approve_referral order_replacement".split(), 0.05),
    **dict.fromkeys("grade approve_deviation seal_certificates collect_certificates".split(), 0.1),
}
MOSTLY = {
    "party_kind": "organisation",
    "organisation": "",
    "later_rule": "unchanged",
    "class": "appeal",
    "route": "petition",
    "occurrence": "first",
    "told": "accepted",
    "receiver": "party",
    "ongoing": "",
    "payee_stated": "",
    "on_hearing_record": "",
    "interview_signing": "signed",
    "started_at": "",
    "ended_at": "",
}


@dataclass(frozen=True)
class Person:
    roles: frozenset[str]
    certified_until: date | None = date(2099, 1, 1)


class Cast:
    """The people of a walk: some without a certificate, some with one that runs out, some without a role."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self.people = people

    def known(self, code: str) -> bool:
        return code in self.people

    def roles(self, code: str, on: date) -> frozenset[str]:
        return self.people[code].roles

    def certified(self, code: str, on: date) -> bool:
        until = self.people[code].certified_until
        return until is not None and on <= until

    def stands_in(
        self, code: str, roles: frozenset[str], on: date, procedure: str, step: str, *, reserved: bool = False
    ) -> StandIn | None:
        return None


def _person(*roles: str, until: date | None = date(2099, 1, 1)) -> Person:
    return Person(frozenset(roles), until)


CAST = Cast(
    {
        "甲": _person("officer", "section", "presider"),
        "乙": _person("officer", "hotline_desk", "petition_desk"),
        "庚": _person("officer", until=date(2025, 6, 30)),
        "戊": _person("officer", until=None),
        "丙": _person("bureau_head", until=None),
        "辛": _person("bureau_head", until=None),
        "丁": _person("presider", "legal_reviewer", until=None),
        "己": _person("legal_reviewer", until=None),
        "壬": _person(until=None),
    }
)


@dataclass
class Walk:
    """What happened, and every refusal that was told on the way."""

    law: Law
    case: Case = field(default_factory=Case)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def events(self) -> tuple[Event, ...]:
        return self.case.standing


class Walker:
    """Walks one procedure as it has effect in the example county, or a lesser one."""

    def __init__(self, procedure: str, lesser: Procedure | None = None, *, ends: frozenset[str]) -> None:
        book = load(place=PLACE)
        self.version = lesser or book.procedures[procedure][-1]
        self.ends = ends
        self.around = Surroundings(calendar_of(book), CAST, LAST_DAY, book.parameter, case_exists=lambda case: True)
        self.steps = list(self.version.steps.values())
        self.holders = {
            role: [code for code, person in CAST.people.items() if role in person.roles] for role in self.version.roles
        }

    def walk(self, seed: int, turns: int = 26) -> Walk:
        """A walk of `turns` steps, less where one of the ending events came."""
        random = Random(seed)
        on = FIRST_DAY + timedelta(days=random.randrange(700))
        walk = Walk(Law(self.version, (self.version,)))
        opens = self.version.steps[self.version.opens]
        any(self._take(walk, opens, on, random) for _ in range(OPENINGS))
        for _ in range(turns if walk.events else 0):
            on = min(on + timedelta(days=random.choice(AHEAD)), LAST_DAY)
            any(self._take(walk, step, on, random) for step in self._tried(walk, random))
            if walk.events[-1].event in self.ends:
                break
        return walk

    def _tried(self, walk: Walk, random: Random) -> Iterator[Step]:
        """The steps in random order, those that happened often rather later.

        To save time, most of those that plainly cannot be next are not tried.
        """
        happened = Counter(event.event for event in walk.events)
        for step in sorted(self.steps, key=lambda step: random.random() * (1 + 3 * happened[step.records])):
            idle = not all(happened[name] for name in step.after) or any(happened[name] for name in step.unless)
            if idle or (happened[step.records] and not step.repeats):
                tries = int(random.random() < BLIND)
            else:
                tries = int(random.random() < SELDOM[step.id]) if step.id in SELDOM else 1
            yield from [step] * tries

    def _take(self, walk: Walk, step: Step, on: date, random: Random) -> bool:
        by = random.choice(self.holders[step.role]) if random.random() < 0.95 else random.choice(list(CAST.people))
        data = self.entered(step, random)
        if step.id == "decide" and random.random() < 0.9:
            data |= as_told(walk, data)
        command = Command(step.id, on, by, data, by)
        decision = decide(walk.law, walk.case, command, self.around)
        walk.refusals += decision.refusals
        for new in decision.events:
            walk.case = evolve(walk.case, Event(new.event, new.on, by, new.data, walk.case.next_version, by))
        return not decision.refused

    def entered(self, step: Step, random: Random) -> dict[str, Any]:
        """What is entered in the fields of a step; what is held apart as its digest."""
        data = {
            name: self._values(name, kind, random)
            for name, kind in step.kinds.items()
            if not kind.optional or random.random() < (0.96 if name in MOSTLY else 0.03 if name in SCARCELY else 0.6)
        }
        if "kinds" in data and random.random() < 0.9:  # a clerk who fines writes how much
            data |= (
                {"kinds": ["fine"]}
                if "fine" in data
                else {"kinds": [k for k in data["kinds"] if k != "fine"] or ["warning"]}
            )
        return data

    def _values(self, name: str, kind: Kind, random: Random) -> Any:
        if kind.name == "people":
            holders = self.holders[kind.of] if kind.of and random.random() < 0.95 else list(CAST.people)
            return random.sample(holders, min(random.choice((1, 2, 2, 2)), len(holders)))
        if kind.many:
            return [self._value(name, kind, random)]
        return self._value(name, kind, random)

    def _value(self, name: str, kind: Kind, random: Random) -> Any:
        match kind.name:
            case "yes_no":
                return random.random() < (0.1 if name in RARELY else 0.95)
            case "number":
                return random.randrange(1, 40)
            case "yuan":
                return random.choice((0, 20000, 600000, 9000000))
            case "date":
                return (FIRST_DAY + timedelta(days=random.randrange(900))).isoformat()
            case "choice" if name in MOSTLY and random.random() < 0.8:
                return MOSTLY[name]
            case "choice":
                return random.choice(list(self.version.choices[kind.of]))
        return {"apart": "0" * 64} if kind.apart else FIXED.get(kind.name, "事项")


AHEAD = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 10, 14, 21, 40)  # days to the next turn
OPENINGS = 40  # so often the opening is tried, with other people and data
BLIND = 0.02  # so often a step is tried although what must come before it has not
FIXED = {
    "org_code": "51999900MJX00000X8",
    "document_no": "示民罚决字〔2024〕3号",
    "statute": "行政处罚法",
    "case": "hotline.ticket-2024-0001",
}


def as_told(walk: Walk, data: Mapping[str, Any]) -> dict[str, Any]:
    """The kinds and the fine of the last notice, as a head decides who goes by the file."""
    notice = walk.case.last("notice_given")
    if notice is None:
        return {}
    kinds, fine = notice.data.get("proposed_kinds"), notice.data.get("proposed_fine")
    told = {"kinds": kinds, "fine": fine if "fine" in kinds else None, "suspended_until": "2027-01-01"}
    told["confiscated"] = notice.data.get("proposed_confiscation")
    return {name: value for name, value in told.items() if value is not None or name in data}


def without(procedure: str, *gates: str) -> Procedure:
    """The procedure as it has effect in the example county, less these gates."""
    version = load(place=PLACE).procedures[procedure][-1]
    left = tuple(gate for gate in version.gates if gate.id not in gates)
    assert len(left) == len(version.gates) - len(gates), gates
    return msgspec.structs.replace(version, gates=left)


def with_uncertified_officers(procedure: str) -> Procedure:
    """The procedure in which an officer needs no certificate."""
    version = load(place=PLACE).procedures[procedure][-1]
    officer = msgspec.structs.replace(version.roles["officer"], certificate=False)
    return msgspec.structs.replace(version, roles={**version.roles, "officer": officer})
