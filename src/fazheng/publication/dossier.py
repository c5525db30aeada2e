"""一个社会组织一个档案: everything the book holds of one organisation, held against what its file must hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from fazheng.lawbook.dossier import FILE, MATERIAL, Dossier, Holds
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import CaseLink, RegisterRow, StandingEvent
from fazheng.ledger.rows import chunks
from fazheng.procedure.ask import ask
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import LinkedCase, Surroundings


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the file must hold. `year` 0 where it is not a yearly one; `shown_by` the case or row that shows it."""

    holds: Holds
    year: int
    there: bool
    shown_by: str


@dataclass(frozen=True, slots=True)
class Span:
    """A row that stood in a register; `to_day` empty where it still stands."""

    register: str
    name: str
    from_day: str
    to_day: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """The file of one organisation on a day. `cases` by procedure; `linked` those that cases of it name or that name
    them (tickets, petitions, recordings).
    """

    code: str
    rows: tuple[Span, ...]
    cases: Mapping[str, tuple[str, ...]]
    linked: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def must_hold(self) -> int:
        return sum(item.holds.counted for item in self.items)

    @property
    def holds(self) -> int:
        return sum(item.holds.counted and item.there for item in self.items)


def cases_of(
    bureau: str, codes: Sequence[str], among: Sequence[str], book: LawBook, on: date
) -> dict[str, dict[str, list[str]]]:
    """By organisation, then by procedure: the cases that by that day name it in a field of kind org_code.

    `among`: the ids of the cases that may. One statement for some hundred of them.
    """
    fields = _naming(book)
    found: dict[str, dict[str, set[str]]] = {code: {} for code in codes}
    for some in chunks(among):
        events = StandingEvent.objects.filter(bureau=bureau, case_id__in=some, on_day__lte=on.isoformat())
        for row in events:
            names = fields.get((row.procedure, row.event), ())
            data = json.loads(row.data) if names else {}
            for value in (data.get(name) for name in names):
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, str) and one in found:
                        found[one].setdefault(row.procedure, set()).add(row.case_id)
    return {code: {id: sorted(of[id]) for id in book.procedures if id in of} for code, of in found.items()}


def _naming(book: LawBook) -> dict[tuple[str, str], set[str]]:
    """The fields of kind org_code, by procedure and event."""
    found: dict[tuple[str, str], set[str]] = {}
    for id, versions in book.procedures.items():
        for step in (step for version in versions for step in version.steps.values()):
            named = {name for name, kind in step.kinds.items() if kind.name == "org_code"}
            if named:
                found.setdefault((id, step.records), set()).update(named)
    return found


def linked_cases(bureau: str, cases: list[str]) -> list[str]:
    """The cases that these name, or that name them, these left out."""
    links = CaseLink.objects.filter(Q(from_case__in=cases) | Q(to_case__in=cases), bureau=bureau)
    both = {end for link in links for end in (link.from_case, link.to_case)}
    return sorted(both - set(cases))


def spans_of(bureau: str, code: str, book: LawBook, on: date) -> list[Span]:
    """Every row the organisation had in any register, in order of time."""
    rows = RegisterRow.objects.filter(bureau=bureau, key=code, from_day__lte=on.isoformat()).order_by("from_day", "nth")
    return [
        Span(row.register, book.registers[row.register].name, row.from_day, row.to_day or "", json.loads(row.data))
        for row in rows
        if row.register in book.registers
    ]


@dataclass(frozen=True, slots=True)
class Weighing:
    """What items are held against: the row, the cases of the organisation, the years that its book knows."""

    bureau: str
    book: LawBook
    on: date
    around: Surroundings
    row: Span
    files: Mapping[str, LinkedCase]

    def items(self, dossier: Dossier) -> Iterator[Item]:
        """Each item of the dossier that is asked of this organisation."""
        for holds in dossier.holds:
            if not holds.with_kind or self.row.data.get(dossier.kind) in holds.with_kind:
                yield from self._items(holds)

    def _items(self, holds: Holds) -> Iterator[Item]:
        if holds.field:
            yield Item(holds, 0, self.row.data.get(holds.field) not in (None, ""), self.row.name)
        elif holds.material:
            named = [id for id, file in self.files.items() if self._material(file, holds.material)]
            yield Item(holds, 0, bool(named), named[0] if named else "")
        else:
            yield from self._yearly(holds)

    def _material(self, file: LinkedCase, material: str) -> bool:
        seen = file.case.until(self.on)
        return file.law.first.id == FILE and any(one.fact("material") == material for one in seen.all(MATERIAL))

    def _yearly(self, holds: Holds) -> Iterator[Item]:
        assert holds.year is not None
        assert holds.done is not None
        years: dict[int, str] = {}
        for id, file in self.files.items():
            asked = question(file.law, file.case, self.on, self.around)
            opened = file.case.last(holds.year.event)
            if file.law.first.id == holds.of and opened and ask(holds.done, asked):
                years[int(opened.fact(holds.year.field))] = id
        registered = date.fromisoformat(str(self.row.data.get("registered_on") or self.row.from_day))
        for year in years_run(self.bureau, holds, self.on):
            if registered.year <= year and (not self.row.to_day or year < int(self.row.to_day[:4])):
                yield Item(holds, year, year in years, years.get(year, ""))


def years_run(bureau: str, holds: Holds, on: date) -> list[int]:
    """The years about which the bureau ran that procedure by that day, in order: no other is asked of a file."""
    assert holds.year is not None
    rows = StandingEvent.objects.filter(bureau=bureau, procedure=holds.of, event=holds.year.event)
    told = {json.loads(data).get(holds.year.field) for data in _until(rows, on)}
    return sorted(int(year) for year in told if year is not None)


def _until(rows: Any, on: date) -> Iterator[str]:
    yield from rows.filter(on_day__lte=on.isoformat()).values_list("data", flat=True).distinct()
