"""What an import did, for a program and for a reader."""

from __future__ import annotations

from typing import Any

from fazheng.casework.workbook import Imported
from fazheng.cli.with_commands import with_commands


def as_json(done: Imported, dry_run: bool) -> dict[str, Any]:
    """What an import did, for a program."""
    faults = [{"sheet": f.sheet, "row": f.row, "column": f.column, "message": f.message} for f in done.faults]
    return {
        "dry_run": dry_run,
        "rows": done.rows_read,
        "recorded": done.recorded,
        "skipped": done.skipped,
        "cases": done.cases,
        "steps": done.steps,
        "defects": done.defects,
        "faults": faults,
        "warnings": list(done.warnings),
        "import": None if dry_run else done.number or None,
    }


def as_text(done: Imported, dry_run: bool, unit: str = "行") -> str:
    """The same for a reader; `unit` is what was counted."""
    if done.faults:
        lines = [f"有 {len(done.faults)} 处要改，一条也没有记入："]
        lines += [f"  {with_commands(str(fault))}" for fault in done.faults]
        return "\n".join(lines)
    head = "试导入（没有记入）：" if dry_run else "已导入："
    lines = [
        f"{head}读 {done.rows_read} {unit}，新案件 {len(done.cases)} 件，步骤 {done.steps} 个，"
        f"条目 {done.recorded} 条；原已在账 {done.skipped} {unit}"
    ]
    if done.number and not dry_run:
        lines.append(
            f"这次导入的编号是 {done.number}；导错了：fazheng import --undo {done.number} --as 人员编号 --reason 理由"
        )
    if done.defects:
        lines.append(f"如实补录的条目里有 {done.defects} 处违反规定，已记明条文，请负责人处理（fazheng status）")
    return "\n".join([*lines, *(f"  提示：{warning}" for warning in done.warnings)])
