"""Who has a part in a case: who acted, entered or is named in it, the roles whose step was taken or waits, and the
organisations it is about.

Once somebody has a part they keep it, as `fazheng.staff.rights.reach` says; a correction alone takes it from them. What
waits or waited is told by what a step comes after: the same on every day, so that it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.case import ASIDE, ASKED, Case, Event
from fazheng.procedure.law import Law
from fazheng.staff.rights import Seen

PERSON, ROLE, ORGANISATION = "person:", "role:", "org:"
_NAMING = {"people": PERSON, "org_code": ORGANISATION}


_MOST_KEPT = 512
_kept: dict[int, tuple[Case, Law, frozenset[str]]] = {}  # by the identity of the case


def parts(law: Law, case: Case) -> frozenset[str]:
    """Everybody who has a part, as `person:code`, `role:id` or `org:code`. Empty for a case without entries."""
    return frozenset(_people(law, case.entries, case.standing) | _roles(law, case.standing, case.standing))


def seen(law: Law, case: Case) -> Seen:
    """The same for `staff.rights.reach`: the people, the roles, and whether the case is open."""
    held = parts(law, case)
    people = {who.removeprefix(PERSON) for who in held if who.startswith(PERSON)}
    roles = frozenset(who.removeprefix(ROLE) for who in held if who.startswith(ROLE))
    return Seen(frozenset(people), roles, not any(one.event in law.first.closing_events for one in case.standing))


def parts_added(law: Law, before: Case, after: Case) -> frozenset[str]:
    """Who has a part since `before`, to which nothing but events was added at the end.

    Who had one already is kept from the step before, where that was taken by this process: a case never changes.
    """
    known = _kept.pop(id(before), None)
    held = known[2] if known and known[0] is before and known[1] is law else parts(law, before)
    entries, events = after.entries[len(before.entries) :], after.standing[len(before.standing) :]
    added = frozenset((_people(law, entries, events) | _roles(law, after.standing, events)) - held)
    while len(_kept) >= _MOST_KEPT:
        with suppress(KeyError, StopIteration, RuntimeError):  # another thread may be at it
            del _kept[next(iter(_kept))]
    _kept[id(after)] = (after, law, held | added if added else held)  # holds the case: its number is not reused
    return added


def asked_for(code: str, roles: Iterable[str]) -> list[str]:
    """What a person looks for among the parts of cases: themselves, and the roles they hold."""
    return [f"{PERSON}{code}", *(f"{ROLE}{role}" for role in sorted(roles))]


def _people(law: Law, entries: Iterable[Event], standing: Iterable[Event]) -> set[str]:
    held: set[str] = set()
    for entry in entries:
        if entry.event in ASIDE:
            continue
        held.update(f"{PERSON}{who}" for who in {entry.by, entry.entered_by} if who)
        if entry.event == "handed_over":
            held.add(f"{PERSON}{entry.data['to']}")
        elif entry.event == ASKED:
            held.update(f"{PERSON}{who}" for who in entry.data["of"])
    for event in standing:
        if not event.data or (step := law.step_of(event.event)) is None:
            continue
        for field, kind in step.kinds.items():
            if kind.name in _NAMING and not kind.apart and (named := event.data.get(field)):
                held.update(f"{_NAMING[kind.name]}{who}" for who in (named if isinstance(named, list) else [named]))
    return held


def _roles(law: Law, standing: Sequence[Event], taken: Iterable[Event]) -> set[str]:
    """The roles of steps that were `taken`, and of those that come after what happened. Whatever the order in which it
    was entered, so that what is kept step by step is what a rebuild makes; a step that comes after nothing waits for
    nobody.
    """
    held = {step.role for event in taken if (step := law.step_of(event.event)) is not None}
    happened = {event.event for event in standing}
    for version in _versions(law, standing):
        held.update([role for role, after in version.waits if after <= happened])
    return {f"{ROLE}{role}" for role in held}


def _versions(law: Law, standing: Sequence[Event]) -> Iterable[Procedure]:
    """Those that the days of the events are read by; none without events."""
    if law.first.pins == "opening":
        return (law.first,) if standing else ()
    found = (law.on(day) or law.first for day in {event.on for event in standing})
    return {id(version): version for version in found}.values()
