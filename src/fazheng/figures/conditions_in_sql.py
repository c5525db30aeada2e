"""A condition as SQL over the projections, true for the same cases as procedure.ask says on the same day.

Every test of a fact stands inside EXISTS, so that a missing fact is false and its negation true, never NULL.
"""

from __future__ import annotations

from dataclasses import replace

from fazheng.figures.facts_in_sql import Asked, against, column_of, events, exists, field_test, latest, row_holds
from fazheng.figures.fragments import ALWAYS, NEVER, Sql, joined, sql
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
    Linked,
    Missed,
    Not,
    OtherFact,
    Registered,
)
from fazheng.procedure.standing import latest_begin


def holds(condition: Condition, asked: Asked) -> Sql:
    """The condition as an expression that is true or false, never NULL."""
    match condition:
        case AnyOf(parts):
            gates = tuple(part.gate for part in parts if isinstance(part, HasDefect))  # one look for all of them
            others = [holds(part, asked) for part in parts if not isinstance(part, HasDefect)]
            return joined("OR", [*others, *([_defect(gates, asked)] if gates else [])])
        case AllOf(parts):
            return joined("AND", [holds(part, asked) for part in parts])
        case Not(part):
            return sql("NOT {}", holds(part, asked))
        case Happened(event, at_least):
            return _happened(event, at_least, asked)
        case HappenedSince(event, since):
            return _since(event, since, asked)
        case HappenedInPeriod(event):
            first = asked.period[0].isoformat()
            return sql("EXISTS (SELECT 1 FROM {} AND v.on_day >= {})", events(event, asked), first)
        case Expired(limit):
            return _clock(limit, asked, asked.day)
        case Missed(limit):
            done = sql("CASE WHEN k.done <= {} THEN k.done ELSE {} END", asked.day, asked.day)
            return _clock(limit, asked, done)
        case FieldTest(fact, "present", False):
            return sql("NOT {}", holds(FieldTest(fact, "present", True), asked))
        case FieldTest(_, _, OtherFact() as other):
            return against(condition, other, asked)
        case FieldTest(fact):
            return sql("EXISTS (SELECT 1 FROM {} WHERE {})", latest(fact.event, asked), field_test(condition, asked))
        case ActorNotIn():
            return ALWAYS  # nobody is acting: a gate's question, true here as in procedure.ask
        case Linked(procedure, where):
            return _linked(procedure, where, asked)
        case Registered():
            return _registered(condition, asked)
        case HasDefect(gate):
            return _defect((gate,), asked)
    raise TypeError(f"没有这种条件：{condition!r}")


def _happened(event: str, at_least: int, asked: Asked) -> Sql:
    if at_least == 1:
        return sql("EXISTS (SELECT 1 FROM {})", events(event, asked))
    return sql("(SELECT COUNT(*) FROM {}) >= {}", events(event, asked), at_least)


def _since(event: str, since: str, asked: Asked) -> Sql:
    if event == since:
        return _happened(event, 1, asked)
    after = sql(
        "ledger_standing_event w WHERE w.bureau = v.bureau AND w.case_id = v.case_id AND w.event = {}"
        " AND w.on_day <= {} AND (w.on_day, w.version) > (v.on_day, v.version)",
        since,
        asked.day,
    )
    return sql("EXISTS (SELECT 1 FROM {} AND NOT EXISTS (SELECT 1 FROM {}))", events(event, asked), after)


def _clock(limit: str, asked: Asked, measured: Sql | str) -> Sql:
    """Whether the start of the limit that counts on the day was due before `measured`. A guess never is."""
    return sql(
        f"EXISTS (SELECT 1 FROM ledger_clock k WHERE k.bureau = {asked.case}.bureau"
        f" AND k.case_id = {asked.case}.case_id"
        ' AND k."limit" = {} AND k.begun <= {} AND (k.superseded_on IS NULL OR k.superseded_on > {})'
        " AND NOT k.estimate AND k.due < {})",
        limit,
        asked.day,
        asked.day,
        measured,
    )


