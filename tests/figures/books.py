"""Books of a toy law for tests: entries sealed as casework seals them, projected by casework's own projections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from fazheng.casework.besides import project_other
from fazheng.casework.folding import case_file
from fazheng.casework.project import project_cases
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.append import append, keep_private, lock_head
from fazheng.ledger.chain import ApartValue, DraftEntry, apart_digest, canonical_json
from fazheng.ledger.read import cases_entries
from fazheng.procedure.examples import ExampleStaff, calendar_of
from fazheng.procedure.surroundings import Surroundings

BUREAU = "999001"
LAW = Path(__file__).parent / "law"
TODAY = date(2026, 11, 21)


def toy_law(*figures: Figure) -> LawBook:
    """The toy law with these figures."""
    return replace(load(root=LAW), figures={figure.id: figure for figure in figures})


@dataclass
class Writer:
    """Collects entries and seals them at once. Entry numbers run as the book numbers them."""

    book: LawBook = field(default_factory=lambda: load(root=LAW))
    bureau: str = BUREAU
    drafts: list[DraftEntry] = field(default_factory=list)
    apart: list[ApartValue] = field(default_factory=list)

    def hold(self, value: str) -> dict[str, str]:
        """What stands in an entry for a value held apart."""
        salt = len(self.apart).to_bytes(16, "big")
        self.apart.append(ApartValue(apart_digest(salt, value), salt.hex(), value))
        return {"apart": self.apart[-1].digest}

    def opens(self, case_id: str, event: str, on: str, data: Mapping[str, Any] | None = None, **more: Any) -> None:
        """The first entry of a case, naming the version of the law it is pinned to."""
        procedure = case_id.rsplit("-", 2)[0]
        versions = self.book.procedures[procedure]
        version = next((v for v in versions if v.covers(date.fromisoformat(on))), versions[-1])
        law = {"procedure": procedure, "in_force": version.in_force.isoformat(), "digest": version.digest}
        self.enters(case_id, event, on, {**(data or {}), "law": law}, **more)

    def enters(
        self,
        case_id: str,
        event: str,
        on: str,
        data: Mapping[str, Any] | None = None,
        *,
        by: str = "甲",
        entered_by: str = "",
        recorded: str = "",
        defects: Sequence[tuple[str, str]] = (),
        source: str = "",
    ) -> None:
        """One entry; `recorded` is the day it was entered, else the day it happened."""
        self.drafts.append(
            DraftEntry(
                bureau=self.bureau,
                case_id=case_id,
                event=event,
                data=canonical_json(dict(data or {})),
                by=by,
                entered_by=entered_by or by,
                acting_as="",
                happened_on=on,
                recorded_at=f"{recorded or on}T09:00:00+08:00",
                source=source,
                defects=canonical_json([{"gate": gate, "article": article} for gate, article in defects]),
            )
        )

    def seal(self) -> None:
        """Seals and projects what was collected."""
        with transaction.atomic():
            sealed = append(self.drafts, lock_head(self.bureau))
            keep_private(self.bureau, self.apart)
            project_other(self.bureau, sealed, self.book)
            touched = list(dict.fromkeys(entry.case_id for entry in sealed))
            files = [case_file(case_id, rows, self.book) for case_id, rows in cases_entries(self.bureau, touched)]
            around = Surroundings(calendar_of(self.book), ExampleStaff({}, frozenset()), TODAY, self.book.parameter)
            project_cases(self.bureau, [file for file in files if file], self.book, lambda: around)
        self.drafts, self.apart = [], []
