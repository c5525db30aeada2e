"""The rows of a package for an upper platform: only acts that are due and allowed, only the columns of its mapping."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fazheng.lawbook.act import rule_of
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.platform import Column, Platform, PlatformSheet
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.ledger.chain import canonical_json
from fazheng.ledger.models import ClockRow, StandingEvent
from fazheng.procedure.ask import ask
from fazheng.procedure.case import Case, Event
from fazheng.procedure.question import question
from fazheng.procedure.refusals import source
from fazheng.procedure.surroundings import LinkedCase, Surroundings
from fazheng.publication.leaks import leak
from fazheng.publication.values import masked, shown

PRIVATE = frozenset("person id_number phone address bank_account".split())  # looked for in every cell of the row
Values = Callable[[Sequence[str]], Mapping[str, str]]  # what is held apart, by digest
RowOf = Callable[[str, str, date], Mapping[str, Any] | None]


class Leak(Exception):
    """A cell would show something personal: the package is not made."""


@dataclass(frozen=True, slots=True)
class Row:
    """One act: its row's number, its cells by head, and the digest of what they say, package and row apart.

    `looked`: labels and digests of what was read from what the case holds apart, to be entered as a look.
    """

    number: str
    sheet: str
    cells: Mapping[str, str]
    digest: str
    looked: tuple[str, ...] = ()
    held: tuple[str, ...] = field(default=(), repr=False)


def due_cases(bureau: str, sheet: PlatformSheet, book: LawBook, first: date, last: date) -> list[str]:
    """Cases whose term of publication began in these days and whose decision was not taken back since, by id."""
    taken_back = {
        rule.limit
        for act in book.acts.values()
        for rule in act.public
        if rule.stage == "withdrawn" and act.binds(rule, sheet.of)
    }
    clocks = ClockRow.objects.filter(
        bureau=bureau, limit=sheet.limit, begun__gte=first.isoformat(), begun__lte=last.isoformat()
    )
    found = {row.case_id for row in clocks if row.case_id.rsplit("-", 2)[0] == sheet.of and row.superseded_on is None}
    withdrawn = ClockRow.objects.filter(bureau=bureau, limit__in=sorted(taken_back), begun__lte=last.isoformat())
    annulled = StandingEvent.objects.filter(bureau=bureau, procedure=sheet.of, event__in=_annulling(sheet, book))
    gone = {row.case_id for row in withdrawn} | set(annulled.values_list("case_id", flat=True))
    return sorted(found - gone)


def _annulling(sheet: PlatformSheet, book: LawBook) -> list[str]:
    """The events that start a term for taking back: what is annulled is not sent, published or not."""
    versions = book.procedures[sheet.of]
    limits = [
        rule_of(versions, rule.limit)
        for act in book.acts.values()
        for rule in act.public
        if rule.stage == "withdrawn" and act.binds(rule, sheet.of)
    ]
    return sorted({str(starts) for limit in limits if (starts := getattr(limit, "starts", ""))})


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes rows of cases as they stand on a day."""

    book: LawBook
    bureau: str
    name: str
    on: date
    around: Surroundings
    values: Values
    row_of: RowOf

    def allowed(self, sheet: PlatformSheet, cases: Mapping[str, LinkedCase]) -> dict[str, LinkedCase]:
        """Those of the sheet's cases of which nothing says that they must never be public, as they stand."""
        return {
            id: one
            for id, one in cases.items()
            if sheet.never is None or not ask(sheet.never, question(one.law, one.case, self.on, self.around))
        }

    def rows(self, platform: Platform, cases: Mapping[str, Mapping[str, LinkedCase]]) -> Iterator[Row]:
        """The rows of the sheets' cases, in order, their column of the package empty. Raises Leak."""
        may = [(s, id, one) for s in platform.sheets for id, one in self.allowed(s, cases.get(s.name, {})).items()]
        private = {id: list(_private(one.law.first, one.case)) for _, id, one in may}
        values = self.values([digest for digests in private.values() for digest in digests])  # asked for once
        for sheet, id, one in may:
            held = {digest: values[digest] for digest in private[id] if digest in values}
            yield self._row(sheet, id, one, private[id], held)

    def _row(
        self, sheet: PlatformSheet, case_id: str, found: LinkedCase, private: Sequence[str], held: Mapping[str, str]
    ) -> Row:
        version, case = found.law.first, found.case
        cells: dict[str, str] = {}
        looked: list[str] = []
        for column in sheet.columns:
            cells[column.head] = self._cell(column, sheet, case_id, version, case, held)
            if column.mask and cells[column.head]:
                looked.append(column.head)
            apart = [value for digest, value in held.items() if value]
            free = column.own or column.always
            if not free and (what := leak(cells[column.head], apart)):
                raise Leak(
                    f"{case_id}的“{column.head}”里有{what}，数据包没有制作。请先更正案件里的这一栏，或者改上报表"
                )
        told = {column.head: cells[column.head] for column in sheet.columns if column.own != "package"}
        digest = hashlib.sha256(canonical_json(told).encode()).hexdigest()
        return Row(case_id, sheet.name, cells, digest, tuple(looked), tuple(private) if looked else ())

    def _cell(
        self,
        column: Column,
        sheet: PlatformSheet,
        case_id: str,
        version: Procedure,
        case: Case,
        held: Mapping[str, str],
    ) -> str:
        if column.always:
            return column.always
        if column.field is None:
            return self._own(column.own, sheet, case_id, version)
        event = case.last(column.field.event)
        value = event.fact(column.field.field) if event else None
        if event is None or value is None:
            return ""
        if column.register:
            row = self.row_of(column.register, str(value), event.on)
            return shown((row or {}).get(column.row_field), Kind("words"), {})
        step = version.step_of.get(event.event)
        kind = step.kinds.get(column.field.field, Kind("date")) if step else Kind("date")
        if kind.apart:
            return masked(held.get(value["apart"], "") if isinstance(value, dict) else "", column.mask)
        return shown(value, kind, version.choices.get(kind.of, {}))

    def _own(self, own: str, sheet: PlatformSheet, case_id: str, version: Procedure) -> str:
        limit = rule_of((version,), sheet.limit)
        return {
            "row": case_id,
            "package": "",
            "bureau": self.name,
            "bureau_code": self.bureau,
            "procedure": version.name,
            "article": source(limit) if limit else "",
        }[own]


def _private(version: Procedure, case: Case) -> dict[str, None]:
    """The digests of what the case holds apart about persons, in the order of its events."""
    found: dict[str, None] = {}
    for event in case.standing:
        found |= dict.fromkeys(_apart(version, event))
    return found


def _apart(version: Procedure, event: Event) -> Iterator[str]:
    step = version.step_of.get(event.event)
    for name, kind in step.kinds.items() if step else ():
        value = event.data.get(name)
        for one in value if isinstance(value, list) else [value]:
            if kind.name in PRIVATE and isinstance(one, dict) and "apart" in one:
                yield str(one["apart"])


def packed(row: Row, platform: Platform, package: str) -> Row:
    """The row with the package it goes in, of which its digest says nothing."""
    heads = [
        c.head for sheet in platform.sheets if sheet.name == row.sheet for c in sheet.columns if c.own == "package"
    ]
    return replace(row, cells={**row.cells, **dict.fromkeys(heads, package)})


def listed(rows: Sequence[Row]) -> list[list[str]]:
    """What the entry of a package holds of its rows: number and digest, no cell."""
    return [[row.number, row.digest] for row in rows]


def file_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
