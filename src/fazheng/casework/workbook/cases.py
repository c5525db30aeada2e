"""Which case a row means: by the number of its own sheet, or by the id the case bears in the book."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Kind
from fazheng.ledger.models import CaseRow
from fazheng.procedure.law import Law

_AT_ONCE = 400
_ID = re.compile(r"(.+)-\d{4}-\d{4,}")


@dataclass(frozen=True, slots=True)
class Found:
    """A case that a number may mean. `case_id` empty: its row has a fault, so that it was not opened."""

    procedure: str
    case_id: str


class SeveralCases(LookupError):
    """One number, cases in several procedures; the message names them."""


class Cases:
    """The cases that the rows of a workbook may mean: of the book, and of the workbook itself."""

    def __init__(self, act: Writing) -> None:
        self._act = act
        self._by_ref: dict[str, dict[str, str]] = {
            procedure: {} for procedure in act.book.procedures
        }  # number → case id
        self._laws: dict[str, Law] = {}
        self._pinned: dict[tuple[str, str], Law | None] = {}  # one for all cases of a version

    def look_up(self, names: Iterable[str]) -> None:
        """Reads which of these numbers and case ids the book holds, all at once."""
        wanted = sorted({name for name in names if name})
        ids = [name for name in wanted if self.is_id(name)]
        procedures = list(self._act.book.procedures)
        for some in _pieces(wanted):
            self._take(CaseRow.objects.filter(bureau=self._act.bureau.code, procedure__in=procedures, ref__in=some))
        for some in _pieces(ids):
            self._take(CaseRow.objects.filter(bureau=self._act.bureau.code, case_id__in=some))

    def _take(self, rows: Iterable[CaseRow]) -> None:
        for row in rows:
            law = self._law(row.procedure, row.in_force)
            if law is not None:
                self._laws[row.case_id] = law
                for name in {row.ref, row.case_id} - {""}:
                    self._by_ref[row.procedure][name] = row.case_id

    def _law(self, procedure: str, in_force: str) -> Law | None:
        """The law of cases pinned to that version; None where the files no longer have it."""
        if (procedure, in_force) not in self._pinned:
            versions = self._act.book.procedures.get(procedure, ())
            first = next((version for version in versions if version.in_force.isoformat() == in_force), None)
            self._pinned[procedure, in_force] = Law(first, versions) if first else None
        return self._pinned[procedure, in_force]

    def unknown(self, name: str) -> bool:
        """Whether no row of this workbook has that number, and the book was not asked for it."""
        return not any(name in held for held in self._by_ref.values())

    def is_id(self, name: str) -> bool:
        """Whether the name has the form of a case id of the book."""
        found = _ID.fullmatch(name)
        return found is not None and found[1] in self._act.book.procedures

    def in_book(self, procedure: str, ref: str) -> str:
        """The case with that number in that procedure; empty where there is none."""
        return self._by_ref[procedure].get(ref, "")

    def expected(self, procedure: str, ref: str) -> None:
        """A row of this workbook has that number and has not opened its case yet; a case of the book stays."""
        self._by_ref[procedure].setdefault(ref, "")

    def opened(self, procedure: str, ref: str, case_id: str) -> None:
        """A row of this workbook has opened a case."""
        self._by_ref[procedure][ref] = case_id
        law = self._act.case(case_id)[0]
        self._laws[case_id] = self._law(procedure, law.first.in_force.isoformat()) or law

    def find(self, name: str, among: Collection[str] = ()) -> Found | None:
        """The case a number or id means, in one of these procedures (none named: in any); None where there is none.

        Raises SeveralCases.
        """
        found = [
            Found(procedure, held[name])
            for procedure, held in self._by_ref.items()
            if name in held and (not among or procedure in among)
        ]
        if len(found) > 1:
            names = "、".join(self._act.book.procedures[one.procedure][-1].name for one in found)
            raise SeveralCases(f"编号“{name}”在几个程序里都有（{names}）")
        return found[0] if found else None

    def law(self, case_id: str) -> Law:
        """The law the case is pinned to."""
        return self._laws[case_id] if case_id in self._laws else self._act.case(case_id)[0]

    def resolved(self, kinds: Mapping[str, Kind], data: Mapping[str, Any]) -> dict[str, Any]:
        """The data with case ids in place of numbers in fields of kind `case`; a number nobody bears stays as it is.

        Raises SeveralCases; CaseWaits where a case meant has not been opened.
        """
        return {field: self._one(value) if kinds[field].name == "case" else value for field, value in data.items()}

    def _one(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._one(name) for name in value]
        found = self.find(value)
        if found is not None and not found.case_id:
            raise CaseWaits(value)
        return found.case_id if found else value


class CaseWaits(LookupError):
    """A row names a case whose own row has not been taken, or has a fault."""


def named(kinds: Mapping[str, Kind], data: Mapping[str, Any]) -> Iterator[str]:
    """The numbers and case ids in fields of kind `case`."""
    for field, value in data.items():
        if kinds[field].name == "case":
            yield from value if isinstance(value, list) else [value]


def _pieces(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
