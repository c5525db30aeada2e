"""Exports of other systems: read by their mapping, whole, then longer; what changed is shown, nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.workbook import UnusableWorkbook, undo_import
from fazheng.casework.workbook.exports import Exported, import_export, mapping_named, recognised
from fazheng.casework.workbook.standing_rows import APART
from fazheng.cli.demo import examples_root
from fazheng.ledger.models import CaseRow, RegisterRow, StandingEvent
from fazheng.ledger.verify import verify
from tests.casework.workbook.desk import STAFF, end_of, law, standing, taken
from tests.examples.other_systems import Export, assistance, changed, hotline, platform, renamed

TODAY = date(2025, 3, 3)
MAPS = {"hotline-12345": hotline, "organisation-platform": platform, "assistance-requests": assistance}


@pytest.fixture
def staffed(bureau: Bureau, tmp_path: Path) -> Bureau:
    with (examples_root() / "county-a" / "人员名册.csv").open(encoding="utf-8") as file:
        taken(tmp_path, bureau, {STAFF: list(csv.DictReader(file))}, today=TODAY)
    return bureau


def imported(folder: Path, bureau: Bureau, export: Export, mapping: str, **how: Any) -> Exported:
    path = export.write(folder / "导出.xlsx")
    found = mapping_named(mapping, law(bureau))
    return import_export(path, bureau, found, **{"today": TODAY, "entered_by": "Z011", **how})


def said(done: Exported) -> list[str]:
    return [str(fault) for fault in done.imported.faults]


@pytest.mark.parametrize(
    ("mapping", "first", "later"),
    [
        ("hotline-12345", (200, 200, 720), (259, 60, 320)),
        ("organisation-platform", (40, 40, 70), (46, 6, 22)),
        ("assistance-requests", (30, 30, 20), (36, 6, 16)),
    ],
)
def test_an_export_goes_in_whole_and_a_longer_one_adds_what_is_new(
    staffed: Bureau, tmp_path: Path, mapping: str, first: tuple[int, ...], later: tuple[int, ...]
) -> None:
    whole, longer = MAPS[mapping]()
    done = imported(tmp_path, staffed, whole, mapping)
    assert said(done) == []
    assert (done.rows, len(done.imported.cases), done.imported.steps) == first
    assert done.changes == done.missing == done.told == ()
    before = end_of(staffed)
    again = imported(tmp_path, staffed, whole, mapping)
    assert (said(again), again.imported.recorded, again.changes, end_of(staffed)) == ([], 0, (), before)
    more = imported(tmp_path, staffed, longer, mapping)
    assert said(more) == []
    assert (more.rows, len(more.imported.cases), more.imported.steps) == later
    live = dump(staffed.code)
    rebuild(staffed)
    assert dump(staffed.code) == live
    assert verify(staffed.code).ok
