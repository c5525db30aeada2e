"""Conditions in Chinese: what a figure counts, what a gate needs, what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

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
    ParameterRef,
    ProposalsKept,
    Registered,
)
from fazheng.lawbook.procedure import Procedure, Suggestion
from fazheng.procedure.ask import Question, ask, held_by
from fazheng.procedure.broken import MANY, broken_of, gate_name
from fazheng.procedure.clocks import Clock
from fazheng.procedure.limits import UNITS
from fazheng.procedure.refusals import step_name
from fazheng.workdays import Length


def describe(condition: Condition, law: Procedure) -> str:
    """The condition as a reader says it."""
    match condition:
        case AnyOf(parts):
            return "（" + "，或者".join(_alternatives(parts, law)) + "）"
        case AllOf(parts):
            return "，且".join(describe(part, law) for part in parts)
        case Not(Missed(limit)):
            return f"“{limit_name(limit, law)}”没有超期"
        case Not(part):
            return f"并非{describe(part, law)}"
        case Happened(event, at_least):
            return f"已有“{step_name(law, event)}”" + (f"{at_least}次以上" if at_least > 1 else "")
        case HappenedSince(event, since):
            return f"“{step_name(law, since)}”以后又有“{step_name(law, event)}”"
        case HappenedInPeriod(event):
            return f"期内有“{step_name(law, event)}”"
        case Expired(limit):
            return f"“{limit_name(limit, law)}”已届满"
        case Missed(limit):
            return f"“{limit_name(limit, law)}”超期"
        case FieldTest():
            return _test(condition, law)
        case ActorNotIn(fact):
            return f"办理人不在“{fact_name(fact, law)}”之中"
        case Linked(procedure, _):
            return f"关联的“{law.called.get(procedure, procedure)}”案件符合条件"
        case Registered():
            return _registered(condition, law)
        case HasDefect(gate):
            return f"有条目违反“{gate_name(gate, law)}”"
        case ProposalsKept():
            return "在裁量基准建议的幅度以内"
    raise TypeError(condition)


def _alternatives(parts: Sequence[Condition], law: Procedure) -> Iterator[str]:
    """Each of them; many broken rules in a list of their articles, which is read where a hundred phrases are not."""
    gates = [part.gate for part in parts if isinstance(part, HasDefect)]
    if len(gates) < MANY:
        gates = []
    yield from (describe(part, law) for part in parts if not gates or not isinstance(part, HasDefect))
    if gates:
        yield broken_of(gates, law)


def _registered(asked: Registered, law: Procedure) -> str:
    name = law.called.get(asked.register, asked.register)
    held = "".join(
        f"，其“{law.called.get(f'{asked.register}.{field}', field)}”为“{_plain(asked.register, field, value, law)}”"
        for field, value in asked.with_
    )
    length = Length.parse(asked.for_) if asked.for_ else None
    stands = f"连续在册满{length.number}{UNITS[length.unit]}" if length else "在册"
    return f"“{fact_name(asked.key, law)}”在“{name}”里{stands}{held}"


def _plain(register: str, field: str, value: Any, law: Procedure) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return law.called.get(f"{register}.{field}.{value}", str(value))


def todo(needs: Condition, law: Procedure, q: Question) -> str:
    """What to do first so that the condition comes to hold."""
    match needs:
        case AnyOf(parts):
            return "；或者".join(todo(part, law, q) for part in parts)
        case AllOf(parts):
            lacking = [part for part in parts if ask(part, q) is not True] or parts
            return "；并且".join(todo(part, law, q) for part in lacking)
        case Happened(event, _):
            return f"先办理“{step_name(law, event)}”"
        case HappenedSince(event, since) if q.case.last(since) is not None and q.case.last(event) is not None:
            return f"“{step_name(law, since)}”以后，重新办理“{step_name(law, event)}”"
        case HappenedSince(event, _):
            return f"先办理“{step_name(law, event)}”"
        case Expired(limit):
            return _wait(limit, law, q)
        case FieldTest(fact):
            pending = q.pending is not None and q.pending.event == fact.event
            first = "" if pending or q.case.last(fact.event) else f"先办理“{step_name(law, fact.event)}”，"
            return f"{first}须{describe(_in_figures(needs, q), law)}"
        case ProposalsKept():
            bands = [s for s in law.suggestions if s.proposes is not None and ask(s.when, q) is True]
            return "；".join(proposal(band, law, q) for band in bands)
        case ActorNotIn(fact):
            return f"请由“{fact_name(fact, law)}”以外的人办理"
    return f"须{describe(_in_figures(needs, q), law)}"


def proposal(band: Suggestion, law: Procedure, q: Question) -> str:
    """What a band proposes for the case as it stands, in amounts where they can be worked out; empty for none."""
    return f"{band.name}：{describe(_worked_out(band.proposes, q), law)}" if band.proposes is not None else ""


def _worked_out(condition: Condition, q: Question) -> Condition:
    """The condition with the other side of each test as the value it has in the case."""
    match condition:
        case AnyOf(parts):
            return AnyOf(tuple(_worked_out(part, q) for part in parts))
        case AllOf(parts):
            return AllOf(tuple(_worked_out(part, q) for part in parts))
        case FieldTest(fact, test, OtherFact() as other) if (value := held_by(other, q)) is not None:
            return FieldTest(fact, test, value)
    return condition


def _in_figures(condition: Condition, q: Question) -> Condition:
    """The condition with the thresholds of the day in place of their names, which say nothing to who is refused."""
    match condition:
        case AnyOf(parts) | AllOf(parts):
            return type(condition)(tuple(_in_figures(part, q) for part in parts))
        case Not(part):
            return Not(_in_figures(part, q))
        case FieldTest(_, _, ParameterRef(id)):
            amount = q.parameter(id, q.day)
            return condition if amount is None else replace(condition, value=amount)
        case FieldTest(_, _, OtherFact(percent=ParameterRef(id)) as other):
            percent = q.parameter(id, q.day)
            return condition if percent is None else replace(condition, value=replace(other, percent=percent))
    return condition


def _wait(limit: str, law: Procedure, q: Question) -> str:
    name = limit_name(limit, law)
    running = [clock for clock in q.clocks() if clock.limit.id == limit and clock.runs(q.day)]
    clock = running[0] if running else None
    starts = law.limit_of[limit].starts if limit in law.limit_of else None
    if clock is None and isinstance(starts, str) and q.case.last(starts) is None:
        return f"先办理“{step_name(law, starts)}”，再等“{name}”届满"
    if isinstance(clock, Clock) and clock.due is not None and not clock.estimate:
        return f"等“{name}”届满（最早{clock.due + timedelta(days=1)}）"
    return f"等“{name}”届满"


def _test(test: FieldTest, law: Procedure) -> str:
    name = fact_name(test.fact, law)
    match test.test:
        case "present":
            return f"“{name}”{'已填' if test.value else '未填'}"
        case "at_least" | "at_most":
            return f"“{name}”{_ORDER[_is_day(test.fact, law), test.test]}{_value(test.value, test.fact, law)}"
        case "in":
            assert isinstance(test.value, tuple)
            return f"“{name}”是{'、'.join(_value(one, test.fact, law) for one in test.value)}之一"
    if isinstance(test.value, OtherFact):
        return f"“{name}”与{_value(test.value, test.fact, law)}相同"
    return f"“{name}”为“{_value(test.value, test.fact, law)}”"


_ORDER = {
    (False, "at_least"): "不少于",
    (False, "at_most"): "不多于",
    (True, "at_least"): "不早于",
    (True, "at_most"): "不晚于",
}


def _is_day(fact: Fact, law: Procedure) -> bool:
    step = law.step_of.get(fact.event)
    kind = step.kinds.get(fact.field) if step else None
    return fact.field == "on" or (kind is not None and kind.name == "date" and not kind.many)


def _value(value: Any, fact: Fact, law: Procedure) -> str:
    if isinstance(value, ParameterRef):
        return f"规定的数额（{value.id}）"
    if isinstance(value, OtherFact):
        length = Length.parse(value.plus) if value.plus else None
        later = f"起{length.number}{UNITS[length.unit]}" if length else ""
        share = value.percent
        percent = f"规定的比例（{share.id}）" if isinstance(share, ParameterRef) else f"{share}%"
        part = f"的{percent}" if share != 100 else ""
        times = f"乘以“{fact_name(value.times, law)}”" if value.times else ""
        return f"“{fact_name(value.fact, law)}”{later}{part}{times}"
    if isinstance(value, bool):
        return "是" if value else "否"
    step = law.step_of.get(fact.event)
    kind = step.kinds.get(fact.field) if step else None
    if kind is not None and kind.name == "choice":
        return law.choices.get(kind.of, {}).get(value, str(value))
    if kind is not None and kind.name == "yuan":
        return f"{value // 100}.{value % 100:02d}元"
    return str(value)


def fact_name(fact: Fact, law: Procedure) -> str:
    """步骤的栏目, as a form labels it."""
    special = {"on": "日期", "by": "办理人"}
    return f"{step_name(law, fact.event)}·{special.get(fact.field) or law.label(fact.field)}"


def limit_name(limit: str, law: Procedure) -> str:
    found = law.limit_of.get(limit) or next((rule for rule in law.waiting if rule.id == limit), None)
    return found.name if found else limit
