"""`fazheng report --proof`: the signed report with all that its numbers rest on, for a check without the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.cli.common import answer
from fazheng.cli.shell import PYTHON, typed
from fazheng.issuing.leaving import leave
from fazheng.issuing.proof import proof_of


def write_proof(bureau: Bureau, year: int, file: Path, home: Path) -> int:
    """Writes the proof file of the signed report and a checkpoint over it. Raises Unusable."""
    made = proof_of(bureau, year, home)
    leave({file: made.content})
    value = {"file": str(file), "checkpoint": str(made.checkpoint), "figures": made.figures, "entries": made.entries,
             "size": file.stat().st_size}  # fmt: skip
    answer(value, lambda: _as_text(value))
    return 0


def _as_text(value: dict[str, Any]) -> str:
    checking = typed(PYTHON, "文件夹/verify_report.py", value["file"], "--checkpoint", "另存的存证点")
    return (
        f"已写 {value['file']}（{value['size'] // 1000} KB）：{value['figures']}个数，{value['entries']}个条目。"
        f"存证点 {value['checkpoint']} 请另存。\n核验：fazheng verify --write-verifier 文件夹，再运行 {checking}"
    )
