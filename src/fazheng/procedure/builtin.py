"""The gates every step has: role, certificate, recused, once, after, unless, field, order, future, closed, version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.case import Case
from fazheng.procedure.fields import check
from fazheng.procedure.law import Law
from fazheng.procedure.refusals import DAY, by_step, not_yet, own, step_name, unknown
from fazheng.procedure.surroundings import NO_PERSON, OWN_RULE, Refusal, StandIn, Surroundings


def built_in_refusals(tried: Attempt) -> Iterator[Refusal]:
    """What every step is asked, whatever its statute."""
    yield from _when(tried)
    yield from _actor(tried)
    yield from _sequence(tried)
    if tried.command.data is not None:
        yield from _data(tried, tried.command.data)


def _when(tried: Attempt) -> Iterator[Refusal]:
    on, case = tried.command.on, tried.case
    yield from not_yet(on, tried.around.today)
    if case.standing and on < case.standing[-1].on:
        last = case.standing[-1]
        yield own(
            "order",
            f"本案最近一步“{step_name(tried.version, last.event)}”在{last.on}",
            "日期不能早于本案最近一步；确系当时漏记的，用“补记”",
            hard=True,
            at=DAY,
        )


def _actor(tried: Attempt) -> Iterator[Refusal]:
    step, who, on, staff = tried.step, tried.command.by, tried.command.on, tried.around.staff
    role = tried.version.roles[step.role]
    if tried.command.entered_by not in ("", who, *NO_PERSON) and not staff.known(tried.command.entered_by):
        yield own("role", f"人员名册里没有登记人“{tried.command.entered_by}”", "请核对登记人的编号", hard=True)
    if not staff.known(who):
        yield from unknown(staff, who)
        return
    if not tried.version.serving(step.role) & staff.roles(who, on) and stand_in(tried) is None:
        yield _not_theirs(tried, who, role.name)
    if role.certificate and not staff.certified(who, on):
        yield _uncertified(tried.version, step.role, who, on)
    if who in recused(tried.law, tried.case):
        yield _recused(tried, who)


def stand_in(tried: Attempt) -> StandIn | None:
    """Why the actor holds the step's role without its being their own: 主持工作, 授权代签. None where it is theirs."""
    return stand_in_of(tried.version, tried.step, tried.command.by, tried.command.on, tried.around)


def stand_in_of(version: Procedure, step: Step, who: str, on: date, around: Surroundings) -> StandIn | None:
    """The same of a step and a person."""
    roles = version.serving(step.role)
    return around.staff.stands_in(who, roles, on, version.id, step.id, reserved=step.reserved)


def _not_theirs(tried: Attempt, who: str, role: str) -> Refusal:
    step, on, staff = tried.step, tried.command.on, tried.around.staff
    roles = tried.version.serving(step.role)
    if step.reserved and staff.stands_in(who, roles, on, tried.version.id, step.id):
        return by_step("role", step, f"“{step.name}”要由{role}本人办理，不能代签", f"请由{role}或者主持工作的人办理")
    return by_step("role", step, f"“{step.name}”由{role}办理", f"{who}在{on}不是{role}，请由{role}办理")


def _uncertified(version: Procedure, role: str, who: str, on: date) -> Refusal:
    named = version.roles[role]
    article = version.statute + named.article if named.article.startswith("第") else named.article
    return Refusal(
        "certificate",
        article or OWN_RULE,
        named.says or f"{named.name}须持有效证件",
        f"{who}在{on}没有有效证件，请换持证人员，或先更新证件登记",
    )


def recused(law: Law, case: Case) -> dict[str, str]:
    """Persons who may not act in the case, with the event by which they were recused."""
    naming = {event: field for version in law.known() for event, field in version.recusals.items()}
    if not naming:
        return {}
    gone: dict[str, str] = {}
    for event in case.standing:
        if event.event in naming:
            named = event.fact(naming[event.event])
            gone |= dict.fromkeys(named if isinstance(named, list) else [str(named)], event.event)
    return gone


