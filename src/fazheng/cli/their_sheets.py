"""What `fazheng import` says of another system's export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fazheng.casework.workbook.exports import Exported, mapping_named, recognised
from fazheng.cli.common import Unusable
from fazheng.cli.imported import as_json, as_text
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.sheets import SheetMap

_SHOWN = 20  # changes and missing numbers that are told one by one


def their_mapping(path: Path, book: LawBook, named: str) -> SheetMap | None:
    """The mapping to read the workbook by: the one named, or the one its heads fit; said aloud on stderr."""
    try:
        found = mapping_named(named, book) if named else recognised(path, book)
    except LawFault as fault:
        raise Unusable(str(fault).replace("法条文件", "对应文件", 1)) from fault
    if found is not None and not named:
        click.echo(f"按列名认出：{found.name}（{found.file}）", err=True)
    return found


def export_json(done: Exported, dry_run: bool) -> dict[str, Any]:
    """What the import of an export did, for a program."""
    changes = [
        {"row": one.row, "column": one.column, "number": one.number, "field": one.label, "old": one.old, "new": one.new}
        for one in done.changes
    ]
    return as_json(done.imported, dry_run) | {
        "sheets": done.sheets, "their_rows": done.rows, "changes": changes, "corrected": done.corrected,
        "missing": list(done.missing), "columns": list(done.told),
    }  # fmt: skip


def export_text(done: Exported, dry_run: bool, *, taken: bool) -> str:
    """The same for a reader."""
    lines = [
        f"{done.sheets}：{done.rows} 行。行里是已经发生的事，都按“如实补录”记入，依据是这份导出",
        as_text(done.imported, dry_run, "项"),
    ]
    if done.changes:
        what = "已照导出更正" if taken and not done.imported.faults and not dry_run else "没有改动"
        lines.append(f"与账本不同的 {len(done.changes)} 处，{what}：")
        lines += _some([str(one) for one in done.changes])
        if not taken:
            lines.append("  要照导出更正：再导一次，加 --take-changes --as 人员编号 --reason 理由")
    if done.missing:
        lines.append(f"账本里有、这份导出里没有的 {len(done.missing)} 个编号，没有改动：")
        lines += _some(list(done.missing))
    return "\n".join([*lines, *(f"  提示：{one}" for one in done.told)])


def _some(lines: list[str]) -> list[str]:
    more = [f"  ……共 {len(lines)} 处，全部用 --format json 查看"] if len(lines) > _SHOWN else []
    return [f"  {line}" for line in lines[:_SHOWN]] + more
