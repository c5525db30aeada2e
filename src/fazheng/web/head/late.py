"""现在有哪些超期，在谁手里."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.casework.late_now import LOOKED_AT, in_whose_hands, late_now
from fazheng.casework.lists.columns import called
from fazheng.web.head.numbers import case_url
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_SHOWN = 200
_COLUMNS = (Column("case", "案件", frozen=True), Column("limit", "期限"),
            Column("article", "依据"),
            Column("due", "到期"), Column("days", "超期"), Column("hands", "在谁手里"))  # fmt: skip


def short(asked: Asked, question: Question) -> str:
    """How many, and since when. One statement."""
    found = late_now(asked.visit.bureau.code, asked.visit.book, asked.visit.today)
    if not found:
        return "没有超期未办的。"
    more = "至少" if len(found) >= LOOKED_AT else ""
    cases = len({one.case_id for one in found})
    return f"{more}{cases}件案件有超期未办的期限，最早的{found[0].due}到期，已超{found[0].days}天。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """Each late clock with who has its case in hand. Two statements."""
    visit = asked.visit
    found = late_now(visit.bureau.code, visit.book, visit.today)
    shown = found[:_SHOWN]
    hands = in_whose_hands(visit.bureau.code, visit.book, [one.case_id for one in shown])
    rows = [
        [
            Cell(called(visit.book, one.case_id), case_url(one.case_id)), Cell(one.limit), Cell(one.article),
            Cell(one.due.isoformat()), Cell(f"红灯：已超{one.days}天", light="red"),
            Cell("、".join(hands.get(one.case_id, ())) or "没有指定承办人"),
        ]
        for one in shown
    ]  # fmt: skip
    many = f"至少{len(found)}" if len(found) >= LOOKED_AT else f"共{len(found)}"
    said = (f"{many}项，只列超期最久的{_SHOWN}项。",) if len(found) > _SHOWN else ()
    yield Part("超期未办的期限", Table("超期未办的期限", _COLUMNS, rows, "没有超期未办的。"), said)
