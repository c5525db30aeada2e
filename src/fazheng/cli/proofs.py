"""`fazheng checkpoint, receipt, prove`: what leaves the house so that others can check the book."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fazheng.casework.bureaux import Bureau
from fazheng.casework.checkpointing import make_checkpoint, replace_file, signed, write_checkpoint
from fazheng.casework.folding import CaseUnknown
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, settings
from fazheng.cli.shell import PYTHON, typed
from fazheng.cli.with_commands import with_commands
from fazheng.ledger.checkpoints import Checkpoint, as_text, newest, read
from fazheng.ledger.proofs import NotContained, consistency
from fazheng.ledger.proofs import receipt as receipt_of


@click.command(cls=chinese.Command)
@click.option("--sign", is_flag=True, help="用本单位的 Ed25519 密钥签名（没有就新建；SM2 尚不支持）")
@click.option("--out", metavar="FILE", help="另写一份到这个文件（如优盘）")
@common
def checkpoint(sign: bool, out: str | None) -> None:
    """写出存证点：一页文字，记明台账有多少条、合成的树根。打印或抄送上级另存。"""
    bureau, home = settings().open(), Path(settings().home)
    made = make_checkpoint(bureau)
    if sign:
        made = signed(made, home)
    path = write_checkpoint(made, home)
    if out:
        replace_file(Path(out), as_text(made))
    value = {"file": str(path), "size": made.size, "root": made.root, "head": made.head, "at": made.made_at}
    answer(
        value, lambda: f"{as_text(made).rstrip()}\n\n已写入 {path}。请打印或抄送另存：留在本机的这一份防不住本机的人。"
    )


@click.command(cls=chinese.Command)
@click.argument("case_id", metavar="CASE")
@click.option("--checkpoint", "against", metavar="FILE", help="对照哪个存证点（默认本机最新的一个）")
@click.option("--with-entries", is_flag=True, help="连同各条目的全文（另存的个人信息仍只有摘要）")
@click.option("--out", metavar="FILE", help="写到哪个文件（默认打印）")
@common
def receipt(case_id: str, against: str | None, with_entries: bool, out: str | None) -> int:
    """出具收据：一个案件的各条目都在存证点里，他人可在自己的电脑上核验。"""
    bureau = settings().open()
    told = receipt_of(case_id, _checkpoint(bureau, against), with_entries=with_entries)
    if not told["entries"]:
        raise CaseUnknown(f"存证点里没有案件“{case_id}”的条目；案件较新时请先运行 fazheng checkpoint")
    return _given(told, out, f"收据：{len(told['entries'])} 条，每条附包含证明")


@click.command(cls=chinese.Command)
@click.option("--from", "since", required=True, metavar="FILE", help="从前的存证点")
@click.option("--to", "until", metavar="FILE", help="后来的存证点（默认到现在的末条）")
@click.option("--out", metavar="FILE", help="写到哪个文件（默认打印）")
@common
def prove(since: str, until: str | None, out: str | None) -> int:
    """出具一致性证明：从前的存证点到现在，台账只增未改。被改算、截短或换成旧备份的账本出不了这个证明。"""
    bureau = settings().open()
    old = _checkpoint(bureau, since)
    try:
        told = consistency(old, _checkpoint(bureau, until) if until else None)
    except NotContained as fault:
        why = with_commands(str(fault))
        answer({"ok": False, "why": why}, lambda: f"证明不了：{why}")
        return 1
    return _given(told, out, f"一致性证明：前 {old.size} 条未变，现有 {told['to']['size']} 条")


def _checkpoint(bureau: Bureau, path: str | None) -> Checkpoint:
    found = read(Path(path)) if path else newest(Path(settings().home), bureau.code)
    if found is None:
        raise Unusable("还没有存证点。请先运行 fazheng checkpoint，或用 --checkpoint 指明一个")
    if found.bureau != bureau.code:
        raise Unusable(f"这是 {found.bureau} 的存证点，不是 {bureau.code} 的")
    return found


def _given(told: dict[str, Any], out: str | None, says: str) -> int:
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return 0
    replace_file(Path(out), text)
    answer({"ok": True, "file": out}, lambda: f"{says}。已写入 {out}；核验：{typed(PYTHON, 'verify_proofs.py', out)}")
    return 0


COMMANDS = (checkpoint, receipt, prove)
