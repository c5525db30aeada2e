"""The examples beside a procedure are its tests; drop any rule and one of them must fall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.reading import toml
from fazheng.procedure.attempt import UnknownStep
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.comparing import LAST_DAY, ExampleFell, compare
from fazheng.procedure.decide import decide
from fazheng.procedure.examplewords import faults
from fazheng.procedure.fields import FieldFault, read
from fazheng.procedure.law import Law
from fazheng.procedure.standing import RowSpan, standing_on
from fazheng.procedure.surroundings import Command, Decision, LinkedCase, StandIn, Surroundings
from fazheng.workdays import Calendar

_DEEP = 3  # how far linked cases of linked cases are followed


@dataclass(frozen=True, slots=True)
class Example:
    """A story and what follows from it. `file` and `name` say where it stands; `linked` and `registered` what stands
    around the case: other cases by their steps, rows of registers.
    """

    file: str
    name: str
    place: str
    defaults: Mapping[str, Any]
    given: tuple[Any, ...]
    when: Mapping[str, Any] | None
    then: Mapping[str, Any]
    linked: tuple[Mapping[str, Any], ...] = ()
    registered: tuple[Mapping[str, Any], ...] = ()


class ExampleStaff:
    """People of an example: who is not described holds every role, with a valid certificate."""

    def __init__(self, people: Mapping[str, Mapping[str, Any]], all_roles: frozenset[str]) -> None:
        self._people, self._all = people, all_roles

    def known(self, code: str) -> bool:
        return bool(code)

    def roles(self, code: str, on: date) -> frozenset[str]:
        return frozenset(self._people[code].get("roles", self._all)) if code in self._people else self._all

    def certified(self, code: str, on: date) -> bool:
        until = self._people.get(code, {}).get("certificate_until")
        return until is None or on <= until

    def stands_in(
        self, code: str, roles: frozenset[str], on: date, procedure: str, step: str, *, reserved: bool = False
    ) -> StandIn | None:
        return None


def examples_of(version: Procedure, book: LawBook) -> list[Example]:
    """The examples of a procedure's folder, in the order of its files. Empty where it has none.

    Raises LawFault for a word that leads nowhere.
    """
    files = _files(version, book)
    if found := [fault for file, raw in files for fault in faults(file, raw, version, book)]:
        raise LawFault(found)
    defaults = _defaults(files)
    place = str(defaults.get("place", ""))
    return [
        Example(
            file,
            str(row.get("name")),
            place,
            defaults,
            tuple(row.get("given", ())),
            row.get("when"),
            row.get("then", {}),
            tuple(row.get("linked", defaults.get("linked", ()))),
            tuple(row.get("registered", defaults.get("registered", ()))),
        )
        for file, raw in files
        for row in raw.get("example", [])
    ]


def _files(version: Procedure, book: LawBook) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.relative_to(book.root).as_posix(), toml(path))
        for path in sorted((book.root / version.folder).glob("examples*.toml"))
    ]


def _defaults(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """What is said once in one file of the folder holds in all of them."""
    defaults: dict[str, Any] = {}
    for _, raw in files:
        defaults |= raw.get("defaults", {})
    return defaults


def around_of(example: Example, version: Procedure, book: LawBook, deep: int = _DEEP) -> Surroundings:
    """What the example's case is decided in. Raises ExampleFell where a step of a linked case is refused."""
    people = example.defaults.get("people", {})
    linked: dict[str, tuple[LinkedCase, ...]] = {}
    for row in example.linked if deep else ():
        found = _linked_case(row, example, book, deep - 1)
        linked[row["procedure"]] = (*linked.get(row["procedure"], ()), found)
    spans = _spans(example.registered)
    return Surroundings(
        calendar_of(book),
        ExampleStaff(people, frozenset(version.roles)),
        LAST_DAY,
        book.parameter,
        linked,
        registered=lambda register, key, day: standing_on(spans.get((register, key), ()), day),
    )


def _linked_case(row: Mapping[str, Any], example: Example, book: LawBook, deep: int) -> LinkedCase:
    """The linked case played with the defaults of its own procedure, in the same registers and its own."""
    versions, given = book.procedures[row["procedure"]], tuple(row["given"])
    law = Law.of(versions, _row(given[0])["on"]) or Law(versions[-1], versions)
    defaults = _defaults(_files(law.first, book))
    other = replace(
        example,
        defaults=defaults,
        given=given,
        linked=tuple(row.get("linked", defaults.get("linked", ()))),
        registered=(*example.registered, *defaults.get("registered", ())),
    )
    _, case = _given(other, law.first, versions, around_of(other, law.first, book, deep))
    return LinkedCase(law, case)


