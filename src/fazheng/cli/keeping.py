"""`fazheng backup, restore`: copies of a book, and a book made from one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from fazheng.casework import clock
from fazheng.casework.bureaux import known
from fazheng.casework.rebuild import rebuild_all
from fazheng.cli import chinese
from fazheng.cli.book import kept_aside
from fazheng.cli.common import Unusable, answer, open_book, placed, settings
from fazheng.cli.with_commands import with_commands
from fazheng.ledger.backup import KEYS, BackupUnusable, Kept, drop_old, read, save, unpack
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.folders import cleared, discard, into_place
from fazheng.ledger.moving import file_to_server
from fazheng.ledger.storage import BACKUPS, BOOK, close_home, open_home
from fazheng.ledger.verify import verify
from fazheng.ledger.witness import seen, start


@click.command(cls=chinese.Command)
@click.option("--to", default="", metavar="FOLDER", help="放到哪个文件夹（默认账本文件夹里的 backups）")
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help="只留最近的 N 份，更早的删除")
@click.option("--with-keys", is_flag=True, help="连同钥匙（没有钥匙，另存的个人信息读不出来）")
@click.option("--verify", "checked", default="", metavar="FILE", help="不备份，验算这一份备份")
@click.option("--expect", default="", metavar="SEQ:DIGEST", help="与 --verify 同用：从前另存的链尾")
@placed
def backup(to: str, keep: int | None, with_keys: bool, checked: str, expect: str) -> int:
    """备份账本：别人照常办事，备份是同一时刻的完整账本；也验算一份备份。"""
    if checked:
        return _check(Path(checked), expect)
    home = Path(settings().home)
    open_book(home)
    path, kept = save(home, Path(to) if to else home / BACKUPS, clock.now().isoformat(), with_keys=with_keys)
    removed = drop_old(path.parent, keep) if keep and not kept.faults else []
    lines = [f"已备份：{path}", *_told(kept), *(f"已删除较早的：{old}" for old in removed)]
    if kept.faults:
        lines.append(f"注意：账本本身验算有误，备份照原样存下，较早的备份都没有删除。{kept.faults}")
    if with_keys:
        lines.append("备份里有钥匙：谁拿到这个文件，谁就能读出全部个人信息。请加锁保管")
    elif kept.without_keys:
        lines.append(f"备份里没有钥匙：没有钥匙，另存的个人信息读不出来。请另行保管 {home / KEYS}（或加 --with-keys）")
    if not to:
        lines.append("备份与账本在同一个文件夹里，磁盘坏了会一起丢失。请用 --to 存到另一个磁盘")
    value = {"file": str(path), **_as_json(kept), "removed": [str(old) for old in removed]}
    answer(value, lambda: "\n".join(lines))
    return 1 if kept.faults else 0


def _check(path: Path, expect: str) -> int:
    try:
        kept = read(path, kept_aside(expect) if expect else None)
    except BackupUnusable as fault:
        why = with_commands(str(fault))
        answer({"file": str(path), "ok": False, "why": why}, lambda: f"备份不能用：{why}")
        return 1
    value = {"file": str(path), "ok": True, **_as_json(kept)}
    answer(value, lambda: "\n".join([f"备份完好：{path}", *_told(kept)]))
    return 0


def _told(kept: Kept) -> list[str]:
    when = f"{kept.made_at[:10]} {kept.made_at[11:19]}"
    keys = "（含钥匙）" if kept.keys else ""
    lines = [f"备份于 {when}，由法正 {kept.release} 写成；附带文件 {kept.files} 个{keys}"]
    return lines + [f"{code}：{last.seq} 条，链尾 {last.seq}:{last.digest}" for code, last in kept.heads.items()]


def _as_json(kept: Kept) -> dict[str, Any]:
    heads = {code: f"{last.seq}:{last.digest}" for code, last in kept.heads.items()}
    return {
        "made_at": kept.made_at,
        "release": kept.release,
        "heads": heads,
        "files": kept.files,
        "keys": kept.keys,
        "faults": kept.faults,
    }


@click.command(cls=chinese.Command)
@click.argument("file", metavar="FILE.zip")
@click.option("--replace", is_flag=True, help="那里已有账本时，把原有的整个文件夹改名保留，再放入恢复的")
@placed
def restore(file: str, replace: bool) -> None:
    """用备份恢复出一个账本：先验算，再放到 --home 指定的文件夹；不覆盖已有的账本。"""
    home = Path(settings().home).absolute()
    aside = _room(home, replace)
    lost = _lost(home, aside)
    fresh = cleared(home.with_name(f".{home.name}.part"))
    try:
        kept = _filled(Path(file), fresh)
        if os.environ.get("DATABASE_URL"):
            _to_server(fresh, home, aside)
        else:
            close_home()
            into_place(fresh, home, aside)
    finally:
        close_home()
        discard(fresh)
    open_home(home)
    _whole(kept)
    later = [
        f"{code}：备份以后记的 {last.seq - kept.heads[code].seq} 条不在其中，请按原件补录"
        for code, last in lost.items()
        if code in kept.heads and last.seq > kept.heads[code].seq
    ]
    lines = [f"已恢复到 {home}，验算完好，统计用表已重做", *_told(kept), *later]
    if aside:
        lines.append(f"原有的文件夹改名为 {aside}，没有删除")
    if kept.without_keys:
        lines.append(f"备份里没有钥匙。请把另行保管的钥匙放回 {home / KEYS}，否则另存的个人信息读不出来")
    value = {"home": str(home), **_as_json(kept), "aside": str(aside or ""), "later": later}
    answer(value, lambda: "\n".join(lines))


def _room(home: Path, replace: bool) -> Path | None:
    """Where what stands in `home` goes; None where nothing stands there. Raises Unusable."""
    try:
        if not home.exists() or (home.is_dir() and not any(home.iterdir())):
            return None
    except OSError as fault:
        raise Unusable(f"“{home}”打不开。请检查文件夹的权限") from fault
    if not replace:
        raise Unusable(
            f"“{home}”里已有账本或别的文件，恢复不会覆盖它。请用 --home 另指一个文件夹，"
            "或加 --replace（原有的整个文件夹改名保留）"
        )
    return home.with_name(f"{home.name}-原有-{clock.now():%Y%m%dT%H%M%S}")


def _lost(home: Path, aside: Path | None) -> dict[str, Any]:
    """The heads that the home to be put aside has seen."""
    try:
        return dict(seen(home)) if aside else {}
    except HomeUnreadable:
        return {}


def _filled(file: Path, fresh: Path) -> Kept:
    """Makes `fresh` a whole home from the backup, brought up to date, verified, its projections made again."""
    kept = unpack(file, fresh)
    open_home(fresh, url="", keep=False)
    _whole(kept)
    rebuild_all()
    start(fresh, kept.heads)
    return kept


def _whole(kept: Kept) -> None:
    for code, last in kept.heads.items():
        found = verify(code, expect=(last.seq, last.digest) if last.seq else None)
        if not found.ok or found.entries != last.seq:
            raise BackupUnusable(f"恢复出的账本验算有误（{code}）：{found.why}。没有放入，请换一份备份")


def _to_server(fresh: Path, home: Path, aside: Path | None) -> None:
    open_home(fresh, create=True)
    with transaction.atomic():
        file_to_server(fresh / BOOK)
        for left in fresh.glob(f"{BOOK}*"):
            left.unlink()
        into_place(fresh, home, aside)
    if not known():
        raise BackupUnusable("备份里的账本没有任何单位，没有什么可恢复")


COMMANDS = (backup, restore)
