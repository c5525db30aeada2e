"""What `fazheng report` answers of a year that is locked: the words as they were signed, and their files."""

from __future__ import annotations

from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.cli.common import Unusable, answer
from fazheng.issuing.files import as_json, files_told, restated_lines, standing
from fazheng.issuing.leaving import leave
from fazheng.ledger.signed import Signature


def show_signed(bureau: Bureau, done: Signature, home: Path, out: str) -> int:
    """Answers `report` of a locked year: the words as they were signed. Raises Unusable."""
    if not done.sound:
        raise Unusable("账本里的签发条目与正文摘要不符：请先运行 fazheng verify --all")
    if out:
        leave({Path(out): done.text.encode()})
    lines = restated_lines(bureau.code, done.year)
    told = [standing(done), *files_told(done, home), *([f"签发时的正文已写 {out}"] if out else []), *lines]
    told.append("现在的账本怎么说：fazheng report --as-of-now；签发以后的变化：fazheng restate")
    answer(as_json(done, home) | {"out": out, "restated": lines, "text": done.text}, lambda: "\n".join(told))
    return 0
