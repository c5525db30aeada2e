"""`docs/papers.md` as a reader follows it: the facts saved, the commands typed, the exit codes as written."""

from __future__ import annotations

import re
from pathlib import Path

from fazheng.documents import Facts
from tests.docs.pages import ROOT, blocks
from tests.docs.test_docs import run

PAGE = "docs/papers.md"
_COMMAND = re.compile(r"^fazheng (.*?) +# (\d)$", re.MULTILINE)


def test_every_command_leaves_the_exit_code_that_the_page_says(tmp_path: Path) -> None:
    facts, commands, shown = blocks(PAGE)
    (tmp_path / "paper.toml").write_text(facts.text, "utf-8")
    said = []
    for words, code in _COMMAND.findall(commands.text):
        done = run(words.split(), tmp_path)
        assert done.returncode == int(code), f"{words}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert len(said) == len(commands.text.splitlines())
    assert shown.text.strip() in said[1]
    assert "〔待填〕" not in said[2].split('"blanks"')[1].split("]")[0]
    assert (tmp_path / "草稿.docx").exists()


def test_the_page_names_every_fact() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    assert [name for name in Facts.__slots__ if f"`{name}`" not in page] == []
