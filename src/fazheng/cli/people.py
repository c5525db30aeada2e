"""`fazheng staff, handover, paper-signed`: what these people can finish, handing over, signatures on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from fazheng.casework import clock
from fazheng.casework.departing import NotLeft, depart
from fazheng.casework.handing import InHand, as_json, cases_in_hand, hand_over
from fazheng.casework.paper_months import MonthFault, PaperSigned, confirm, paper_signed, unconfirmed_months
from fazheng.casework.writing import Act, Writing, writing
from fazheng.cli import chinese
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day_or_today, procedure_id, settings
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import COMMANDS as DONE
from fazheng.staff.rights import PAGES, may_do, may_open, viewer
from fazheng.staff.staffing import CanDo, can_do, least, lost

STATES = {"whole": "能办到底", "partly": "有的步骤办不了", "not": "办不了"}


@click.group(cls=chinese.Group)
def staff() -> None:
    """人员：这些人能依法办完哪些程序、少一个人行不行、一个人有什么权限。"""


@staff.command("can")
@click.option("--without", default="", metavar="CODE", help="少了这个人（人员编号）还能不能办")
@click.option("--procedure", "named", default="", metavar="程序", help="只看一个程序（名称或者英文编号）")
@click.option("--on", "on", default="", metavar="DATE", help="哪一天的人员（默认今天）")
@common
def can(without: str, named: str, on: str) -> int:
    """这些人能依法办完哪些程序，缺谁，可以请谁，最少要几个人；--without：少一个人行不行。"""
    looking = Writing(settings().open(), day_or_today(on))
    if without and looking.roster.on(without, looking.today) is None:
        raise Unusable(f"人员名册里{looking.today}没有“{without}”；请核对人员编号")
    found = can_do(looking.book, looking.roster, looking.today, without)
    fewer = lost(can_do(looking.book, looking.roster, looking.today), found) if without else []
    if named:
        wanted = procedure_id(named, looking.book)
        found = [one for one in found if one.id == wanted]
    value = {"procedures": [_as_json(one) for one in found], "least": least(found), "lost": [one.id for one in fewer]}
    answer(value, lambda: _as_text(found, fewer, without, looking.book))
    return int(bool(fewer))


def _as_json(one: CanDo) -> dict[str, Any]:
    return {**asdict(one), "fewest": [sorted(roles) for roles in one.fewest]}


def _as_text(found: Sequence[CanDo], fewer: Sequence[CanDo], without: str, book: LawBook) -> str:
    lines = [f"少了{without}："] if without else []
    for one in found:
        lines.append(f"{STATES[one.state]}　{one.name}［{one.id}］　最少{len(one.fewest)}人：{_staffing(one, book)}")
        for missing in one.missing:
            lines.append(f"    缺：{missing.says}" + (f"。可以请：{missing.outside}" if missing.outside else ""))
        lines += [f"    办不了的步骤：{'、'.join(one.stuck)}"] if one.stuck else []
        lines += [f"    留意：{note}" for note in one.notes]
    lines.append(f"这些程序一共最少要{least(list(found))}个人：一个人可以有几个角色，要分开的已经分开；三员另设。")
    if without:
        told = "、".join(one.name for one in fewer)
        lines.append(f"少了{without}，办不成或者办不到底的：{told}" if fewer else f"少了{without}，能办的程序不变。")
    return "\n".join(lines)


def _staffing(one: CanDo, book: LawBook) -> str:
    names = book.registers[STAFF].choices["role"]
    return "；".join(
        f"（{n}）{'、'.join(names.get(r, r) for r in sorted(roles))}" for n, roles in enumerate(one.fewest, 1)
    )


@staff.command("rights")
@click.argument("code", metavar="人员编号")
@click.option("--on", "on", default="", metavar="DATE", help="哪一天（默认今天）")
@common
def rights(code: str, on: str) -> None:
    """一个人在某一天能打开哪些页面、办哪些事；案件的步骤另由各程序的角色定。"""
    looking = Writing(settings().open(), day_or_today(on))
    who = viewer(looking.roster, code, looking.today)
    names = looking.book.registers[STAFF].choices["role"]
    value = {
        "code": code,
        "roles": sorted(who.roles | who.administers),
        "pages": [page for page in PAGES if may_open(who, page)],
        "commands": [command for command in DONE if may_do(who, command)],
        "deputy": looking.roster.deputy(code, looking.today),
    }
    lines = [
        f"{code}：{'、'.join(names.get(role, role) for role in value['roles']) or '没有角色'}",
        f"页面：{'、'.join(value['pages']) or '没有'}",
        f"事项：{'、'.join(value['commands']) or '没有'}",
        *([f"AB岗：{value['deputy']}"] if value["deputy"] else []),
    ]
    answer(value, lambda: "\n".join(lines))


@click.command(cls=chinese.Command)
@click.argument("was", metavar="交出的人")
@click.argument("now", metavar="接手的人", default="")
@click.option("--case", "cases", multiple=True, metavar="案件号", help="只交这些案件，可写多个（默认全部没办结的）")
@click.option("--reason", default="", help="为什么交接（另存）")
@click.option("--as", "by", default="", metavar="CODE", help="谁办交接（人员编号）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天交接（默认今天）")
@click.option("--leaves", is_flag=True, help="交出的人离开本局：同时从人员名册注销")
@click.option("--paper", default="", help="离开的依据（另存，与 --leaves 一起写）")
@common
def handover(was: str, now: str, cases: Sequence[str], reason: str, by: str, on: str, leaves: bool, paper: str) -> int:
    """交接单：只写一个人，列出他手里没办结的案件；写两个人，交接并记入每个案件。"""
    refused: Sequence[Refusal] = ()
    try:
        with writing(settings().open()) as act:
            if not now:
                mine = cases_in_hand(act, was)
                deputy = act.roster.deputy(was, act.today)
                answer(_listed(mine, deputy), lambda: _mine(was, mine, deputy))
                return 0
            doer = Act(day_or_today(on), by, {}, paper=paper)
            if leaves:
                handed = depart(act, was, now, doer, reason)
            else:
                refused, handed = hand_over(act, was, now, doer, reason, cases)
    except NotLeft as fault:
        refused = fault.refusals
    if refused:
        return _refused(refused)
    done = [f"已把{len(handed)}件交给{now}：{'、'.join(one.case_id for one in handed) or '没有没办结的案件'}"]
    done += [f"已从人员名册注销{was}"] if leaves else []
    answer({**_listed(handed, ""), "struck": leaves}, lambda: "\n".join(done))
    return 0


def _listed(mine: Sequence[InHand], deputy: str) -> dict[str, Any]:
    return {"cases": [as_json(one) for one in mine], "deputy": deputy}


def _mine(was: str, mine: Sequence[InHand], deputy: str) -> str:
    lines = [f"{one.case_id}　{one.name}" + (f"　待处理 {len(one.tasks)} 项" if one.tasks else "") for one in mine]
    lines = lines or [f"{was}手里没有没办结的案件"]
    return "\n".join([*lines, *([f"AB岗：{deputy}"] if deputy else [])])


def _refused(refused: Sequence[Refusal]) -> int:
    answer({"refused": [one.shown() for one in refused]}, lambda: refusals_as_text(refused))
    return 1


@click.command("paper-signed", cls=chinese.Command)
@click.argument("month", metavar="月份", default="")
@click.option("--confirm", "confirming", is_flag=True, help="负责人逐条看过，确认这个月的")
@click.option("--as", "by", default="", metavar="CODE", help="谁确认（人员编号，与 --confirm 一起写）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天确认（默认今天）")
@common
def paper_signed_in(month: str, confirming: bool, by: str, on: str) -> int:
    """纸上签字、由别人代录的：列出一个月的（写 2026-03），由负责人按月确认；不写月份，列出还没确认的月份。"""
    bureau = settings().open()
    try:
        if not month:
            waiting = unconfirmed_months(bureau.code, clock.today())
            answer(waiting, lambda: "\n".join(told_waiting(waiting)) or "没有待确认的纸上签字")
            return int(bool(waiting))
        if not confirming:
            found = paper_signed(bureau.code, month)
            answer([asdict(one) for one in found], lambda: "\n".join(map(_line, found)) or f"{month}没有纸上签字")
            return 0
        with writing(bureau) as act:
            refused, number = confirm(act, month, Act(day_or_today(on), by, {}))
    except MonthFault as fault:
        raise Unusable(str(fault)) from fault
    if refused:
        return _refused(refused)
    answer({"month": month, "confirmed": number}, lambda: f"{by}已确认{month}的{number}条纸上签字")
    return 0


def told_waiting(waiting: dict[str, int]) -> list[str]:
    """A line a month whose signatures on paper nobody has confirmed."""
    return [
        f"{month}有{n}条纸上签字待负责人确认：fazheng paper-signed {month} --confirm" for month, n in waiting.items()
    ]


def _line(one: PaperSigned) -> str:
    state = "已确认" if one.confirmed else "待确认"
    return f"第{one.seq}条　{one.case_id}　{one.on}　{one.by}签　{one.entered_by}代录　扫描件 {one.scan[:12]}…　{state}"


COMMANDS = (staff, handover, paper_signed_in)
