"""The closed vocabulary of conditions, as frozen objects. A word that is not here stops start-up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Plain = bool | int | str | date


class Condition:
    """What may be asked of a case. Every kind is a frozen dataclass below."""


class UnknownWord(ValueError):
    """A condition in a law file uses a word outside the vocabulary, or leaves one out."""


class Fact:
    """`event.field` of the latest standing event of that name; `on` and `by` always exist.

    A plain class and no dataclass: the reader of law files would take a dataclass for a table.
    """

    __slots__ = ("event", "field")
    __match_args__ = ("event", "field")

    def __init__(self, event: str, field: str) -> None:
        self.event, self.field = event, field

    @staticmethod
    def parse(text: object) -> Fact:
        if not isinstance(text, str) or text.count(".") != 1 or text.startswith(".") or text.endswith("."):
            raise UnknownWord(f"事实要写成“事件.字段”：{text!r}")
        event, field = text.split(".")
        return Fact(event, field)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fact) and (self.event, self.field) == (other.event, other.field)

    def __hash__(self) -> int:
        return hash((self.event, self.field))

    def __repr__(self) -> str:
        return f"Fact({self.event!r}, {self.field!r})"

    def __str__(self) -> str:
        return f"{self.event}.{self.field}"


@dataclass(frozen=True, slots=True)
class ParameterRef:
    id: str


@dataclass(frozen=True, slots=True)
class OtherFact:
    """The right side of a test is what another entry holds.

    `plus`: a length after that day. `percent` of that amount, and so many `times` (a number) of it, in whole fen.
    """

    fact: Fact
    plus: str = ""
    percent: int | ParameterRef = 100
    times: Fact | None = None


@dataclass(frozen=True, slots=True)
class Happened(Condition):
    event: str
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class HappenedSince(Condition):
    event: str
    since: str


@dataclass(frozen=True, slots=True)
class HappenedInPeriod(Condition):
    event: str


@dataclass(frozen=True, slots=True)
class Expired(Condition):
    limit: str


@dataclass(frozen=True, slots=True)
class Missed(Condition):
    limit: str


@dataclass(frozen=True, slots=True)
class FieldTest(Condition):
    fact: Fact
    test: str  # is | in | at_least | at_most | present
    value: Plain | tuple[Plain, ...] | ParameterRef | OtherFact


@dataclass(frozen=True, slots=True)
class ActorNotIn(Condition):
    fact: Fact


@dataclass(frozen=True, slots=True)
class Linked(Condition):
    procedure: str
    where: Condition


@dataclass(frozen=True, slots=True)
class Registered(Condition):
    """A row of the register with the key that the fact holds stands; `with_` what it holds, `for_` how long already."""

    register: str
    key: Fact
    with_: tuple[tuple[str, Plain], ...] = ()
    for_: str = ""


@dataclass(frozen=True, slots=True)
class HasDefect(Condition):
    gate: str


@dataclass(frozen=True, slots=True)
class ProposalsKept(Condition):
    """Whatever the law proposes for the case as it stands (`[[suggest]]` with `proposes`) is kept to."""


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf(Condition):
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Condition):
    condition: Condition


# of `for`: no working days, since a row stands on days off too; below a century, as far as lengths go
_PLUS = re.compile(r"[1-9]\d{0,3} (?:working )?days|[1-9]\d{0,2} months|[1-9]\d? years")
_STANDING = re.compile(r"[1-9]\d{0,3} days|[1-9]\d{0,2} months|[1-9]\d? years")
TESTS = ("is", "in", "at_least", "at_most", "present")


def parse(raw: object) -> Condition:
    """The condition a TOML table spells. Raises UnknownWord for any other table."""
    if not isinstance(raw, Mapping):
        raise UnknownWord(f"条件要写成一张表：{raw!r}")
    match dict(raw):
        case {"any": list(parts), **rest} if parts and not rest:
            return AnyOf(tuple(parse(part) for part in parts))
        case {"all": list(parts), **rest} if parts and not rest:
            return AllOf(tuple(parse(part) for part in parts))
        case {"not": part, **rest} if not rest:
            return Not(parse(part))
        case {"event": str(event), **rest}:
            return _event(event, rest)
        case {"expired": str(limit), **rest} if not rest:
            return Expired(limit)
        case {"missed": str(limit), **rest} if not rest:
            return Missed(limit)
        case {"field": fact, **rest}:
            return _field(Fact.parse(fact), rest)
        case {"actor_not_in": fact, **rest} if not rest:
            return ActorNotIn(Fact.parse(fact))
        case {"linked": str(procedure), "where": where, **rest} if not rest:
            return Linked(procedure, parse(where))
        case {"registered": str(register), "key": key, **rest}:
            return _registered(register, Fact.parse(key), rest)
        case {"defect": str(gate), **rest} if not rest:
            return HasDefect(gate)
        case {"proposals": "kept", **rest} if not rest:
            return ProposalsKept()
    raise UnknownWord(f"词表里没有这种条件：{dict(raw)!r}")


def _event(event: str, rest: dict[str, Any]) -> Condition:
    match rest:
        case {} if not rest:
            return Happened(event)
        case {"at_least": int(n), **more} if not more and n > 0:
            return Happened(event, n)
        case {"since": str(since), **more} if not more:
            return HappenedSince(event, since)
        case {"in_period": True, **more} if not more:
            return HappenedInPeriod(event)
    raise UnknownWord(f"event 只能单独用，或者配 since、at_least、in_period 之一：{rest!r}")


def _registered(register: str, key: Fact, rest: dict[str, Any]) -> Registered:
    held, length = rest.pop("with", None), rest.pop("for", "")
    if rest or (held is not None and (not isinstance(held, Mapping) or not held)):
        raise UnknownWord(f"registered 配 key，可加 with = {{ 字段 = 值 }} 和 for：{register} {rest or held!r}")
    if length and not (isinstance(length, str) and _STANDING.fullmatch(length)):
        raise UnknownWord(f"for 要写成 30 days、6 months、2 years 的样子，不用工作日：{length!r}")
    for field, value in (held or {}).items():
        if not isinstance(value, bool | int | str | date):
            raise UnknownWord(f"with 的值只能是是非、整数、文字、日期：{field} {value!r}")
    return Registered(register, key, tuple((held or {}).items()), length)


def _field(fact: Fact, rest: dict[str, Any]) -> FieldTest:
    if len(rest) != 1 or (test := next(iter(rest))) not in TESTS:
        raise UnknownWord(f"field 要配且只配 {'、'.join(TESTS)} 之一：{fact} {rest!r}")
    value = rest[test]
    if test == "present" and not isinstance(value, bool):
        raise UnknownWord(f"present 只能是 true 或 false：{fact}")
    if test == "in":
        if not isinstance(value, list) or not value:
            raise UnknownWord(f"in 要配一列值：{fact}")
        return FieldTest(fact, test, tuple(value))
    if isinstance(value, Mapping):
        return FieldTest(fact, test, _right_side(fact, test, value))
    if isinstance(value, float) or not isinstance(value, bool | int | str | date):
        raise UnknownWord(f"右边只能是是非、整数、文字、日期：{fact} {value!r}")
    return FieldTest(fact, test, value)


def _right_side(fact: Fact, test: str, value: Mapping[str, Any]) -> ParameterRef | OtherFact:
    match dict(value):
        case {"parameter": id, **rest} if not rest:
            return ParameterRef(str(id))
        case {"field": other, **rest} if test != "present" and set(rest) <= {"plus", "percent", "times"}:
            plus = rest.get("plus", "")
            if "plus" in rest and not (isinstance(plus, str) and _PLUS.fullmatch(plus)):
                raise UnknownWord(f"plus 要写成 30 days、7 working days、6 months、2 years 的样子：{plus!r}")
            times = Fact.parse(rest["times"]) if "times" in rest else None
            return OtherFact(Fact.parse(other), plus, _percent(rest.get("percent", 100)), times)
    raise UnknownWord(f"右边只能是一个值、{{ parameter = … }} 或者 {{ field = …, plus、percent、times }}：{fact}")


def _percent(value: object) -> int | ParameterRef:
    match value:
        case {"parameter": str(id), **rest} if not rest:
            return ParameterRef(id)
        case int() if not isinstance(value, bool) and value > 0:
            return value
    raise UnknownWord(f"percent 要写成正整数，或者 {{ parameter = … }}：{value!r}")


def facts_of(test: FieldTest) -> tuple[Fact, ...]:
    """The facts a test rests on: its own, and the one it is held against."""
    if not isinstance(test.value, OtherFact):
        return (test.fact,)
    return (test.fact, test.value.fact, *([test.value.times] if test.value.times else []))


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and every part of it. Parts of a `linked` belong to another case and are left out."""
    yield condition
    match condition:
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from walk(part)
        case Not(part):
            yield from walk(part)
