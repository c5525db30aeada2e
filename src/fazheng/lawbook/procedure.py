"""What a procedure file says, as frozen objects: roles, steps, gates, limits and what moves them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

import msgspec

from fazheng.lawbook.citation import cite
from fazheng.lawbook.conditions import Condition, Linked, walk

Mark = Literal["read", "local", "second_hand", "unverified"]
KINDS = (
    "yes_no number date words yuan choice people org_code document_no statute case "
    "text person id_number phone address bank_account file"
).split()
HELD_APART = frozenset("text person id_number phone address bank_account file".split())


@dataclass(frozen=True, slots=True)
class Kind:
    """A field's kind: `people:officer*?` is optional, a list, of people who hold a role."""

    name: str
    of: str = ""
    optional: bool = False
    many: bool = False

    @staticmethod
    def parse(text: str) -> Kind:
        found = re.fullmatch(r"([a-z_]+)(?::(\w+))?([?*]*)", text)
        if found is None or found[1] not in KINDS or (found[1] == "choice") != bool(found[2] and found[1] == "choice"):
            raise ValueError(f"没有这种字段：{text}")
        if found[2] and found[1] not in ("choice", "people"):
            raise ValueError(f"{found[1]} 后面不能带冒号：{text}")
        return Kind(found[1], found[2] or "", "?" in found[3], "*" in found[3] or found[1] == "people")

    @property
    def apart(self) -> bool:
        """Whether the value is kept in the private store."""
        return self.name in HELD_APART


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A table of a law file. An unknown key stops start-up."""


class Rule(Table, frozen=True, kw_only=True):
    """What cites an article: its mark decides whether anybody is refused."""

    id: str
    article: str
    mark: Mark
    statute: str  # short name, filled from the procedure where the article names none
    name: str = ""
    says: str = ""
    text: Literal["unread", ""] = ""  # "unread": no text is installed, shown 待核
    adopted_as: str = ""  # 本地规定 | 本局已核, filled where a place adopted the rule
    file: str = ""

    @property
    def cited(self) -> str:
        """Statute and article as a reader cites them."""
        return cite(self.statute, self.article)

    @property
    def refuses(self) -> bool:
        return self.mark == "read"


class Role(Table, frozen=True, kw_only=True):
    name: str
    certificate: bool = False
    article: str = ""
    says: str = ""
    held_by: tuple[str, ...] = ()  # other roles that serve in it; filled where a place says so


class Step(Rule, frozen=True, kw_only=True):
    role: str
    records: str
    after: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    fields: Mapping[str, str] = {}
    repeats: bool = False
    recuses: str = ""
    after_close: bool = False
    reserved: bool = False  # 授权代签 does not reach it: the law wants the head in person, or who heads the bureau
    occasional: bool = False  # taken for a cause that arises outside the case: it may be taken, and nobody waits for it

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        return {field: Kind.parse(text) for field, text in self.fields.items()}


class Gate(Rule, frozen=True, kw_only=True):
    before: tuple[str, ...]
    needs: Condition
    when: Condition | None = None


class DueOf(Table, frozen=True, kw_only=True):
    due: str


class Limit(Rule, frozen=True, kw_only=True):
    starts: str | DueOf
    binds: tuple[str, ...] = ()
    length: str = ""
    until: str = ""
    before: str = ""
    years: int = 0
    rolls: bool = True
    missed: Literal["overdue", "right_lapses", ""] = ""
    when: Condition | None = None
    gives_way: Condition | None = None  # once it holds, up to the due day, this start no longer counts
    forgiven: Condition | None = None  # where it holds, the act is recorded late and the right has not lapsed


class Suspension(Rule, frozen=True, kw_only=True):
    stops: tuple[str, ...]
    from_: str = msgspec.field(name="from")
    to: str
    at_most: str = ""


class Extension(Rule, frozen=True, kw_only=True):
    extends: str
    by: str
    at_most: str
    days: str = ""
    times: int = 1


class Suggestion(Rule, frozen=True, kw_only=True):
    """Another case to open, or a measure to keep to: one of `opens` and `proposes`."""

    when: Condition
    opens: str = ""
    proposes: Condition | None = None
    carries: Mapping[str, str] = {}


class Procedure(Table, frozen=True, kw_only=True):
    """One version of one procedure, as it has effect in a place."""

    id: str
    name: str
    statute: str
    in_force: date
    mark: Mark
    opens: str
    folder: str
    digest: str
    until: date | None = None
    pins: Literal["opening", "act"] = "opening"
    closes: tuple[str, ...] = ()
    roles: Mapping[str, Role]
    choices: Mapping[str, Mapping[str, str]] = {}
    labels: Mapping[str, str] = {}
    steps: Mapping[str, Step]
    gates: tuple[Gate, ...] = ()
    limits: tuple[Limit, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    called: Mapping[str, str] = {}  # registers, their fields and choices, and procedures, as a reader calls them
    waiting: tuple[Rule, ...] = ()  # local rules no place adopted, and unverified ones: no effect, shown

    def covers(self, day: date) -> bool:
        return self.in_force <= day and (self.until is None or day <= self.until)

    @cached_property
    def step_of(self) -> dict[str, Step]:
        """Event name → the step that records it."""
        return {step.records: step for step in self.steps.values()}

    @cached_property
    def recusals(self) -> dict[str, str]:
        """Event name → the field that names who may not act afterwards."""
        return {step.records: step.recuses for step in self.steps.values() if step.recuses}

    @cached_property
    def limit_of(self) -> dict[str, Limit]:
        return {limit.id: limit for limit in self.limits}

    @cached_property
    def bound_events(self) -> dict[str, frozenset[str]]:
        """Limit → the events that meet it."""
        return {
            limit.id: frozenset(self.steps[step].records for step in limit.binds if step in self.steps)
            for limit in self.limits
        }

    @cached_property
    def bound_steps(self) -> frozenset[str]:
        """The steps that meet some limit."""
        return frozenset(step for limit in self.limits for step in limit.binds)

    @cached_property
    def extensions_of(self) -> dict[str, tuple[Extension, ...]]:
        """Limit → the extensions that may lengthen it."""
        return {limit.id: tuple(e for e in self.extensions if e.extends == limit.id) for limit in self.limits}

    @cached_property
    def moves_limit(self) -> dict[str, frozenset[str]]:
        """Limit → every event that begins, meets, stops, resumes or lengthens it, or one that it hangs on."""
        events: dict[str, set[str]] = {}
        for limit in self.limits:
            stops = [{s.from_, s.to} for s in self.suspensions if limit.id in s.stops]
            own = {limit.starts} if isinstance(limit.starts, str) else set()
            asked_later = limit.when is not None and not isinstance(limit.starts, str)
            if asked_later or limit.gives_way is not None:
                own = set(self.step_of)  # it is asked on a day to come: whatever happens until then may be its answer
            events[limit.id] = own.union(
                self.bound_events[limit.id], (e.by for e in self.extensions_of[limit.id]), *stops
            )
        for _ in self.limits:  # as far as limits can hang on each other
            for limit in self.limits:
                if isinstance(limit.starts, DueOf):
                    events[limit.id] |= events.get(limit.starts.due, set())
        return {limit: frozenset(of) for limit, of in events.items()}

    @cached_property
    def limits_moved(self) -> dict[str, frozenset[str]]:
        """Event → the limits that it moves. An event that moves none is left out."""
        moved: dict[str, set[str]] = {}
        for limit, events in self.moves_limit.items():
            for event in events:
                moved.setdefault(event, set()).add(limit)
        return {event: frozenset(limits) for event, limits in moved.items()}

    @cached_property
    def chains_limits(self) -> bool:
        """Whether a limit starts on another one's due day."""
        return any(not isinstance(limit.starts, str) for limit in self.limits)

    @cached_property
    def gates_before(self) -> dict[str, tuple[Gate, ...]]:
        return {step: tuple(gate for gate in self.gates if step in gate.before) for step in self.steps}

    @cached_property
    def waits(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The role of each step that comes after something, and the events it comes after."""
        return tuple((step.role, frozenset(step.after)) for step in self.steps.values() if step.after)

    @cached_property
    def closing_events(self) -> frozenset[str]:
        return frozenset(self.steps[step].records for step in self.closes)

    def serving(self, role: str) -> frozenset[str]:
        """The roles of the staff register that may act as `role` here: itself, and those a place lets serve in it."""
        return frozenset({role, *self.roles[role].held_by})

    @cached_property
    def everybody(self) -> frozenset[str]:
        """Every role of the staff register that has a part in the procedure."""
        return frozenset(one for role in self.roles for one in self.serving(role))

    def nationwide(self, role: str) -> bool:
        """Whether national law that was read says who acts in the role: a certificate, or a step of that law."""
        if self.roles[role].certificate:
            return True
        return any(step.role == role and step.refuses and not step.adopted_as for step in self.steps.values())

    @cached_property
    def asks_linked(self) -> frozenset[str]:
        """The procedures of whose linked cases a rule that has effect asks. Empty for most."""
        parts = (part for condition in self.conditions() for part in walk(condition))
        return frozenset(part.procedure for part in parts if isinstance(part, Linked))

    def label(self, field: str) -> str:
        return self.labels.get(field, field)

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that has effect, in the order of a reader: steps, gates, limits, what moves them, suggestions."""
        parts: tuple[tuple[Rule, ...], ...] = (
            tuple(self.steps.values()),
            self.gates,
            self.limits,
            self.suspensions,
            self.extensions,
            self.suggestions,
        )
        return tuple(rule for part in parts for rule in part)

    def conditions(self) -> list[Condition]:
        """Every condition of every rule that has effect."""
        words = "when", "needs", "proposes", "gives_way", "forgiven"
        found = [getattr(rule, word, None) for rule in self.rules() for word in words]
        return [condition for condition in found if condition is not None]
