"""Three entries of every procedure: 更正 (correct), 撤回 (withdraw), 补记 (add_late). They amend the record alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.ask import Pending
from fazheng.procedure.attempt import Attempt
from fazheng.procedure.builtin import stand_in, stand_in_of, unknown_names
from fazheng.procedure.case import ADD_LATE, CORRECT, LIMIT_MISSED, WITHDRAW, Case, Event
from fazheng.procedure.fields import check, is_day
from fazheng.procedure.law import Law
from fazheng.procedure.limits import late_acts
from fazheng.procedure.question import question
from fazheng.procedure.reasons import reasons
from fazheng.procedure.refusals import DAY, REASON, no_version, not_yet, own, unknown
from fazheng.procedure.surroundings import NO_PERSON, Command, Decision, NewEvent, Refusal, Surroundings

OWN_WORDS = frozenset(
    {"entry", "step", "reason", "on"}
)  # what an amendment itself says; the rest are the event's fields
OF_EVENT = "event."  # before a field of the event that has one of those names, as event.reason


def decide_amendment(law: Law, case: Case, command: Command, around: Surroundings) -> Decision:
    """The amending entry, or why it may not be made. `command.data` holds `entry` (a standing version) or `step`,
    `reason`, the fields of the event (`event.reason` where a field is called so), and for a correction a new day `on`.

    An amendment is never refused for what the law says of the act: a late addition keeps its defects, and the gates
    are asked again over the whole case by `review`.
    """
    data = dict(command.data or {})
    found = [*_common(case, command, data, around), *_stranger(law, case, command, around)]
    decided: Decision
    match command.step:
        case "withdraw":
            decided = Decision(events=(NewEvent(WITHDRAW, command.on, _kept(data, "entry", "reason")),))
            found += _target(case, data)
        case "correct":
            found += _target(case, data)
            decided, faults = _correction(law, case, command, data, around)
            found += faults
        case _:
            decided, faults = _late(law, case, command, data, around)
            found += faults
    return Decision(refusals=tuple(found)) if found else decided


def step_meant(law: Law, case: Case, command: Command) -> Step | None:
    """The step that a command takes or adds late, or whose standing entry it corrects or withdraws; None where there is
    no such step or entry.
    """
    data = dict(command.data or {})
    if command.step in (CORRECT, WITHDRAW):
        target = _standing(case, data)
        return law.step_of(target.event) if target else None
    named = str(data.get("step")) if command.step == ADD_LATE else command.step
    return (law.on(command.on) or law.first).steps.get(named)


def _common(case: Case, command: Command, data: dict[str, Any], around: Surroundings) -> Iterator[Refusal]:
    yield from not_yet(command.on, around.today)
    for who in dict.fromkeys((command.by, command.entered_by or command.by)):
        if who == command.by or who not in NO_PERSON:
            yield from unknown(around.staff, who)
    if not case.entries:
        yield own("order", "没有这个案件", "请核对案件号", hard=True)
    if not data.get("reason"):
        yield own("field", "缺少“理由”", "更正、撤回、补记都要写明理由", hard=True, at=REASON)


def _stranger(law: Law, case: Case, command: Command, around: Surroundings) -> Iterator[Refusal]:
    """Who has no part in the procedure does not amend its cases, but for what a paper lets them sign today. Of a late
    addition `by` did it once, with a role or without: that is a defect of the act, and asked with its gates.
    """
    version = law.on(command.on) or law.first
    who = command.entered_by or command.by
    if (command.step == ADD_LATE and who == command.by) or not around.staff.known(who):
        return
    if around.staff.roles(who, around.today) & version.everybody:
        return
    meant = step_meant(law, case, command)
    if meant is None or stand_in_of(law.version_of(meant, around.today), meant, who, around.today, around) is None:
        names = "、".join(role.name for role in version.roles.values())
        yield own("role", f"{who}不是本程序的人员", f"更正、撤回、补记由{names}办理", hard=True)


def _kept(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if data.get(name) is not None}


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of the event; an empty list is an emptied field."""
    fields = {key.removeprefix(OF_EVENT): value for key, value in data.items() if key not in OWN_WORDS}
    return {field: None if value == [] else value for field, value in fields.items()}


