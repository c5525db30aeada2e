"""`docs/checkup.md` as a reader follows it: the report saved, the commands typed, the exit codes as written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fazheng.checkup.registry import rules
from tests.docs.pages import ROOT, blocks
from tests.docs.test_docs import run

PAGE = "docs/checkup.md"
_COMMAND = re.compile(r"^fazheng (.*?) +# (\d)$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = blocks(PAGE)
    (tmp_path / "报告.txt").write_text(next(one.text for one in found if one.language == "text"), "utf-8")
    (tmp_path / "list.toml").write_text(next(one.text for one in found if one.language == "toml"), "utf-8")
    return tmp_path


def test_every_command_leaves_the_exit_code_that_the_page_says(folder: Path) -> None:
    typed = [found for block in blocks(PAGE) if block.language == "sh" for found in _COMMAND.findall(block.text)]
    assert len(typed) > 8
    for words, code in typed:
        done = run(words.replace("不再提示.toml", "list.toml").split(), folder)
        assert done.returncode == int(code), f"{words}\n{done.stdout}\n{done.stderr}"


def test_the_answer_has_the_lines_that_the_page_shows(folder: Path) -> None:
    shown = [one.text for one in blocks(PAGE) if one.language == "text"][1]
    said = run(["checkup", "报告.txt"], folder).stdout
    assert [line for line in shown.splitlines() if line not in said] == []


def test_the_list_of_the_page_silences_its_finding(folder: Path) -> None:
    said = json.loads(run(["checkup", "报告.txt", "--format", "json", "--mute", "list.toml"], folder).stdout)
    assert "sum-mismatch" not in [one["rule"] for one in said[0]["findings"]]


def test_the_page_names_every_group_of_rules_and_every_key_of_the_answer(folder: Path) -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    assert [group for group in {rule.group for rule in rules().values()} if f"`{group}`" not in page] == []
    (answer,) = json.loads(run(["checkup", "报告.txt", "--format", "json"], folder).stdout)
    keys = [*answer, *answer["findings"][0], *answer["figures"][0]]
    assert [key for key in keys if f"`{key}`" not in page] == []
