"""`fazheng private`: look with a reason, who looked, erase when the term ends, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError

from fazheng.casework.act import Act
from fazheng.casework.attaching import sweep
from fazheng.casework.bureaux import Bureau
from fazheng.casework.erasing import due, erase, terms_missing
from fazheng.casework.looking import Held, look, looks
from fazheng.casework.sealing import CIPHERS, NAMES, encrypt, rotate, tidy
from fazheng.casework.writing import writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.ledger.private_keys import Ring, key_file
from fazheng.ledger.read import private_counts
from fazheng.procedure.surroundings import Refusal

_by = click.option("--by", "by", required=True, metavar="CODE", help="谁（人员编号）")
_reason = click.option("--reason", default="", help="为什么要看（另存）")


@click.group(cls=chinese.Group)
def private() -> None:
    """另存的内容：说明理由查看、谁看过、期满清除、加密、换钥匙。"""


@private.command("show")
@click.argument("case_id", metavar="案件号或名册行")
@click.option("--field", "fields", multiple=True, metavar="栏目", help="看哪一栏，可写多个（默认全部）")
@_by
@_reason
@common
def show(case_id: str, fields: Sequence[str], by: str, reason: str) -> int:
    """看另存的内容：先记下谁、看什么、为什么，再显示。"""
    bureau = settings().open()
    with writing(bureau) as act:
        refused, found = look(act, case_id, fields, Act(act.today, by, {}), reason)
    if refused:
        return told(refused)
    answer([asdict(one) for one in found], lambda: "\n".join(_line(one) for one in found))
    return 0


def _line(one: Held) -> str:
    return f"{one.entry}  {one.on}  {one.label}：{'（已清除）' if one.value is None else visible(one.value)}"


def visible(text: str) -> str:
    """The text with signs that cannot be seen, or that turn a line about, written out as their numbers."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def told(refusals: Sequence[Refusal]) -> int:
    """Says why not; the exit code of a refusal."""
    answer({"refused": [r.shown() for r in refusals]}, lambda: refusals_as_text(refusals))
    return 1


@private.command("looks")
@click.option("--case", "case_id", default="", metavar="案件号", help="只看一个案件")
@click.option("--by", "by", default="", metavar="CODE", help="只看一个人")
@common
def looked(case_id: str, by: str) -> None:
    """列出谁在什么时候看过哪个案件的哪些栏目。"""
    bureau = settings().open()
    found = looks(bureau.code, case_id, by)
    answer(
        [asdict(one) for one in found],
        lambda: (
            "\n".join(f"{one.at}  {one.by}  {one.case_id}  {'、'.join(one.fields)}" for one in found)
            or "没有人看过另存的内容"
        ),
    )


@private.command("due")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def listed(on: str) -> None:
    """列出保存期已满、可以清除的案件，以及没有核到保存期限的程序。"""
    bureau = settings().open()
    with writing(bureau) as act:
        found, missing = due(act, day_or_today(on)), terms_missing(act)
    value = {"due": [_due(one) for one in found], "without_term": missing}
    lines = [
        f"{one.case_id}  {len(one.digests)}处  {one.term.closed_on}结案，保存{one.term.years}年，"
        f"到{one.term.ends_on}（{one.term.article}）"
        for one in found
        if one.term
    ] or ["没有保存期已满的案件"]
    lines += [f"没有核到保存期限，一律不清除：{'、'.join(missing)}"] if missing else []
    answer(value, lambda: "\n".join(lines))


def _due(one: Any) -> dict[str, Any]:
    return {"case": one.case_id, "values": len(one.digests), "term": asdict(one.term)}


