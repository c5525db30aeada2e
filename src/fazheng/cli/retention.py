"""`fazheng retention`: how long what cases hold apart is kept, what is due to be erased, what is held back."""

from __future__ import annotations

from typing import Any

import click

from fazheng.casework.act import Act
from fazheng.casework.erasing import Standing, standing
from fazheng.casework.holding import change_hold, holds
from fazheng.casework.writing import writing
from fazheng.cli import chinese
from fazheng.cli.common import answer, common, day_or_today, settings
from fazheng.cli.private import told
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.models import CaseRow

_STATES = {"term": "保存", "hold": "暂缓销毁", "open": "有关联的未结案件", "once": "已清除"}


@click.group(cls=chinese.Group)
def retention() -> None:
    """保存期限：各类案件保存多久，哪些到期可以销毁、哪些还要保存、哪些暂缓销毁。"""


@retention.command("list", cls=chinese.Command)
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def listed(on: str) -> None:
    """列出已结案件：保存到哪天、到期可以销毁的、暂缓销毁的、没有核到期限的。清除用 private erase。"""
    bureau, day = settings().open(), day_or_today(on)
    rows = CaseRow.objects.filter(bureau=bureau.code, closed_on__lte=day.isoformat()).order_by("case_id")
    with writing(bureau) as act:
        found = standing(act, list(rows.values_list("case_id", flat=True)), day)
    held = holds(bureau.code)
    value = [_as_json(one, held) for one in found]
    answer(value, lambda: "\n".join(_line(one) for one in value) or "没有已结案件")


def _as_json(one: Standing, held: dict[str, str]) -> dict[str, Any]:
    gates = [refusal.gate for refusal in one.against]
    no_term = one.term is None
    state = "hold" if one.held_by else "no_term" if no_term else gates[0] if gates else "due"
    return {
        "case": one.case_id,
        "state": state,
        "values": len(one.digests),
        "closed_on": one.term.closed_on.isoformat() if one.term else None,
        "years": one.term.years if one.term else None,
        "until": one.term.ends_on.isoformat() if one.term else None,
        "article": one.term.article if one.term else None,
        "held_since": min((held[id] for id in one.held_by), default=None),
        "held_by": list(one.held_by),
    }


def _line(one: dict[str, Any]) -> str:
    until = (
        f"保存{one['years']}年，到{one['until']}（{one['article']}）" if one["years"] else "没有核到保存期限，不销毁"
    )
    state = {"due": "到期可以销毁", "no_term": "保存"} | _STATES
    linked = "、".join(id for id in one["held_by"] if id != one["case"])
    why = f"，关联的{linked}暂缓" if linked else ""
    since = f"（自{one['held_since']}起{why}）" if one["held_since"] else ""
    return f"{state[one['state']]}{since}  {one['case']}  {until}  另存{one['values']}处"


@retention.command("terms", cls=chinese.Command)
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def terms(on: str) -> None:
    """列出各类案件的保存期限和依据；没有核到的，一律不销毁。"""
    book, day = load(place=settings().open().place), day_or_today(on)
    value = [
        {"procedure": id, "name": versions[-1].name} | _term(book, id, day) for id, versions in book.procedures.items()
    ]
    lines = [f"{v['name']}  {v['years']}年  {v['article']}" if v["years"] else f"{v['name']}  未定" for v in value]
    answer(value, lambda: "\n".join(lines))


def _term(book: LawBook, procedure: str, day: Any) -> dict[str, Any]:
    for id in (f"retention.{procedure}", "retention.case"):
        years, parameter = book.parameter(id, day), book.parameters.get(id)
        if years is not None and parameter is not None:
            now = max((value for value in parameter.values if value.from_ <= day), key=lambda value: value.from_)
            return {"years": years, "article": now.article}
    return {"years": None, "article": None}


_by = click.option("--by", "by", required=True, metavar="CODE", help="谁（人员编号）")
_reason = click.option("--reason", default="", help="为什么（另存）")


@retention.command("hold", cls=chinese.Command)
@click.argument("case_id", metavar="案件号")
@_by
@_reason
@common
def hold(case_id: str, by: str, reason: str) -> int:
    """暂缓销毁：诉讼、调查没有完的，期满也不清除。"""
    return _change(case_id, by, reason, place=True)


@retention.command("lift", cls=chinese.Command)
@click.argument("case_id", metavar="案件号")
@_by
@_reason
@common
def lift(case_id: str, by: str, reason: str) -> int:
    """解除暂缓销毁。"""
    return _change(case_id, by, reason, place=False)


def _change(case_id: str, by: str, reason: str, *, place: bool) -> int:
    bureau = settings().open()
    with writing(bureau) as act:
        refused = change_hold(act, case_id, Act(act.today, by, {}), reason, place=place)
    if refused:
        return told(refused)
    said = "已登记暂缓销毁" if place else "已解除暂缓销毁"
    answer({"case": case_id, "held": place}, lambda: f"{said}：{case_id}")
    return 0


COMMANDS = (retention,)
