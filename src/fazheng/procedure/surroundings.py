"""What a decision may look at besides the case itself: who the people are, which day it is, what is linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from fazheng.frozen import record
from fazheng.procedure.case import Case
from fazheng.procedure.law import Law
from fazheng.procedure.standing import Rows, no_rows
from fazheng.workdays import Calendar

NO_PERSON = frozenset({"import", "system"})  # who entered what nobody put a name to: a sheet, a new book
OWN_RULE = "本系统规则"  # the article of a refusal that rests on no statute


@dataclass(frozen=True, slots=True)
class StandIn:
    """Why a person holds a role that is not their own: 主持工作, or 授权代签 (`authorised`); by which paper."""

    paper: str
    authorised: bool = False

    @property
    def name(self) -> str:
        return "授权代签" if self.authorised else "主持工作"

    def shown(self) -> dict[str, str]:
        """As an entry keeps it."""
        return {"as": "signing_authority" if self.authorised else "acting_head", "paper": self.paper}


class Staff(Protocol):
    """Who works here, on a day."""

    def known(self, code: str) -> bool:
        """Whether the code ever named a person of this bureau."""

    def roles(self, code: str, on: date) -> frozenset[str]:
        """The roles the person holds that day; empty for nobody."""

    def certified(self, code: str, on: date) -> bool:
        """Whether the person's certificate is valid that day."""

    def stands_in(
        self, code: str, roles: frozenset[str], on: date, procedure: str, step: str, *, reserved: bool = False
    ) -> StandIn | None:
        """Why the person may act in one of the roles that day, holding none of them as their own; None: they may not,
        or need no paper for it. `reserved`: 授权代签 does not reach the step.
        """


@record(frozen=True, slots=True)
class LinkedCase:
    law: Law
    case: Case


@record(frozen=True, slots=True)
class Surroundings:
    """`today` is the day in Asia/Shanghai; `parameter(id, day)` a threshold or None; `linked` by procedure id;
    `registered(register, key, day)` the row that stands.
    """

    calendar: Calendar
    staff: Staff
    today: date
    parameter: Callable[[str, date], int | None] = lambda id, day: None
    linked: Mapping[str, tuple[LinkedCase, ...]] = field(default_factory=dict)
    case_exists: Callable[[str], bool] = lambda case_id: True
    registered: Rows = no_rows


@record(frozen=True, slots=True)
class Command:
    """A step about to be taken, or (`happened`) one already taken. `data` holds read values; None: not yet entered."""

    step: str
    on: date
    by: str
    data: Mapping[str, Any] | None
    entered_by: str = ""
    happened: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step may not be taken: the gate, its article, the words that carry it, and what to do first."""

    gate: str
    article: str
    says: str
    todo: str
    hard: bool = False  # refuses what has already happened, too
    warns: bool = False  # a second-hand rule: nobody is refused
    name: str = ""  # of the rule, for readers
    at: str = ""  # the field it is about; BESIDE before what stands beside the fields: the day, who, the reason

    def shown(self) -> dict[str, str]:
        return {"gate": self.gate, "article": self.article, "says": self.says, "todo": self.todo}


@record(frozen=True, slots=True)
class NewEvent:
    event: str
    on: date
    data: Mapping[str, Any]


@record(frozen=True, slots=True)
class Decision:
    """Either refusals, all of them, or the events to record, with what they broke and were warned of."""

    refusals: tuple[Refusal, ...] = ()
    events: tuple[NewEvent, ...] = ()
    defects: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()
    acting_as: str = ""
    stands_in: StandIn | None = None

    @property
    def refused(self) -> bool:
        return bool(self.refusals)
