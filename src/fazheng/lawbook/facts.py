"""Facts and rows that law files name: whether they lead somewhere, and whether what is put into a field fits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fazheng.lawbook.conditions import Fact, FieldTest, OtherFact, Registered
from fazheng.lawbook.figure import STAFF, Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.values import misfit

_DATE, _PERSON = Kind("date"), Kind("people")
_TEXTS = frozenset({"words", "org_code", "document_no", "statute", "case"})


def fact_names(fact: Fact, version: Procedure) -> Iterator[str]:
    """What is wrong with a fact's name."""
    step = version.step_of.get(fact.event)
    if step is None:
        yield f"没有步骤记“{fact.event}”"
    elif fact.field not in step.fields and fact.field not in ("on", "by"):
        yield f"“{step.name}”没有字段“{fact.field}”"


def kind_of(fact: Fact, version: Procedure) -> Kind | None:
    """The kind of a fact: `on` a day, `by` a person; None where the fact leads nowhere."""
    if fact.field in ("on", "by"):
        return _DATE if fact.field == "on" else _PERSON
    step = version.step_of.get(fact.event)
    return step.kinds.get(fact.field) if step else None


def other_fact(test: FieldTest, other: OtherFact, version: Procedure) -> Iterator[str]:
    """Why a fact cannot be held against the other one: it leads nowhere, or the two are not of a kind."""
    yield from fact_names(other.fact, version)
    left, right = kind_of(test.fact, version), kind_of(other.fact, version)
    if left is None or right is None:
        return
    if left.apart or right.apart:
        yield f"“{test.fact if left.apart else other.fact}”是另存的，不能相比"
    elif left.many or right.many:
        yield f"“{test.fact if left.many else other.fact}”是一列，不能与另一栏相比"
    elif (left.name, left.of) != (right.name, right.of) and {left.name, right.name} != {"people"}:
        yield f"“{test.fact}”与“{other.fact}”不是同一种，不能相比"
    elif test.test != "is" and left.name not in ("number", "yuan", "date"):
        yield f"“{test.fact}”不分大小，不能用 {test.test}"
    elif other.plus and left.name != "date":
        yield f"“{test.fact}”不是日期，不能用 plus"
    elif (other.percent != 100 or other.times) and left.name not in ("number", "yuan"):
        yield f"“{test.fact}”不是数，不能用 percent、times"
    if other.times is not None:
        yield from fact_names(other.times, version)
        kind = kind_of(other.times, version)
        if kind is not None and (kind.name != "number" or kind.many):
            yield f"“{other.times}”不是一个数，不能用在 times"


def key_fault(fact: Fact, kind: Kind | None, register: Register) -> str:
    """Why a fact of that kind cannot be a key of the register; empty where it can, or leads nowhere at all.

    A person is a key of the staff register; a field that names several people is several keys.
    """
    if kind is None or register.key not in register.kinds:
        return ""
    if kind.apart:
        return f"“{fact}”是另存的，不能作编号"
    if kind.name == "people" and register.id == STAFF:
        return ""
    wanted = register.kinds[register.key].name
    fits = kind.name == wanted or (wanted == "words" and kind.name in _TEXTS)
    return "" if fits and not kind.many else f"“{fact}”与“{register.name}”的编号不是同一种"


def registered_names(asked: Registered, version: Procedure, book: LawBook) -> Iterator[str]:
    """Names in a `registered` that lead nowhere, and values that its row could never hold."""
    yield from fact_names(asked.key, version)
    register = book.registers.get(asked.register)
    if register is None:
        yield f"没有名册“{asked.register}”"
        return
    kind = kind_of(asked.key, version)
    if fault := key_fault(asked.key, kind, register):
        yield fault
    elif kind is not None and kind.many:
        yield f"“{asked.key}”是一列，不能作编号"
    for field, value in asked.with_:
        yield from held_by_row(field, value, register)


def held_by_row(field: str, value: Any, register: Register) -> Iterator[str]:
    """Why a row of the register could never hold that value in that field; of a list, as one of its elements."""
    kind = register.kinds.get(field)
    if kind is None:
        yield f"“{register.name}”没有字段“{field}”"
    elif kind.apart:
        yield f"“{field}”是另存的，不能问它的值"
    elif fault := misfit(FieldTest(Fact(register.id, field), "is", value), kind, register.choices):
        yield fault


def put_into_row(field: str, value: Any, register: Register) -> Iterator[str]:
    """Why a literal cannot be put into that field of a row: a list where one value belongs, a value of another kind."""
    kind = register.kinds.get(field)
    if kind is not None and not kind.apart and kind.many != isinstance(value, list):
        yield f"“{field}”{'是一列，值要写成 [ … ]' if kind.many else '不是一列'}"
        return
    for one in value if isinstance(value, list) else [value]:
        yield from held_by_row(field, one, register)


def taken_into_row(
    field: str, fact: Fact, kind: Kind | None, choices: Mapping[str, Mapping[str, str]], register: Register
) -> str:
    """Why a fact of that kind cannot be put into that field of a row; empty where it can, or leads nowhere."""
    wanted = register.kinds.get(field)
    if wanted is None:
        return f"没有字段“{field}”"
    if kind is None:
        return ""
    if kind.apart or wanted.apart:
        return f"“{fact if kind.apart else field}”是另存的，案件不能写进名册"
    one_person = fact.field == "by" and not wanted.many
    fits = kind.name == wanted.name or (wanted.name == "words" and (kind.name in _TEXTS or kind.name == "people"))
    if not fits or (kind.many != wanted.many and not one_person):
        return f"“{fact}”与名册的“{field}”不是同一种"
    if kind.name == "choice":
        known = register.choices.get(wanted.of, {})
        strange = [key for key in choices.get(kind.of, {}) if key not in known]
        return f"“{fact}”的选项“{'、'.join(strange)}”在名册的“{field}”里没有" if strange else ""
    return ""
