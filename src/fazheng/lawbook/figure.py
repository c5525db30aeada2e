"""Figures, reports and registers as law files define them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from fazheng.lawbook.conditions import Condition, Fact
from fazheng.lawbook.outline import Outline
from fazheng.lawbook.procedure import Kind, Table
from fazheng.lawbook.tabled import Acts, Chart, Form

STAFF = "staff"  # the register of people: what a field of kind `people` names is a key of it
ACTING, AUTHORITY = "acting_head", "signing_authority"  # 主持工作, 授权代签: who stands in, for a term, by which paper
STAFFING = frozenset({STAFF, ACTING, AUTHORITY})  # what the roster is made of
SECTION = "section"  # 科室


Owed = Literal["", "public", "public_in_time", "public_late", "withdrawn", "withdrawn_late", "recorded",
               "recorded_whole", "reviewed", "reviewed_before"]  # fmt: skip


class Rate(Table, frozen=True, kw_only=True):
    of: str
    over: str


class Differs(Table, frozen=True, kw_only=True):
    """Another figure that a reader might take for this one, and why the two numbers may differ."""

    figure: str
    because: str


class Figure(Table, frozen=True, kw_only=True):
    """One number of the yearly report: what is counted, where, in which unit."""

    id: str
    name: str
    unit: str
    counts: Literal["cases", "events", "register", ""] = ""
    moved: Literal["entered", "struck", ""] = ""  # of a register: what came or went in the period, not what stands
    of: str = ""
    event: str = ""
    distinct: Fact | None = None
    sums: Fact | None = None
    where: Condition | None = None
    owed: Owed = ""  # counts cases of `of` by what law/acts says they owe: the loader writes `where` from it
    splits: Fact | None = None
    rate: Rate | None = None
    adds: tuple[str, ...] = ()
    digits: int = 0
    differs_from: tuple[Differs, ...] = ()
    section: str = ""  # a role of the staff register: who answers for it; empty: who opens the cases it counts
    file: str = ""


class Section(Table, frozen=True, kw_only=True):
    """Sentences of one section: for some, for zero, for no data.

    `none` is what did not happen, as a noun, for the sentence that gathers zeros. `task` is the sentence a shortcoming
    proposes for next year. `lists` makes it a list of promises (last year's, with what became of them) or of tasks
    (next year's, that somebody took up), worded by `says`.
    """

    id: str
    part: str
    rests_on: str = ""
    some: str = ""
    zero: str = ""
    no_data: str = ""
    title: str = ""
    joins: bool = False  # goes on in the paragraph of the section before
    none: str = ""
    task: str = ""
    lists: Literal["promises", "tasks", ""] = ""
    says: Mapping[str, str] = {}

    @property
    def texts(self) -> Mapping[str, str]:
        """Every text with holes that a figure fills, by where it stands."""
        return {"some": self.some, "zero": self.zero, "no_data": self.no_data, "none": self.none, "task": self.task}


class Report(Table, frozen=True, kw_only=True):
    """A report: its required parts by id, its sections, the outlines it can be written in; `uses`: the place's own.

    `main`: the one that is meant where none is named; only it answers promises and offers 素材. The others are its
    companions, drawn from the same book: tables of figures, dated acts of a person.
    """

    id: str
    name: str
    main: bool = False
    parts: Mapping[str, str] = {}
    sections: tuple[Section, ...]
    outlines: Mapping[str, Outline] = {}
    uses: str = ""
    charts: tuple[Chart, ...] = ()
    forms: tuple[Form, ...] = ()
    acts: tuple[Acts, ...] = ()

    @property
    def companion(self) -> bool:
        """Whether it is drawn up beside the main report."""
        return bool(self.forms or self.acts)


class Change(Table, frozen=True, kw_only=True):
    """A standing event of a procedure that changes a register: `sets` literals, `takes` facts of the case.

    `enter` begins a row or changes the one that stands; `change` begins none where none stands; `strike` ends it on
    that day.
    """

    of: str
    on: str
    key: str
    does: Literal["enter", "change", "strike"] = "change"
    sets: Mapping[str, Any] = {}
    takes: Mapping[str, Fact] = {}


class Register(Table, frozen=True, kw_only=True):
    """What stands at a date: rows by key."""

    id: str
    name: str
    key: str
    fields: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]] = {}
    labels: Mapping[str, str] = {}
    taken_over: bool = False
    signs: tuple[str, ...] = ()  # of the staff register: the roles whose step is a signature
    proves: Mapping[str, str] = {}  # of the staff register: a yes-or-no field of a step → the field that shows it
    outside: Mapping[str, str] = {}  # of the staff register: a role → whom outside the bureau one may ask
    changes: tuple[Change, ...] = ()

    @property
    def kinds(self) -> dict[str, Kind]:
        return {field: Kind.parse(text) for field, text in self.fields.items()}
