"""Linked cases: those a case names in a field of kind `case`, and those that name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from fazheng.casework.folding import case_file
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind
from fazheng.ledger.models import CaseLink
from fazheng.ledger.read import cases_entries
from fazheng.procedure.surroundings import LinkedCase


def named_cases(kinds: Mapping[str, Kind], data: Mapping[str, Any]) -> list[str]:
    """The cases that values of kind `case` name, in the order of the fields. Empty where there are none."""
    found: list[str] = []
    for field, kind in kinds.items():
        value = data.get(field)
        if kind.name == "case" and value:
            found += value if isinstance(value, list) else [str(value)]
    return found


def linked_ids(bureau: str, case_id: str) -> set[str]:
    """The cases that the case names and those that name it, as the book holds them; none for a case not yet opened."""
    links = CaseLink.objects.filter(Q(from_case=case_id) | Q(to_case=case_id), bureau=bureau) if case_id else ()
    return {link.to_case if link.from_case == case_id else link.from_case for link in links}


def read_linked(bureau: str, case_ids: Iterable[str], book: LawBook) -> dict[str, tuple[LinkedCase, ...]]:
    """These cases by procedure, each in the order of case ids."""
    found: dict[str, list[LinkedCase]] = {}
    others = sorted(case_ids)
    for other, rows in cases_entries(bureau, others) if others else ():
        if file := case_file(other, rows, book):
            found.setdefault(file.procedure, []).append(LinkedCase(file.law, file.case))
    return {procedure: tuple(cases) for procedure, cases in found.items()}
