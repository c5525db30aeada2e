"""docs/law.md: its commands work in the order it shows them, in a folder that holds the text file it shows."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/law.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    page = blocks(PAGE)
    for block in page:
        if block.language == "text":
            name, _, text = block.text.partition("\n")
            (tmp_path / name.removeprefix("# ")).write_text(text, "utf-8")
    commands = [words for block in page if block.language == "sh" for words in block.commands()]
    assert len(commands) >= 10
    said = ""
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    assert "应为《中华人民共和国老年人权益保障法》" in said
    assert "由《民法典》取代" in said
    assert "（这里是第二条的原文）" in said