def _spans(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[RowSpan]]:
    """The rows by register and key; each stands until its `to`, or until the next of its key begins."""
    spans: dict[tuple[str, str], list[RowSpan]] = {}
    for row in sorted(rows, key=lambda row: row["from"], reverse=True):
        of_key = spans.setdefault((row["register"], row["key"]), [])
        ends = [row["to"].isoformat()] if "to" in row else []
        ends += [of_key[0].from_day] if of_key else []
        data = {field: _value(field, value, None, None) for field, value in row.get("row", {}).items()}
        of_key.insert(0, RowSpan(row["from"].isoformat(), min(ends, default=None), data))
    return spans


def play(example: Example, version: Procedure, versions: tuple[Procedure, ...], around: Surroundings) -> None:
    """Runs the story. Raises ExampleFell where a given step is refused, or what follows is not as it says."""
    compare(example.then, version, *played(example, version, versions, around), around)


def played(
    example: Example, version: Procedure, versions: tuple[Procedure, ...], around: Surroundings
) -> tuple[Law | None, Case, Decision]:
    """The case that the whole story leaves, and the decision on its last step. No law: the story has no step.

    Raises ExampleFell where a given step is refused.
    """
    law, case = _given(example, version, versions, around)
    decision = Decision()
    if example.when is not None:
        law, case, decision = _take(dict(example.when), example, version, versions, case, law, around)
    return law, case, decision


def _given(
    example: Example, version: Procedure, versions: tuple[Procedure, ...], around: Surroundings
) -> tuple[Law | None, Case]:
    case, law = Case(), None
    for row in example.given:
        law, case, decision = _take(_row(row), example, version, versions, case, law, around)
        if decision.refused:
            raise ExampleFell(f"前提“{row}”被拒：{'；'.join(r.article + ' ' + r.says for r in decision.refusals)}")
    return law, case


def _row(row: Any) -> dict[str, Any]:
    if not isinstance(row, str):
        return dict(row)
    step, day, *by = row.split()
    return {"step": step, "on": date.fromisoformat(day)} | ({"by": by[0]} if by else {})


def _take(
    row: dict[str, Any],
    example: Example,
    version: Procedure,
    versions: tuple[Procedure, ...],
    case: Case,
    law: Law | None,
    around: Surroundings,
) -> tuple[Law, Case, Decision]:
    step, on, happened = str(row.pop("step")), row.pop("on"), bool(row.pop("happened", False))
    by = str(row.pop("by", example.defaults.get("by", "甲")))
    law = law or Law.of(versions, on) or Law(version, versions)
    known = law.on(on) or version
    data = _data(known, step, {**example.defaults.get(step, {}), **row})
    command = Command(step, on, by, data, by, happened)
    try:
        decision = decide(law, case, command, around)
    except UnknownStep as unknown:
        raise ExampleFell(str(unknown)) from unknown
    number = case.next_version
    for new in decision.events:
        broken = tuple(refusal.gate for refusal in decision.defects) if new.event != "limit_missed" else ()
        case = evolve(case, Event(new.event, new.on, by, new.data, number, by, broken))
        number += 1
    return law, case, decision


def _data(version: Procedure, step: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    kinds = version.steps[step].kinds if step in version.steps else {}
    return {field: _value(field, value, kinds.get(field), version) for field, value in raw.items()}


def _value(field: str, value: Any, kind: Kind | None, version: Procedure | None) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind is None or version is None:
        return value
    if kind.apart:
        return {"apart": str(value)}
    if isinstance(value, str) and kind.name in ("yuan", "number", "date"):
        try:
            return read(kind, value, version.choices)
        except FieldFault as fault:
            raise ExampleFell(f"“{field}”：{fault}") from fault
    return [value] if kind.many and isinstance(value, str) else value


@lru_cache(maxsize=8)
def calendar_of(book: LawBook) -> Calendar:
    """The working-day calendar of the law files, made once a book."""
    return Calendar.of(book.calendars.values())


def run_all(version: Procedure, book_at: Callable[[str], LawBook]) -> Iterator[tuple[Example, str]]:
    """Each example of the folder with why it fell; an empty string where it stands."""
    for example in examples_of(version, book_at("")):
        book = book_at(example.place)
        versions = book.procedures[version.id]
        here = next(v for v in versions if v.folder == version.folder)
        try:
            play(example, here, versions, around_of(example, here, book))
        except ExampleFell as fell:
            yield example, str(fell)
        else:
            yield example, ""
