"""docs/operate.md: its commands work in the order it shows them; the name of a backup is that of the one just made."""

from __future__ import annotations

import re
from pathlib import Path

from fazheng.ledger.faults import _SENTENCES
from tests.docs.pages import ROOT, blocks
from tests.docs.test_docs import run

PAGE = "docs/operate.md"


def test_every_command_of_the_page_works_in_order(tmp_path: Path) -> None:
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    assert len(commands) >= 8
    for words in commands:
        made = sorted((tmp_path / "备份").glob("*.zip"))
        typed = [str(made[-1]) if re.fullmatch(r"备份/fazheng-\w+\.zip", word) else word for word in words]
        done = run(typed, tmp_path)
        assert done.returncode == 0, f"{typed}\n{done.stdout}\n{done.stderr}"


def test_the_page_says_what_to_do_after_what_the_program_says() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    said = (
        "磁盘已满 磁盘读写出错 文件大到系统或配额不许再写 账本正被另一个程序占用 账本是只读的 "
        "账本文件打不开 账本文件已损坏 不是数据库 连不上"
    ).split()
    sentences = "".join(sentence for _, sentence in _SENTENCES)
    assert [words for words in said if words not in page or words not in sentences] == []
