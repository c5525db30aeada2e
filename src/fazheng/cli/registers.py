"""`fazheng register, zero, task`: rows by hand, a signed zero, a settled task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from fazheng.casework.declaring import SYSTEM, declare_nothing, put_aside, settle_task, withdraw_zero
from fazheng.casework.registers import change_row, enter_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day, day_or_today, procedure_id, settings
from fazheng.cli.typed import pairs, read_fields
from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook, load
from fazheng.procedure.surroundings import Refusal
from fazheng.register import rows_on


@click.group(cls=chinese.Group)
def register() -> None:
    """名册：登记、变更、注销、查看（人员、社会组织）。"""


def _known(book: LawBook, name: str) -> Register:
    for known in book.registers.values():
        if name in (known.id, known.name):
            return known
    raise Unusable(f"没有“{name}”这个名册；有：{'、'.join(f'{r.id}（{r.name}）' for r in book.registers.values())}")


def _row_options(command: Any) -> Any:
    for option in reversed(
        (
            click.option("--on", "on", required=True, metavar="DATE", help="哪天起"),
            click.option("--as", "by", default=SYSTEM, metavar="CODE", help="谁办的（人员编号）"),
            click.option("--data", "typed", multiple=True, metavar="栏目=内容", help="各栏内容，可写多个"),
            click.option("--paper", default="", help="依据的材料、来源（另存）；比账本早的行必须写明"),
        )
    ):
        command = option(command)
    return common(command)


@register.command("enter")
@click.argument("name", metavar="名册")
@_row_options
def enter(name: str, on: str, by: str, typed: Sequence[str], paper: str) -> int:
    """登记一行。例：register enter staff --on 2024-01-01 --data code=Z001 --data name=示例甲 --data roles=执法人员"""
    with writing(settings().open()) as act:
        known = _known(act.book, name)
        data = read_fields(pairs(typed), known.kinds, known.labels, known.choices)
        return _told(enter_row(act, known.id, Act(day(on), by, data, paper=paper)), f"已登记到“{known.name}”")


@register.command("change")
@click.argument("name", metavar="名册")
@click.argument("key", metavar="编号")
@_row_options
def change(name: str, key: str, on: str, by: str, typed: Sequence[str], paper: str) -> int:
    """变更一行的若干栏，从某日起。"""
    with writing(settings().open()) as act:
        known = _known(act.book, name)
        data = read_fields(pairs(typed), known.kinds, known.labels, known.choices)
        return _told(
            change_row(act, known.id, key, Act(day(on), by, data, paper=paper)), f"已变更“{known.name}”里的{key}"
        )


@register.command("strike")
@click.argument("name", metavar="名册")
@click.argument("key", metavar="编号")
@_row_options
def strike(name: str, key: str, on: str, by: str, typed: Sequence[str], paper: str) -> int:
    """注销一行，从某日起。"""
    with writing(settings().open()) as act:
        known = _known(act.book, name)
        return _told(strike_row(act, known.id, key, Act(day(on), by, {}, paper=paper)), f"已从“{known.name}”注销{key}")


def _told(refusals: Sequence[Refusal], done: str) -> int:
    if refusals:
        answer({"refused": [r.shown() for r in refusals]}, lambda: refusals_as_text(refusals))
        return 1
    answer({"done": done}, lambda: done)
    return 0


@register.command("list")
@click.argument("name", metavar="名册")
@click.option("--on", "on", default="", metavar="DATE", help="哪一天的名册（默认今天）")
@common
def list_rows(name: str, on: str) -> None:
    """列出某一天在册的各行；另存的内容不列。"""
    bureau = settings().open()
    known = _known(load(place=bureau.place), name)
    rows = [
        {
            "key": row.key,
            "from": row.from_day,
            "to": row.to_day,
            **{f: v for f, v in row.data.items() if not known.kinds[f].apart},
        }
        for row in rows_on(bureau.code, known.id, day_or_today(on))
    ]
    answer(
        rows,
        lambda: (
            "\n".join("  ".join(f"{known.labels.get(k, k)}：{v}" for k, v in row.items() if v) for row in rows)
            or "没有在册的"
        ),
    )


@click.command(cls=chinese.Command)
@click.argument("procedure", metavar="程序")
@click.argument("year", metavar="年度", type=int)
@click.option("--as", "by", required=True, metavar="CODE", help="谁签报（人员编号）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天签报（默认今天）")
@click.option("--withdraw", is_flag=True, help="撤回已有的零申报")
@click.option("--reason", default="", help="为什么撤回（另存）")
@common
def zero(procedure: str, year: int, by: str, on: str, withdraw: bool, reason: str) -> int:
    """零申报：某年度没有发生过这种事项，由人签报；报错了的，用 --withdraw 撤回。"""
    with writing(settings().open()) as act:
        procedure = procedure_id(procedure, act.book)
        if withdraw:
            refused = withdraw_zero(act, procedure, year, Act(day_or_today(on), by, {}), reason)
            return _told(refused, f"已撤回零申报：{year}年{act.book.procedures[procedure][-1].name}")
        refused = declare_nothing(act, procedure, year, Act(day_or_today(on), by, {}))
        return _told(refused, f"已记零申报：{year}年{act.book.procedures[procedure][-1].name}")


@click.group(cls=chinese.Group)
def task() -> None:
    """待处理事项。"""


@task.command("settle")
@click.argument("name", metavar="事项")
@click.option("--as", "by", required=True, metavar="CODE", help="谁处理（人员编号）")
@click.option("--reason", required=True, help="怎样处理的（另存）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天处理（默认今天）")
@common
def settle(name: str, by: str, reason: str, on: str) -> int:
    """处理一个待处理事项，写明理由。事项所说的违反之处仍留在原条目上。"""
    with writing(settings().open()) as act:
        return _told(settle_task(act, name, Act(day_or_today(on), by, {}), reason), f"已处理：{name}")


@task.command("put-aside")
@click.argument("case_id", metavar="案件号")
@click.argument("suggestion", metavar="建议")
@click.option("--as", "by", required=True, metavar="CODE", help="谁决定（人员编号）")
@click.option("--reason", required=True, help="为什么不另开案件（另存）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天决定（默认今天）")
@common
def aside(case_id: str, suggestion: str, by: str, reason: str, on: str) -> int:
    """把案件的一个建议放在一边，写明理由；要采纳的，用 case open 程序 --from 案件号。"""
    with writing(settings().open()) as act:
        refused = put_aside(act, case_id, suggestion, Act(day_or_today(on), by, {}), reason)
        return _told(refused, f"已放在一边：{suggestion}")


COMMANDS = (register, zero, task)
