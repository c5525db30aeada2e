"""The Python reader: every case of the book folded from its entries and asked in turn. Slow, plain, and independent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from fazheng.figures.declared import DECLARED, WITHDRAWN, Declared, standing
from fazheng.figures.entered import named, naming, values, wanted
from fazheng.figures.periods import Period
from fazheng.figures.reader import UNSAID, Found
from fazheng.lawbook.conditions import AllOf, AnyOf, Condition, Fact, FieldTest, Not
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import RegisterRow
from fazheng.ledger.read import cases_entries
from fazheng.procedure.ask import Question, ask, compare
from fazheng.procedure.case import Case, Event, fold
from fazheng.procedure.clocks import Clock, clocks
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.law import Law, law_of
from fazheng.procedure.standing import RowSpan, Stood, standing_on

Spans = Mapping[tuple[str, str], Sequence[RowSpan]]  # by register and key


@dataclass(frozen=True)
class _File:
    """A case as it stood on the period's last day, with its clocks once they are asked for."""

    case_id: str
    procedure: str
    law: Law
    case: Case


class PythonReader:
    """Answers from the entries of the book alone; rows of registers from their table, which `register` reads too.

    With `until`, as the book stood when that entry was its last; `spans` are the rows of registers as of then.
    """

    def __init__(
        self, bureau: str, book: LawBook, period: Period, until: int | None = None, spans: Spans | None = None
    ) -> None:
        self._bureau, self._book, self._period = bureau, book, period
        self._until, self._given = until, spans
        self._calendar = calendar_of(book)
        self._naming = naming(book)

    def read(self, figure: Figure) -> Found:
        """What asking every case, event or row in turn finds."""
        if figure.counts == "register":
            return self._register(figure)
        files = [file for file in self._files.values() if file.procedure == figure.of and self._meets(file, figure)]
        if figure.counts == "cases":
            return _sum(figure, [(file.case_id, _choice(figure.splits, None, file.case), 1) for file in files])
        counted = figure.sums.event if figure.sums else figure.event
        found = [(file, event) for file in files for event in self._in_period(file, counted)]
        if figure.distinct is not None:
            return _different(figure.distinct, found)
        return _sum(figure, [(f.case_id, _choice(figure.splits, e, f.case), _number(figure, e)) for f, e in found])

    def was_kept(self, procedure: str) -> bool:
        first, last = self._period
        inside = (
            event
            for file in self._files.values()
            if file.procedure == procedure
            for event in file.case.standing
            if event.on >= first
        )
        signed = any((procedure, year) in self._signed_zeros for year in range(first.year, last.year + 1))
        return signed or next(inside, None) is not None

    def had_rows(self, register: str) -> bool:
        last = self._period[1].isoformat()
        known = (span for (name, _), spans in self._spans.items() if name == register for span in spans)
        return any(span.from_day <= last for span in known)

    def declared(self) -> list[Declared]:
        return standing(sorted(self._declarations, key=lambda entry: entry.seq))

    @cached_property
    def _folded(self) -> tuple[dict[str, _File], set[tuple[str, int]]]:
        files: dict[str, _File] = {}
        zeros: set[tuple[str, int]] = set()
        for case_id, entries in self._entries():
            procedure = case_id.rsplit("-", 2)[0]
            for entry in entries:
                if entry.event == "nothing_happened":
                    zeros.add(_zero(json.loads(entry.data)))
                elif entry.event == "zero_withdrawn":
                    zeros.discard(_zero(json.loads(entry.data)))
            if procedure not in self._book.procedures:
                continue
            case = fold(entries)
            law = law_of(self._book.procedures[procedure], case, case.entries[0].on)
            seen = case.until(self._period[1])
            if law is not None and seen.standing:
                files[case_id] = _File(case_id, procedure, law, seen)
        return files, zeros

    def _entries(self) -> Iterator[tuple[str, list[SealedEntry]]]:
        """Each case with its entries, no later one than `until`."""
        for case_id, entries in cases_entries(self._bureau):
            if known := [entry for entry in entries if self._until is None or entry.seq <= self._until]:
                yield case_id, known

    @cached_property
    def _declarations(self) -> list[SealedEntry]:
        return [e for _, entries in self._entries() for e in entries if e.event in (DECLARED, WITHDRAWN)]

    @property
    def _files(self) -> dict[str, _File]:
        return self._folded[0]

    @property
    def _signed_zeros(self) -> set[tuple[str, int]]:
        return self._folded[1]

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        """Both ways: whom a case names by the day, and who names it."""
        links: dict[str, set[str]] = {}
        for file in self._files.values():
            for event in file.case.standing:
                for other in named(event.event, event.data, self._naming[file.procedure]):
                    if other in self._files:
                        links.setdefault(file.case_id, set()).add(other)
                        links.setdefault(other, set()).add(file.case_id)
        return links

    def _meets(self, file: _File, figure: Figure) -> bool:
        if figure.where is None:
            return True
        linked: dict[str, tuple[Question, ...]] = {}
        for other in sorted(self._links.get(file.case_id, ())):
            found = self._files[other]
            linked[found.procedure] = (*linked.get(found.procedure, ()), self._question(found, {}))
        return ask(figure.where, self._question(file, linked)) is True

    def _question(self, file: _File, linked: dict[str, tuple[Question, ...]]) -> Question:
        @cache
        def running() -> tuple[Clock, ...]:
            return clocks(file.law, file.case, self._calendar, self._book.parameter)

        day = self._period[1]
        return Question(
            file.law, file.case, day, self._calendar, running, None, self._period, self._book.parameter, linked,
            self._row,
        )  # fmt: skip

    def _row(self, register: str, key: str, day: date) -> Stood | None:
        return standing_on(self._spans.get((register, key), ()), day)

    @cached_property
    def _spans(self) -> Spans:
        """Every row of every register there ever was, by register and key."""
        if self._given is not None:
            return self._given
        spans: dict[tuple[str, str], list[RowSpan]] = {}
        for row in RegisterRow.objects.filter(bureau=self._bureau):
            span = RowSpan(row.from_day, row.to_day, json.loads(row.data))
            spans.setdefault((row.register, row.key), []).append(span)
        return spans

    def _in_period(self, file: _File, event: str) -> Iterator[Event]:
        return (found for found in file.case.all(event) if found.on >= self._period[0])

    def _register(self, figure: Figure) -> Found:
        first, last = (day.isoformat() for day in self._period)
        told: list[tuple[str, str, int | None]] = []
        for (register, key), spans in self._spans.items():
            for row in _counted_rows(figure.moved, spans, first, last) if register == figure.of else ():
                if figure.where is None or self._row_meets(figure.where, row.data):
                    part = row.data.get(figure.splits.field) if figure.splits else None
                    told.append((key, part if isinstance(part, str) else UNSAID, 1))
        return _sum(figure, told)

    def _row_meets(self, condition: Condition, data: Mapping[str, Any]) -> bool:
        match condition:
            case AnyOf(parts):
                return any(self._row_meets(part, data) for part in parts)
            case AllOf(parts):
                return all(self._row_meets(part, data) for part in parts)
            case Not(part):
                return not self._row_meets(part, data)
            case FieldTest(fact, "present", value):
                return (data.get(fact.field) is not None) is value
            case FieldTest(fact, test):
                held, sides = data.get(fact.field), wanted(condition, self._book, self._period)
                if held is None or not sides:
                    return False
                return compare(test, held, sides if test == "in" else sides[0])
        raise TypeError(f"台账的行没有这种条件：{condition!r}")


