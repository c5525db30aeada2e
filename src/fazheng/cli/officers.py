"""`fazheng officers`: who may act today and for what, with training and declared interests; cases per officer."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from fazheng.casework import clock
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.declaring import period_of
from fazheng.figures import told, up_to
from fazheng.lawbook.load import LawBook, load
from fazheng.staff.officers import Load, Officer, loads
from fazheng.staff.officers import officers as standing
from fazheng.staff.roster import load_roster

STATES = {
    "valid": "有效",
    "stopped": "已暂扣、收回",
    "not_yet": "还没有开始",
    "expired": "已经到期",
    "none": "没有证件",
}


@click.group(cls=chinese.Group)
def officers() -> None:
    """执法人员：今天谁能办什么、学时、利害关系，各人经手的案件。"""


@officers.command("today", cls=chinese.Command)
@click.argument("code", metavar="[人员编号]", default="")
@click.option("--on", "on", default="", metavar="DATE", help="看哪一天（默认今天）")
@common
def today(code: str, on: str) -> int:
    """看谁能办什么：证件、角色、能办的步骤、本年学时、申报的利害关系。写编号的，只看一人、列出每一步。"""
    day = day_or_today(on)
    bureau = settings().open()
    book = load(place=bureau.place)
    found = standing(bureau.code, load_roster(bureau.code), book, day)
    if code:
        found = [one for one in found if one.person.code == code]
        if not found:
            raise Unusable(f"{code}在{day}不是执法人员，也没有执法证；用 fazheng officers today 列出各人")
    answer(
        {"on": day.isoformat(), "officers": [_as_json(one) for one in found]},
        lambda: _as_text(found, book, day, whole=bool(code)),
    )
    return 0


@officers.command("cases", cls=chinese.Command)
@click.argument("period", metavar="期间")
@common
def cases(period: str) -> int:
    """列各人经手、承办的案件数，按人员编号排，不排名次。例：fazheng officers cases 2026"""
    span = up_to(period_of(period), clock.today())
    bureau = settings().open()
    book = load(place=bureau.place)
    found = loads(bureau.code, load_roster(bureau.code), book, span)
    answer(
        {"first": str(span[0]), "last": str(span[1]), "people": [_load_json(one) for one in found]},
        lambda: "\n".join([f"{told(span)}各人经手、承办的案件（一件案件每人只数一次）", *_load_lines(found, book)]),
    )
    return 0


def _as_json(one: Officer) -> dict[str, Any]:
    held = one.person.data
    return {
        "code": one.person.code,
        "sections": list(held.get("sections") or ()),
        "field": held.get("field_of_work"),
        "roles": list(held.get("roles", ())),
        "certificate": {
            "no": held.get("certificate_no"),
            "until": held.get("certificate_until"),
            "state": one.certificate,
        },
        "may": [{"procedure": m.procedure, "steps": list(m.steps), "lacking": list(m.lacking)} for m in one.may],
        "hours": {
            "total": one.training.hours,
            "by_topic": dict(one.training.by_topic),
            "wanted": one.training.wanted,
            "short": one.training.short,
        },
        "interests": list(one.interests),
    }


def _as_text(found: list[Officer], book: LawBook, day: date, *, whole: bool) -> str:
    if not found:
        return f"{day}名册里没有执法人员。用 fazheng register enter staff 登记。"
    return "\n".join(line for one in found for line in _lines(one, book, whole=whole))


def _lines(one: Officer, book: LawBook, *, whole: bool) -> list[str]:
    held = one.person.data
    names = book.registers["staff"].choices["role"]
    roles = "、".join(names.get(role, role) for role in held.get("roles", ()))
    where = "·".join(filter(None, ("、".join(held.get("sections") or ()), held.get("field_of_work"))))
    until = f"，至{held['certificate_until']}" if held.get("certificate_until") else ""
    lines = [f"{one.person.code}{f'（{where}）' if where else ''}  {roles}；执法证{STATES[one.certificate]}{until}"]
    free, barred = [m for m in one.may if m.steps], [m for m in one.may if m.lacking]
    if whole:
        lines += [f"  能办：{m.name}：{'、'.join(m.steps)}" for m in free]
        lines += [f"  证件无效，不能办：{m.name}：{'、'.join(m.lacking)}" for m in barred]
    else:
        lines += [f"  能办：{'、'.join(m.name for m in free) or '无'}"]
        lines += [f"  证件无效，不能办：{'、'.join(f'{m.name}{len(m.lacking)}步' for m in barred)}"] if barred else []
    lines.append(f"  {_hours(one)}")
    if one.interests:
        lines.append(f"  申报过利害关系、办理以前先核对应否回避：{'、'.join(one.interests)}")
    return lines


def _hours(one: Officer) -> str:
    topics = "、".join(f"{topic}{hours}" for topic, hours in sorted(one.training.by_topic.items()))
    said = f"本年学时{one.training.hours}{f'（{topics}）' if topics else ''}"
    if one.training.wanted is None:
        return said + "；本地没有采用学时要求"
    return said + (f"，还差{one.training.short}" if one.training.short else "，已够") + f"（要求{one.training.wanted}）"


def _load_json(one: Load) -> dict[str, Any]:
    return {"code": one.code, "total": one.total, "cases": dict(one.cases)}


def _load_lines(found: list[Load], book: LawBook) -> list[str]:
    names = {id: versions[-1].name for id, versions in book.procedures.items()}
    return [
        f"{one.code}  {one.total}件"
        + (f"：{'、'.join(f'{names.get(id, id)}{n}' for id, n in one.cases.items())}" if one.cases else "")
        for one in found
    ]


COMMANDS = (officers,)
