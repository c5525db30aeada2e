"""docs/numbers.md: its commands work in the order it shows them, beside a form such as it speaks of."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/numbers.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    form = docx.Document()
    form.add_paragraph("{{bureau}}{{year}}年收到工单{{hotline.received}}件")
    form.save(str(tmp_path / "form.docx"))
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    assert len(commands) > 15
    said = ""
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    assert "2024年（截至2024年11月30日）" in said
    assert "报示例县统计局" in said
    assert "与现在的账本都一致" in said
    assert docx.Document(str(tmp_path / "sent.docx")).paragraphs[0].text.startswith("示例县民政局2024年收到工单")
