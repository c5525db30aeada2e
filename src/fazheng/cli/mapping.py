"""`fazheng map`: helps to write how another system's workbook is read."""

from __future__ import annotations

from pathlib import Path

import click

from fazheng.casework.workbook.exports import mapping_named
from fazheng.casework.workbook.foreign import read_foreign
from fazheng.casework.workbook.mapped import Mapped
from fazheng.casework.workbook.proposing import Draft, propose
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, procedure_id
from fazheng.cli.sheets import place_of_book
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import LawBook, load


@click.command("map", cls=chinese.Command)
@click.argument("file", metavar="FILE.xlsx")
@click.option(
    "--procedure", default="", metavar="程序名", help="按这个程序的栏目对；不写就取对得上最多的，并说明是哪一个"
)
@click.option("--out", default="", metavar="FILE.toml", help="草稿写到哪里；不写就写在当前文件夹，与表同名")
@click.option(
    "--sheets", "mapping", default="", metavar="对应文件", help="不写草稿：照这一份对应文件，说出多了哪些列、少了哪些列"
)
@common
def map_file(file: str, procedure: str, out: str, mapping: str) -> int:
    """别的系统导出的表：照列名起草一份对应文件，没有把握的都标明，由人来定。"""
    path, book = Path(file), load(place=place_of_book())
    if mapping:
        return _compared(path, book, mapping)
    draft = propose(path, book, procedure_id(procedure, book) if procedure else "")
    target = Path(out or f"{path.stem}.toml")
    if target.exists():
        raise Unusable(f"“{target}”已经有了，没有改写；请用 --out 写到别处，或者用 --sheets {target} 看列名有没有变")
    try:
        target.write_text(draft.text, "utf-8", newline="\n")
    except OSError as fault:
        raise Unusable(f"写不了“{target}”：请检查文件夹是否存在、有没有权限") from fault
    told = {"file": str(target), "procedure": draft.procedure, "open": list(draft.open), "unused": list(draft.unused)}
    answer(told, lambda: _text(draft, target, guessed=not procedure))
    return 0


def _text(draft: Draft, target: Path, *, guessed: bool) -> str:
    which = (
        f"没有写 --procedure，取列名对得上最多的“{draft.procedure}”，请核对" if guessed else f"程序：{draft.procedure}"
    )
    lines = [f"已写草稿 {target}。{which}", f"要由人定的 {len(draft.open)} 处："]
    lines += [f"  {one}" for one in draft.open]
    if draft.unused:
        lines.append(f"没有对上的列 {len(draft.unused)} 个：{'、'.join(draft.unused)}")
    return "\n".join([*lines, f"定好以后先试：fazheng import 表.xlsx --sheets {target} --dry-run"])


def _compared(path: Path, book: LawBook, named: str) -> int:
    try:
        found = mapping_named(named, book, draft=True)
    except LawFault as fault:
        raise Unusable(str(fault).replace("法条文件", "对应文件", 1)) from fault
    mapped = Mapped(read_foreign(path, found), found, "")
    new, gone = mapped.unknown, mapped.missing
    lines = [f"对应文件里没有的列：{'、'.join(new) or '无'}", f"表里没有的列：{'、'.join(gone) or '无'}"]
    answer({"sheets": found.id, "new": new, "missing": gone}, lambda: "\n".join(lines))
    return 1 if gone else 0


COMMANDS = (map_file,)
