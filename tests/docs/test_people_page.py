"""`docs/people.md` as a reader follows it: its commands in order, in one folder."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/people.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    assert len(commands) > 12
    said = ""
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    assert "能办到底　行政处罚普通程序" in said
    for shown in ("最少3人", "AB岗：Z014", "交给Z014", "已从人员名册注销Z015", "没有待确认的纸上签字"):
        assert shown in said
