"""The counties' generated sheets are what their makers say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazheng.cli.demo import examples_root
from fazheng.lawbook.load import LawBook, load
from tests.examples.counties import PLACE, county_a, county_b
from tests.examples.other_systems import Export, exports
from tests.examples.sheets import Sheets


@pytest.mark.parametrize(("folder", "county"), [("county-a", county_a), ("county-b", county_b)])
def test_the_sheets_are_what_their_makers_say(folder: str, county: Callable[[LawBook], Sheets]) -> None:
    for name, text in county(load(place=PLACE)).files().items():
        assert (examples_root() / folder / name).read_text("utf-8") == text, f"{folder}/{name}: run make generated"


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.name)
def test_the_exports_are_what_their_maker_says(export: Export, tmp_path: Path) -> None:
    made = export.write(tmp_path / "made.xlsx").read_bytes()
    assert made == (examples_root() / "exports" / f"{export.name}.xlsx").read_bytes(), "run make generated"
