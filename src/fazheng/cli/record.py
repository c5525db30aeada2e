"""`fazheng record`: the record of a case with its holes; `fazheng recording keep`: a recording of one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fazheng.casework.act import Act
from fazheng.casework.recording import Shown, keep, record_of, with_holes
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.private import told
from fazheng.lawbook.act import MEDIA, RECORDING, Recorded
from fazheng.lawbook.load import load
from fazheng.procedure.refusals import source
from fazheng.publication.record import Line

MARKS = {"there": "■", "hole": "□", "explained": "▨", "not_asked": "－", "no_effect": "－"}
STATES = {
    "there": "有",
    "hole": "缺",
    "explained": "缺，已说明原因",
    "not_asked": "本案不要求",
    "no_effect": "未采用或者待核，不起作用",
}


@click.command(cls=chinese.Command)
@click.argument("case_id", metavar="案件号", default="")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def record(case_id: str, on: str) -> None:
    """看一个案件的全过程记录：应有的、已有的、缺口和依据，附件逐字节核对。不写案件号，列出已结案而记录不完整的。"""
    bureau = settings().open()
    if not case_id:
        holes = with_holes(bureau, day_or_today(on))
        value = [{"case": one.case_id, "missing": [line.rule.id for line in one.lines if _open(line)]} for one in holes]
        lines = [f"{r.case_id}  缺：{'、'.join(line.rule.name for line in r.lines if _open(line))}" for r in holes]
        answer(value, lambda: "\n".join([*lines, f"已结案而记录不完整的{len(holes)}件"]))
        return
    found = record_of(bureau, case_id, day_or_today(on))
    if not found.record.lines:
        raise Unusable("law/acts 里没有写这类行为要有哪些记录；怎样写见 docs/extend.md")
    answer(_as_json(found), lambda: _as_text(found))


def _open(line: Line) -> bool:
    return line.counts and line.state in ("hole", "explained")


def _as_json(found: Shown) -> dict[str, Any]:
    lines = [
        {
            "id": line.rule.id,
            "name": line.rule.name,
            "medium": line.rule.medium if isinstance(line.rule, Recorded) else "during",
            "article": source(line.rule),
            "state": line.state,
            "counts": line.counts,
            "entries": _entries(line, found),
        }
        for line in found.record.lines
    ]
    return {
        "case": found.record.case_id,
        "whole": found.record.whole,
        "lines": lines,
        "files": list(found.files),
        "spoilt": list(found.spoilt),
    }


def _entries(line: Line, found: Shown) -> list[dict[str, Any]]:
    rows = {row.version: row for row in found.file.entries}
    return [{"entry": n, "on": rows[n].happened_on, "digest": rows[n].digest} for n in line.entries if n in rows]


def _as_text(found: Shown) -> str:
    lines = []
    for line in found.record.lines:
        shown = "；".join(f"第{e['entry']}条 {e['on']} {e['digest'][:12]}…" for e in _entries(line, found))
        medium = MEDIA[line.rule.medium] if isinstance(line.rule, Recorded) else "事中"
        beside = f"  {shown}" if line.state == "there" and shown else ""
        state = STATES[line.state] + ("" if line.counts or line.state in ("there", "not_asked") else "（不计）")
        lines.append(f"{MARKS[line.state]}  {medium}  {line.rule.name}  {state}  {source(line.rule)}{beside}")
    files = [f"附件  {one['case']}  {one['on']}  {one['digest']}  {_sound(one, found)}" for one in found.files]
    missing = sum(_open(line) for line in found.record.lines)
    said = "记录完整。" if found.record.whole else f"记录不完整：缺{missing}处。"
    return "\n".join([*lines, *files, said])


def _sound(one: dict[str, object], found: Shown) -> str:
    return "已清除" if one["erased"] else "对不上" if one["digest"] in found.spoilt else "完好"


@click.group(cls=chinese.Group)
def recording() -> None:
    """执法音像记录：登记一段记录并归档文件。法律没有要求的不必拍。"""


@recording.command("keep", cls=chinese.Command)
@click.argument("case_id", metavar="案件号")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--stage", required=True, metavar="环节", help="哪个环节，如 送达、听证")
@click.option("--begun", default="", metavar="HH:MM", help="开始时间")
@click.option("--ended", default="", metavar="HH:MM", help="结束时间")
@click.option("--on", "on", default="", metavar="DATE", help="哪天记录的（默认今天）")
@click.option("--by", "by", required=True, metavar="CODE", help="谁（人员编号）")
@common
def keep_recording(case_id: str, file: Path, stage: str, begun: str, ended: str, on: str, by: str) -> int:
    """登记案件一个环节的音像记录，文件加密另存，账本里留摘要。"""
    bureau = settings().open()
    stages = load(place=bureau.place).procedures[RECORDING][-1].choices["stage"]
    chosen = next((key for key, name in stages.items() if stage in (key, name)), "")
    if not chosen:
        raise Unusable(f"没有“{stage[:20]}”这个环节；有：{'、'.join(stages.values())}")
    data = {"stage": chosen, "begun_at": begun or None, "ended_at": ended or None}
    given = {name: value for name, value in data.items() if value}
    refused, kept = keep(bureau, case_id, file, Act(day_or_today(on), by, given))
    if refused or kept is None:
        return told(refused)
    value = {"recording": kept.case_id, "digest": kept.digest}
    answer(value, lambda: f"已登记 {kept.case_id}\n摘要 {kept.digest}")
    return 0


COMMANDS = (record, recording)
