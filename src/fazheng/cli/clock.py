"""`fazheng clock`: this computer's clock is right, though the book's last entry lies ahead of it."""

from __future__ import annotations

import click

from fazheng.casework.declaring import confirm_clock
from fazheng.casework.writing import Act, writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import answer, common, settings


@click.command("clock", cls=chinese.Command)
@click.option("--as", "by", required=True, metavar="CODE", help="谁核对的（人员编号）")
@click.option("--reason", required=True, help="怎样核对的时间、以前为什么走快了（另存）")
@common
def confirm(by: str, reason: str) -> int:
    """确认本机时钟是对的：账本最后一条记在了未来（以前的时钟走快过），写明理由后继续记账。"""
    bureau = settings().open()
    with writing(bureau) as act:
        found = confirm_clock(act, Act(act.today, by, {}), reason)
        now = act.recorded_at
    if found:
        answer({"refused": [r.shown() for r in found]}, lambda: refusals_as_text(found))
        return 1
    answer({"confirmed_at": now}, lambda: f"已记入：本机时钟经核对无误，以后的条目从{now}起接着记")
    return 0


COMMANDS = (confirm,)
