"""`fazheng template, import`: workbooks for people who think in sheets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from fazheng.casework.bureaux import Bureau, BureauFault, the_bureau
from fazheng.casework.workbook import (
    Import,
    Undone,
    UndoRefused,
    import_workbook,
    imports,
    undo_import,
    write_template,
)
from fazheng.casework.workbook.exports import import_export
from fazheng.casework.workbook.layout import layout
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, open_book, procedure_id, settings
from fazheng.cli.imported import as_json, as_text
from fazheng.cli.their_sheets import export_json, export_text, their_mapping
from fazheng.cli.with_commands import with_commands
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
    book = load(place=place_of_book())
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


def place_of_book() -> str:
    """The place of the open book's bureau; empty where there is no book yet."""
    try:
        open_book(Path(settings().home))
        return the_bureau(settings().bureau).place
    except (HomeMissing, BureauFault):
        return ""


@click.command("import", cls=chinese.Command)
@click.argument("file", metavar="FILE.xlsx", default="")
@click.option("--dry-run", is_flag=True, help="只试不记：说出会记什么、哪里有错")
@click.option("--as", "by", default="", metavar="CODE", help="谁录入，或者谁撤销（人员编号）")
@click.option("--list", "listed", is_flag=True, help="列出历次导入和它们的编号")
@click.option("--undo", "number", type=int, default=None, metavar="ID", help="撤销这一次导入：逐条撤回，什么也不删")
@click.option("--reason", default="", help="为什么撤销（另存）")
@click.option("--keep-worked-on", "keep", is_flag=True, help="撤销时，留下以后又办理过的，撤销其余的")
@click.option(
    "--sheets", "mapping", default="", metavar="对应文件", help="别的系统导出的表：按哪一份对应文件读；不写就按列名认"
)
@click.option("--take-changes", "take", is_flag=True, help="导出里与账本不同的，照导出更正（要写 --as 和 --reason）")
@common
def import_file(
    file: str, dry_run: bool, by: str, listed: bool, number: int | None, reason: str, keep: bool, mapping: str,
    take: bool,
) -> int:  # fmt: skip
    """导入一个填好的表格：要么全部记入，要么一条不记；同一个表格再导一次，什么也不变。导错了的，用 --undo 撤销。"""
    if bool(file) + listed + (number is not None) != 1:
        raise Unusable("请写一样：要导入的文件，或者 --list，或者 --undo 导入的编号")
    bureau = settings().open()
    if listed:
        found = imports(bureau.code)
        answer([asdict(one) for one in found], lambda: "\n".join(map(_listed, found)) or "还没有导入过")
        return 0
    if number is not None:
        return _undo(bureau, number, by=by, reason=reason, keep_worked_on=keep)
    if theirs := their_mapping(Path(file), load(place=bureau.place), mapping):
        if take and not (by and reason.strip()):
            raise Unusable("照导出更正要写明谁更正（--as 人员编号）和为什么（--reason 理由）")
        with _Bar() as bar:
            told = import_export(
                Path(file), bureau, theirs, entered_by=by, dry_run=dry_run, take_changes=reason if take else "",
                progress=bar.show,
            )  # fmt: skip
        answer(export_json(told, dry_run), lambda: export_text(told, dry_run, taken=take))
        return 1 if told.imported.faults else 0
    if take:
        raise Unusable("--take-changes 只用于别的系统导出的表；我们自己的表格，更正用 fazheng case do")
    with _Bar() as bar:
        done = import_workbook(Path(file), bureau, entered_by=by, dry_run=dry_run, progress=bar.show)
    answer(as_json(done, dry_run), lambda: as_text(done, dry_run))
    return 1 if done.faults else 0


def _undo(bureau: Bureau, number: int, **how: Any) -> int:
    try:
        with _Bar() as bar:
            undone = undo_import(bureau, number, progress=bar.show, **how)
    except UndoRefused as fault:
        says = with_commands(str(fault))
        answer({"refused": says}, lambda: says)
        return 1
    answer(_undone_json(undone), lambda: _undone_text(undone))
    return 0


class _Bar:
    """A bar on the terminal with rate and time left; nothing where nobody looks."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._closing = ExitStack()

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *fault: object) -> None:
        self._closing.close()

    def show(self, done: int, total: int) -> None:
        """`done` of `total` rows; the same number again shows nothing new."""
        if not sys.stderr.isatty() or not total:
            return
        if self._bar is None:
            shown = "%(label)s [%(bar)s] %(info)s"
            made = click.progressbar(
                length=total, label="正在处理", file=sys.stderr, show_pos=True, show_eta=False, bar_template=shown,
                item_show_func=self._rate,
            )  # fmt: skip
            self._bar = self._closing.enter_context(made)
        self._bar.update(done - self._bar.pos, done)

    def _rate(self, done: int | None) -> str:
        seconds = self._bar.avg and self._bar.time_per_iteration if self._bar else 0
        return f"每秒{1 / seconds:.0f}行，还要{self._bar.format_eta()}" if done and seconds else ""


def _listed(one: Import) -> str:
    undone = f"；{one.undone_on}撤销" + (f"，留下{len(one.kept)}处" if one.kept else "") if one.undone_on else ""
    return (
        f"{one.number}  {one.recorded_at[:16].replace('T', ' ')}  录入 {one.by}  {one.rows} 行："
        f"新案件 {one.cases} 件，步骤 {one.steps} 个，名册和零申报 {one.entered} 行，原已在账 {one.skipped} 行{undone}"
    )


def _undone_json(undone: Undone) -> dict[str, Any]:
    return {
        "import": undone.number, "steps": undone.steps, "cases": len(undone.cases), "rows": undone.rows,
        "zeros": undone.zeros, "corrections": undone.corrections, "kept": list(undone.kept),
    }  # fmt: skip


def _undone_text(undone: Undone) -> str:
    back = f"，更正改回 {undone.corrections} 条" if undone.corrections else ""
    told = (
        f"已撤销导入{undone.number}：撤回 {len(undone.cases)} 件案件的 {undone.steps} 步，"
        f"注销名册 {undone.rows} 行，撤回零申报 {undone.zeros} 项{back}。原条目和撤回都留在账上；改好的表格可以再导入"
    )
    return told + (f"\n留下没有撤销的 {len(undone.kept)} 处：{'、'.join(undone.kept)}" if undone.kept else "")


COMMANDS = (template, import_file)