def _recused(tried: Attempt, who: str) -> Refusal:
    step = tried.law.step_of(recused(tried.law, tried.case)[who])
    assert step is not None
    return by_step("recused", step, step.says or "应当回避", f"{who}在本案已经回避，请换人办理")


def _sequence(tried: Attempt) -> Iterator[Refusal]:
    step, version, case = tried.step, tried.version, tried.case
    opening = step.id == version.opens
    if opening and case.entries:
        yield by_step("once", step, f"本案已经“{step.name}”", "一案只开一次；另一件事请另开一案", hard=True)
    if not opening and not case.standing:
        name = version.steps[version.opens].name
        yield by_step("after", version.steps[version.opens], f"本案还没有“{name}”", f"先办理“{name}”", hard=True)
    closing = version.closing_events
    closed = next((event for event in case.standing if event.event in closing), None)
    if closed is not None and not step.after_close and not opening:
        yield own(
            "closed",
            f"本案已于{closed.on}“{step_name(version, closed.event)}”",
            "已结的案件不再办理；记错的用更正或撤回",
        )
    if not step.repeats and not opening and case.last(step.records) is not None:
        yield by_step("once", step, f"“{step.name}”已经办理过", "这一步只办一次；记错的用更正或撤回")
    for event in step.after:
        if case.last(event) is None:
            name = step_name(version, event)
            yield by_step("after", step, f"“{step.name}”要在“{name}”之后", f"先办理“{name}”")
    for event in step.unless:
        if (found := case.last(event)) is not None:
            name = step_name(version, event)
            yield by_step(
                "unless", step, f"已于{found.on}“{name}”", f"“{name}”以后不再“{step.name}”；确已发生的用如实补录"
            )


def _data(tried: Attempt, data: Any) -> Iterator[Refusal]:
    version, step = tried.version, tried.step
    for field, kind in step.kinds.items():
        value = data.get(field)
        label = version.label(field)
        if value is None or value == []:
            if not kind.optional:
                yield own("field", f"缺少“{label}”", f"请填写“{label}”", hard=True, at=field)
        elif fault := check(kind, value, version.choices):
            yield own("field", f"“{label}”{fault}", f"请改正“{label}”", hard=True, at=field)
        else:
            yield from unknown_names(field, label, kind, value, tried.around)
            if kind.name == "people":
                yield from _people(tried, label, kind, value)
    for field in data:
        if field not in step.kinds:
            yield own("field", f"“{step.name}”没有“{version.label(field)}”这一栏", "请去掉这一栏", hard=True)


def unknown_names(field: str, label: str, kind: Kind, value: Any, around: Surroundings) -> Iterator[Refusal]:
    """Refusals of a field that names people or cases nobody knows."""
    for one in value if isinstance(value, list) else [value]:
        if kind.name == "people" and not around.staff.known(one):
            todo = "请核对人员编号，或先在人员名册里登记"
            yield own("field", f"“{label}”里的“{one}”不在人员名册", todo, hard=True, at=field)
        if kind.name == "case" and not around.case_exists(one):
            yield own("field", f"“{label}”所指的案件{one}不在本账本", "请核对案件号", hard=True, at=field)


def _people(tried: Attempt, label: str, kind: Kind, people: list[str]) -> Iterator[Refusal]:
    version, on, staff = tried.version, tried.command.on, tried.around.staff
    gone = recused(tried.law, tried.case)
    for who in people:
        if not kind.of or not staff.known(who):
            continue
        role = version.roles[kind.of]
        if not version.serving(kind.of) & staff.roles(who, on):
            yield by_step("role", tried.step, f"“{label}”须为{role.name}", f"{who}在{on}不是{role.name}，请换人")
        if role.certificate and not staff.certified(who, on):
            yield _uncertified(version, kind.of, who, on)
        if who in gone:
            yield _recused(tried, who)