@private.command("erase")
@click.option("--case", "case_id", default="", metavar="案件号", help="清除一个案件的")
@click.option("--due", "all_due", is_flag=True, help="清除全部保存期已满的")
@click.option("--on", "on", default="", metavar="DATE", help="到哪一天期满（默认今天，不能晚于今天）")
@_by
@common
def erase_private(case_id: str, all_due: bool, on: str, by: str) -> int:
    """保存期满以后清除另存的内容：记一条、删内容、抹净文件里的旧页；链不断。"""
    if bool(case_id) == all_due:
        raise Unusable("请写 --case 案件号（清除一件）或者 --due（清除全部期满的），二者写一个")
    bureau = settings().open()
    with writing(bureau) as act:
        cases = [case_id] if case_id else [one.case_id for one in due(act, day_or_today(on))]
        refused, gone = erase(act, cases, Act(day_or_today(on), by, {}))
    if refused:
        return told(refused)
    files = [path.name for path in sweep(bureau, remove=True)] if gone else []
    clean = _tidied() if gone else ""
    value = {"cases": cases, "values": gone, "files": len(files), "scrubbed": not clean}
    said = f"已清除 {len(cases)} 件案件另存的内容 {gone} 处、附件 {len(files)} 个；台账的链不变"
    answer(value, lambda: (said + clean) if gone else "没有保存期已满的内容，没有清除")
    return 0


def _tidied() -> str:
    """Scrubs the file; what to say where others use the book just now."""
    try:
        tidy()
    except DatabaseError:
        return "。账本正被别人使用，文件里的旧页还没有抹净：请稍后运行 fazheng private scrub"
    return ""


@private.command("scrub")
@common
def scrub() -> None:
    """抹净账本文件里已清除内容留下的旧页（没有别人使用账本时）。"""
    settings().open()
    tidy()
    answer({"scrubbed": True}, lambda: "已抹净：文件里不再有已清除内容的旧页")


@private.command("status")
@common
def state() -> None:
    """另存的内容有多少、怎样加密、用哪一把钥匙。"""
    bureau = settings().open()
    value = _state(bureau)
    lines = [f"另存的内容 {value['sealed'] + value['plain']} 处，加密的 {value['sealed']} 处（{value['cipher']}）"]
    lines += [f"钥匙编号 {value['key']}，文件 {value['file']}"] if value["key"] else []
    lines += [f"没有加密的 {value['plain']} 处：请运行 fazheng private encrypt"] if value["plain"] else []
    answer(value, lambda: "\n".join(lines))


def _state(bureau: Bureau) -> dict[str, Any]:
    ring, (sealed, plain) = Ring(bureau.code), private_counts(bureau.code)
    path = key_file(ring.outside) if ring.outside else None
    return {
        "cipher": NAMES[ring.cipher],
        "sealed": sealed,
        "plain": plain,
        "key": ring.outside,
        "file": str(path) if path and path.exists() else "（不在账本的文件夹里）" if path else "",
    }


@private.command("encrypt")
@click.option("--cipher", type=click.Choice(list(CIPHERS)), default="aes", help="还没有钥匙时用哪种算法")
@_by
@common
def encrypt_old(cipher: str, by: str) -> int:
    """把旧版账本里没有加密的内容加密；还没有钥匙的，先造一把。"""
    bureau = settings().open()
    with writing(bureau) as act:
        refused, done = encrypt(act, Act(act.today, by, {}), CIPHERS[cipher])
    if refused:
        return told(refused)
    clean = _tidied() if done else ""
    text = f"已加密 {done} 处{clean}。请把钥匙文件另存一份，不要和备份放在一起" if done else "没有需要加密的内容"
    answer({"values": done} | _state(bureau), lambda: text)
    return 0


@private.command("rotate")
@click.option(
    "--new-key", "new_key", type=click.Path(path_type=Path), metavar="FILE", help="新钥匙的文件（默认放在账本里）"
)
@_by
@common
def rotate_key(new_key: Path | None, by: str) -> int:
    """换钥匙：造新钥匙，把全部另存的内容用它重新加密。"""
    bureau = settings().open()
    old = Ring(bureau.code).outside
    with writing(bureau) as act:
        refused, done = rotate(act, Act(act.today, by, {}), new_key)
    if refused:
        return told(refused)
    clean = _tidied()
    value = {"values": done, "old_key": old} | _state(bureau)
    said = f"已换钥匙，{done} 处重新加密{clean}。新钥匙 {value['key']}：请另存一份。"
    answer(value, lambda: f"{said}旧钥匙 {old} 只有旧备份还用得着，不再需要时请销毁")
    return 0


COMMANDS = (private,)
