"""Who has a part in a case: who acted, entered or is named in it, the roles whose step was taken or waits, and the
organisations it is about.

Once somebody has a part they keep it, as `fazheng.staff.rights.reach` says; a correction alone takes it from them. What
waits or waited is told by what a step comes after: the same on every day, so that it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fazheng.procedure.case import ASIDE, ASKED, Case, Event
from fazheng.procedure.law import Law
from fazheng.staff.rights import Seen

PERSON, ROLE, ORGANISATION = "person:", "role:", "org:"
_NAMING = {"people": PERSON, "org_code": ORGANISATION}


def parts(law: Law, case: Case) -> frozenset[str]:
    """Everybody who has a part, as `person:code`, `role:id` or `org:code`. Empty for a case without entries."""
    return frozenset({*_people(law, case), *_roles(law, case.standing)})


def seen(law: Law, case: Case) -> Seen:
    """The same for `staff.rights.reach`: the people, and the roles."""
    held = parts(law, case)
    people = {who.removeprefix(PERSON) for who in held if who.startswith(PERSON)}
    return Seen(frozenset(people), frozenset(who.removeprefix(ROLE) for who in held if who.startswith(ROLE)))


def parts_added(law: Law, before: Case, after: Case) -> frozenset[str]:
    """Who has a part since `before`, to which nothing but events was added."""
    return parts(law, after) - parts(law, before) if before.entries else parts(law, after)


def asked_for(code: str, roles: Iterable[str]) -> list[str]:
    """What a person looks for among the parts of cases: themselves, and the roles they hold."""
    return [f"{PERSON}{code}", *(f"{ROLE}{role}" for role in sorted(roles))]


def _people(law: Law, case: Case) -> Iterator[str]:
    for entry in case.entries:
        if entry.event in ASIDE:
            continue
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
    """The roles of steps that were taken, and of those that come after what happened. Whatever the order in which it
    was entered, so that what is kept step by step is what a rebuild makes; a step that comes after nothing waits for
    nobody.
    """
    happened = {event.event for event in standing}
    for event in standing:
        version = law.on(event.on) or law.first
        taken = law.step_of(event.event)
        yield from (f"{ROLE}{taken.role}",) if taken is not None else ()
        yield from (
            f"{ROLE}{step.role}" for step in version.steps.values() if step.after and happened.issuperset(step.after)
        )
