"""Figures of what acts owe: a figure says `owed`, and its condition is made of the duties in law/acts.

So the days, articles and conditions stand once, and both readers of figures count ordinary conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import structs

from fazheng.lawbook.act import ActKind, Public, Recorded, Reviewed, rule_of
from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Expired,
    HappenedInPeriod,
    HappenedSince,
    HasDefect,
    Missed,
    Not,
)
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.procedure import Gate, Limit, Procedure
from fazheng.lawbook.reading import by

Versions = tuple[Procedure, ...]


def owed_figures(
    figures: list[Figure], acts: Mapping[str, ActKind], procedures: Mapping[str, Versions], findings: list[Finding]
) -> dict[str, Figure]:
    """The figures by id, those that say `owed` with their condition; without one where nothing like it is owed."""
    found = by("id", figures, "figures", findings)
    for id, figure in found.items():
        if figure.owed:
            made = _condition(figure, acts, procedures.get(figure.of, ()))
            where = AllOf((made, figure.where)) if made and figure.where else made
            found[id] = structs.replace(figure, where=where)
    return found


def _condition(figure: Figure, acts: Mapping[str, ActKind], versions: Versions) -> Condition | None:
    bound = [rule for act in acts.values() for rule in act.rules() if act.binds(rule, figure.of)]
    match figure.owed.split("_")[0]:
        case "public" | "withdrawn" as about:
            stage = "after" if about == "public" else "withdrawn"
            limits = [rule.limit for rule in bound if isinstance(rule, Public) and rule.stage == stage]
            return _published(figure.owed, [limit for id in limits if (limit := _limit(versions, id))], versions)
        case "recorded":
            rules = [rule for rule in bound if isinstance(rule, Recorded)]
            return _recorded(figure.owed, rules, versions)
        case _:
            reviews = [rule for rule in bound if isinstance(rule, Reviewed)]
            return _reviewed(figure.owed, reviews, versions)


def _limit(versions: Versions, id: str) -> Limit | None:
    found = rule_of(versions, id)
    return found if isinstance(found, Limit) and isinstance(found.starts, str) else None


def done_by(limit: Limit, versions: Versions) -> tuple[str, ...]:
    """The events that meet the limit, of every version."""
    steps = {step.id: step.records for version in versions for step in version.steps.values()}
    return tuple(steps[id] for id in limit.binds if id in steps)


def _published(owed: str, limits: list[Limit], versions: Versions) -> Condition | None:
    each: list[Condition] = []
    for limit in limits:
        starts = str(limit.starts)
        begun = [HappenedInPeriod(starts), *([limit.when] if limit.when else [])]
        done: list[Condition] = [HappenedSince(event, starts) for event in done_by(limit, versions)]
        if owed.endswith("_late"):
            each.append(AllOf((*begun, Missed(limit.id))))
        else:
            each.append(AllOf((*begun, AnyOf((*done, Expired(limit.id))))))
    if not each:
        return None
    if owed.endswith("_in_time"):
        return AllOf((AnyOf(tuple(each)), *(Not(Missed(limit.id)) for limit in limits)))
    return AnyOf(tuple(each))


def _recorded(owed: str, rules: list[Recorded], versions: Versions) -> Condition | None:
    closing = sorted({event for version in versions for event in version.closing_events})
    counted = [rule for rule in rules if rule.mark == "read"]
    if not counted or not closing:
        return None
    closed = AnyOf(tuple(HappenedInPeriod(event) for event in closing))
    return AllOf((closed, *map(holds, counted))) if owed == "recorded_whole" else closed


def holds(rule: Recorded) -> Condition:
    """Nothing of the rule is missing: it is not asked of the case, or what it asks for is there."""
    return AnyOf((Not(rule.when), rule.needs)) if rule.when else rule.needs


def _reviewed(owed: str, rules: list[Reviewed], versions: Versions) -> Condition | None:
    each = list(_each_review(owed, rules, versions))
    return AnyOf(tuple(each)) if each else None


def _each_review(owed: str, rules: list[Reviewed], versions: Versions) -> Iterator[Condition]:
    for rule in rules:
        gate = rule_of(versions, rule.gate)
        if isinstance(gate, Gate):
            due = [HappenedInPeriod(rule.before), *([gate.when] if gate.when else [])]
            yield AllOf((*due, *([Not(HasDefect(gate.id))] if owed == "reviewed_before" else [])))