def _target(case: Case, data: dict[str, Any]) -> Iterator[Refusal]:
    if data.get("entry") is None:
        yield own("field", "没有写是哪一条", "请写明条目的序号", hard=True)
    elif _standing(case, data) is None:
        numbers = "、".join(str(event.version) for event in case.standing) or "无"
        yield own("field", f"本案没有第{data.get('entry')}条有效记录", f"请写有效记录的序号：{numbers}", hard=True)


def _standing(case: Case, data: dict[str, Any]) -> Event | None:
    return next((event for event in case.standing if event.version == data.get("entry")), None)


def _correction(
    law: Law, case: Case, command: Command, data: dict[str, Any], around: Surroundings
) -> tuple[Decision, list[Refusal]]:
    target = _standing(case, data)
    if target is None:
        return Decision(), []
    day = str(data.get("on") or target.on)
    faults = list(_day_faults(day, command.on, law, target))
    changed = _fields(data)
    step = law.step_of(target.event)
    version = law.on(target.on) or law.first
    faults += _field_faults(version, step, changed, around, complete=False)
    if not changed and "on" not in data:
        faults.append(own("field", "没有写要改什么", "写明改后的日期或者栏目", hard=True))
    kept = _kept(data, "entry", "reason") | ({"on": day} if "on" in data else {}) | {"data": changed}
    return Decision(events=(NewEvent(CORRECT, command.on, kept),)), faults


def _day_faults(day: str, latest: date, law: Law, target: Event) -> Iterator[Refusal]:
    if not is_day(day) or date.fromisoformat(day) > latest:
        yield own("field", f"改后的日期“{day}”不对", f"写成 2024-03-05 的样子，不晚于{latest}", hard=True, at=DAY)
        return
    opening = target.event == law.first.steps[law.first.opens].records
    covered = law.first.covers(date.fromisoformat(day)) if opening else law.on(date.fromisoformat(day)) is not None
    if not covered:
        yield no_version(law, date.fromisoformat(day))


def _field_faults(
    version: Procedure, step: Step | None, data: dict[str, Any], around: Surroundings, *, complete: bool
) -> Iterator[Refusal]:
    kinds = step.kinds if step else {}
    for field, value in data.items():
        label = version.label(field)
        if field not in kinds:
            yield own("field", f"没有“{label}”这一栏", "请去掉这一栏", hard=True)
        elif value is not None and (fault := check(kinds[field], value, version.choices)):
            yield own("field", f"“{label}”{fault}", f"请改正“{label}”", hard=True, at=field)
        elif value is not None:
            yield from unknown_names(field, label, kinds[field], value, around)
    for field, kind in kinds.items():
        missing = field not in data if complete else field in data and data[field] is None
        if missing and not kind.optional:
            label = version.label(field)
            yield own("field", f"缺少“{label}”", f"请填写“{label}”", hard=True, at=field)


def _late(
    law: Law, case: Case, command: Command, data: dict[str, Any], around: Surroundings
) -> tuple[Decision, list[Refusal]]:
    version = law.on(command.on)
    if version is None:
        return Decision(), [no_version(law, command.on)]
    step = version.steps.get(str(data.get("step")))
    if step is None or step.id == version.opens:
        return Decision(), [
            own(
                "field",
                f"没有“{data.get('step')}”这一步可补记",
                f"请写步骤的编号：{'、'.join(version.steps)}",
                hard=True,
            )
        ]
    entered = {field: value for field, value in _fields(data).items() if value is not None}
    faults = list(_field_faults(version, step, entered, around, complete=True))
    before = case.until(command.on)
    late = Command(step.id, command.on, command.by, None if faults else entered, command.entered_by, happened=True)
    pending = Pending(step.records, command.on, command.by, late.data)
    tried = Attempt(law, version, step, before, late, around, question(law, before, command.on, around, pending))
    found = list(reasons(tried))
    known = {refusal.says for refusal in faults}
    faults += [refusal for refusal in found if refusal.hard and refusal.says not in known and refusal.gate != "future"]
    kept = _kept(data, "reason") | {"event": step.records, "data": entered}
    events = (
        NewEvent(ADD_LATE, command.on, kept),
        *(NewEvent(LIMIT_MISSED, command.on, late) for late in late_acts(tried)),
    )
    broken = tuple(refusal for refusal in found if not (refusal.hard or refusal.warns))
    warnings = tuple(refusal for refusal in found if refusal.warns)
    return Decision((), events, broken, warnings, step.role, stand_in(tried)), faults
