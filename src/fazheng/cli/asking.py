"""`fazheng ask`: the sheet a section checks and fills, and the sheet read back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.asked import (
    Filled,
    Taken,
    as_workbook,
    read_filled,
    scan_attached,
    sections_asked,
    sheet_for,
    take_back,
)
from fazheng.casework.bureaux import Bureau
from fazheng.cli import chinese
from fazheng.cli.asked_page import as_page
from fazheng.cli.common import REPORTS, Unusable, answer, common, day_or_today, settings
from fazheng.cli.declaring import period_of, role_of
from fazheng.cli.with_commands import with_commands
from fazheng.figures import PeriodFault, told, up_to
from fazheng.issuing.leaving import leave
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.sections import section_names


@click.command(cls=chinese.Command)
@click.argument("period", metavar="[期间]", default="")
@click.option("--section", default="", help="哪个股室（岗位）的表；不写，列出各股室各有多少个数")
@click.option(
    "--out", default="", metavar="FILE.xlsx", help="写到哪里（默认在账本的报告文件夹里），另写一份同名的 .html 供打印"
)
@click.option("--import", "filled", default="", metavar="FILE.xlsx", help="把填好的表读回来")
@click.option("--paper", default="", help="读回时：没有逐行写依据的，都出自这份文件（签字的核对表本身）")
@click.option("--by", default="", metavar="CODE", help="读回时：签字人的人员编号")
@click.option("--on", default="", metavar="日期", help="读回时：签字的日期（默认今天）")
@click.option(
    "--entered-by", default="", metavar="CODE", help="读回时：谁录入（默认就是签字人）；替别人录入的要有扫描件"
)
@click.option("--scan", default="", metavar="FILE", help="读回时：别人在纸上签了字的核对表的扫描件")
@common
def ask(
    period: str, section: str, out: str, filled: str, paper: str, by: str, on: str, entered_by: str, scan: str
) -> int:
    """请股室核对数字：做一张数据核对表，账本里有的填好，没有的空着；签字以后用 --import 读回来。"""
    bureau = settings().open()
    book = load(place=bureau.place)
    if filled:
        if not by:
            raise Unusable("读回核对表要写签字人（--by 人员编号）")
        read = read_filled(Path(filled), bureau, book)
        act = _signed(bureau, read, Act(day_or_today(on), by, {}), entered_by or by, scan)
        return _told(take_back(read, bureau, act, paper), book)
    if not period:
        raise Unusable("缺少“期间”。例：fazheng ask 2024 --section hotline_desk")
    return _made(bureau, book, period, role_of(section, book), out) if section else _sections(book)


def _signed(bureau: Bureau, read: Filled, by: Act, entered_by: str, scan: str) -> Act:
    """The act of who signed the sheet: by their own hand, or on paper that another enters with its scan (代录)."""
    if entered_by == by.by:
        if scan:
            raise Unusable("扫描件（--scan）是替别人录入用的：要写谁录入（--entered-by 人员编号）")
        return by
    if not scan:
        says = f"核对表由{by.by}签字，{entered_by}不能代签"
        raise Unusable(f"{says}。已在纸上签的，附上签了字的核对表的扫描件（--scan 文件）")
    refused, digest = scan_attached(bureau, read, Path(scan), Act(clock.today(), entered_by, {}))
    if refused:
        raise Unusable("；".join(f"{one.says}。{with_commands(one.todo)}" for one in refused))
    return replace(by, entered_by=entered_by, signed_on_paper=True, scan=digest)


def _sections(book: LawBook) -> int:
    names, asked = section_names(book), sections_asked(book)
    answer(dict(asked), lambda: "\n".join(
        f"{names.get(id, id) or '没有写明股室'}［{id}］ {number}个数" for id, number in asked.items()))  # fmt: skip
    return 0


def _made(bureau: Bureau, book: LawBook, period: str, section: str, out: str) -> int:
    try:
        span = up_to(period_of(period), clock.today())
    except PeriodFault as fault:
        raise Unusable(str(fault)) from fault
    sheet = sheet_for(bureau, book, span, section)
    if not sheet.rows:
        raise Unusable(f"没有哪个统计项由“{section}”负责；用 fazheng ask {period} 列出各股室")
    path = Path(out) if out else Path(settings().home) / REPORTS / f"{sheet.title}.xlsx"
    if path.suffix.lower() != ".xlsx":
        raise Unusable(f"核对表要存成 .xlsx 文件，“{path.name}”不是")
    if not out:
        path.parent.mkdir(exist_ok=True)
    page = path.with_suffix(".html")
    leave({path: as_workbook(sheet), page: as_page(sheet).encode()})
    said = {"file": str(path), "page": str(page), "figures": len(sheet.rows), "blank": sheet.blanks}
    answer(said, lambda: f"已写 {path} 和 {page}（打印用）：{len(sheet.rows)}个数，空着待填{sheet.blanks}个。")
    return 0


def _told(taken: Taken, book: LawBook) -> int:
    said = {
        "period": [str(day) for day in taken.period], "section": taken.section, "declared": list(taken.declared),
        "differing": list(taken.differing), "unchanged": taken.unchanged, "blank": taken.blank,
        "faults": [str(fault) for fault in taken.faults],
    }  # fmt: skip
    answer(said, lambda: _as_text(taken, book))
    return int(bool(taken.faults))


def _as_text(taken: Taken, book: LawBook) -> str:
    if taken.faults:
        return "\n".join(
            [
                f"核对表有{len(taken.faults)}处要改，一个数也没有登记：",
                *(with_commands(str(fault)) for fault in taken.faults),
            ]
        )
    told_ = f"{told(taken.period)}：登记申报数{len(taken.declared)}个，与账本或原申报一致{taken.unchanged}个，"
    lines = [f"{told_}空着{taken.blank}个（仍是无数据）。"]
    lines += [f"  与账本数出的不同，两数并存待查：{book.figures[id].name}［{id}］" for id in taken.differing]
    return "\n".join(lines)


COMMANDS = (ask,)
