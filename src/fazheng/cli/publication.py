"""`fazheng publication acts, due, reviews`: what acts owe the public and by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from fazheng.casework.reviews_due import reviews_due
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, day_or_today, procedure_id, settings
from fazheng.lawbook.act import MEDIA, STAGES, ActKind, Public, Recorded, Reviewed, rule_of
from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Limit
from fazheng.procedure.refusals import source
from fazheng.publication.due import Due, due_list

LIGHTS = {"green": "绿", "yellow": "黄", "red": "红"}


@click.group(cls=chinese.Group)
def publication() -> None:
    """行政执法三项制度：各类行为要公示什么、到期没有、上报公示平台、回执、对账。"""


@publication.command("acts")
@click.argument("procedure", metavar="程序", default="")
@common
def acts(procedure: str) -> None:
    """列出各类行为的事前、事中、事后公示，应有的记录，法制审核：依据、期限、效力。"""
    book = load(place=settings().open().place)
    wanted = procedure_id(procedure, book) if procedure else ""
    rows = [row for act in book.acts.values() for row in _rows(act, wanted, book)]
    if wanted and not rows:
        raise Unusable(f"law/acts 里没有写“{procedure}”；怎样写见 docs/extend.md")
    answer(rows, lambda: "\n".join("  ".join(filter(None, row.values())) for row in rows))


def _rows(act: ActKind, wanted: str, book: LawBook) -> Iterator[dict[str, str]]:
    for rule in act.rules():
        if not wanted or act.binds(rule, wanted):
            effect = "" if rule.has_effect else "（未采用）" if rule.mark == "local" else "（待核，不起作用）"
            yield {"act": act.name, "stage": _stage(rule), "name": rule.name, "article": source(rule),
                   "term": _term(rule, act, book), "effect": effect}  # fmt: skip


def _stage(rule: Public | Recorded | Reviewed) -> str:
    match rule:
        case Public():
            return f"{STAGES[rule.stage]}公示" if rule.stage != "withdrawn" else "撤回公示"
        case Recorded():
            return f"{MEDIA[rule.medium]}记录"
        case Reviewed():
            return "法制审核"


def _term(rule: Public | Recorded | Reviewed, act: ActKind, book: LawBook) -> str:
    if not isinstance(rule, Public) or not rule.limit:
        return ""
    limit = rule_of(book.procedures.get((rule.of or act.of)[0], ()), rule.limit)
    if not isinstance(limit, Limit):
        return ""
    return limit.length.replace(" working days", "个工作日").replace(" days", "日").replace(" months", "个月")


@publication.command("due")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@click.option("--late", "late", is_flag=True, help="只看逾期的")
@common
def due(on: str, late: bool) -> None:
    """列出应当公示、更新、撤回而还没有办的：哪一件、最后一天、红黄绿灯、依据。"""
    bureau = settings().open()
    book = load(place=bureau.place)
    found = [one for one in due_list(bureau.code, book, day_or_today(on)) if one.late or not late]
    answer([_as_json(one) for one in found], lambda: _as_text(found))


def _as_json(one: Due) -> dict[str, Any]:
    return {
        "act": one.act,
        "name": one.name,
        "stage": one.stage,
        "article": one.article,
        "case": one.case_id,
        "begun": one.begun.isoformat() if one.begun else None,
        "due": one.due.isoformat() if one.due else None,
        "estimate": one.estimate,
        "days_left": one.days_left,
        "late": one.late,
        "light": one.light,
    }


def _as_text(found: list[Due]) -> str:
    lines = [
        f"{LIGHTS[one.light]}  {STAGES[one.stage]}  {one.act}  {one.name}  {one.case_id or '（没有登记）'}  "
        f"{_day(one)}  {one.article}"
        for one in found
    ]
    late = sum(one.late for one in found)
    said = f"应公示而未公示的{len(found)}项，逾期{late}项。逾期的一直列着，公开以后不再列。"
    return "\n".join([*lines, said]) if found else "没有应公示而未公示的。"


def _day(one: Due) -> str:
    if one.due is None:
        return "期限中止" if one.begun else "没有公示过"
    beside = "（预计）" if one.estimate else f"（逾期{-(one.days_left or 0)}日）" if one.late else ""
    return f"最后一天 {one.due}{beside}"


@publication.command("reviews")
@click.option("--on", "on", default="", metavar="DATE", help="站在哪一天看（默认今天）")
@common
def reviews(on: str) -> None:
    """列出应当法制审核而还没有审核通过的未结案件。"""
    bureau = settings().open()
    found = reviews_due(bureau.code, load(place=bureau.place), day_or_today(on))
    value = [{"act": r.act, "name": r.name, "article": r.article, "case": r.case_id} for r in found]
    lines = [f"{one.case_id}  {one.act}  {one.name}  {one.article}" for one in found]
    answer(value, lambda: "\n".join(lines) or "没有应审核而未审核的案件。")


COMMANDS = (publication,)