def _defect(gates: tuple[str, ...], asked: Asked) -> Sql:
    return sql(
        f"EXISTS (SELECT 1 FROM ledger_defect d WHERE d.bureau = {asked.case}.bureau"
        f" AND d.case_id = {asked.case}.case_id AND d.gate IN {{}} AND d.on_day <= {{}})",
        joined(",", [sql("{}", gate) for gate in gates]),
        asked.day,
    )


def _linked(procedure: str, where: Condition, asked: Asked) -> Sql:
    if asked.naming is None:
        return NEVER
    other = replace(asked, procedure=procedure, naming=None, case="o")
    names = [
        *(_names(fact, asked, "o") for fact in asked.naming.get(asked.procedure, ())),
        *(_names(fact, other, asked.case) for fact in asked.naming.get(procedure, ())),
    ]
    if not names:
        return NEVER
    either = (
        f"SELECT l.to_case FROM ledger_case_link l WHERE l.bureau = {asked.case}.bureau"
        f" AND l.from_case = {asked.case}.case_id UNION ALL SELECT l.from_case FROM ledger_case_link l"
        f" WHERE l.bureau = {asked.case}.bureau AND l.to_case = {asked.case}.case_id"
    )
    return sql(
        f"EXISTS (SELECT 1 FROM ledger_case o WHERE o.bureau = {asked.case}.bureau AND o.case_id IN ({either})"
        " AND o.procedure = {} AND {} AND {} AND {})",
        procedure,
        exists(other),
        joined("OR", names),
        holds(where, other),
    )


def _registered(condition: Registered, asked: Asked) -> Sql:
    """Whether the row `r` whose key the latest event `e` holds stands on the day, holds the values, and stood long."""
    key = condition.key
    held = [FieldTest(Fact(condition.register, field), "is", value) for field, value in condition.with_]
    return sql(
        f"EXISTS (SELECT 1 FROM {{}} CROSS JOIN ledger_register_row r WHERE r.bureau = {asked.case}.bureau"
        " AND r.register = {} AND r.key = {} AND {} AND {} AND {})",
        latest(key.event, asked),
        condition.register,
        column_of(key, asked),
        stands("r", asked.day),
        joined("AND", [row_holds(test, asked, "r.data") for test in held] or [ALWAYS]),
        _stood(condition.for_, asked) if condition.for_ else ALWAYS,
    )


def stands(row: str, day: str) -> Sql:
    """Whether the row of the alias `row` stands on the day."""
    return sql(f"{row}.from_day <= {{}} AND ({row}.to_day IS NULL OR {row}.to_day > {{}})", day, day)


def _stood(length: str, asked: Asked) -> Sql:
    """Whether a row of the same key stood on the latest day since which the length is over, and on every day after."""
    begin = latest_begin(length, asked.period[1])
    if begin is None:
        return NEVER
    same = "ledger_register_row {0} WHERE {0}.bureau = r.bureau AND {0}.register = r.register AND {0}.key = r.key"
    next_one = sql("EXISTS (SELECT 1 FROM " + same.format("n") + " AND n.from_day = g.to_day)")
    gap = sql("EXISTS (SELECT 1 FROM " + same.format("g") + " AND g.to_day > {} AND g.to_day <= {} AND NOT {})",
              begin.isoformat(), asked.day, next_one)  # fmt: skip
    then = sql("EXISTS (SELECT 1 FROM " + same.format("f") + " AND {})", stands("f", begin.isoformat()))
    return sql("({} AND NOT {})", then, gap)


def _names(fact: Fact, asked: Asked, named: str) -> Sql:
    """Whether a standing event of the case names the case of the alias `named` in that field."""
    dialect = asked.dialect
    value, column = dialect.field("v.data", fact.field), f"{named}.case_id"
    in_list = sql("EXISTS (SELECT 1 FROM {} WHERE {})",
                  dialect.elements(value), dialect.is_text_of(dialect.element(), column))  # fmt: skip
    return sql("EXISTS (SELECT 1 FROM {} AND ({} OR {}))",
               events(fact.event, asked), dialect.is_text_of(value, column), in_list)  # fmt: skip
