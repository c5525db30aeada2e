"""`fazheng publication package, receipt, reconcile`: what goes to an upper platform and what it answers."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import click

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.publishing import Undone, held_against, send, take_receipt
from fazheng.casework.writing import writing
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day, settings
from fazheng.cli.private import told
from fazheng.cli.publication import publication
from fazheng.lawbook.load import load
from fazheng.lawbook.platform import Platform
from fazheng.publication.rows import Leak
from fazheng.publication.sent import STATES
from fazheng.publication.sheets import ReceiptFault, read_receipt

_to = click.option("--to", "to", default="", metavar="平台", help="平台的编号或者名称（只有一个时可以不写）")
_by = click.option("--as", "by", required=True, metavar="CODE", help="谁报的（人员编号）")
_first = click.option("--from", "first", required=True, metavar="DATE", help="决定日期从哪天起")
_last = click.option("--until", "last", required=True, metavar="DATE", help="决定日期到哪天止")


def _platform(bureau: Bureau, named: str) -> Platform:
    known = load(place=bureau.place).platforms
    found = [one for one in known.values() if named in ("", one.id, one.name)]
    if len(found) != 1:
        there = "、".join(f"{one.name}［{one.id}］" for one in known.values()) or "没有；写在 law/local/地方/platforms/"
        raise Unusable(f"请写明报给哪个平台（--to）；本地的平台：{there}")
    return found[0]


@publication.command("package", cls=chinese.Command)
@click.argument("out", metavar="FILE", type=click.Path(path_type=Path))
@_to
@_first
@_last
@_by
@common
def package(out: Path, to: str, first: str, last: str, by: str) -> int:
    """制作上报公示平台的数据包：只报到了公开期限、依法可以公开的，另存的只出遮盖以后的；记一条，留下每行的摘要。"""
    bureau = settings().open()
    platform = _platform(bureau, to)
    if out.suffix.lower() != f".{platform.form}":
        raise Unusable(f"{platform.name}要的是 {platform.form} 文件：请把文件名写成 .{platform.form}")
    try:
        refused, made = send(bureau, platform, day(first), day(last), Act(clock.today(), by, {}), out)
    except FileExistsError as fault:
        raise Unusable(str(fault)) from fault
    except OSError as fault:
        raise Unusable(f"数据包没有写出，也没有登记：{fault.strerror}。请检查文件夹、权限和磁盘") from fault
    except Leak as fault:
        raise Unusable(str(fault)) from fault
    except Undone as fault:
        return told(fault.refusals)
    if refused or made is None:
        return told(refused)
    value = {"package": made.case_id, "rows": list(made.rows), "file": str(made.path), "digest": made.digest}
    answer(value, lambda: f"数据包 {made.case_id}：{len(made.rows)}行，写在 {made.path}\n摘要 {made.digest}")
    return 0


@publication.command("receipt", cls=chinese.Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_to
@_by
@common
def receipt(file: Path, to: str, by: str) -> int:
    """登记平台的回执（xlsx 或 csv）：哪些行入库，哪些行退回、为什么（原因另存）。有一行对不上，全部不登记。"""
    bureau = settings().open()
    platform = _platform(bureau, to)
    try:
        answers = read_receipt(file, platform.receipt)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        with writing(bureau) as act:
            refused, packages = take_receipt(act, platform, answers, digest, Act(clock.today(), by, {}))
    except ReceiptFault as fault:
        raise Unusable(str(fault)) from fault
    except Undone as fault:
        return told(fault.refusals)
    if refused:
        return told(refused)
    taken = sum(one.accepted for one in answers)
    value = {"packages": packages, "accepted": taken, "rejected": len(answers) - taken}
    answer(value, lambda: f"已登记回执：{'、'.join(packages)}，入库{taken}行，退回{len(answers) - taken}行")
    return 0


@publication.command("reconcile", cls=chinese.Command)
@_to
@_first
@_last
@common
def reconciled(to: str, first: str, last: str) -> None:
    """与平台对账：应报未报、已报没有回执、已入库、被退回、报后有改动、报后不应再公开的，一件一行。"""
    bureau = settings().open()
    platform = _platform(bureau, to)
    try:
        with writing(bureau) as act:
            found = held_against(act, platform, day(first), day(last))
    except Leak as fault:
        raise Unusable(str(fault)) from fault
    value = [
        {"row": one.row, "state": one.state, "package": one.package or None, "on": one.on or None} for one in found
    ]
    counted = Counter(one.state for one in found)
    said = "，".join(f"{name}{counted[state]}件" for state, name in STATES.items() if counted[state])
    lines = [f"{STATES[one.state]}  {one.row}  {one.package}  {one.on}".rstrip() for one in found]
    answer(value, lambda: "\n".join([*lines, f"{said}。"]) if found else "这几天没有应报、已报的数据。")


COMMANDS: tuple[click.Command, ...] = ()  # they stand under `fazheng publication`
