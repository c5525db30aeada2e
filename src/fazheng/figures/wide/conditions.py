"""A condition as SQL over the row `w` of the wide form, true for the same cases as conditions_in_sql says.

Every test of a day stands beside it, so that a row says the same on each day it is valid for. What a row cannot say
raises NotWide: such a figure is counted by a statement of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from fazheng.figures.dialects import Json
from fazheng.figures.facts_in_sql import Asked, column_test, value_test
from fazheng.figures.fragments import ALWAYS, NEVER, Sql, joined, sql
from fazheng.figures.wide.columns import Columns, NotWide
from fazheng.lawbook.conditions import (
    ActorNotIn,
    AllOf,
    AnyOf,
    Condition,
    Expired,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    HappenedSince,
    HasDefect,
    Missed,
    Not,
    OtherFact,
)

COLUMN_FACTS = ("on", "by")


@dataclass(frozen=True)
class Wide:
    """What a condition is asked of: the columns, and in `asked` the day, the period and the law."""

    columns: Columns
    asked: Asked

    def holds(self, condition: Condition) -> Sql:
        """The condition as an expression that is true where it holds, false or NULL elsewhere. Raises NotWide."""
        match condition:
            case AnyOf(parts):
                return joined("OR", [self.holds(part) for part in parts])
            case AllOf(parts):
                return joined("AND", [self.holds(part) for part in parts])
            case Not(part):
                return sql("NOT ({} IS TRUE)", self.holds(part))
            case ActorNotIn():
                return ALWAYS  # as in conditions_in_sql
            case FieldTest(fact, "present", False):
                return self.holds(Not(FieldTest(fact, "present", True)))
        return sql("({})", self._may_hold(condition))

    def perhaps(self, condition: Condition, *, holding: bool = True) -> Sql:
        """An expression that is true of every row for which the condition may hold, though rows cannot tell all of it;
        not `holding`: that is not true of a row for which it may not.
        """
        match condition:
            case AnyOf(parts):
                return joined("OR", [self.perhaps(part, holding=holding) for part in parts])
            case AllOf(parts):
                return joined("AND", [self.perhaps(part, holding=holding) for part in parts])
            case Not(part):
                return sql("NOT ({} IS TRUE)", self.perhaps(part, holding=not holding))
        try:
            return self.holds(condition)
        except NotWide:
            return ALWAYS if holding else NEVER

    def happened(self, event: str) -> Sql:
        """Whether the event that the row holds is there on the day. May be NULL."""
        return sql(f"{self.columns.of('day', event)} <= {{}}", self.asked.day)

    def in_period(self, event: str) -> Sql:
        """Whether the event that the row holds lies in the period. May be NULL."""
        first, last = (day.isoformat() for day in self.asked.period)
        return sql(f"{self.columns.of('day', event)} BETWEEN {{}} AND {{}}", first, last)

    def text(self, fact: Fact) -> Sql:
        """The choice that the fact holds, NULL where it is not there on the day or is no text."""
        text = self.asked.dialect.text(self.columns.field(fact.event, fact.field))
        return sql("CASE WHEN {} THEN {} END", self.happened(fact.event), text)

    def _may_hold(self, condition: Condition) -> Sql:
        of = self.columns.of
        match condition:
            case Happened(event, at_least):
                often = sql(f"{of('times', event)} >= {{}}", at_least) if at_least > 1 else ALWAYS
                return joined("AND", [self.happened(event), often])
            case HappenedSince(event, since):
                return self._since(event, since)
            case HappenedInPeriod(event):
                return self.in_period(event)
            case Expired(limit):
                return self._clock(limit, Sql("%s", (self.asked.day,)))
            case Missed(limit):
                done = of("done", limit)
                day = self.asked.day
                return self._clock(limit, sql(f"CASE WHEN {done} <= {{}} THEN {done} ELSE {{}} END", day, day))
            case HasDefect(gate):
                return sql(f"{of('gate', gate)} <= {{}}", self.asked.day)
            case FieldTest(fact):
                return joined("AND", [self.happened(fact.event), self._test(condition)])
        raise NotWide

    def _since(self, event: str, since: str) -> Sql:
        if event == since:
            return self.happened(event)
        of = self.columns.of
        before = f"({of('day', since)}, {of('version', since)}) < ({of('day', event)}, {of('version', event)})"
        gone = sql(f"{of('day', since)} IS NULL OR {of('day', since)} > {{}} OR {before}", self.asked.day)
        return sql("{} AND ({})", self.happened(event), gone)

    def _clock(self, limit: str, measured: Sql) -> Sql:
        begun, due = self.columns.of("begun", limit), self.columns.of("due", limit)
        return sql(f"{begun} <= {{}} AND {due} < {{}}", self.asked.day, measured)

    def _test(self, test: FieldTest) -> Sql:
        fact = test.fact
        if isinstance(test.value, OtherFact):
            if test.value.plus:
                raise NotWide
            other = test.value.fact
            held = self.asked.dialect.held_against(self._held(fact), test.test, self._held(other))
            return joined("AND", [self.happened(other.event), held])
        if fact.field in COLUMN_FACTS:
            return column_test(test, self.asked, self._column(fact))
        return value_test(test, self.asked, self.columns.field(fact.event, fact.field))

    def _held(self, fact: Fact) -> Json:
        if fact.field in COLUMN_FACTS:
            return self.asked.dialect.column(self._column(fact))
        return self.columns.field(fact.event, fact.field)

    def _column(self, fact: Fact) -> str:
        return self.columns.of("day" if fact.field == "on" else "by", fact.event)
