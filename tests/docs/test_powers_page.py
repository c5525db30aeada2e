"""docs/powers.md: its commands work in order and leave the exit codes that the page says."""

from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/powers.md"


def test_every_command_leaves_the_exit_code_that_the_page_says(tmp_path: Path) -> None:
    assert run(["demo"], tmp_path).returncode == 0
    lines = [line for block in blocks(PAGE) if block.language == "sh" for line in block.text.splitlines()]
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    codes = [int(line.rsplit("# ", 1)[1]) for line in lines if line.startswith("fazheng")]
    assert len(commands) == len(codes) > 10
    said = ""
    for words, code in zip(commands, codes, strict=True):
        done = run(words, tmp_path)
        assert done.returncode == code, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    shown = next(block.text for block in blocks(PAGE) if block.language == "text").strip()
    assert shown in said
