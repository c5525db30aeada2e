"""Names in a procedure file that lead nowhere: steps, events, fields, roles, choices, limits, labels, parameters."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.conditions import (
    ActorNotIn,
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
    OtherFact,
    ParameterRef,
    ProposalsKept,
    Registered,
    UnknownWord,
    walk,
)
from fazheng.lawbook.facts import fact_names, other_fact, registered_names
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Extension, Gate, Limit, Procedure, Rule, Step, Suggestion
from fazheng.lawbook.values import misfit

BUILT_IN = frozenset(
    "role certificate recused once after unless field order future closed version lapsed late_extension "
    "after_signing".split()
)


def names_that_lead_nowhere(version: Procedure, book: LawBook) -> Iterator[Finding]:
    """A finding for each name the version uses and nothing defines."""
    for step in version.steps.values():
        for what in _step(step, version):
            yield Finding(step.file, what, step.id)
    for rule in (*version.rules(), *version.waiting):
        for what in () if isinstance(rule, Step) else _rule(rule, version, book):
            yield Finding(rule.file, what, rule.id)
    for id in (version.opens, *version.closes):
        if id not in version.steps:
            yield Finding(version.folder, f"没有步骤“{id}”")
    for rule in (*version.rules(), *version.waiting):
        if rule.id in BUILT_IN:
            yield Finding(rule.file, "与内置关口同名", rule.id)
    recorded = [step.records for step in version.steps.values()]
    for event in sorted({event for event in recorded if recorded.count(event) > 1}):
        yield Finding(version.folder, f"两个步骤都记“{event}”")
    labels = list(version.labels.values())
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield Finding(version.folder, f"两个字段都叫“{label}”")


def _step(step: Step, version: Procedure) -> Iterator[str]:
    if step.role not in version.roles:
        yield f"没有角色“{step.role}”"
    yield from (f"没有步骤记“{event}”" for event in (*step.after, *step.unless) if event not in version.step_of)
    if step.recuses and step.recuses not in step.fields:
        yield f"没有字段“{step.recuses}”"
    for field, text in step.fields.items():
        try:
            kind = step.kinds[field]
        except ValueError as fault:
            yield str(fault)
            return
        if kind.name == "choice" and kind.of not in version.choices:
            yield f"没有可选项“{kind.of}”（字段 {field}，{text}）"
        if kind.name == "people" and kind.of and kind.of not in version.roles:
            yield f"没有角色“{kind.of}”（字段 {field}）"
        if field not in version.labels:
            yield f"字段“{field}”没有中文名（labels）"


def _rule(rule: Rule, version: Procedure, book: LawBook) -> Iterator[str]:
    events, limits, steps = set(version.step_of), known_limits(version), set(version.steps)
    raw = {
        name: getattr(rule, name, None)
        for name in ("before", "binds", "stops", "from_", "to", "extends", "by", "starts")
    }
    if isinstance(rule, Limit):
        raw["before"] = None
        if bool(rule.binds) != bool(rule.missed):
            yield "有 binds 就要写 missed，没有 binds 就不写"
        if rule.forgiven is not None and rule.missed != "right_lapses":
            yield "forgiven 只用于 right_lapses"
    yield from (f"没有步骤“{step}”" for step in (*(raw["before"] or ()), *(raw["binds"] or ())) if step not in steps)
    for limit in (*(raw["stops"] or ()), *([raw["extends"]] if raw["extends"] else ())):
        if limit not in limits:
            yield f"没有期限“{limit}”"
    starts = raw["starts"]
    if starts is not None and not isinstance(starts, str):
        if starts.due not in limits:
            yield f"没有期限“{starts.due}”"
        starts = None
    yield from (
        f"没有步骤记“{event}”"
        for event in (raw["from_"], raw["to"], raw["by"], starts)
        if event and event not in events
    )
    for word in ("when", "needs", "proposes", "gives_way", "forgiven"):
        condition = getattr(rule, word, None)
        if condition is not None:
            yield from condition_names(condition, version, book)
            yield from _out_of_place(rule, word, condition)
            yield from _linked(condition, book)
    if isinstance(rule, Extension):
        yield from _extension(rule, version)
    if isinstance(rule, Suggestion):
        yield from _suggestion(rule, version, book)


def _out_of_place(rule: Rule, word: str, condition: Condition) -> Iterator[str]:
    """Words that this table cannot answer, and would silently take for false."""
    for part in walk(condition):
        match part:
            case HappenedInPeriod():
                yield "in_period 只用于统计"
            case ActorNotIn() if not isinstance(rule, Gate):
                yield "actor_not_in 只用于关口"
            case ProposalsKept() if not isinstance(rule, Gate):
                yield "proposals 只用于关口"
            case Expired() | Missed() | Linked() | Registered() if isinstance(rule, Limit):
                yield f"期限的 {word} 只能问 event、field、defect"


def _linked(condition: Condition, book: LawBook) -> Iterator[str]:
    for part in walk(condition):
        if not isinstance(part, Linked) or part.procedure not in book.procedures:
            continue
        told = [list(condition_names(part.where, version, book)) for version in book.procedures[part.procedure]]
        yield from told[-1] if all(told) else ()  # a name that one version knows leads somewhere
        for inner in walk(part.where):
            if isinstance(inner, Linked | ActorNotIn | HappenedInPeriod):
                yield "linked 的 where 里不能写 linked、actor_not_in、in_period"


def _extension(rule: Extension, version: Procedure) -> Iterator[str]:
    limits = [known for known in (*version.limits, *version.waiting) if isinstance(known, Limit)]
    limit = next((known for known in limits if known.id == rule.extends), None)
    if limit is not None and limit.length.partition(" ")[2] != rule.at_most.partition(" ")[2]:
        yield f"延长的单位与期限“{limit.id}”不同"
    if not rule.days:
        return
    event, _, field = rule.days.partition(".")
    step = version.step_of.get(event)
    if event != rule.by or step is None or field not in step.fields or step.kinds[field].name != "number":
        yield f"days 要写成“{rule.by}.字段”，字段是 number"


def _suggestion(rule: Suggestion, version: Procedure, book: LawBook) -> Iterator[str]:
    if bool(rule.opens) == (rule.proposes is not None) or (rule.carries and not rule.opens):
        yield "opens（可带 carries）和 proposes 要写且只写一个"
        return
    if rule.proposes is not None:
        return
    if rule.opens not in book.procedures:
        yield f"没有程序“{rule.opens}”"
        return
    newest = book.procedures[rule.opens][-1]
    opening = newest.steps.get(newest.opens)
    for field, text in rule.carries.items():
        if opening is not None and field not in opening.fields:
            yield f"“{newest.name}”的“{opening.name}”没有字段“{field}”"
        try:
            fact = Fact.parse(text)
        except UnknownWord as fault:
            yield str(fault)
        else:
            yield from fact_names(fact, version)


def known_limits(version: Procedure) -> set[str]:
    """Limits by id, those no place adopted included: a condition may name them, and is then false."""
    return set(version.limit_of) | {rule.id for rule in version.waiting if isinstance(rule, Limit)}


def condition_names(condition: Condition, version: Procedure, book: LawBook) -> Iterator[str]:
    """Names in a condition that lead nowhere."""
    for part in walk(condition):
        match part:
            case Happened(event) | HappenedInPeriod(event):
                yield from _event(event, version)
            case HappenedSince(event, since):
                yield from (*_event(event, version), *_event(since, version))
            case Expired(limit) | Missed(limit):
                if limit not in known_limits(version):
                    yield f"没有期限“{limit}”"
            case FieldTest(fact, _, value):
                yield from fact_names(fact, version)
                yield from _test(part, version)
                if isinstance(value, ParameterRef) and value.id not in book.parameters:
                    yield f"没有参数“{value.id}”"
                elif isinstance(value, OtherFact):
                    yield from other_fact(part, value, version)
                    if isinstance(value.percent, ParameterRef) and value.percent.id not in book.parameters:
                        yield f"没有参数“{value.percent.id}”"
            case ActorNotIn(fact):
                yield from fact_names(fact, version)
            case Linked(procedure, _):
                if procedure not in book.procedures:
                    yield f"没有程序“{procedure}”"
            case Registered():
                yield from registered_names(part, version, book)
            case HasDefect(gate):
                if gate not in BUILT_IN and gate not in {rule.id for rule in (*version.gates, *version.waiting)}:
                    yield f"没有关口“{gate}”"


def _event(event: str, version: Procedure) -> Iterator[str]:
    if event not in version.step_of:
        yield f"没有步骤记“{event}”"


def _test(test: FieldTest, version: Procedure) -> Iterator[str]:
    step = version.step_of.get(test.fact.event)
    kind = step.kinds.get(test.fact.field) if step else None
    if step is None or (kind is None and test.fact.field not in ("on", "by")):
        return
    if kind is not None and kind.apart and test.test != "present":
        yield f"“{test.fact}”是另存的，条件只能问 present"
    elif isinstance(test.value, OtherFact):
        return
    elif fault := misfit(test, kind, version.choices):
        yield fault
