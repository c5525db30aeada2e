"""The SQL reader: one statement a figure, over the projections."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from fazheng.figures.conditions_in_sql import holds, stands
from fazheng.figures.declared import Declared, of_table
from fazheng.figures.dialects import dialect_of
from fazheng.figures.entered import naming, values
from fazheng.figures.facts_in_sql import Asked, exists, latest, row_holds
from fazheng.figures.fragments import Sql, joined, sql
from fazheng.figures.periods import Period
from fazheng.figures.reader import UNSAID, Found
from fazheng.lawbook.conditions import AllOf, Condition, Fact, HappenedInPeriod
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.rows import rows

NOTHING = Sql("NULL")
EACH = Sql("1")


class SqlReader:
    """Answers from ledger_case, ledger_standing_event, ledger_clock, ledger_defect, ledger_case_link and registers."""

    def __init__(self, bureau: str, book: LawBook, period: Period) -> None:
        self._bureau, self._book, self._period = bureau, book, period
        self._first, self._last = (day.isoformat() for day in period)
        self._dialect = dialect_of(connection.vendor)
        self._naming = naming(book)

    def read(self, figure: Figure) -> Found:
        """What the one statement of the figure finds."""
        statement = self.statement(figure)
        found = rows(statement.text, statement.params)
        if figure.distinct is None:
            return _found(figure, found)
        plain = figure.distinct.field in ("on", "by")
        told = [(str(row[0]), [row[1]] if plain else values(json.loads(row[1] or "null"))) for row in found]
        different = {value for _, of_case in told for value in of_case}
        return Found(len(different), tuple(sorted({case for case, of_case in told if of_case})))

    def was_kept(self, procedure: str) -> bool:
        known = events_of(self._book, procedure)
        asked = sql("SELECT 1 WHERE {}", was_kept(self._bureau, procedure, known, self._period))
        return bool(rows(asked.text, asked.params))

    def happened(self, procedure: str) -> bool:
        """Whether an event of the procedure lies in the period."""
        known = events_of(self._book, procedure)
        asked = sql("SELECT 1 WHERE {}", happened_in(self._bureau, procedure, known, self._period))
        return bool(rows(asked.text, asked.params))

    def had_rows(self, register: str) -> bool:
        asked = sql("SELECT 1 WHERE {}", had_rows(self._bureau, register, self._period))
        return bool(rows(asked.text, asked.params))

    def declared(self) -> Sequence[Declared]:
        return of_table(self._bureau)

    def statement(self, figure: Figure, among: Sql | None = None) -> Sql:
        """The statement of a figure that is no rate. Its rows are: case id or key, part, amount.

        `among` yields the bureau and the ids of the only cases that a figure of cases may count.
        """
        if figure.counts == "cases":
            return self._case_rows(figure, among)
        if figure.counts == "register":
            return self._register_rows(figure)
        if figure.sums is not None:
            amount = self._dialect.integer(self._dialect.field("c.data", figure.sums.field))
            return self._event_rows(figure, figure.sums.event, self._part(figure, figure.sums.event), amount)
        part = self._source(figure.distinct) if figure.distinct else self._part(figure, figure.event)
        return self._event_rows(figure, figure.event, part, EACH)

    def _asked(self, procedure: str) -> Asked:
        return Asked(self._dialect, self._book, self._period, procedure, self._naming)

    def _case_rows(self, figure: Figure, among: Sql | None = None) -> Sql:
        """Cases that must have an event in the period are looked for among those events, by their index."""
        bound, where = bound_event(figure.where)
        if among is not None:
            source, where = sql("({}) c WHERE 1 = 1", among), figure.where
        elif bound is None:
            source = sql(
                "ledger_case c WHERE c.bureau = {} AND c.procedure = {} AND c.opened_on <= {} AND {}",
                self._bureau, figure.of, self._last, exists(self._asked(figure.of)),
            )  # fmt: skip
        else:
            inside = self._in_period("s", bound, figure.of)
            source = sql("(SELECT DISTINCT s.bureau, s.case_id FROM {}) c WHERE 1 = 1", inside)
        return sql(
            "SELECT c.case_id, {} AS part, 1 AS amount FROM {}{}",
            self._part(figure, ""),
            source,
            self._also(where, figure.of),
        )

    def _event_rows(self, figure: Figure, event: str, part: Sql, amount: Sql) -> Sql:
        inside, also = self._in_period("c", event, figure.of), self._also(figure.where, figure.of)
        each = sql("SELECT c.case_id, {} AS part, {} AS amount FROM {}{}", part, amount, inside, also)
        grouped = "SELECT t.case_id, t.part, SUM(t.amount) AS amount FROM ({}) t GROUP BY t.case_id, t.part"
        return sql(grouped + " HAVING COUNT(t.amount) > 0", each)

    def _register_rows(self, figure: Figure) -> Sql:
        part = self._dialect.text(self._dialect.field("r.data", figure.splits.field)) if figure.splits else NOTHING
        where = sql(" AND {}", row_holds(figure.where, self._asked(""), "r.data")) if figure.where else Sql("")
        return sql(
            "SELECT r.key, {} AS part, 1 AS amount FROM ledger_register_row r"
            " WHERE r.bureau = {} AND r.register = {} AND {}{}",
            part, self._bureau, figure.of, self._counted_rows(figure.moved), where,
        )  # fmt: skip

    def _counted_rows(self, moved: str) -> Sql:
        """The row that stands on the last day, or those by which a key came or went. A change of the row is neither."""
        if not moved:
            return stands("r", self._last)
        mine, others = ("from_day", "to_day") if moved == "entered" else ("to_day", "from_day")
        beside = (
            "EXISTS (SELECT 1 FROM ledger_register_row b WHERE b.bureau = r.bureau AND b.register = r.register"
            f" AND b.key = r.key AND b.{others} = r.{mine})"
        )
        return sql(f"r.{mine} BETWEEN {{}} AND {{}} AND NOT {beside}", self._first, self._last)

    def _in_period(self, alias: str, event: str, procedure: str) -> Sql:
        return sql(
            f"ledger_standing_event {alias} WHERE {alias}.bureau = {{}} AND {alias}.procedure = {{}}"
            f" AND {alias}.event = {{}} AND {alias}.on_day BETWEEN {{}} AND {{}}",
            self._bureau, procedure, event, self._first, self._last,
        )  # fmt: skip

    def _also(self, where: Condition | None, procedure: str) -> Sql:
        return sql(" AND {}", holds(where, self._asked(procedure))) if where else Sql("")

    def _part(self, figure: Figure, counted: str) -> Sql:
        """The choice a row belongs to: of the counted event itself, else of the case's latest event of that name."""
        fact = figure.splits
        if fact is None:
            return NOTHING
        if fact.event == counted:
            return self._dialect.text(self._dialect.field("c.data", fact.field))
        text = self._dialect.text(self._dialect.field("e.data", fact.field))
        return sql("(SELECT {} FROM {})", text, latest(fact.event, self._asked(figure.of)))

    def _source(self, fact: Fact) -> Sql:
        """A field of the counted event: its JSON text, or the day or person as it stands."""
        if fact.field in ("on", "by"):
            return Sql("c.on_day" if fact.field == "on" else 'c."by"')
        return self._dialect.source(self._dialect.field("c.data", fact.field))


