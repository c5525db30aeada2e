"""`fazheng promise`: next year's tasks as promises, and their answers; `fazheng case material`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.promising import answer as answer_promise
from fazheng.casework.promising import material as give_material
from fazheng.casework.promising import promise as make_promise
from fazheng.casework.writing import Act, writing
from fazheng.cli import chinese
from fazheng.cli.case import case, refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.ledger.spoken import RESULTS, Promise, promises
from fazheng.procedure.surroundings import Refusal
from fazheng.report import compose
from fazheng.report.composed import Composed

_RESULTS = {name: id for id, name in RESULTS.items()}


def _signed(command: Any) -> Any:
    for option in (
        click.option("--on", "on", default="", metavar="DATE", help="哪天（默认今天）"),
        click.option("--as", "--by", "by", required=True, metavar="CODE", help="谁（人员编号）"),
    ):
        command = option(command)
    return common(command)


@click.group(cls=chinese.Group)
def promise() -> None:
    """报告里的安排：写下、答复、列出。下一年的报告必须逐项答复，没有答复的不能签发。"""


@promise.command("add")
@click.argument("year", metavar="年度", type=int)
@click.argument("text", metavar="[一句话]", default="")
@click.option("--section", default="", metavar="ID", help="针对哪一节的不足")
@click.option("--take", default="", metavar="ID", help="认领这一节拟出的安排，不另写话")
@_signed
def add(year: int, text: str, section: str, take: str, on: str, by: str) -> int:
    """记下 年度 报告里对下一年的一项安排。例：promise add 2024 "修订办案流程，逐件排出时间表" --as Z001"""
    bureau = settings().open()
    if bool(text) == bool(take):
        raise Unusable("写一句话，或者用 --take 认领拟出的安排，两样选一样")
    with writing(bureau) as act:
        if take:
            composed = compose(bureau.code, bureau.name, act.book, year, {}, today=clock.today())
            text, section = _proposed(composed, take), take
        id, refused = make_promise(act, year, text, section, Act(day_or_today(on), by, {}))
    return _told({"id": id}, refused, f"已记为第{id.split(':')[1]}项：{text}")


@promise.command("answer")
@click.argument("number", metavar="序号")
@click.argument("result", metavar="结果", type=click.Choice(list(_RESULTS)))
@click.argument("text", metavar="一句话")
@click.option("--evidence", default="", metavar="ID", help="案件号或者统计项编号；“已完成”必须写")
@click.option("--year", type=int, default=0, help="哪一年的报告（默认是提出的下一年）")
@_signed
def answer_(number: str, result: str, text: str, evidence: str, year: int, on: str, by: str) -> int:
    """答复一项安排：已完成（写证据）、未完成（写原因）、不再实施（写理由）。"""
    bureau = settings().open()
    with writing(bureau) as act:
        what = _RESULTS[result]
        refused = answer_promise(act, number, what, text, evidence, Act(day_or_today(on), by, {}), year)
    return _told({"id": number, "result": result}, refused, f"已记：第{number}项{result}")


@promise.command("list")
@click.option("--year", type=int, default=0, help="只列这一年的报告要答复的")
@common
def list_promises(year: int) -> None:
    """列出报告里的安排和每年的答复。"""
    found = [one for one in promises(settings().open().code) if not year or one.due(year)]
    answer([asdict(one) for one in found], lambda: "\n".join(map(_line, found)) or "没有记下的安排")


@click.command("material", cls=chinese.Command)
@click.argument("words", metavar="[案件] 一句话", nargs=-1, required=True)
@click.option("--section", default="", metavar="ID", help="放在报告的哪一节（默认按案件的程序）")
@_signed
def material(words: tuple[str, ...], section: str, on: str, by: str) -> int:
    """给报告一句素材，说一个案件或一节的事。要公开：有个人信息的不收。"""
    if len(words) > 2:
        raise Unusable("写一个案件号和一句话；话里有空格的要加引号")
    case_id, text = words if len(words) == 2 else ("", words[0])
    bureau = settings().open()
    with writing(bureau) as act:
        id, refused = give_material(act, text, Act(day_or_today(on), by, {}), case_id, section)
    key = id.replace(":", ".")
    return _told({"key": key}, refused, f"已记素材 {key}，写报告时用 {{{{ {key} }}}} 引用")


def _proposed(composed: Composed, section: str) -> str:
    found = next((one.text for one in composed.proposed if one.section == section), "")
    if not found:
        known = "、".join(one.section for one in composed.proposed) or "无"
        raise Unusable(f"小节“{section}”没有拟出待认领的安排；有：{known}")
    return found


def _told(value: dict[str, Any], refused: tuple[Refusal, ...], said: str) -> int:
    shown = value | {"refused": [one.shown() for one in refused]}
    answer(shown, lambda: refusals_as_text(list(refused)) if refused else said)
    return int(bool(refused))


def _line(one: Promise) -> str:
    answers = "".join(f"；{each.year}年报告：{RESULTS[each.result]}，{each.text}" for each in one.answers)
    return f"{one.id.split(':')[1]}　{one.year}年报告（{one.by}）：{one.text}{answers or '；还没有答复'}"


case.add_command(material)
COMMANDS = (promise,)
