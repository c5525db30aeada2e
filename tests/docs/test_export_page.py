"""docs/export.md: its commands work in the order it shows them."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/export.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    assert run(["demo", "--home", "demo-home"], tmp_path).returncode == 0
    commands = [words for block in blocks(PAGE) for words in block.commands()]
    assert len(commands) == 4
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        assert "已记入账本" in done.stdout
