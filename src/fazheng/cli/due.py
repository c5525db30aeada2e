"""`fazheng due`: a last day, and each day counted or skipped."""

from __future__ import annotations

import click

from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, day, placed
from fazheng.lawbook.load import load
from fazheng.procedure.examples import calendar_of
from fazheng.workdays import BadLength, Explanation, Length, explain


@click.command(cls=chinese.Command)
@click.argument("start", metavar="起始日")
@click.argument("length", metavar="期限")
@click.option("--no-roll", is_flag=True, help="末日遇休息日不顺延")
@placed
def due(start: str, length: str, no_roll: bool) -> None:
    """算期限的末日，并逐日说明计与不计。

    例：fazheng due 2026-09-29 "5 working days"；单位 days（日）、working days（工作日）、months（月）、years（年）。
    """
    try:
        found = explain(day(start), Length.parse(length), calendar_of(load()), rolls=not no_roll)
    except BadLength as fault:
        raise Unusable(str(fault)) from fault
    answer(as_json(found), lambda: as_text(found))


def as_json(found: Explanation) -> dict[str, object]:
    """The explanation for a program."""
    days = [{"date": d.date.isoformat(), "counted": d.counted, "why": d.why} for d in found.days]
    return {"due": found.due.isoformat(), "estimate": found.is_estimate, "days": days}


def as_text(found: Explanation) -> str:
    """The explanation for a reader, a line a day."""
    lines = [f"{d.date}  {'计' if d.counted else '　'}  {d.why}" for d in found.days]
    guess = "（预计：该年放假安排尚未公布，按周一至周五估算，不作届满依据）" if found.is_estimate else ""
    return "\n".join([*lines, f"末日：{found.due}{guess}"])


COMMANDS = (due,)
