"""Whether the right side of a field test could ever fit the field: one that cannot would be false in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fazheng.lawbook.conditions import FieldTest, OtherFact, ParameterRef, Plain
from fazheng.lawbook.procedure import Kind

_DATE, _PERSON = Kind("date"), Kind("words")
_PLAIN: Mapping[str, type] = {"yes_no": bool, "number": int, "yuan": int, "date": date}


def misfit(test: FieldTest, kind: Kind | None, choices: Mapping[str, Mapping[str, str]]) -> str:
    """Why the value cannot fit a field of that kind (None: `on` or `by`), in Chinese; empty where it can."""
    kind = kind or (_DATE if test.fact.field == "on" else _PERSON)
    if test.test == "present":
        return ""
    if test.test in ("at_least", "at_most"):
        return _ordered(test, kind)
    if isinstance(test.value, ParameterRef):
        return "" if kind.name in ("number", "yuan") else f"“{test.fact}”不是数，不能与参数相比"
    assert not isinstance(test.value, OtherFact), "held against a fact, not a value"
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    return next((fault for value in wanted if (fault := _one(test, kind, value, choices))), "")


def _ordered(test: FieldTest, kind: Kind) -> str:
    measure = int if kind.many else _PLAIN.get(kind.name)
    if measure not in (int, date):
        return f"“{test.fact}”不分大小，不能用 {test.test}"
    if isinstance(test.value, ParameterRef):
        return "" if measure is int else f"“{test.fact}”是日期，不能与参数相比"
    return "" if type(test.value) is measure else f"“{test.fact}”不能与 {test.value} 相比"


def _one(test: FieldTest, kind: Kind, value: Plain, choices: Mapping[str, Mapping[str, str]]) -> str:
    if type(value) is not _PLAIN.get(kind.name, str):
        return f"“{test.fact}”不能与 {value} 相比"
    if kind.name == "choice" and value not in choices.get(kind.of, {}):
        return f"“{test.fact}”没有“{value}”这个选项"
    return ""
