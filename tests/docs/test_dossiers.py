"""docs/dossiers: the pages are what the law files' stories read as."""

from __future__ import annotations

from tests.docs.dossiers import FOLDER, pages


def test_the_pages_are_what_the_stories_read_as() -> None:
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == pages(), "run: make generated"
