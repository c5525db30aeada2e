"""Kill during import: the book is whole, with all of the rows or none."""

import os
from pathlib import Path

import pytest

from tests.casework.workbook.killing import kill_imports


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_an_import_killed_at_any_moment_leaves_all_of_its_rows_or_none(tmp_path: Path) -> None:
    killed = kill_imports(tmp_path, 20)
    assert killed.none + killed.all == 20
    assert killed.none > 0
