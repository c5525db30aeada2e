"""Who may act on a day and for what, their training, their declared interests, and the cases they handle."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import RegisterRow, StandingEvent
from fazheng.staff.roster import Person, Roster

WANTED_HOURS = "officer.training_hours_yearly"  # what a place asks of each officer in a year; the nation sets none
_INTEREST, _DECLARED_BY = "interest", "declared_by"
_GROUP, _ALONE = "officer.training", "officer.certificate"


@dataclass(frozen=True, slots=True)
class May:
    """A procedure in which the person may take these steps on the day."""

    procedure: str
    name: str
    steps: tuple[str, ...]
    lacking: tuple[str, ...] = ()  # steps of the person's roles that a valid certificate alone keeps from them


@dataclass(frozen=True, slots=True)
class Training:
    """Hours in the year up to the day, by topic; `wanted`: what the place asks for, None where it asks for none."""

    by_topic: Mapping[str, int]
    wanted: int | None

    @property
    def hours(self) -> int:
        return sum(self.by_topic.values())

    @property
    def short(self) -> int | None:
        """Hours still to go; None where no place asks for any."""
        return None if self.wanted is None else max(0, self.wanted - self.hours)


@dataclass(frozen=True, slots=True)
class Officer:
    """A person on a day. `certificate`: valid, stopped, not_yet, expired or none."""

    person: Person
    certificate: str
    may: tuple[May, ...]
    training: Training
    interests: tuple[str, ...] = field(default=())


def officers(bureau: str, roster: Roster, book: LawBook, day: date) -> list[Officer]:
    """Everybody who stands in the staff register that day and has a part in enforcement, by code.

    A part in enforcement: a role for which some procedure in force asks a certificate, or a certificate on file.
    """
    versions = [v for id in sorted(book.procedures) if (v := book.version(id, day)) is not None]
    certified = {one for v in versions for id, role in v.roles.items() if role.certificate for one in v.serving(id)}
    trained, interests = _hours(bureau, book, day), _interests(bureau, day)
    wanted = book.parameter(WANTED_HOURS, day)
    found = []
    for person in roster.here(day):
        roles = set(person.data.get("roles", ()))
        if roles & certified or person.data.get("certificate_no"):
            training = Training(trained.get(person.code, {}), wanted)
            valid = roster.certified(person.code, day)
            may = tuple(_may(version, roles, certified=valid) for version in versions)
            declared = tuple(interests.get(person.code, ()))
            found.append(Officer(person, _state(person, day), tuple(m for m in may if m), training, declared))
    return found


def _state(person: Person, day: date) -> str:
    held = person.data
    if not held.get("certificate_until"):
        return "none"
    if held.get("certificate_stopped"):
        return "stopped"
    if day.isoformat() < str(held.get("certificate_from") or ""):
        return "not_yet"
    return "valid" if day.isoformat() <= str(held["certificate_until"]) else "expired"


def _may(version: Procedure, roles: set[str], *, certified: bool) -> May | None:
    mine = [step for step in version.steps.values() if roles & version.serving(step.role)]
    barred = [step for step in mine if version.roles[step.role].certificate and not certified]
    if not mine:
        return None
    free = tuple(step.name for step in mine if step not in barred)
    return May(version.id, version.name, free, tuple(step.name for step in barred))


def _hours(bureau: str, book: LawBook, day: date) -> dict[str, dict[str, int]]:
    """Hours by person and topic from 1 January to the day: group sessions, and what stands in certificate cases."""
    holders = {case: data["holder"] for case, data in _events(bureau, _ALONE, "post_approved", day)}
    since = day.replace(month=1, day=1)
    found: dict[str, Counter[str]] = {}
    for _, data in _events(bureau, _GROUP, "officers_trained", day, since):
        version = book.version(_GROUP, day)
        topic = version.choices["training_topic"].get(data["topic"], data["topic"]) if version else data["topic"]
        _credit(found, data["trained"], topic, data["hours"])
    for case, data in _events(bureau, _ALONE, "officer_trained", day, since):
        _credit(found, holders.get(case, ()), data["subject"], data["hours"])
    return {code: dict(topics) for code, topics in found.items()}


def _credit(found: dict[str, Counter[str]], people: Iterable[str], topic: str, hours: int) -> None:
    for code in people:
        found.setdefault(code, Counter())[topic] += hours


def _events(
    bureau: str, procedure: str, event: str, day: date, since: date | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = StandingEvent.objects.filter(bureau=bureau, procedure=procedure, event=event, on_day__lte=day.isoformat())
    if since is not None:
        rows = rows.filter(on_day__gte=since.isoformat())
    for row in rows.order_by("case_id", "version"):
        yield row.case_id, json.loads(row.data)


def _interests(bureau: str, day: date) -> dict[str, list[str]]:
    """Person → keys of the organisations of which they declared an interest that stands on the day."""
    text = day.isoformat()
    found: dict[str, list[str]] = {}
    for row in RegisterRow.objects.filter(bureau=bureau, register=_INTEREST, from_day__lte=text).order_by("key"):
        if row.to_day is None or row.to_day > text:
            for code in json.loads(row.data).get(_DECLARED_BY, ()):
                found.setdefault(code, []).append(row.key)
    return found


@dataclass(frozen=True, slots=True)
class Load:
    """Cases of a period in which a person acted, or was named as handler, by procedure. A case counts once for each."""

    code: str
    cases: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.cases.values())


def loads(bureau: str, roster: Roster, book: LawBook, period: tuple[date, date]) -> list[Load]:
    """The cases of everybody who stood in the register on the last day, in the order of codes: a list, no ranking."""
    first, last = (day.isoformat() for day in period)
    named = _people_fields(book)
    seen: dict[str, set[tuple[str, str]]] = {}
    rows = StandingEvent.objects.filter(bureau=bureau, on_day__gte=first, on_day__lte=last)
    for row in rows.values_list("procedure", "case_id", "event", "by", "data").iterator():
        procedure, case, event, by, data = row
        fields = named.get((procedure, event), ())
        handlers = {code for f in fields for code in json.loads(data).get(f) or ()} if fields else set()
        for code in {by, *handlers}:
            seen.setdefault(code, set()).add((procedure, case))
    return [
        Load(person.code, dict(sorted(Counter(procedure for procedure, _ in seen.get(person.code, ())).items())))
        for person in roster.here(period[1])
    ]


def _people_fields(book: LawBook) -> dict[tuple[str, str], tuple[str, ...]]:
    """(procedure, event) → fields that name people as holders of a role: those who handle, not those handled."""
    return {
        (id, step.records): tuple(name for name, kind in step.kinds.items() if kind.name == "people" and kind.of)
        for id, versions in book.procedures.items()
        for version in versions
        for step in version.steps.values()
    }
