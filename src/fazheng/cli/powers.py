"""`fazheng powers`: the list of powers on any day, its sums, what changed, what became of what was taken over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from fazheng.casework.bureaux import Bureau
from fazheng.cli import chinese
from fazheng.cli.common import answer, common, day, day_or_today, settings
from fazheng.lawbook.load import LawBook, load
from fazheng.register import Row, rows_on
from fazheng.register.powers import DELEGATIONS, ITEMS, PHONES, TAKEN_OVER, Item, by_kind, items_on
from fazheng.register.powers_bases import bases_of, limit_faults
from fazheng.register.powers_moves import Moved, difference

STATES = {
    "current": "有效",
    "changed": "已有新版本，待核条号",
    "outdated": "失效、被取代",
    "wrong_name": "名称不规范",
    "unknown": "目录里没有",
}
MOVES = {"list": "列入", "remove": "移出", "alter": "变更"}
_FAULTS = frozenset({"outdated", "wrong_name", "unknown"})


@click.group(cls=chinese.Group)
def powers() -> None:
    """权责清单：某一天的清单、分类合计、差异、承接对应、责任分解、岗位卡、依据核对、使用情况。"""


def opened() -> tuple[Bureau, LawBook]:
    """The bureau of the home and the law of its place."""
    bureau = settings().open()
    return bureau, load(place=bureau.place)


def kinds_of(book: LawBook) -> dict[str, str]:
    """The kinds of power, id → Chinese name, in the order of the register."""
    return dict(book.registers[ITEMS].choices["powers_kind"])


def on_option(command: Any) -> Any:
    """Adds --on: the day that is asked about, today where it is not named."""
    return click.option("--on", "on", default="", metavar="DATE", help="哪一天（默认今天）")(command)


def lines_or(lines: Sequence[str], nothing: str) -> str:
    """The lines, or what to say where there are none."""
    return "\n".join(lines) or nothing


@powers.command("list")
@on_option
@common
def listed(on: str) -> None:
    """某一天的权责清单，连同公布的咨询、监督电话。"""
    bureau, book = opened()
    when, kinds = day_or_today(on), kinds_of(book)
    items, phones = items_on(bureau.code, when), rows_on(bureau.code, PHONES, when)
    uses = book.registers[PHONES].choices["phone_use"]
    value = {
        "on": when.isoformat(),
        "items": [{"code": one.code, "from": one.from_day, "to": one.to_day, **one.data} for one in items],
        "phones": [dict(row.data) for row in phones],
    }
    lines = [
        f"{one.code}  {kinds.get(one.kind, one.kind)}  {one.name}  {'、'.join(one.words('bases'))}" for one in items
    ]
    lines += [phone_line(row, uses) for row in phones]
    answer(
        value,
        lambda: lines_or(lines, f"{when}没有权责清单；用“权责清单”表格导入，或者 fazheng register enter powers_item"),
    )


def phone_line(row: Row, uses: Any) -> str:
    """A published number with what it is for and when it is answered."""
    hours = f"（{row.data['hours']}）" if row.data.get("hours") else ""
    return f"{uses.get(row.data.get('use'), '')}电话：{row.data.get('number', '')}{hours}"


@powers.command("sum")
@on_option
@common
def sums(on: str) -> None:
    """某一天的清单按权力类型合计：承接几项，梳理成几项，各类加起来等不等于总数。"""
    bureau, book = opened()
    when, kinds = day_or_today(on), kinds_of(book)
    items = items_on(bureau.code, when)
    taken, found = len(rows_on(bureau.code, TAKEN_OVER, when)), by_kind(items, kinds)
    strange = [kind for kind in found if kind not in kinds]
    total = sum(number for kind, number in found.items() if kind in kinds)
    value = {"on": when.isoformat(), "taken_over": taken, "items": len(items), "by_kind": found, "adds_up": not strange}
    parts = "+".join(f"{kinds[kind]}{number}" for kind, number in found.items() if kind in kinds)
    came = f"承接{taken}项 → " if taken else ""
    held = "合计相符" if total == len(items) else f"各类合计{total}，相差{len(items) - total}：有类型不在清单里的"
    answer(value, lambda: f"{when}：{came}权责事项{len(items)}项" + (f" = {parts}（{held}）" if items else ""))


@powers.command("diff")
@click.argument("before", metavar="前一天")
@click.argument("after", metavar="后一天")
@common
def diff(before: str, after: str) -> None:
    """两天的清单差在哪里：列入、移出、变更了哪些事项，为什么。例：powers diff 2024-12-31 2025-12-31"""
    bureau, book = opened()
    found = difference(bureau.code, day(before), day(after))
    value = [{"code": one.code, "how": one.how, "on": one.on, "reason": one.reason, "basis": one.basis,
              "source": one.source, "fields": one.fields} for one in found]  # fmt: skip
    count = {how: sum(one.how == how for one in found) for how in MOVES}
    head = "，".join(f"{name}{count[how]}项" for how, name in MOVES.items())
    lines = [f"{before}至{after}：{head}", *(_moved(one, book) for one in found)]
    answer(value, lambda: "\n".join(lines))


def _moved(one: Moved, book: LawBook) -> str:
    known = book.registers[ITEMS]
    reason = known.choices["powers_reason"].get(one.reason, "")
    why = "，".join(part for part in (reason, one.basis) if part) or "按登记（来源另存）"
    told = [
        f"{known.labels.get(name, name)}：{_shown(old)} → {_shown(new)}"
        for name, (old, new) in (one.fields or {}).items()
    ]
    return f"{MOVES[one.how]}  {one.code}  {one.name}  {one.on}  理由：{why}" + "".join(
        f"\n    {line}" for line in told
    )


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "（空）")


@powers.command("map")
@on_option
@common
def mapped(on: str) -> int:
    """承接的每一项权力成了清单上的哪几项、依哪份授权委托、到哪天为止；没有对应的、对应了不在清单上的，逐项指出。"""
    bureau, _ = opened()
    when = day_or_today(on)
    items = {item.code: item for item in items_on(bureau.code, when)}
    documents = {row.key: row for row in rows_on(bureau.code, DELEGATIONS, when)}
    taken = rows_on(bureau.code, TAKEN_OVER, when)
    became = {code for row in taken for code in row.data.get("became") or ()}
    faults = [
        f"{row.key}对应的{code}不在清单上"
        for row in taken
        for code in row.data.get("became") or ()
        if code not in items
    ]
    faults += [f"{item.code}依授权、委托行使，却没有承接的权力与它对应" for item in items.values()
               if item.data.get("rests_on") != "own" and item.code not in became]  # fmt: skip
    faults += [
        f"{row.key}的授权委托“{row.data['delegation']}”{why}" for row in taken if (why := _lapsed(row, documents, when))
    ]
    value = {"taken_over": len(taken), "items": len(items), "mapped": len(became & items.keys()), "faults": faults,
             "rows": [{"code": row.key, **row.data} for row in taken]}  # fmt: skip
    lines = [f"承接{len(taken)}项 → 清单{len(items)}项，其中有承接权力对应的{len(became & items.keys())}项"]
    lines += [f"{row.key}  {row.data['power_name']} → {'、'.join(row.data.get('became') or ())}" for row in taken]
    answer(value, lambda: "\n".join([*lines, *(f"问题：{fault}" for fault in faults)]))
    return int(bool(faults))


def _lapsed(row: Row, documents: dict[str, Row], when: date) -> str:
    held = documents.get(str(row.data.get("delegation")))
    if held is None:
        return "没有登记，或者已经终止"
    until = str(held.data.get("valid_until") or "9999")
    return f"期限到{until}为止" if until < when.isoformat() else ""


@powers.command("bases")
@on_option
@click.option("--all", "whole", is_flag=True, help="有效的也列出")
@common
def bases(on: str, whole: bool) -> int:
    """核对设定依据：每条依据在那一天有效没有，被什么取代，现行版本有没有那一条；期限写得对不对。"""
    bureau, book = opened()
    when = day_or_today(on)
    items = items_on(bureau.code, when)
    found, limits = bases_of(items, book, when), list(limit_faults(items))
    count = {state: sum(one.state == state for one in found) for state in STATES}
    value = {"on": when.isoformat(), "checked": len(found), "states": count,
             "bases": [{"item": one.item, "basis": one.text, "state": one.state, "says": one.says} for one in found],
             "limits": [{"item": code, "says": says} for code, says in limits]}  # fmt: skip
    told = "，".join(f"{name}{count[state]}条" for state, name in STATES.items() if count[state])
    lines = [f"{when}：事项{len(items)}项，设定依据{len(found)}条" + (f"：{told}" if told else "")]
    lines += [
        _basis_line(one.item, one.text, STATES[one.state], one.says) for one in found if whole or one.state != "current"
    ]
    lines += [f"{code}  {says}" for code, says in limits]
    answer(value, lambda: "\n".join(lines))
    return int(bool(limits) or any(one.state in _FAULTS for one in found))


def _basis_line(item: str, text: str, state: str, says: str) -> str:
    return f"{item}  {text}  {state}" + (f"：{says}" if says else "")


def named(items: Sequence[Item], code: str) -> Item | None:
    """The item of that code; None where it does not stand."""
    return next((item for item in items if item.code == code), None)


COMMANDS = (powers,)
