"""`fazheng organisation`: the file of one organisation, and how much it holds of what it must."""

from __future__ import annotations

from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.filing import check_file, organisation, organisations
from fazheng.casework.writing import Writing, writing
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.private import told
from fazheng.lawbook.load import LawBook
from fazheng.procedure.refusals import source
from fazheng.publication.dossier import File, Item, Span


@click.command("organisation", cls=chinese.Command)
@click.argument("code", metavar="统一社会信用代码", default="")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@click.option("--check", "by", default="", metavar="CODE", help="把核对结果登记进档案（人员编号）")
@common
def show_organisation(code: str, on: str, by: str) -> int:
    """一个社会组织一个档案：登记、年检、名录、处罚、关联的信访和工单、材料和完整率。不写代码，列出全部的完整率。"""
    bureau = settings().open()
    if not code:
        files = organisations(bureau, day_or_today(on))
        answer([_summary(one) for one in files], lambda: _all_text(files))
        return 0
    looking = Writing(bureau, day_or_today(on))
    if by:
        if on:
            raise Unusable("--check 登记的是今天的核对结果，不写 --on")
        with writing(bureau) as act:
            refused, checked = check_file(act, code, Act(clock.today(), by, {}))
        if refused or checked is None:
            return told(refused)
    found = organisation(looking, code, looking.today)
    if found is None:
        raise Unusable("名录里没有这个统一社会信用代码；用 fazheng register list 查看")
    answer(_as_json(found, looking.book), lambda: _as_text(found, looking.book))
    return 0


def _percent(file: File) -> str:
    """The share as a reader says it: 100 only where nothing is missing, nothing where nothing is asked."""
    if not file.must_hold:
        return "无"
    tenths = (file.holds * 2000 + file.must_hold) // (2 * file.must_hold)
    tenths = min(tenths, 999) if file.holds < file.must_hold else tenths
    return f"{tenths // 10}.{tenths % 10}%"


def _summary(file: File) -> dict[str, Any]:
    return {"code": file.code, "must_hold": file.must_hold, "holds": file.holds, "completeness": _percent(file)}


def _all_text(files: list[File]) -> str:
    lines = [f"{one.code}  {one.holds}/{one.must_hold}  {_percent(one)}" for one in files]
    whole = sum(one.must_hold == one.holds for one in files)
    return "\n".join([*lines, f"社会组织{len(files)}家，档案齐全的{whole}家"])


def _as_json(file: File, book: LawBook) -> dict[str, Any]:
    items = [
        {"id": one.holds.id, "name": one.holds.name, "year": one.year or None, "there": one.there,
         "shown_by": one.shown_by or None, "article": source(one.holds), "counts": one.holds.counted}
        for one in file.items
    ]  # fmt: skip
    rows = [
        {"register": row.register, "name": row.name, "from": row.from_day, "to": row.to_day or None,
         "row": _open_fields(row, book)}
        for row in file.rows
    ]  # fmt: skip
    return _summary(file) | {"rows": rows, "cases": file.cases, "linked": list(file.linked), "items": items}


def _open_fields(row: Span, book: LawBook) -> dict[str, Any]:
    kinds = book.registers[row.register].kinds
    return {name: value for name, value in row.data.items() if name in kinds and not kinds[name].apart}


def _as_text(file: File, book: LawBook) -> str:
    lines = [f"{row.name}  {row.from_day}起{f'，{row.to_day}出册' if row.to_day else ''}" for row in file.rows]
    names = {id: versions[-1].name for id, versions in book.procedures.items()}
    lines += [f"{names[id]}  {'、'.join(cases)}" for id, cases in file.cases.items()]
    lines += [f"关联案件  {'、'.join(file.linked)}"] if file.linked else []
    lines += [_item(one) for one in file.items]
    return "\n".join([*lines, f"应有{file.must_hold}项，已有{file.holds}项，完整率{_percent(file)}"])


def _item(one: Item) -> str:
    year = f"{one.year}年度" if one.year else ""
    beside = "" if one.holds.counted else "（不计）"
    shown = f"  {one.shown_by}" if one.shown_by else ""
    return f"{'■' if one.there else '□'}  {year}{one.holds.name}{beside}  {source(one.holds)}{shown}"


COMMANDS = (show_organisation,)
