"""docs/signing.md: its commands work in order and leave the exit codes that the page says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.docs.pages import blocks
from tests.docs.test_docs import run

PAGE = "docs/signing.md"


def test_every_command_leaves_the_exit_code_that_the_page_says(tmp_path: Path) -> None:
    lines = [line for block in blocks(PAGE) if block.language == "sh" for line in block.text.splitlines()]
    commands = [words for block in blocks(PAGE) if block.language == "sh" for words in block.commands()]
    codes = [int(line.rsplit("# ", 1)[1]) for line in lines if line.startswith("fazheng")]
    assert len(commands) == len(codes) > 14
    said = ""
    for words, code in zip(commands, codes, strict=True):
        done = run(words, tmp_path)
        assert done.returncode == code, f"{words}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
        signed = tmp_path / "signed.txt"
        if signed.exists():
            text = signed.read_text("utf-8").replace("工单166件", "工单168件", 1)
            (tmp_path / "edited.txt").write_text(text, "utf-8")
    shown = next(block.text for block in blocks(PAGE) if block.language == "text").strip()
    assert shown in said
    assert "不是账本的数1处，文字改动0处" in said
    assert (tmp_path / "proof.zip").stat().st_size < 2_000_000
    page = next((tmp_path / "demo-home" / "checkpoints").glob("checkpoint-*.txt"))
    check = [sys.executable, str(tmp_path / "handed-out" / "verify_report.py"), "proof.zip", "--checkpoint", str(page)]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "核验通过" in done.stdout) == (0, True), done.stdout + done.stderr