def _counted_rows(moved: str, spans: Sequence[RowSpan], first: str, last: str) -> list[RowSpan]:
    """The spans of a key that count: the one that stands on the last day, or those by which it came or went. A change
    of the row is neither.
    """
    if moved == "entered":
        ended = {span.to_day for span in spans}
        return [span for span in spans if first <= span.from_day <= last and span.from_day not in ended]
    if moved == "struck":
        begun = {span.from_day for span in spans}
        return [span for span in spans if span.to_day and first <= span.to_day <= last and span.to_day not in begun]
    return [span for span in spans if span.from_day <= last and (span.to_day is None or span.to_day > last)]


def _zero(data: dict[str, Any]) -> tuple[str, int]:
    return data["of"], data["year"]


def _choice(fact: Fact | None, own: Event | None, case: Case) -> str:
    """The choice a row belongs to: of the counted event itself, else of the case's latest event of that name."""
    if fact is None:
        return UNSAID
    source = own if own is not None and own.event == fact.event else case.last(fact.event)
    value = source.data.get(fact.field) if source else None
    return value if isinstance(value, str) else UNSAID


def _number(figure: Figure, event: Event) -> int | None:
    """What an event adds: one where events are counted, else its amount; None where none was entered."""
    if figure.sums is None:
        return 1
    amount = event.data.get(figure.sums.field)
    return amount if type(amount) is int else None


def _sum(figure: Figure, told: list[tuple[str, str, int | None]]) -> Found:
    parts: Counter[str] = Counter()
    names = set()
    for name, part, number in told:
        if number is not None:
            parts[part] += number
            names.add(name)
    return Found(sum(parts.values()), tuple(sorted(names)), dict(parts) if figure.splits else {})


def _different(fact: Fact, found: list[tuple[_File, Event]]) -> Found:
    told = [(file.case_id, values(_plain(event.fact(fact.field)))) for file, event in found]
    different = {value for _, of_case in told for value in of_case}
    return Found(len(different), tuple(sorted({case for case, of_case in told if of_case})))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
