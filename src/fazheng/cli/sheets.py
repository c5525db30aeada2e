"""`fazheng template, import`: workbooks for people who think in sheets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from fazheng.casework.bureaux import BureauFault, the_bureau
from fazheng.casework.workbook import Imported, import_workbook, write_template
from fazheng.casework.workbook.layout import layout
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, open_book, procedure_id, settings
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.faults import HomeMissing


@click.command(cls=chinese.Command)
@click.argument("file", metavar="FILE.xlsx")
@click.option("--of", "of", multiple=True, metavar="程序名", help="只要这个程序和它用的名册，可写多个；不写就是全部")
@common
def template(file: str, of: Sequence[str]) -> None:
    """写一个空白表格：每个程序一张表，每行一件；后续步骤、名册、零申报各一张。例：template 信访.xlsx --of 信访事项"""
    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        raise Unusable(f"模板要写成 .xlsx 文件，不能是“{path.name}”")
    book = load(place=_place())
    wanted = [procedure_id(name, book) for name in of]
    try:
        write_template(path, book, wanted)
    except OSError as fault:
        raise Unusable(f"写不了“{path.name}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    told = f"已写 {path}。填好后：fazheng import {path} --dry-run 先试，再去掉 --dry-run 正式导入"
    hint = f"全部{len(book.procedures)}个程序都在里面；只要一个的，加 --of，如 --of {_example(book)}"
    names = [sheet.name for sheet in layout(book, wanted)]
    answer({"file": str(path), "sheets": names}, lambda: told if of else f"{told}\n{hint}")


def _example(book: LawBook) -> str:
    return list(book.procedures.values())[-1][-1].name


def _place() -> str:
    """The place of the open book's bureau; empty where there is no book yet."""
    try:
        open_book(Path(settings().home))
        return the_bureau(settings().bureau).place
    except (HomeMissing, BureauFault):
        return ""


@click.command("import", cls=chinese.Command)
@click.argument("file", metavar="FILE.xlsx")
@click.option("--dry-run", is_flag=True, help="只试不记：说出会记什么、哪里有错")
@click.option("--as", "by", default="", metavar="CODE", help="谁录入（人员编号）")
@common
def import_file(file: str, dry_run: bool, by: str) -> int:
    """导入一个填好的表格：要么全部记入，要么一条不记；同一个表格再导一次，什么也不变。"""
    bureau = settings().open()
    done = import_workbook(Path(file), bureau, entered_by=by, dry_run=dry_run, progress=_progress)
    answer(as_json(done, dry_run), lambda: as_text(done, dry_run))
    return 1 if done.faults else 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and total:
        click.echo(f"\r已处理 {done}/{total} 行", nl=done >= total, err=True)


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
    }


def as_text(done: Imported, dry_run: bool) -> str:
    """The same for a reader."""
    if done.faults:
        lines = [f"有 {len(done.faults)} 处要改，一条也没有记入："]
        lines += [f"  {fault}" for fault in done.faults]
        return "\n".join(lines)
    head = "试导入（没有记入）：" if dry_run else "已导入："
    lines = [
        f"{head}读 {done.rows_read} 行，新案件 {len(done.cases)} 件，步骤 {done.steps} 个，条目 {done.recorded} 条；"
        f"原已在账 {done.skipped} 行"
    ]
    if done.defects:
        lines.append(f"如实补录的条目里有 {done.defects} 处违反规定，已记明条文，请负责人处理（fazheng status）")
    return "\n".join([*lines, *(f"  提示：{warning}" for warning in done.warnings)])


COMMANDS = (template, import_file)
