"""The sheet 说明: how to fill the workbook, in the words of the office."""

from __future__ import annotations

from fazheng.casework.workbook.layout import (
    BY,
    FURTHER,
    HAPPENED,
    NOTHING,
    PAPER,
    PROCEDURE,
    REF,
    STEP,
    Versions,
    further_steps,
)

_HOW = (
    ("怎样填", (
        "每个程序一张表，一行一件事；列名带 * 的每行必填，其余的有就填。把鼠标停在列名上，可以看到这一列填什么。",
        f"一件事以后的每一步，在“{FURTHER}”表里各填一行：{REF}与程序表里的相同，“{STEP}”写步骤的名称。先后按日期排，同一天的按行排。",
        f"“{REF}”由本单位自己编，同一程序里不能重复；每年重新编号的，请在前面加年份，如 2024-15。",
        f"“{BY}”写人员编号，不写姓名；新来的人先填在人员名册的表里。几个人的，用“、”隔开。",
        "日期写成 2024-03-05 的样子，也可以用 2024年3月5日。金额的单位是元。有选项的列，从下拉框里选。",
        "编号、电话、账号、证件号所在的列已经设成文本格式，请不要改，否则表格软件会丢掉末几位数字。",
        "不要合并单元格，不要改列名和表名。自己用的列和表，名称以 # 开头，导入时不读。",
    )),
    (f"“{HAPPENED}”是什么意思", (
        "没有填“是”的行，导入时照规定核对：先后不对、该先办的没有办、经办人没有证件的，会被拒绝，并写明哪一条规定、先做什么。",
        f"但已经发生了的事，要按事实记账：把“{HAPPENED}”填“是”，写真实的日期和经办人，在“{PAPER}”写明哪份材料能证明。",
        "这样的记录不会被拒绝；它违反的规定会一起记在账上，交负责人处理，以后补办也不会抹去。不要为了通过而改日期。",
    )),
    ("零申报", (
        f"全年一件也没有的程序，在“{NOTHING}”表里填一行，由签报人负责。没有案件也没有申报的，报告里写“无数据”。",
    )),
    ("导入时会怎样", (
        "全部行都正确，才一起记入账本；有一处错误，就一行也不记，并列出每一处错误所在的表、行、列和改法。",
        "可以先试导入，只检查不入账。同一个文件再导入一次，已在账上的行会跳过，不会重复。",
        "已经入账的行，改了表格再导入不会改账：记错的要用更正，误记的要用撤回，漏记的要用补记，都要写明理由。",
    )),
)  # fmt: skip


def guide(procedures: Versions) -> list[tuple[str, str]]:
    """Lines of the sheet as (heading, text): one of the two is empty. Steps by procedure stand at the end."""
    lines: list[tuple[str, str]] = []
    for heading, texts in _HOW:
        lines.append((heading, ""))
        lines += [("", f"{n}. {text}") for n, text in enumerate(texts, 1)]
    lines.append((f"各程序的步骤（“{FURTHER}”表的“{PROCEDURE}”和“{STEP}”）", ""))
    for versions in procedures.values():
        newest = versions[-1]
        steps = [newest.steps[newest.opens], *further_steps(newest)]
        told = "；".join(f"{step.name}（{newest.roles[step.role].name}）" for step in steps)
        lines.append(("", f"{newest.name}：{told}"))
    return lines
