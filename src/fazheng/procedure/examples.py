"""The examples beside a procedure are its tests; drop any rule and one of them must fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.reading import toml
from fazheng.procedure.attempt import UnknownStep
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.decide import decide
from fazheng.procedure.fields import FieldFault, read
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.surroundings import Command, Decision, Surroundings
from fazheng.workdays import Calendar

LAST_DAY = date(9999, 12, 31)
_WORDS = {"refused", "warned", "records", "defects", "due", "earliest", "suggests"}


@dataclass(frozen=True, slots=True)
class Example:
    """A story and what follows from it. `file` and `name` say where it stands."""

    file: str
    name: str
    place: str
    defaults: Mapping[str, Any]
    given: tuple[Any, ...]
    when: Mapping[str, Any] | None
    then: Mapping[str, Any]


class ExampleFell(AssertionError):
    """The law as it stands says something else than the example."""


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


def examples_of(version: Procedure, book: LawBook) -> list[Example]:
    """The examples of a procedure's folder, in the order of its files. Empty where it has none.

    Raises LawFault for an unknown word.
    """
    files = [
        (path.relative_to(book.root).as_posix(), toml(path))
        for path in sorted((book.root / version.folder).glob("examples*.toml"))
    ]
    if faults := [fault for file, raw in files for fault in _unknown_words(file, raw, version)]:
        raise LawFault(faults)
    defaults: dict[str, Any] = {}
    for _, raw in files:  # what is said once in one file of the folder holds in all of them
        defaults |= raw.get("defaults", {})
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
        )
        for file, raw in files
        for row in raw.get("example", [])
    ]


def _unknown_words(file: str, raw: Mapping[str, Any], version: Procedure) -> Iterator[Finding]:
    yield from (Finding(file, f"不认识的表“{key}”") for key in raw if key not in ("defaults", "example"))
    known = {*version.steps, "by", "place", "people"}
    yield from (Finding(file, f"不认识的词“{key}”", "defaults") for key in raw.get("defaults", {}) if key not in known)
    for row in raw.get("example", []):
        unknown = {*row} - {"name", "given", "when", "then"} | {
            f"then.{word}" for word in {*row.get("then", {})} - _WORDS
        }
        yield from (Finding(file, f"不认识的词“{word}”", str(row.get("name"))) for word in sorted(unknown))


def play(
    example: Example,
    version: Procedure,
    versions: tuple[Procedure, ...],
    calendar: Calendar,
    parameter: Callable[[str, date], int | None],
) -> None:
    """Runs the story. Raises ExampleFell where a given step is refused, or what follows is not as it says."""
    people = example.defaults.get("people", {})
    around = Surroundings(calendar, ExampleStaff(people, frozenset(version.roles)), LAST_DAY, parameter)
    case, law = Case(), None
    for row in example.given:
        law, case, decision = _take(_row(row), example, version, versions, case, law, around)
        if decision.refused:
            raise ExampleFell(f"前提“{row}”被拒：{'；'.join(r.article + ' ' + r.says for r in decision.refusals)}")
    decision = Decision()
    if example.when is not None:
        law, case, decision = _take(dict(example.when), example, version, versions, case, law, around)
    _compare(example, version, law, case, decision, around)


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


def _value(field: str, value: Any, kind: Kind | None, version: Procedure) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if kind is None:
        return value
    if kind.apart:
        return {"apart": str(value)}
    if isinstance(value, str) and kind.name in ("yuan", "number", "date"):
        try:
            return read(kind, value, version.choices)
        except FieldFault as fault:
            raise ExampleFell(f"“{field}”：{fault}") from fault
    return [value] if kind.many and isinstance(value, str) else value


def _compare(
    example: Example, version: Procedure, law: Law | None, case: Case, decision: Decision, around: Surroundings
) -> None:
    then = example.then
    if not then:
        raise ExampleFell("then 是空的，什么也没有检验")
    statute = version.statute
    got: dict[str, Any] = {
        "refused": _articles(decision.refusals, statute),
        "warned": _articles(decision.warnings, statute),
        "records": [event.event for event in decision.events],
        "defects": sorted({refusal.gate for refusal in decision.defects}),
    }
    for word in ("refused", "warned", "records", "defects"):
        want = then.get(word)
        if word in ("refused", "warned") and want is not None:
            want = sorted({article.removeprefix(statute) for article in want})
        if word == "defects" and want is not None:
            want = sorted(want)
        if want is not None and want != got[word]:
            said = "；".join(f"{r.gate}〔{r.article}〕{r.says}→{r.todo}" for r in decision.refusals)
            raise ExampleFell(f"{word} 应为 {want}，实为 {got[word]}" + (f"（{said}）" if said else ""))
    if decision.refused and "refused" not in then:
        raise ExampleFell("被拒：" + "；".join(f"{r.gate}〔{r.article}〕{r.says}→{r.todo}" for r in decision.refusals))
    if law is not None:
        _compare_days(then, law, case, around)


def _articles(found: tuple[Any, ...], statute: str) -> list[str]:
    return sorted({refusal.article.split("（")[0].removeprefix(statute) for refusal in found})


def _compare_days(then: Mapping[str, Any], law: Law, case: Case, around: Surroundings) -> None:
    running: dict[str, Clock] = {
        clock.limit.id: clock for clock in clocks(law, case, around.calendar, around.parameter)
    }
    for word, shift in (("due", 0), ("earliest", 1)):
        for limit, want in then.get(word, {}).items():
            clock = running.get(limit)
            due = clock.due if clock else None
            got = due + timedelta(days=shift) if due else "停" if clock else "未起算"
            if got != want:
                raise ExampleFell(f"{word} {limit} 应为 {want}，实为 {got}")
    if "suggests" in then:
        day = case.standing[-1].on if case.standing else LAST_DAY
        opened = sorted(suggestion.opens for suggestion in suggestions(law, case, day, around))
        if opened != sorted(then["suggests"]):
            raise ExampleFell(f"suggests 应为 {then['suggests']}，实为 {opened}")


def calendar_of(book: LawBook) -> Calendar:
    """The working-day calendar of the law files."""
    return Calendar.of(book.calendars.values())


def run_all(version: Procedure, book_at: Callable[[str], LawBook]) -> Iterator[tuple[Example, str]]:
    """Each example of the folder with why it fell; an empty string where it stands."""
    for example in examples_of(version, book_at("")):
        book = book_at(example.place)
        versions = book.procedures[version.id]
        here = next(v for v in versions if v.folder == version.folder)
        try:
            play(example, here, versions, calendar_of(book), book.parameter)
        except ExampleFell as fell:
            yield example, str(fell)
        else:
            yield example, ""
