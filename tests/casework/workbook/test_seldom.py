"""An import changes how often Python looks for garbage while it lasts, and no longer."""

import gc
import weakref
from pathlib import Path
from zipfile import ZipFile

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook.container import UnusableWorkbook, examine, sheet_names
from fazheng.casework.workbook.importing import import_workbook
from fazheng.casework.workbook.seldom import collected_seldom
from tests.casework.workbook.desk import STAFF, TODAY, person, taken, written


def test_inside_it_is_looked_for_seldom_and_afterwards_as_before() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with collected_seldom():
        assert gc.get_threshold()[0] > before[0][0]
        assert gc.get_freeze_count() > 10_000
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_what_went_round_in_a_circle_meanwhile_is_let_go_at_the_end() -> None:
    class Link:
        to: "Link"

    with collected_seldom():
        link = Link()
        link.to, gone = link, weakref.ref(link)
        del link
        assert gone() is not None
    assert gone() is None


def test_an_import_leaves_it_as_it_was_and_one_that_fails_too(bureau: Bureau, tmp_path: Path) -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    taken(tmp_path, bureau, {STAFF: [person("甲")]})
    with pytest.raises(UnusableWorkbook):
        import_workbook(tmp_path / "没有这个文件.xlsx", bureau, today=TODAY)
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_whose_workbook_it_is_is_told_without_reading_a_sheet(bureau: Bureau, tmp_path: Path) -> None:
    path, emptied = written(tmp_path, bureau, {STAFF: [person("甲")]}), tmp_path / "没有内容.xlsx"
    with ZipFile(path) as whole, ZipFile(emptied, "w") as left:
        for part in whole.namelist():
            if not part.startswith("xl/worksheets/"):
                left.writestr(part, whole.read(part))
    assert sheet_names(emptied) == sheet_names(path)
    assert STAFF in sheet_names(emptied)
    with pytest.raises(UnusableWorkbook):
        examine(emptied)
