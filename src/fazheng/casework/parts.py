"""Who has a part in a case: who acted, entered or is named in it, the roles whose step was taken or waits, and the
organisations it is about.

Once somebody has a part they keep it, as `fazheng.staff.rights.reach` says; a correction alone takes it from them. What
waits is told by the order of steps alone (after, unless, once, closed): the same on every day, so that it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.case import ASKED, Case, Event
from fazheng.procedure.law import Law

PERSON, ROLE, ORGANISATION = "person:", "role:", "org:"
_NAMING = {"people": PERSON, "org_code": ORGANISATION}


def parts(law: Law, case: Case) -> frozenset[str]:
    """Everybody who has a part, as `person:code`, `role:id` or `org:code`. Empty for a case without entries."""
    return frozenset({*_people(law, case), *_roles(law, case.standing)})


def parts_added(law: Law, before: Case, after: Case) -> frozenset[str]:
    """Who has a part since `before`, to which nothing but events was added."""
    return parts(law, after) - parts(law, before) if before.entries else parts(law, after)


def asked_for(code: str, roles: Iterable[str]) -> list[str]:
    """What a person looks for among the parts of cases: themselves, and the roles they hold."""
    return [f"{PERSON}{code}", *(f"{ROLE}{role}" for role in sorted(roles))]


def _people(law: Law, case: Case) -> Iterator[str]:
    for entry in case.entries:
        yield from (f"{PERSON}{who}" for who in (entry.by, entry.entered_by) if who)
        if entry.event == "handed_over":
            yield f"{PERSON}{entry.data['to']}"
        elif entry.event == ASKED:
            yield from (f"{PERSON}{who}" for who in entry.data["of"])
    for event in case.standing:
        step = law.step_of(event.event)
        for field, kind in (step.kinds if step else {}).items():
            if kind.name in _NAMING and not kind.apart and (named := event.data.get(field)):
                yield from (f"{_NAMING[kind.name]}{who}" for who in (named if isinstance(named, list) else [named]))


def _roles(law: Law, standing: Sequence[Event]) -> Iterator[str]:
    """The roles of steps that were taken, and of those that stood next after any of them."""
    happened: set[str] = set()
    found: set[str] = set()
    for event in standing:
        happened.add(event.event)
        version = law.on(event.on) or law.first
        if (taken := law.step_of(event.event)) is not None:
            found.add(taken.role)
        found.update(
            step.role for step in version.steps.values() if step.role not in found and _next(version, step, happened)
        )
    return (f"{ROLE}{role}" for role in found)


def _next(version: Procedure, step: Step, happened: set[str]) -> bool:
    if not step.after or (not step.repeats and step.records in happened):
        return False  # what may be done at any time waits for nobody
    if not step.after_close and not version.closing_events.isdisjoint(happened):
        return False
    return happened.issuperset(step.after) and happened.isdisjoint(step.unless)
