"""docs/companions.md: its commands work in the order it shows them; what it shows of law files can be read."""

from __future__ import annotations

import tomllib
from pathlib import Path

from fazheng.lawbook.figure import Differs
from fazheng.lawbook.reading import convert
from fazheng.lawbook.tabled import Acts, Chart, Form
from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/companions.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    assert len(commands) == 6
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    written = {path.name for path in (tmp_path / "demo-home" / "报告").iterdir()}
    for name in ("示例县民政局2024年行政执法统计年报", "示例县民政局2024年主要负责人年终述法报告（代拟稿）"):
        assert {f"{name}{ending}" for ending in (".html", ".xlsx", ".docx", ".pdf")} <= written


def test_what_the_page_shows_of_law_files_can_be_read() -> None:
    shown = [tomllib.loads(block.text) for block in blocks(PAGE) if block.language == "toml"]
    faults: list[object] = []
    for raw in shown:
        for name, kind in (("chart", Chart), ("form", Form), ("acts", Acts), ("differs_from", Differs)):
            for one in raw.get(name, ()):
                assert convert(one, kind, PAGE, faults)  # type: ignore[arg-type]
    assert not faults
