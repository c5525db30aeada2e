"""The facts of a case in SQL: its events up to the day, the latest of a name, a field of it held against a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazheng.figures.dialects import Dialect, Json
from fazheng.figures.entered import wanted
from fazheng.figures.fragments import ALWAYS, NEVER, Sql, joined, sql
from fazheng.figures.periods import Period
from fazheng.lawbook.conditions import AllOf, AnyOf, Condition, Fact, FieldTest, Not, OtherFact
from fazheng.lawbook.load import LawBook


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition is asked of: the case of the alias `case` (its `bureau` and `case_id`), and on which day.

    `naming` are the events and fields by which a case of each procedure names another case; None within a linked
    case, whose own links are not followed.
    """

    dialect: Dialect
    book: LawBook
    period: Period
    procedure: str
    naming: Mapping[str, tuple[Fact, ...]] | None
    case: str = "c"

    @property
    def day(self) -> str:
        return self.period[1].isoformat()


def events(event: str, asked: Asked) -> Sql:
    """Standing events `v` of that name in the case up to the day: what stands after FROM, open for further tests."""
    return sql(
        f"ledger_standing_event v WHERE v.bureau = {asked.case}.bureau AND v.case_id = {asked.case}.case_id"
        " AND v.event = {} AND v.on_day <= {}",
        event,
        asked.day,
    )


def latest(event: str, asked: Asked, name: str = "e") -> Sql:
    """The latest of them as `e`, or another name, by day, then by entry; no row where there is none."""
    return sql(
        f'(SELECT v.data, v.on_day, v."by" FROM {{}} ORDER BY v.on_day DESC, v.version DESC LIMIT 1) {name}',
        events(event, asked),
    )


def exists(asked: Asked) -> Sql:
    """Whether the case is there on the day: something of it stands by then."""
    return sql(
        f"EXISTS (SELECT 1 FROM ledger_standing_event v WHERE v.bureau = {asked.case}.bureau"
        f" AND v.case_id = {asked.case}.case_id AND v.on_day <= {{}})",
        asked.day,
    )


def column_of(fact: Fact, asked: Asked) -> Sql:
    """A text of the row `e` that `latest` makes: the day, the person, or a field; NULL where it is no text."""
    if fact.field in ("on", "by"):
        return Sql("e.on_day" if fact.field == "on" else 'e."by"')
    return asked.dialect.text(asked.dialect.field("e.data", fact.field))


def against(test: FieldTest, other: OtherFact, asked: Asked) -> Sql:
    """Whether the latest value of the one fact passes the test against the latest of the other."""
    held = asked.dialect.held_against(_held(test.fact, asked, "e"), test.test, _held(other.fact, asked, "f"))
    both = latest(test.fact.event, asked), latest(other.fact.event, asked, "f")
    return sql("EXISTS (SELECT 1 FROM {} CROSS JOIN {} WHERE {})", *both, held)


def _held(fact: Fact, asked: Asked, row: str) -> Json:
    if fact.field in ("on", "by"):
        return asked.dialect.column(f"{row}.on_day" if fact.field == "on" else f'{row}."by"')
    return asked.dialect.field(f"{row}.data", fact.field)


def field_test(test: FieldTest, asked: Asked) -> Sql:
    """Whether the row `e` that `latest` makes passes the test."""
    if test.fact.field in ("on", "by"):
        return column_test(test, asked, "e.on_day" if test.fact.field == "on" else 'e."by"')
    return value_test(test, asked, asked.dialect.field("e.data", test.fact.field))


def column_test(test: FieldTest, asked: Asked, column: str) -> Sql:
    """A field test of what stands in a column of its own, always text: the day, the person."""
    if test.test == "present":
        return ALWAYS
    operator = {"is": "=", "in": "=", "at_least": ">=", "at_most": "<="}[test.test]
    sides = [_column_is(column, operator, one, asked) for one in wanted(test, asked.book, asked.period)]
    return joined("OR", sides or [NEVER])


def _column_is(column: str, operator: str, one: object, asked: Asked) -> Sql:
    if not isinstance(one, str):
        return NEVER
    return sql(f"{column} COLLATE {asked.dialect.collation} {operator} {{}}", one)


def value_test(test: FieldTest, asked: Asked, value: Json) -> Sql:
    """A field test of a value."""
    dialect = asked.dialect
    if test.test == "present":
        return dialect.present(value) if test.value else sql("NOT {}", dialect.present(value))
    found = wanted(test, asked.book, asked.period)
    if not found:
        return NEVER
    if test.test in ("at_least", "at_most"):
        scalar = dialect.compares(value, test.test, found[0])
        if type(found[0]) is not int:
            return scalar
        return joined("OR", [scalar, dialect.length(value, test.test, found[0])])
    scalars = [dialect.compares(value, "is", one) for one in found]
    members = [dialect.compares(dialect.element(), "is", one) for one in found]
    in_list = sql("EXISTS (SELECT 1 FROM {} WHERE {})", dialect.elements(value), joined("OR", members))
    # few are lists, and to open one costs more than all else
    return joined("OR", [*scalars, sql("CASE WHEN {} = 'array' THEN {} ELSE false END", value.kind, in_list)])


def row_holds(condition: Condition, asked: Asked, data: str) -> Sql:
    """A condition asked of a register's row: field tests joined by any, all and not."""
    match condition:
        case AnyOf(parts):
            return joined("OR", [row_holds(part, asked, data) for part in parts])
        case AllOf(parts):
            return joined("AND", [row_holds(part, asked, data) for part in parts])
        case Not(part):
            return sql("NOT {}", row_holds(part, asked, data))
        case FieldTest():
            return sql("({}) IS TRUE", value_test(condition, asked, asked.dialect.field(data, condition.fact.field)))
    raise TypeError(f"台账的行没有这种条件：{condition!r}")
