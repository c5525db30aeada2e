"""案卷: a case's file told as plain data, for a program, and for the page that a handler reads.

Of what is held apart only the label is told, never a value or a digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.clocks import Clock
from fazheng.procedure.dossier import Act, Dossier, Passed
from fazheng.procedure.limits import UNITS
from fazheng.procedure.refusals import source
from fazheng.report.composed import Told
from fazheng.report.wording import told

_ABOUT = ("words", "org_code", "number")  # kinds of the opening step's fields that say what the case is about


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover and not in the case: the bureau, the case's id, how the file is called."""

    bureau: str
    case_id: str
    name: str = ""


def as_json(found: Dossier, cover: Cover, day: date) -> dict[str, Any]:
    """The file as it stood on `day`. Days are ISO text; a clock that stands has no due day."""
    acts = [_act(n, act) for n, act in enumerate(found.acts, 1)]
    version, closed = found.law.first, found.closed
    gates = [gate for act in acts for gate in act["gates"]]
    return {
        "case": cover.case_id,
        "name": cover.name or f"{version.name}案卷",
        "bureau": cover.bureau,
        "procedure": version.id,
        "procedure_name": version.name,
        "statute": version.statute,
        "in_force": version.in_force.isoformat(),
        "until": version.until.isoformat() if version.until else None,
        "about": [{"label": one.label, "text": one.text} for act in found.acts[:1] for one in _about(act)],
        "opened": {"on": acts[0]["on"], "name": acts[0]["name"]} if acts else None,
        "closed": {"on": closed.event.on.isoformat(), "name": closed.step.name} if closed else None,
        "people": [{"role": role, "codes": codes} for role, codes in _people(found).items()],
        "acts": acts,
        "clocks": [_clock(clock, day) for clock in found.clocks],
        "counts": {
            "acts": len(acts),
            "asked": len(gates),
            "gates": len(found.gates),
            "unmet": sum(not gate["held"] for gate in gates),
            "amended": found.amended,
        },
        "as_of": day.isoformat(),
    }


def _told(act: Act) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    return told(act.event.data, act.step.kinds, act.version.labels, act.version.choices, {})


def _about(act: Act) -> Iterator[Told]:
    return (one for one in _told(act)[0] if one.label in _labels(act, *_ABOUT))


def _labels(act: Act, *kinds: str) -> set[str]:
    return {act.version.label(field) for field, kind in act.step.kinds.items() if kind.name in kinds}


def _people(found: Dossier) -> dict[str, list[str]]:
    """Name of a role → the codes of those who acted in it or were named for it, in the order of the case."""
    people: dict[str, list[str]] = {}
    for act in found.acts:
        named = [(act.step.role, act.event.by)]
        for field, kind in act.step.kinds.items():
            if kind.name == "people" and kind.of:
                named += [(kind.of, code) for code in act.event.data.get(field) or ()]
        for role, code in named:
            codes = people.setdefault(_role(act.version, role), [])
            codes += [] if code in codes else [code]
    return people


def _role(version: Procedure, role: str) -> str:
    return version.roles[role].name if role in version.roles else role


def _act(n: int, act: Act) -> dict[str, Any]:
    """`which`: what tells one time of a step that repeats from another; `apart`: labels of what is held apart."""
    shown, apart = _told(act)
    numbers = _labels(act, "document_no")
    return {
        "n": n,
        "on": act.event.on.isoformat(),
        "step": act.step.id,
        "name": act.step.name,
        "by": act.event.by,
        "role": _role(act.version, act.step.role),
        "article": source(act.step),
        "which": [one.text for one in shown if act.step.repeats and one.label in _labels(act, "choice")],
        "documents": [{"label": one.label, "text": one.text} for one in shown if one.label in numbers],
        "apart": [*apart, *(["凭证"] if "paper" in act.event.data and "paper" not in act.step.kinds else [])],
        "told": [{"label": one.label, "text": one.text} for one in shown if one.label not in numbers],
        "gates": [_gate(act, passed) for passed in act.gates],
    }


def _gate(act: Act, passed: Passed) -> dict[str, Any]:
    gate = passed.gate
    if passed.held:
        note = ""
    elif gate.id in act.event.defects:
        note = "未满足（如实补录）"
    else:
        note = "未满足（按更正以后的记录）" if gate.refuses else "未满足（待核，只提示，不拦）"
    return {
        "gate": gate.id,
        "name": gate.name,
        "article": source(gate),
        "says": gate.says,
        "held": passed.held,
        "note": note,
    }


def _clock(clock: Clock, day: date) -> dict[str, Any]:
    return {
        "limit": clock.limit.id,
        "name": clock.limit.name,
        "article": source(clock.limit),
        "begun": clock.begun.isoformat(),
        "due": clock.due.isoformat() if clock.due else None,
        "estimate": clock.estimate,
        "done": clock.done.isoformat() if clock.done and not _anew(clock) else None,
        "state": state(clock, day),
        "moved": list(_moved(clock)),
    }


def _anew(clock: Clock) -> bool:
    """Whether the limit began anew before this start of it was met."""
    return clock.superseded_on is not None and (clock.done is None or clock.done >= clock.superseded_on)


def state(clock: Clock, day: date) -> str:
    """How the clock stands on `day`, in a word or two. A wait, which binds nobody, is over or not."""
    if _anew(clock):
        return f"{clock.superseded_on}{'起另算' if clock.limit.gives_way is not None else '重新起算'}"
    if clock.done is not None and clock.done <= day:
        late = (clock.done - clock.due).days if clock.due and clock.expired(clock.done) else 0
        return f"超期{late}日" if late else "按时"
    if clock.due is None or any(span.from_day <= day < (span.to_day or date.max) for span in clock.spans):
        return "中止"
    if not clock.limit.binds:
        return "已届满" if clock.expired(day) else "未届满"
    if not clock.expired(day):
        return "未到期"
    return "期满未提出" if clock.limit.missed == "right_lapses" else "超期未办"


def _moved(clock: Clock) -> Iterable[str]:
    """What lengthened the clock or stopped it."""
    yield from (f"延长{length.number}{UNITS[length.unit]}" for length in clock.lengths[1:])
    yield from (f"{span.from_day}至{span.to_day or '今'}不计" for span in clock.spans)
