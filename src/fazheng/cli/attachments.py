"""`fazheng attach`, `fazheng attachment get, list, sweep`."""

from __future__ import annotations

from pathlib import Path

import click

from fazheng.casework.act import Act
from fazheng.casework.attaching import attach, attachments, give_out, sweep
from fazheng.casework.clock import today
from fazheng.cli import chinese
from fazheng.cli.common import answer, common, day_or_today, settings
from fazheng.cli.private import told


@click.command("attach", cls=chinese.Command)
@click.argument("case_id", metavar="案件号")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--by", "by", required=True, metavar="CODE", help="谁（人员编号）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天收到（默认今天）")
@common
def attach_file(case_id: str, file: Path, by: str, on: str) -> int:
    """给案件附一个文件：加密保存，内容相同的只存一份；文件名另存。"""
    bureau = settings().open()
    refused, taken, stood = attach(bureau, case_id, file, Act(day_or_today(on), by, {}))
    if refused or taken is None:
        return told(refused)
    value = {"case": case_id, "digest": taken.digest, "size": taken.size, "media": taken.media, "stood": stood}
    same = "（内容已经存过，没有再存一份）" if stood else ""
    answer(value, lambda: f"已附上 {taken.size} 字节（{taken.media}）{same}\n摘要 {taken.digest}")
    return 0


@click.group(cls=chinese.Group)
def attachment() -> None:
    """附件：列出、说明理由取出、清理没有入账的文件。"""


@attachment.command("list")
@click.option("--case", "case_id", default="", metavar="案件号", help="只看一个案件")
@common
def listed(case_id: str) -> None:
    """列出附件：案件、摘要、大小、类型。文件名另存，用 private show 看。"""
    bureau = settings().open()
    found = attachments(bureau.code, case_id)
    answer(
        found,
        lambda: (
            "\n".join(
                f"{one['on']}  {one['case']}  {one['digest']}  {one['size']} 字节  {one['media']}"
                f"{'  已清除' if one['erased'] else ''}"
                for one in found
            )
            or "没有附件"
        ),
    )


@attachment.command("get")
@click.argument("digest", metavar="摘要")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), metavar="FILE", help="写到哪个新文件")
@click.option("--by", "by", required=True, metavar="CODE", help="谁（人员编号）")
@click.option("--reason", default="", help="为什么要看（另存）")
@common
def get(digest: str, to: Path, by: str, reason: str) -> int:
    """取出一个附件：先记下谁、为什么，逐字节核对，对得上才写出。"""
    bureau = settings().open()
    refused, size = give_out(bureau, digest, to, Act(today(), by, {}), reason)
    if refused:
        return told(refused)
    answer({"file": str(to), "size": size}, lambda: f"已写出 {to}（{size} 字节），与入账时一致")
    return 0


@attachment.command("sweep")
@click.option("--remove", is_flag=True, help="真的删除（默认只列出）")
@common
def swept(remove: bool) -> None:
    """列出或删除附件文件夹里没有入账、或者已清除的文件。"""
    bureau = settings().open()
    found = sweep(bureau, remove=remove)
    text = f"{'已删除' if remove else '可以删除（加 --remove）'} {len(found)} 个文件"
    answer({"files": [path.name for path in found], "removed": remove}, lambda: text if found else "没有要清理的文件")


COMMANDS = (attach_file, attachment)
