"""docs/import.md: the section on other systems' exports works in the order it shows, with the exports of examples/."""

from __future__ import annotations

import shutil
from pathlib import Path

from fazheng.cli.demo import examples_root
from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/import.md"


def test_every_command_of_the_section_works_in_order(tmp_path: Path) -> None:
    for file in (examples_root() / "exports").glob("*.xlsx"):
        shutil.copy(file, tmp_path)
    block = next(block for block in blocks(PAGE) if "fazheng map" in block.text)
    commands = block.commands()
    assert len(commands) == 9
    said = ""
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout + done.stderr
    assert "按列名认出：12345平台工单导出" in said
    assert "与账本不同的 2 处，没有改动" in said
    assert "与账本不同的 2 处，已照导出更正" in said
    assert "要由人定的" in said
