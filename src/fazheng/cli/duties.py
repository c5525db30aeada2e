"""`fazheng duties`: what a year asks of the bureau regularly, by when, and how each stands today."""

from __future__ import annotations

from collections import Counter
from typing import Any
from unicodedata import east_asian_width

import click

from fazheng.casework import clock
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, settings
from fazheng.figures import PeriodFault
from fazheng.figures.duties import Owed, began
from fazheng.figures.duties import duties as owed_in
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.load import load
from fazheng.procedure.refusals import source

STATES = {
    "met": "已办",
    "met_late": "逾期已办",
    "open": "未到期",
    "soon": "将到期",
    "today": "今天到期",
    "overdue": "逾期未办",
}
LIGHTS = {"green": "绿", "yellow": "黄", "red": "红", None: "　"}
SHOWN = 3  # cases named on a line; a program gets all of them
HEAD = ("义务", "依据", "周期", "应办日", "状态", "已办/应办", "案件")


@click.command(cls=chinese.Command)
@click.argument("year", metavar="年度", type=int)
@common
def duties(year: int) -> None:
    """看一年里按期要办的事：依据、周期、应办日、办了没有、是哪些案件。例：fazheng duties 2026"""
    bureau = settings().open()
    book = load(place=bureau.place)
    try:
        found = owed_in(bureau.code, book, year, clock.today(), began=began(bureau.code, clock.today()))
    except PeriodFault as fault:
        raise Unusable(str(fault)) from fault
    waiting = [duty for duty in book.duties.values() if not duty.has_effect]
    value = {"year": year, "duties": [as_json(one) for one in found], "waiting": [duty.id for duty in waiting]}
    answer(value, lambda: as_text(found, waiting, year))


def as_json(owed: Owed) -> dict[str, Any]:
    """A duty of one period for a program; `light` null once it was met or where nothing can be asked."""
    return {
        "id": owed.duty.id,
        "name": owed.duty.name,
        "article": source(owed.duty),
        "from": owed.period[0].isoformat(),
        "to": owed.period[1].isoformat(),
        "about": owed.period[0].year + owed.duty.about if owed.duty.about else None,
        "due": owed.due.isoformat(),
        "days_left": owed.days_left,
        "state": owed.state,
        "light": owed.light,
        "row": owed.row,
        "done": owed.done,
        "at_least": owed.duty.at_least,
        "cases": list(owed.cases),
        "note": owed.note,
    }


def as_text(found: list[Owed], waiting: list[Duty], year: int) -> str:
    """A line a duty under a head, then how many stand how; a duty nobody adopted is named below."""
    rows = [HEAD, *(_row(owed) for owed in found)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    told = Counter(owed.note or STATES[owed.state] for owed in found)
    said = "，".join(f"{word}{number}项" for word, number in told.items())
    kept = f"{year}年：{said}。逾期的一直列着，不影响办理别的事。"
    lines = [*lines, kept] if found else [f"{year}年没有按期要办的事。"]
    if waiting:
        lines.append(f"未采用：{'、'.join(f'{duty.name}［{duty.id}］' for duty in waiting)}")
    return "\n".join(lines)


def _row(owed: Owed) -> tuple[str, ...]:
    name = owed.duty.name + (f"（{owed.row}）" if owed.row else "")
    state = owed.note or f"{LIGHTS[owed.light]} {STATES[owed.state]}"
    done = f"{owed.done}/{owed.duty.at_least}"
    cases = "、".join(owed.cases[:SHOWN]) + (f" 等{len(owed.cases)}件" if len(owed.cases) > SHOWN else "")
    return name, source(owed.duty), period_name(owed), owed.due.isoformat(), state, done, cases


def period_name(owed: Owed) -> str:
    """The period as a reader says it: 2026年第一季度, 2026年（关于2025年）."""
    first, about = owed.period[0], owed.duty.about
    part = {
        "month": f"{first.month}月",
        "quarter": f"第{'一二三四'[first.month // 3]}季度",
        "half_year": "上半年" if first.month == 1 else "下半年",
        "year": f"（关于{first.year + about}年）" if about else "",
    }
    return f"{first.year}年{part[owed.duty.each]}"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


COMMANDS = (duties,)
