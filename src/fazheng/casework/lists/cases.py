"""One procedure's cases as a list: whose they may be stands in the statement itself, and so do filters and lights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL

from fazheng.casework.lists.columns import FieldColumn
from fazheng.casework.lists.rights import parts_of
from fazheng.figures.dialects import Dialect, dialect_of
from fazheng.figures.fragments import Sql
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CaseRow, ClockRow, StandingEvent

LIGHTS = ("red", "yellow", "green")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for. `whos` None: every case; else only those in which one of them has a part.

    `state`: open, closed or ""; `light`: one of LIGHTS or ""; days as ISO text or "".
    """

    bureau: str
    versions: Sequence[Procedure]
    today: date
    whos: Sequence[str] | None = None
    state: str = ""
    since: str = ""
    until: str = ""
    light: str = ""
    ref: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)  # a column's id → the option

    def of(self, **other: str) -> Asked:
        """The same with other days, another number."""
        return replace(self, **other)  # type: ignore[arg-type]  # texts all


class CaseLine(NamedTuple):
    """The columns of a case's row that a list shows, as `lines_of` asks them. `stands`: not so once its opening was
    withdrawn.
    """

    case_id: str
    ref: str
    opened_on: str
    closed_on: str | None
    last_on: str
    last_version: int
    stands: bool


def case_rows(asked: Asked, columns: Sequence[FieldColumn], within: tuple[str, str] | None = None) -> QuerySet[CaseRow]:
    """The rows, unordered and no statement yet. `within`: only those whose ids lie between these two, which are ids of
    that procedure: they are found by their key.
    """
    rows = CaseRow.objects.filter(bureau=asked.bureau)
    rows = rows.filter(case_id__range=within) if within else rows.filter(procedure=asked.versions[-1].id)
    if asked.whos is not None:
        rows = rows.filter(case_id__in=_mine(asked))
    if asked.state == "open":
        rows = rows.filter(_stands(), closed_on=None)
    elif asked.state:
        rows = rows.filter(closed_on__isnull=False)
    if asked.since:
        rows = rows.filter(opened_on__gte=asked.since)
    if asked.until:
        rows = rows.filter(opened_on__lte=asked.until)
    if asked.ref:
        rows = rows.filter(ref=asked.ref)
    if asked.light in LIGHTS:
        rows = _lit(rows, asked)
    by_id = {column.id: column for column in columns}
    for name, option in asked.chosen.items():
        if name in by_id and option in by_id[name].options:
            rows = rows.filter(Exists(_holding(asked.bureau, by_id[name], option)))
    return rows


def lines_of(rows: QuerySet[CaseRow]) -> QuerySet[CaseRow, Any]:
    """The same as tuples in the order of CaseLine."""
    return rows.annotate(stands=_stands()).values_list(*CaseLine._fields)


def _stands() -> Exists:
    """Whether anything stands of the case: nothing does where its opening was withdrawn."""
    return Exists(StandingEvent.objects.filter(bureau=OuterRef("bureau"), case_id=OuterRef("case_id")))


def number_in(column: FieldColumn) -> Sql:
    """The number that the JSON in `data` holds for the column, NULL where there is none."""
    return _dialect().integer(_dialect().field("data", column.field))


def integer_of(column: FieldColumn) -> RawSQL:
    """The same for a question of Django's."""
    value = number_in(column)
    return RawSQL(value.text, value.params, output_field=IntegerField())


def chosen_as(column: FieldColumn, option: str) -> RawSQL:
    """Whether the row's JSON holds that option, alone or among several."""
    dialect = _dialect()
    value, wanted = dialect.field("data", column.field), column.wanted(option)
    test = dialect.compares(value, "is", wanted)
    if column.kind.many:
        inner = dialect.compares(dialect.element(), "is", wanted)
        text = f"EXISTS (SELECT 1 FROM {dialect.elements(value).text} WHERE {inner.text})"
        return RawSQL(text, (*dialect.elements(value).params, *inner.params), output_field=BooleanField())
    return RawSQL(test.text, test.params, output_field=BooleanField())


def _mine(asked: Asked) -> QuerySet[Any, Any]:
    return parts_of(asked.bureau, asked.whos or ()).filter(procedure=asked.versions[-1].id).values("case_id")


def _holding(bureau: str, column: FieldColumn, option: str) -> QuerySet[StandingEvent]:
    """Asked of each case in turn: a page of a common choice is full after a few."""
    events = StandingEvent.objects.filter(bureau=bureau, case_id=OuterRef("case_id"), event=column.event)
    return events.filter(chosen_as(column, option))


def binding(asked: Asked) -> tuple[list[str], list[str]]:
    """The limits that bind an act: those that outlast the case, and those whose right lapses once it is closed."""
    found = [limit for version in asked.versions for limit in version.limits if limit.binds]
    lapsing = {limit.id for limit in found if limit.missed == "right_lapses"}
    return sorted({limit.id for limit in found} - lapsing), sorted(lapsing)


def _running(asked: Asked, limits: Sequence[str]) -> QuerySet[Any]:
    """Clocks of acts not yet done, and how they burn."""
    clocks = ClockRow.objects.filter(bureau=asked.bureau, done=None, superseded_on=None, due__isnull=False)
    rank = RawSQL(*_rank_of(asked.today), output_field=IntegerField())
    return clocks.filter(limit__in=limits).annotate(rank=rank)


def _lit(rows: QuerySet[CaseRow], asked: Asked) -> QuerySet[CaseRow]:
    """The cases whose clock burns in that colour: it has one of it, and none that is worse."""
    rank = LIGHTS.index(asked.light)

    def has(test: Q) -> Q:
        lasting, lapsing = (_running(asked, limits).filter(test).values("case_id") for limits in binding(asked))
        return Q(case_id__in=lasting) | Q(closed_on=None, case_id__in=lapsing)

    day = asked.today.isoformat()
    red = has(Q(due__lte=day))
    if rank == 0:
        return rows.filter(red)
    rows = rows.filter(has(Q(rank=rank, due__gt=day))).exclude(red)
    return rows if rank == 1 else rows.exclude(has(Q(rank=1, due__gt=day)))


def _rank_of(today: date) -> tuple[str, tuple[str, str]]:
    """0 red, 1 yellow, 2 green, as `procedure.outlook.light` has it, with its values."""
    number = "CAST(julianday({}) AS INTEGER)" if connection.vendor == "sqlite" else "(({})::date - DATE '1970-01-01')"
    due, begun, day = (number.format(one) for one in ("due", "begun", "%s"))
    rank = f"CASE WHEN due <= %s THEN 0 WHEN ({due} - {day}) * 3 <= {due} - {begun} THEN 1 ELSE 2 END"
    return rank, (today.isoformat(), today.isoformat())


def _dialect() -> Dialect:
    return dialect_of(connection.vendor)