def events_of(book: LawBook, procedure: str) -> list[str]:
    """Every event that some version of the procedure records; sorted."""
    return sorted({event for version in book.procedures[procedure] for event in version.step_of})


def was_kept(bureau: str, procedure: str, known: Iterable[str], period: Period) -> Sql:
    """Whether one of the known events lies in the period, or a signed zero stands for one of its years."""
    return sql(
        "({} OR EXISTS (SELECT 1 FROM ledger_nothing_happened WHERE bureau = {}"
        " AND procedure = {} AND year BETWEEN {} AND {}))",
        happened_in(bureau, procedure, known, period), bureau, procedure, period[0].year, period[1].year,
    )  # fmt: skip


def happened_in(bureau: str, procedure: str, known: Iterable[str], period: Period) -> Sql:
    """Whether one of the known events lies in the period."""
    among = joined(",", [sql("{}", event) for event in known])  # one range of the index for each event
    return sql(
        "EXISTS (SELECT 1 FROM ledger_standing_event WHERE bureau = {} AND procedure = {} AND event IN {}"
        " AND on_day BETWEEN {} AND {})",
        bureau, procedure, among, period[0].isoformat(), period[1].isoformat(),
    )  # fmt: skip


def had_rows(bureau: str, register: str, period: Period) -> Sql:
    """Whether the register had a row on or before the period's last day."""
    return sql(
        "EXISTS (SELECT 1 FROM ledger_register_row WHERE bureau = {} AND register = {} AND from_day <= {})",
        bureau, register, period[1].isoformat(),
    )  # fmt: skip


def _found(figure: Figure, told: list[tuple[Any, ...]]) -> Found:
    parts: Counter[str] = Counter()
    for _, part, number in told:
        parts[part or UNSAID] += int(number)
    names = tuple(sorted({str(row[0]) for row in told}))
    return Found(sum(parts.values()), names, dict(parts) if figure.splits else {})


def bound_event(where: Condition | None) -> tuple[str | None, Condition | None]:
    """The event that a case must have in the period for `where` to hold, and what else it must meet."""
    match where:
        case HappenedInPeriod(event):
            return event, None
        case AllOf(parts):
            for n, part in enumerate(parts):
                event_found, rest = bound_event(part)
                if event_found is not None:
                    others = (*parts[:n], *((rest,) if rest else ()), *parts[n + 1 :])
                    return event_found, AllOf(others) if others else None
    return None, where
