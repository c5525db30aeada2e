"""One procedure's cases as a list: whose they may be stands in the statement itself, and so do filters and lights."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.expressions import RawSQL

from fazheng.casework.lists.columns import FieldColumn
from fazheng.figures.dialects import Dialect, dialect_of
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CasePart, CaseRow, ClockRow, StandingEvent
from fazheng.ledger.rows import listed
from fazheng.ledger.rows import rows as rows_of

LIGHTS = ("red", "yellow", "green")
CLOCK = "clock"  # what the nearest clock is annotated as


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


@dataclass(frozen=True, slots=True)
class NearClock:
    """The clock of a case that burns most: its limit, its first and last day, whether the last is an estimate."""

    limit: str
    begun: str
    due: str
    estimate: bool

    @staticmethod
    def read(text: str | None) -> NearClock | None:
        if not text:
            return None
        due, begun, estimate, limit = text.split("|", 3)
        return NearClock(limit, begun, due, estimate == "1")


def case_rows(asked: Asked, columns: Sequence[FieldColumn]) -> QuerySet[CaseRow]:
    """The rows, unordered and without their clocks; no statement yet."""
    rows = CaseRow.objects.filter(bureau=asked.bureau, procedure=asked.versions[-1].id)
    if asked.whos is not None:
        rows = rows.filter(case_id__in=_mine(asked))
    if asked.state:
        rows = rows.filter(closed_on__isnull=asked.state == "open")
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


def with_clocks(rows: QuerySet[CaseRow], asked: Asked) -> QuerySet[CaseRow]:
    """The rows, each with the clock that burns most (`NearClock.read(row.clock)`), in the same statement."""
    lasting, lapsing = _binding(asked)
    rank, values = _rank_of(asked.today, "l.")
    # every limit is named, so that the clocks of one case are looked up by their key
    every = f'l."limit" IN ({listed(len(lasting) + len(lapsing))})' if lasting or lapsing else "1 = 0"
    binds = "ledger_case.closed_on IS NULL" + (f' OR l."limit" IN ({listed(len(lasting))})' if lasting else "")
    told = f"""SELECT l.due || '|' || l.begun || '|' || CASE WHEN l.estimate THEN '1' ELSE '0' END || '|' || l."limit"
        FROM ledger_clock l WHERE l.bureau = %s AND l.case_id = ledger_case.case_id AND l.done IS NULL
        AND l.superseded_on IS NULL AND l.due IS NOT NULL AND {every} AND ({binds})
        ORDER BY {rank}, l.due, l."limit" LIMIT 1"""
    text = RawSQL(told, (asked.bureau, *lasting, *lapsing, *lasting, *values), output_field=TextField())
    return rows.annotate(**{CLOCK: text})


def values_of(
    bureau: str, case_ids: Sequence[str], columns: Iterable[FieldColumn]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Case and event → the data of the event that stands last. One statement, of these cases alone."""
    events = sorted({column.event for column in columns})
    found = rows_of(
        f"SELECT case_id, event, data FROM ledger_standing_event WHERE bureau = %s"
        f" AND case_id IN ({listed(len(case_ids))}) AND event IN ({listed(len(events))}) ORDER BY on_day, version",
        [bureau, *case_ids, *events],
    )
    last = {(case, event): data for case, event, data in found}
    return {of: json.loads(data) for of, data in last.items()}


def sums(rows: QuerySet[CaseRow], asked: Asked, columns: Sequence[FieldColumn]) -> tuple[int, dict[str, int | None]]:
    """How many cases the filters leave, and the sum of each number column over all of them. One statement; a second
    where none of them holds a number.
    """
    summed = [column for column in columns if column.summed]
    named = sorted({column.event for column in summed})
    # the cases say which events: with the procedure named beside them, SQLite walks through every case's
    events = StandingEvent.objects.filter(bureau=asked.bureau, event__in=named)
    events = events.filter(case_id__in=rows.order_by().values("case_id"))
    many = rows.order_by().values("bureau").annotate(many=Count("*")).values("many")
    told = {f"n{n}": Sum(integer_of(column)) for n, column in enumerate(summed)}
    found: dict[str, dict[str, Any]] = {
        row["event"]: dict(row) for row in events.order_by().values("event").annotate(many=Subquery(many), **told)
    }
    totals = {one.id: found[one.event][f"n{n}"] if one.event in found else None for n, one in enumerate(summed)}
    return next((row["many"] for row in found.values()), None) or rows.count(), totals


def integer_of(column: FieldColumn) -> RawSQL:
    """The number that the row's JSON holds for the column, NULL where there is none."""
    value = _dialect().integer(_dialect().field("data", column.field))
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
    parts = CasePart.objects.filter(bureau=asked.bureau, procedure=asked.versions[-1].id, who__in=asked.whos or ())
    return parts.values("case_id")


def _holding(bureau: str, column: FieldColumn, option: str) -> QuerySet[StandingEvent]:
    """Asked of each case in turn: a page of a common choice is full after a few."""
    events = StandingEvent.objects.filter(bureau=bureau, case_id=OuterRef("case_id"), event=column.event)
    return events.filter(chosen_as(column, option))


def _binding(asked: Asked) -> tuple[list[str], list[str]]:
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
        lasting, lapsing = (_running(asked, limits).filter(test).values("case_id") for limits in _binding(asked))
        return Q(case_id__in=lasting) | Q(closed_on=None, case_id__in=lapsing)

    day = asked.today.isoformat()
    red = has(Q(due__lte=day))
    if rank == 0:
        return rows.filter(red)
    rows = rows.filter(has(Q(rank=rank, due__gt=day))).exclude(red)
    return rows if rank == 1 else rows.exclude(has(Q(rank=1, due__gt=day)))


def _rank_of(today: date, clock: str = "") -> tuple[str, tuple[str, str]]:
    """0 red, 1 yellow, 2 green, as `procedure.outlook.light` has it, with its values; `clock`: what stands before
    the columns of the clock's row.
    """
    number = "CAST(julianday({}) AS INTEGER)" if connection.vendor == "sqlite" else "(({})::date - DATE '1970-01-01')"
    due, begun, day = (number.format(one) for one in (f"{clock}due", f"{clock}begun", "%s"))
    rank = f"CASE WHEN {clock}due <= %s THEN 0 WHEN ({due} - {day}) * 3 <= {due} - {begun} THEN 1 ELSE 2 END"
    return rank, (today.isoformat(), today.isoformat())


def _dialect() -> Dialect:
    return dialect_of(connection.vendor)
