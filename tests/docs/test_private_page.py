"""`docs/private.md` as a reader follows it: its commands in order, in one folder."""

from __future__ import annotations

from pathlib import Path

from tests.docs.pages import ROOT, blocks
from tests.docs.test_docs import run

PAGE = "docs/private.md"


def test_every_command_of_the_page_works_in_order_and_leaves_a_whole_book(tmp_path: Path) -> None:
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    assert len(commands) > 12
    said = ""
    for words in commands:
        done = run(words, tmp_path)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    for shown in ("AES-256-GCM", "SM4-GCM", "诉求人：示例来电人1", "Z003", "附件完好 1 个", "已换钥匙", "已清除 1 件"):
        assert shown in said
    assert run(["--home", "示例", "private", "due", "--on", "2026-11-01"], tmp_path).stdout.startswith("没有保存期已满")


def test_the_page_names_every_kind_that_is_held_apart() -> None:
    from fazheng.lawbook.procedure import HELD_APART

    page = (ROOT / PAGE).read_text("utf-8")
    assert [kind for kind in HELD_APART if kind not in page] == []
