"""docs/three-systems.md: its commands work in order and leave the exit codes that the page says."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/three-systems.md"


def test_every_command_leaves_the_exit_code_that_the_page_says(tmp_path: Path) -> None:
    page = blocks(PAGE)
    lines = [line for block in page if block.language == "sh" for line in block.text.splitlines()]
    commands = [words for block in page if block.language == "sh" for words in block.commands()]
    codes = [int(line.rsplit("# ", 1)[1]) for line in lines if line.startswith("fazheng")]
    assert len(commands) == len(codes) > 20
    (tmp_path / "published.txt").write_text("示例：行政处罚依据", "utf-8")
    (tmp_path / "receipt.csv").write_text(next(b.text for b in page if b.language == "text"), "utf-8")
    said = ""
    for words, code in zip(commands, codes, strict=True):
        done = run(words, tmp_path)
        assert done.returncode == code, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    assert "□  文字  归档  缺  行政处罚法第四十七条" in said
    assert "入库1行，退回1行" in said
    assert "被退回1件" in said
    assert "完整率" in said
    assert (tmp_path / "report.xlsx").stat().st_size > 1000
