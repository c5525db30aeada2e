"""`fazheng case`: open, do, show, list, why, dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from fazheng.casework.folding import read_case
from fazheng.casework.known import NotSuggested, carried
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day, day_or_today, procedure_id, settings
from fazheng.cli.dossier import dossier
from fazheng.cli.due import as_json as days_as_json
from fazheng.cli.due import as_text as days_as_text
from fazheng.cli.telling import case_as_json, case_as_text
from fazheng.cli.typed import pairs, read_fields, step_data
from fazheng.cli.with_commands import with_commands
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import CaseRow
from fazheng.procedure.case import Case
from fazheng.procedure.clocks import Clock
from fazheng.procedure.explaining import explain_clock as explained
from fazheng.procedure.outlook import against
from fazheng.procedure.question import question
from fazheng.procedure.surroundings import Refusal
from fazheng.workdays import Explanation


@click.group(cls=chinese.Group)
def case() -> None:
    """案件：开案、办理、查看、列表、问为什么、出案卷。"""


def _act_options(command: Any) -> Any:
    for option in reversed(
        (
            click.option("--on", "on", required=True, metavar="DATE", help="哪天发生"),
            click.option("--as", "by", required=True, metavar="CODE", help="谁办的（人员编号）"),
            click.option("--data", "typed", multiple=True, metavar="栏目=内容", help="步骤的栏目，可写多个"),
            click.option("--happened", is_flag=True, help="如实补录：已经发生的事，按事实记，违反之处留痕"),
            click.option("--entered-by", default="", metavar="CODE", help="谁录入（默认就是办理人）"),
            click.option("--paper", default="", help="证明它发生过的材料（另存）"),
            click.option("--signed-on-paper", "scan", default="", metavar="摘要", help="纸上签字：扫描件附件的摘要"),
        )
    ):
        command = option(command)
    return common(command)


def _act(on: str, by: str, data: dict[str, Any], happened: bool, entered_by: str, paper: str, scan: str) -> Act:
    return Act(day(on), by, data, happened, entered_by, paper, signed_on_paper=bool(scan), scan=scan)


@case.command("open")
@click.argument("procedure", metavar="程序")
@_act_options
@click.option("--ref", default="", help="本单位自己的编号")
@click.option(
    "--from", "suggested_by", default="", metavar="CASE", help="由哪个案件的建议而来：带来已知的内容，记下关联"
)
def open_case(
    procedure: str,
    on: str,
    by: str,
    typed: Sequence[str],
    happened: bool,
    entered_by: str,
    paper: str,
    scan: str,
    ref: str,
    suggested_by: str,
) -> int:
    """开一个案件。例：case open hotline.ticket --on 2024-03-01 --as Z003 --data kind=咨询 …"""
    bureau = settings().open()
    with writing(bureau) as act:
        procedure = procedure_id(procedure, act.book)
        version = act.book.version(procedure, day(on)) or act.book.procedures[procedure][-1]
        kinds = version.steps[version.opens].kinds
        data = _carried(act, suggested_by, version, day(on)) if suggested_by else {}
        data |= read_fields(pairs(typed), kinds, version.labels, version.choices)
        done = act.open(procedure, _act(on, by, data, happened, entered_by, paper, scan), ref=ref)
        names = _names(version)
    return _told(done, names, opened=True, proven=bool(paper) or not happened)


@case.command("do")
@click.argument("case_id", metavar="案件号")
@click.argument("step", metavar="步骤")
@_act_options
@click.option(
    "--seen", type=int, default=None, metavar="N", help="看到第几条时决定这样办；以后又有人记入的，不办并告诉您"
)
def do_step(
    case_id: str,
    step: str,
    on: str,
    by: str,
    typed: Sequence[str],
    happened: bool,
    entered_by: str,
    paper: str,
    scan: str,
    seen: int | None,
) -> int:
    """办一步。更正 correct（entry=序号 reason=理由）、撤回 withdraw、补记 add_late（step=步骤 reason=理由）也用它。"""
    bureau = settings().open()
    with writing(bureau) as act:
        law, found = act.case(case_id)
        step = step_id(law.on(day(on)) or law.first, step)
        data = step_data(law, found, step, pairs(typed))
        done = act.do(case_id, step, replace(_act(on, by, data, happened, entered_by, paper, scan), seen=seen))
        names = _names(law.first)
    return _told(done, names, opened=False, proven=bool(paper) or not happened)


def _names(version: Procedure) -> dict[str, str]:
    """Event → what a reader calls it."""
    own = {"correct": "更正", "withdraw": "撤回", "add_late": "补记", "limit_missed": "超期"}
    return own | {event: step.name for event, step in version.step_of.items()}


def step_id(version: Procedure, named: str) -> str:
    """The id of a step that is named by its id or its Chinese name."""
    return next((step.id for step in version.steps.values() if named == step.name), named)


def _carried(act: Writing, case_id: str, version: Procedure, on: date) -> dict[str, Any]:
    try:
        return {field: one.value for field, one in carried(act, case_id, version, on).items()}
    except NotSuggested as fault:
        raise Unusable(str(fault)) from fault


def _told(done: Done, names: dict[str, str], *, opened: bool, proven: bool) -> int:
    decision = done.decision
    if decision.refused:
        answer({"refused": [r.shown() for r in decision.refusals]}, lambda: refusals_as_text(decision.refusals))
        return 1
    value: dict[str, Any] = {"case": done.case_id} if opened else {}
    value |= {
        "events": [event.event for event in decision.events],
        "defects": [r.shown() for r in decision.defects],
        "warnings": [r.shown() for r in decision.warnings],
    }
    lines = [f"已记入 {done.case_id}：{'、'.join(names.get(e.event, e.event) for e in decision.events)}"]
    lines += [] if proven else ["  没有写依据材料（--paper）：请补上证明它发生过的材料"]
    lines += [f"  如实补录，违反 {r.article}：{r.says}" for r in decision.defects]
    lines += [f"  提示（待核，不拦）{r.article}：{r.says}；{with_commands(r.todo)}" for r in decision.warnings]
    answer(value, lambda: "\n".join(lines))
    return 0


def refusals_as_text(refusals: Sequence[Refusal]) -> str:
    """Refusals as a careful colleague says them."""
    lines = ["现在不能办："]
    for refusal in refusals:
        what = f"{refusal.name}：{refusal.says}" if refusal.name not in ("", refusal.says) else refusal.says
        lines += [f"  · {what}（{refusal.article}）", f"    → {with_commands(refusal.todo)}"]
    return "\n".join(lines)


@case.command("show")
@click.argument("case_id", metavar="案件号")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def show(case_id: str, on: str) -> None:
    """看一个案件：经过、现在能办什么、谁来办、何时之前、不能办的为什么。"""
    bureau = settings().open()
    looking = Writing(bureau, day_or_today(on))
    found = read_case(bureau.code, case_id, looking.book)
    answer(case_as_json(found, looking), lambda: case_as_text(found, looking))


@case.command("list")
@click.option("--procedure", default="", metavar="程序", help="只看一个程序（名称或者英文编号）")
@click.option("--open", "only_open", is_flag=True, help="只看未结的")
@common
def list_cases(procedure: str, only_open: bool) -> None:
    """列出案件。"""
    bureau = settings().open()
    rows = CaseRow.objects.filter(bureau=bureau.code).order_by("procedure", "case_id")
    book = load(place=bureau.place)
    rows = rows.filter(procedure=procedure_id(procedure, book)) if procedure else rows
    rows = rows.filter(closed_on__isnull=True) if only_open else rows
    value = [
        {
            "case": r.case_id,
            "procedure": r.procedure,
            "opened_on": r.opened_on,
            "closed_on": r.closed_on,
            "last_on": r.last_on,
            "ref": r.ref,
        }
        for r in rows
    ]
    answer(value, lambda: "\n".join(_listed(r, book) for r in value) or "没有案件")


def _listed(row: dict[str, Any], book: LawBook) -> str:
    versions = book.procedures.get(row["procedure"], ())
    name = versions[-1].name if versions else row["procedure"]
    ref = f"  本单位编号 {row['ref']}" if row["ref"] else ""
    days = f"开案 {row['opened_on']}  最近 {row['last_on']}  {_closed(row['closed_on'])}"
    return f"{row['case']}  {name}  {days}{ref}"


def _closed(day: str | None) -> str:
    return f"结案 {day}" if day else "未结"


@case.command("why")
@click.argument("case_id", metavar="案件号")
@click.argument("what", metavar="步骤或期限")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def why(case_id: str, what: str, on: str) -> int:
    """为什么现在不能办这一步，或者为什么是这一天（逐日说明）。"""
    bureau = settings().open()
    looking = Writing(bureau, day_or_today(on))
    found = read_case(bureau.code, case_id, looking.book)
    version = found.law.on(looking.today) or found.law.first
    what = step_id(version, next((limit.id for limit in version.limits if limit.name == what), what))
    if what in version.steps:
        around = looking.around(case_id, found.law)
        reasons = [r for r in against(found.law, found.case, version.steps[what], looking.today, around) if not r.warns]
        shown: Any = {"step": what, "refused": [r.shown() for r in reasons]}
        answer(shown, lambda: refusals_as_text(reasons) if reasons else f"“{version.steps[what].name}”现在可以办")
        return 1 if reasons else 0
    if what in version.limit_of:
        return _why_day(found.case, found.law, what, looking)
    raise Unusable(
        f"“{version.name}”没有“{what}”这一步或这个期限；步骤：{'、'.join(version.steps)}；期限：{'、'.join(version.limit_of)}"
    )


def _why_day(found: Case, law: Any, limit: str, looking: Writing) -> int:
    asked = question(law, found, looking.today, looking.surroundings())
    running = [c for c in asked.clocks() if isinstance(c, Clock) and c.limit.id == limit and c.runs(looking.today)]
    if not running:
        answer({"limit": limit, "due": None, "days": []}, lambda: "这个期限还没有起算")
        return 1
    clock = running[0]
    told = explain_clock(clock, looking)
    answer(told, lambda: "\n".join(told["text"]))
    return 0


def explain_clock(clock: Clock, looking: Writing) -> dict[str, Any]:
    """Why a clock's due day is that day, for a program and, under `text`, for a reader."""
    told = explained(clock, looking.calendar)
    value: dict[str, Any] = {"limit": clock.limit.id, "due": None, "days": []}
    if told.due is None:
        return value | {"text": list(told.head)}
    value |= {"begun": clock.begun.isoformat(), "due": told.due.isoformat(), "estimate": clock.estimate}
    if not told.days:
        return value | {"text": list(told.head)}
    days = Explanation(told.due, told.estimate, told.days)
    return value | {"days": days_as_json(days)["days"], "text": [*told.head, days_as_text(days)]}


case.add_command(dossier)
COMMANDS = (case,)
