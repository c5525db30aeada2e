"""`fazheng powers matrix, use, review, put, first, text`: who answers for an item, and how the list was used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from fazheng.casework.bureaux import Bureau
from fazheng.casework.powers_review import REVIEW, Counted, ReviewRefused, counted, enter_review
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, writing
from fazheng.checkup.reading import Unreadable, read
from fazheng.cli.case import refusals_as_text
from fazheng.cli.common import Unusable, answer, common, day_or_today, settings
from fazheng.cli.powers import kinds_of, lines_or, on_option, opened, powers
from fazheng.procedure.refusals import source
from fazheng.procedure.surroundings import Refusal
from fazheng.register.powers import CASE_ITEMS, items_on
from fazheng.register.powers_first import first_handler, handovers
from fazheng.register.powers_matrix import Load, Matrix, matrix
from fazheng.register.powers_text import numbers_told, told_without_items

DEVIATIONS = {
    "step_missing": "清单上有、没有办的环节",
    "step_extra": "清单上没有、却办了的环节",
    "paper_missing": "清单上有、没有收的材料",
    "paper_extra": "清单上没有、却收了的材料",
}
SHOWN = 5  # cases named on a line; a program gets all of them


@powers.command("matrix")
@on_option
@common
def matrix_of(on: str) -> int:
    """事项、岗位、人员：没有责任人员的事项，每人承担几项、几件未结，证件过期的。"""
    bureau, book = opened()
    when = day_or_today(on)
    found = matrix(bureau.code, when)
    most = {name: book.parameter(f"powers.{name}_per_officer", when) for name in ("items", "cases")}
    over = [load for load in found.loads if _over(load, most)]
    faults = [f"没有责任人员：{code}" for code in found.unowned]
    faults += [f"{load.officer}证件有效期到{load.certificate}" for load in found.loads if load.certificate]
    faults += [f"{load.officer}已不在册" for load in found.loads if not load.on_staff]
    faults += [f"{load.officer}承担过多：{load.items}项、未结{load.open_cases}件" for load in over]
    answer(
        _matrix_value(found, faults), lambda: "\n".join([*_matrix_lines(found), *(f"问题：{one}" for one in faults)])
    )
    return int(bool(faults))


def _over(load: Load, most: Mapping[str, int | None]) -> bool:
    items, cases = most["items"], most["cases"]
    return (items is not None and load.items > items) or (cases is not None and load.open_cases > cases)


def _matrix_value(found: Matrix, faults: list[str]) -> dict[str, Any]:
    return {
        "items": [
            {"code": item.code, "name": item.name, "posts": [
                {"post": duty.post, "officers": duty.officers, "until": duty.until} for duty in found.of(item.code)
            ]} for item in found.items
        ],
        "unowned": found.unowned,
        "officers": [{"officer": one.officer, "items": one.items, "open_cases": one.open_cases,
                      "certificate_expired": one.certificate, "on_staff": one.on_staff} for one in found.loads],
        "faults": faults,
    }  # fmt: skip


def _matrix_lines(found: Matrix) -> list[str]:
    lines = [f"事项{len(found.items)}项，岗位责任{len(found.duties)}条，没有责任人员的{len(found.unowned)}项"]
    for item in found.items:
        posts = "；".join(f"{duty.post}：{'、'.join(duty.officers)}" for duty in found.of(item.code)) or "（无）"
        lines.append(f"{item.code}  {item.name}  {posts}")
    return [*lines, *(f"{one.officer}  承担{one.items}项，未结{one.open_cases}件" for one in found.loads)]


@powers.command("use")
@click.argument("year", metavar="年度", type=int)
@common
def use(year: int) -> None:
    """一年里清单怎样用：每个事项几件、没有用过的、没有对应事项的案件，环节材料与清单不一致的，承诺兑现。"""
    bureau, _ = opened()
    found = counted(bureau, year)
    answer(found.as_json(), lambda: "\n".join(_use_lines(found)))


def _use_lines(found: Counted) -> list[str]:
    used = found.usage
    lines = [
        f"{found.year}年：事项{len(used.items)}项，没有用过的{len(used.unused)}项，归到事项的案件{found.total('of_item')}件"
    ]
    for one in used.items:
        kept = f"，承诺期限内{one.kept}/{one.promised}" if one.promised else ""
        aside = f"，有不计入的时间、不比期限的{one.unjudged}件" if one.unjudged else ""
        differs = f"，与清单不一致{one.deviating}/{one.compared}" if one.compared else ""
        lines.append(f"{one.item.code}  {one.item.name}  {len(one.cases)}件{kept}{aside}{differs}")
        lines += [f"    {DEVIATIONS[d.how]}：{d.what}（{d.case_id}）" for d in one.deviations[:SHOWN]]
    lines += [f"没有对应事项：{procedure} {_cases(cases)}" for procedure, cases in used.without.items()]
    lines += [f"几个事项共用程序、还没有归项：{procedure} {_cases(cases)}" for procedure, cases in used.shared.items()]
    return lines


def _cases(cases: tuple[str, ...]) -> str:
    return f"{len(cases)}件：" + "、".join(cases[:SHOWN]) + (" 等" if len(cases) > SHOWN else "")


@powers.command("review")
@click.argument("year", metavar="年度", type=int)
@click.option("--as", "by", required=True, metavar="CODE", help="谁核对（法治工作机构人员编号）")
@click.option("--on", "on", default="", metavar="DATE", help="哪天核对（默认今天）")
@common
def review(year: int, by: str, on: str) -> int:
    """年度核对：把一年的数逐个事项数出来，记成一案；负责人用 case do 结束（finish）。记下的数就是报告里的数。"""
    bureau, _ = opened()
    try:
        with writing(bureau) as act:
            done = enter_review(act, year, Act(day_or_today(on), by, {}))
    except ReviewRefused as fault:
        found = fault.refusals
        answer({"refused": [one.shown() for one in found]}, lambda: refusals_as_text(found))
        return 1
    answer({"case": done}, lambda: f"已记年度核对：{done}；请负责人核对以后：fazheng case do {done} finish")
    return 0


@powers.command("put")
@click.argument("case_id", metavar="案件号")
@click.argument("code", metavar="事项编码")
@click.option("--as", "by", required=True, metavar="CODE", help="谁归的（人员编号）")
@common
def put(case_id: str, code: str, by: str) -> int:
    """几个事项共用一个程序时，写明案件属于哪一个事项。"""
    with writing(settings().open()) as act:
        law, case = act.case(case_id)
        opened_on = case.standing[0].on if case.standing else act.today
        standing = act.powers.standing(law.first.id, opened_on) if act.powers else ()
        fitting = [item.code for item in standing]
        if code not in fitting:
            raise Unusable(
                f"{opened_on}清单上由“{law.first.name}”办理的事项里没有“{code}”；有：{'、'.join(fitting) or '无'}"
            )
        found = enter_row(act, CASE_ITEMS, Act(act.today, by, {"case_no": case_id, "item": code}))
    answer(
        {"refused": [one.shown() for one in found]},
        lambda: refusals_as_text(found) if found else f"{case_id}归到{code}",
    )
    return int(bool(found))


@powers.command("first")
@click.argument("case_id", metavar="案件号")
@common
def first(case_id: str) -> None:
    """首问责任：谁立的案就是首问人；移交给谁、签收没有。"""
    bureau, book = opened()
    who, moved = first_handler(bureau.code, case_id), handovers(bureau.code, case_id)
    if not who:
        raise Unusable(f"账本里没有案件“{case_id}”；用 fazheng case list 查看")
    reasons = book.procedures["handover"][-1].choices["handover_reason"]
    lines = [f"{case_id}的首问人：{who}，移交{len(moved)}次"]
    for one in moved:
        end = (
            f"{one.received_on}签收"
            if one.received_on
            else f"{one.taken_back_on}收回"
            if one.taken_back_on
            else "还没有签收"
        )
        lines.append(f"{one.on}  {one.by} → {one.to}  {reasons.get(one.reason, one.reason)}  {end}（{one.case_id}）")
    value = {"case": case_id, "first_handler": who, "handovers": [
        {"case": one.case_id, "on": one.on, "by": one.by, "to": one.to, "reason": one.reason,
         "received_on": one.received_on, "taken_back_on": one.taken_back_on} for one in moved]}  # fmt: skip
    answer(value, lambda: "\n".join(lines))


@powers.command("text")
@click.argument("file", metavar="文件")
@on_option
@click.option("--case", "case_id", default="", metavar="案件号", help="记进哪一件年度核对（powers.review）")
@click.option("--as", "by", default="", metavar="CODE", help="谁对照的（与 --case 一起写）")
@common
def text(file: str, on: str, case_id: str, by: str) -> int:
    """拿文本与清单比：写了清单里没有的权力类型（如行政强制）、各类项数与清单不一致的，逐句指出，写明条文。"""
    bureau, book = opened()
    try:
        told = read(Path(file)).text
    except Unreadable as fault:
        raise Unusable(str(fault)) from fault
    items, kinds = items_on(bureau.code, day_or_today(on)), kinds_of(book)
    absent, differing = told_without_items(told, items, kinds), numbers_told(told, items, kinds)
    rule = book.procedures[REVIEW][-1].steps["compare_text"]
    numbers = {"absent": len(absent), "differing": len(differing)}
    if case_id and (found := _noted(bureau, case_id, rule.id, Act(day_or_today(on), by, numbers))):
        answer({"refused": [one.shown() for one in found]}, lambda: refusals_as_text(found))
        return 1
    lines = [f"清单里没有{one.name}事项（{source(rule)}），文中写了：{one.sentence}" for one in absent]
    lines += [f"清单里{one.name}{one.items}项，文中写了：{one.sentence}" for one in differing]
    answer(
        {
            "article": source(rule),
            "absent": [{"kind": one.kind, "sentence": one.sentence} for one in absent],
            "differing": [{"kind": one.kind, "sentence": one.sentence, "items": one.items} for one in differing],
        },
        lambda: lines_or(lines, f"文中写到的权力类型，清单里都有；清单共{len(items)}项"),
    )
    return int(bool(lines))


def _noted(bureau: Bureau, case_id: str, step: str, entered: Act) -> tuple[Refusal, ...]:
    with writing(bureau) as act:
        return act.do(case_id, step, entered).decision.refusals


COMMANDS = ()
