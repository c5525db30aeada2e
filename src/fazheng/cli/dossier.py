"""`fazheng case dossier`: the file of a case (案卷), as a page or for a program."""

from __future__ import annotations

from pathlib import Path

import click

from fazheng.casework.folding import read_case
from fazheng.casework.writing import Writing
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.procedure.dossier import dossier as file_of
from fazheng.report.dossier import Cover, as_json
from fazheng.report.dossier_page import page


@click.command(cls=chinese.Command)
@click.argument("case_id", metavar="案件号")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@click.option("-o", "--out", "out", default="", metavar="FILE.md", help="写到文件里（默认显示在屏幕上）")
@common
def dossier(case_id: str, on: str, out: str) -> None:
    """一个案件的案卷：卷首、目录、经过和每一步问过的关口、期限、备考表。另存的内容只写栏名。"""
    bureau = settings().open()
    looking = Writing(bureau, day_or_today(on))
    found = read_case(bureau.code, case_id, looking.book)
    file = file_of(found.law, found.case, looking.today, looking.around(case_id, found.law))
    told = as_json(file, Cover(bureau.name, case_id), looking.today)
    if not out:
        answer(told, lambda: page(told).rstrip("\n"))
        return
    path = Path(out)
    try:
        path.write_text(page(told), "utf-8", newline="\n")
    except OSError as fault:
        raise Unusable(f"写不了“{path.name}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    counts = told["counts"]
    answer(
        {"file": str(path), **counts},
        lambda: f"已写 {path}：{counts['acts']}步，关口{counts['gates']}个，未满足{counts['unmet']}次",
    )
