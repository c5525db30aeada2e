"""What both readers make of entered values: the cases they name, how they differ, what a test holds them against."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fazheng.figures.periods import Period
from fazheng.lawbook.conditions import Fact, FieldTest, ParameterRef
from fazheng.lawbook.load import LawBook


def naming(book: LawBook) -> dict[str, tuple[Fact, ...]]:
    """The facts of kind `case` of each procedure, over all its versions. Empty tuples for most."""
    return {
        procedure: tuple(
            {
                Fact(step.records, field): None
                for version in versions
                for step in version.steps.values()
                for field, kind in step.kinds.items()
                if kind.name == "case"
            }
        )
        for procedure, versions in book.procedures.items()
    }


def named(event: str, data: Mapping[str, Any], facts: tuple[Fact, ...]) -> Iterator[str]:
    """The case ids that an event names in these facts."""
    for fact in facts:
        if fact.event == event:
            value = data.get(fact.field)
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def values(value: Any) -> list[str]:
    """The different values of a field as JSON texts: a list is its elements; what is missing or held apart is none."""
    found = value if isinstance(value, list) else [value]
    return [json.dumps(one, ensure_ascii=False) for one in found if one is not None and not isinstance(one, dict)]


def wanted(test: FieldTest, book: LawBook, period: Period) -> tuple[object, ...]:
    """The right side as values of an entry: days as ISO text, a parameter by the period's last day; empty: unknown."""
    value = test.value
    if isinstance(value, ParameterRef):
        known = book.parameter(value.id, period[1])
        return () if known is None else (known,)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(one.isoformat() if isinstance(one, date) else one for one in values)
